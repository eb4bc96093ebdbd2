import Randomness

/// How often a long training should save its state, in closed form.
///
/// Times are in any one unit. Young 1974 (doi 10.1145/361147.361115); Daly 2006
/// (doi 10.1016/j.future.2004.11.016).
package struct CheckpointInterval: Sendable, Hashable {
  /// Time that one checkpoint takes, δ.
  package var cost: Double
  /// Mean time between failures of the whole job, M.
  package var meanTimeBetweenFailures: Double

  package init(cost: Double, meanTimeBetweenFailures: Double) {
    self.cost = cost
    self.meanTimeBetweenFailures = meanTimeBetweenFailures
  }

  /// Young's first order: √(2δM).
  package var young: Double { (2 * cost * meanTimeBetweenFailures).squareRoot() }

  /// Daly's higher order, M where a checkpoint takes 2M or more.
  package var daly: Double {
    if cost >= 2 * meanTimeBetweenFailures { return meanTimeBetweenFailures }
    let ratio = cost / (2 * meanTimeBetweenFailures)
    return young * (1 + ratio.squareRoot() / 3 + ratio / 9) - cost
  }

  /// The optimum under exponential failures: M(1 + W₀(-e^(-1-δ/M))).
  ///
  /// With τ = Mt it solves t + ln(1-t) = -δ/M, by Newton's method from Young's value.
  package var exact: Double {
    let ratio = cost / meanTimeBetweenFailures
    var t = min(young / meanTimeBetweenFailures, 0.999)
    for _ in 0..<100 {
      let step = (t + PortableMath.log1p(-t) + ratio) * (1 - t) / -t
      // The root lies below 1, where the logarithm ends.
      let next = min(max(t - step, t / 2), (1 + t) / 2)
      if abs(next - t) <= 1e-15 * t { break }
      t = next
    }
    return meanTimeBetweenFailures * t
  }

  /// Expected time lost per useful time with checkpoints every `interval`, restarts of `restart`.
  package func overhead(interval: Double, restart: Double) -> Double {
    let mean = meanTimeBetweenFailures
    return mean * PortableMath.exp(restart / mean) * PortableMath.expm1((interval + cost) / mean)
      / interval - 1
  }
}
