import Randomness

/// The mixture sequential probability ratio test (mSPRT) of a difference against none: it may be
/// looked at after every observation and stopped at any look.
///
/// Robbins 1970 (doi 10.1214/aoms/1177696786); Johari, Koomen, Pekelis & Walsh 2022, "Always valid
/// inference", Operations Research 70(3) (doi 10.1287/opre.2021.2135). With d the difference, V its
/// variance and a normal mixture of variance τ² over the alternatives,
/// Λ = √(V/(V+τ²)) exp(τ²d²/(2V(V+τ²))). The always-valid p-value is the least 1/Λ so far. The
/// chance of ever falling to α without a difference is at most α as far as d is normal with
/// variance V, so small counts should not be looked at.
public struct MixtureSequentialTest: Hashable, Sendable {
  /// The standard deviation τ of the mixture: about the difference that should be found soonest.
  public let mixing: Double
  /// The significance.
  public let alpha: Double
  /// The always-valid p-value so far.
  public private(set) var pValue = 1.0
  /// The log likelihood ratio of the latest look.
  public private(set) var logRatio = 0.0

  /// A test that has seen nothing.
  public init(mixing: Double, alpha: Double = 0.05) {
    precondition(mixing > 0, "a mixture of some width")
    precondition(alpha > 0 && alpha < 1, "a significance lies between 0 and 1")
    self.mixing = mixing
    self.alpha = alpha
  }

  /// Where the test stands; it never accepts the null, it only fails to reject it.
  public var decision: SequentialDecision { pValue <= alpha ? .rejected : .open }

  /// Looks at a difference with its variance.
  ///
  /// A variance of 0 says that nothing can be known yet, and the look changes nothing.
  public mutating func look(difference: Double, variance: Double) -> SequentialDecision {
    precondition(variance >= 0, "a variance")
    guard variance > 0 else { return decision }
    let square = mixing * mixing
    let sum = variance + square
    logRatio =
      0.5 * PortableMath.log(variance / sum)
      + square * difference * difference / (2 * variance * sum)
    pValue = min(pValue, PortableMath.exp(-logRatio))
    return decision
  }

  /// Looks at two shares, with the unpooled variance of their difference.
  public mutating func look(
    successes: (Int, Int), trials: (Int, Int)
  ) -> SequentialDecision {
    let (difference, variance) = Self.difference(successes: successes, trials: trials)
    return look(difference: difference, variance: variance)
  }

  /// The interval of the difference at a look, of level 1 - α at all looks together.
  public func interval(difference: Double, variance: Double) -> ConfidenceInterval {
    precondition(variance >= 0, "a variance")
    let square = mixing * mixing
    let sum = variance + square
    let logs = 2 * PortableMath.log(1 / alpha) + PortableMath.log(sum / max(variance, 1e-300))
    let width = variance > 0 ? (variance * sum / square * logs).squareRoot() : .infinity
    return ConfidenceInterval(
      estimate: difference, low: difference - width, high: difference + width, level: 1 - alpha)
  }

  /// The second share less the first, with its unpooled variance.
  public static func difference(
    successes: (Int, Int), trials: (Int, Int)
  ) -> (difference: Double, variance: Double) {
    precondition(trials.0 > 0 && trials.1 > 0, "shares of some trials")
    let first = Double(successes.0) / Double(trials.0)
    let second = Double(successes.1) / Double(trials.1)
    let variance =
      first * (1 - first) / Double(trials.0) + second * (1 - second) / Double(trials.1)
    return (second - first, variance)
  }
}
