import Quantities
import Randomness
import Statistics

/// An A/B test of an outcome between the new version and the former one.
package struct OutcomeTest: Sendable, Hashable {
  /// Share of the requests, or of the people, that meet the new version.
  package var share: Double
  package var method: Method
  package var outcome: RolloutOutcome
  /// The lift that it is designed to find, as a share of the outcome's rate.
  package var lift: Double
  /// Chance of a difference that is none, on both sides together.
  package var alpha: Double
  /// Chance of seeing a true `lift`.
  package var power: Double
  /// It is not decided before this.
  package var atLeast: Duration
  /// Correlation of the outcome with what is known of a person before the test: CUPED takes
  /// its square away from the variance.
  package var correlation: Double

  package enum Method: Sendable, Hashable {
    /// One look, when the number that the power asks for has been met.
    case fixed
    /// A mixture sequential probability ratio test at every check.
    case mixture
    /// So many looks at bounds of O'Brien and Fleming.
    case groups(looks: Int)
  }

  package init(
    share: Double = 0.5, method: Method = .fixed, outcome: RolloutOutcome = .right,
    lift: Double, alpha: Double = 0.05, power: Double = 0.8,
    atLeast: Duration = .seconds(7 * 86_400), correlation: Double = 0
  ) {
    self.share = share
    self.method = method
    self.outcome = outcome
    self.lift = lift
    self.alpha = alpha
    self.power = power
    self.atLeast = atLeast
    self.correlation = correlation
  }

  /// Requests of each version that see a `lift` of an outcome of rate `base` with the power asked
  /// for: (z_{α/2} + z_β)² (p₀q₀ + p₁q₁)(1 - ρ²) / Δ².
  package func requestsPerVersion(base: Double) -> Double {
    let other = min(base * (1 + lift), 1)
    let difference = other - base
    if difference == 0 { return .infinity }
    let width =
      PortableMath.normalQuantile(1 - alpha / 2) + PortableMath.normalQuantile(power)
    let variance = (base * (1 - base) + other * (1 - other)) * (1 - correlation * correlation)
    return width * width * variance / (difference * difference)
  }

  /// The difference of the rates and its variance, with what CUPED takes away.
  ///
  /// The covariate explains a share ρ² of the noise, so that the estimate keeps √(1 - ρ²) of its
  /// distance from the truth.
  package func estimate(_ outcomes: ArmOutcomes) -> (difference: Double, variance: Double) {
    let rest = 1 - correlation * correlation
    let seen = outcomes.new.rate - outcomes.old.rate
    let truth = outcomes.new.trueRate - outcomes.old.trueRate
    return (
      truth + (seen - truth) * rest.squareRoot(),
      (outcomes.new.variance + outcomes.old.variance) * rest
    )
  }
}

/// The outcome that an A/B test or a holdout counts.
package enum RolloutOutcome: Sendable, Hashable {
  /// A right decision.
  case right
  /// The best-scored of so many candidates is positive, such as a click.
  case click(of: Int)
}

/// What an A/B test comes to.
package enum TestVerdict: Sendable, Hashable {
  /// The new version is better, and significantly so.
  case ship
  /// It looks better and is not proven to be.
  case iterate
  /// Nothing was gained, or something broke.
  case kill
}

/// An A/B test under way.
package struct OutcomeTestState: Sendable {
  package let plan: OutcomeTest
  /// Requests of each version that are needed.
  package let needed: Double
  let began: Instant
  package internal(set) var outcomes = ArmOutcomes()
  /// Totals that have been turned into outcomes.
  var seen = CounterSnapshot()
  private var mixture: MixtureSequentialTest?
  private var design: GroupSequentialDesign?
  private var look = 0
  /// Whether a look has shown the new version to be better.
  private var isProven = false

  /// A test that begins where the outcome has a rate of `base`.
  package init(plan: OutcomeTest, base: Double, at now: Instant) {
    self.plan = plan
    needed = plan.requestsPerVersion(base: base)
    began = now
    switch plan.method {
    case .fixed: break
    case .mixture:
      mixture = MixtureSequentialTest(mixing: max(plan.lift * base, 1e-12), alpha: plan.alpha)
    case .groups(let looks):
      design = GroupSequentialDesign(.obrienFleming, looks: looks, alpha: plan.alpha)
    }
  }

  /// Adds outcomes of one version whose true rate is known.
  package mutating func add(_ trials: Int64, successes: Int64, rate: Double, isNew: Bool) {
    let arm = ArmOutcomes.Arm(
      trials: trials, successes: successes, expected: Double(trials) * rate)
    if isNew { outcomes.new.add(arm) } else { outcomes.old.add(arm) }
  }

  /// When it is decided at the latest: after twice the least time.
  var ends: Instant { began + plan.atLeast + plan.atLeast }

  /// The verdict at `now`; nil while it goes on.
  ///
  /// Once the least time and the requests are reached, or after twice the least time, there is one
  /// for certain. A loss that is proven ends it at once; a gain waits for the least time.
  package mutating func verdict(at now: Instant) -> TestVerdict? {
    let (difference, variance) = plan.estimate(outcomes)
    let isOpen = now < began + plan.atLeast
    let isOver = now >= ends || (!isOpen && fewest >= needed)
    if variance <= 0 { return isOver ? .kill : nil }
    let z = difference / variance.squareRoot()
    switch plan.method {
    case .fixed:
      if !isOver { return nil }
      isProven = z >= PortableMath.normalQuantile(1 - plan.alpha / 2)
    case .mixture:
      if mixture?.look(difference: difference, variance: variance) == .rejected {
        if z < 0 { return .kill }
        isProven = true
      }
    case .groups:
      if !isProven, let bound = boundDue(isOver: isOver) {
        if z <= -bound { return .kill }
        isProven = z >= bound
      }
    }
    if isProven && !isOpen { return .ship }
    let isLast = plan.method == .mixture ? now >= ends : isOver
    return isLast ? (z > 0 ? .iterate : .kill) : nil
  }

  /// The bound of the look that is due now, if one is; the last look is at the end, whatever was
  /// met by then.
  private mutating func boundDue(isOver: Bool) -> Double? {
    guard let design, case .groups(let looks) = plan.method else { return nil }
    let isDue = isOver || fewest >= needed * Double(look + 1) / Double(looks)
    if !isDue || look >= looks { return nil }
    let bound = isOver ? design.bounds[looks - 1] : design.bounds[look]
    look += 1
    return bound
  }

  /// Requests of the version that met fewer.
  private var fewest: Double { Double(min(outcomes.new.trials, outcomes.old.trials)) }
}
