import Randomness

/// Wald's sequential probability ratio test of an error rate: p₀ against p₁.
///
/// Wald 1945, "Sequential tests of statistical hypotheses", Ann. Math. Stat. 16(2), pp. 117-186
/// (doi 10.1214/aoms/1177731118). The null is rejected once the log likelihood ratio reaches
/// ln((1-β)/α) and accepted once it falls to ln(β/(1-α)); the error rates that follow are at most
/// α/(1-β) and β/(1-α), and their sum at most α + β.
public struct ProbabilityRatioTest: Hashable, Sendable {
  /// The rate under the null hypothesis.
  public let nullRate: Double
  /// The rate under the alternative.
  public let otherRate: Double
  /// The log likelihood ratio at which the null is rejected.
  public let upper: Double
  /// The log likelihood ratio at which the null is accepted.
  public let lower: Double
  /// The log likelihood ratio so far.
  public private(set) var logRatio = 0.0
  /// Where the test stands; once decided it stays.
  public private(set) var decision = SequentialDecision.open

  private let success: Double
  private let failure: Double

  /// A test with the wished error rates α of a true null and β of a true alternative.
  public init(
    nullRate: Double, otherRate: Double, alpha: Double = 0.05, beta: Double = 0.2
  ) {
    precondition(nullRate > 0 && nullRate < 1 && otherRate > 0 && otherRate < 1, "rates")
    precondition(nullRate != otherRate, "two rates that differ")
    precondition(alpha > 0 && beta > 0 && alpha + beta < 1, "error rates")
    self.nullRate = nullRate
    self.otherRate = otherRate
    upper = PortableMath.log((1 - beta) / alpha)
    lower = PortableMath.log(beta / (1 - alpha))
    success = PortableMath.log(otherRate / nullRate)
    failure = PortableMath.log((1 - otherRate) / (1 - nullRate))
  }

  /// Takes one outcome.
  public mutating func update(_ isSuccess: Bool) -> SequentialDecision {
    take(isSuccess ? success : failure)
  }

  /// Takes `successes` outcomes of `trials` at once: a look at the end of a batch.
  public mutating func update(successes: Int, of trials: Int) -> SequentialDecision {
    precondition(successes >= 0 && successes <= trials, "successes among trials")
    return take(Double(successes) * success + Double(trials - successes) * failure)
  }

  private mutating func take(_ step: Double) -> SequentialDecision {
    guard decision == .open else { return decision }
    logRatio += step
    if logRatio >= upper { decision = .rejected }
    if logRatio <= lower { decision = .accepted }
    return decision
  }
}
