import Randomness

/// How many units each arm of a two-sided test needs, and its chance of seeing a difference.
///
/// Sizes are not rounded; the smallest experiment that keeps the promise rounds them up.
package enum SampleSize {
  /// Cohen's effect size of two shares: the difference of their arc sines, 2 asin √p.
  package static func cohenH(from first: Double, to second: Double) -> Double {
    check(first)
    check(second)
    func angle(_ p: Double) -> Double {
      p == 1
        ? 0x1.921fb54442d18p1 : 2 * PortableMath.atan((p / (1 - p)).squareRoot())
    }
    return angle(second) - angle(first)
  }

  /// The power of a normal test of an effect in standard deviations with `first` units in one arm
  /// and `ratio` times as many in the other.
  package static func normalPower(
    effect: Double, first: Double, ratio: Double = 1, alpha: Double = 0.05
  ) -> Double {
    let limit = -PortableMath.normalQuantile(alpha / 2)
    let shift = abs(effect) * (first / (1 + 1 / ratio)).squareRoot()
    return PortableMath.normalCDF(shift - limit) + PortableMath.normalCDF(-shift - limit)
  }

  /// The units of the first arm for a normal test of an effect in standard deviations.
  package static func normal(
    effect: Double, power: Double, ratio: Double = 1, alpha: Double = 0.05
  ) -> Double {
    let z = PortableMath.normalQuantile(power) - PortableMath.normalQuantile(alpha / 2)
    return solve(near: z * z / (effect * effect) * (1 + 1 / ratio), power, alpha) {
      normalPower(effect: effect, first: $0, ratio: ratio, alpha: alpha)
    }
  }

  /// The units of each of two equal arms for two shares, with the variance of each share.
  package static func unpooled(
    from first: Double, to second: Double, power: Double, alpha: Double = 0.05
  ) -> Double {
    check(first)
    check(second)
    let z = PortableMath.normalQuantile(power) - PortableMath.normalQuantile(alpha / 2)
    let difference = second - first
    let variance = first * (1 - first) + second * (1 - second)
    return z * z * variance / (difference * difference)
  }

  /// The units of each of two equal arms for two shares, with the pooled variance under equality as
  /// ``TwoProportionTest`` has it.
  package static func pooled(
    from first: Double, to second: Double, power: Double, alpha: Double = 0.05
  ) -> Double {
    check(first)
    check(second)
    let middle = (first + second) / 2
    let difference = second - first
    let root =
      PortableMath.normalQuantile(power)
      * (first * (1 - first) + second * (1 - second)).squareRoot()
      - PortableMath.normalQuantile(alpha / 2) * (2 * middle * (1 - middle)).squareRoot()
    return root * root / (difference * difference)
  }

  /// The power of Student's test of an effect in standard deviations with `each` units per arm.
  package static func studentPower(
    effect: Double, each: Double, alpha: Double = 0.05
  ) -> Double {
    let degrees = 2 * each - 2
    let limit = StudentT.quantile(1 - alpha / 2, degrees: degrees)
    let shift = abs(effect) * (each / 2).squareRoot()
    return NoncentralT.survival(limit, degrees: degrees, noncentrality: shift)
      + NoncentralT.cumulative(-limit, degrees: degrees, noncentrality: shift)
  }

  /// The units per arm for Student's test of an effect in standard deviations.
  package static func student(
    effect: Double, power: Double, alpha: Double = 0.05
  ) -> Double {
    let start = normal(effect: effect, power: power, alpha: alpha)
    return solve(near: max(start, 2), power, alpha) {
      studentPower(effect: effect, each: $0, alpha: alpha)
    }
  }

  /// The size at which a rising power reaches the one wanted: secant steps inside a bracket.
  private static func solve(
    near start: Double, _ power: Double, _ alpha: Double, _ reached: (Double) -> Double
  ) -> Double {
    precondition(power > alpha && power < 1, "a power lies between the false alarms and 1")
    var (low, high) = (start, start)
    while reached(low) > power && low > 1.01 { low = max(1.005, low / 1.5) }
    while reached(high) < power { high *= 1.5 }
    var (below, above) = (reached(low) - power, reached(high) - power)
    for _ in 0..<200 where high - low > 1e-13 * high && below != above {
      // Regula falsi in the Illinois form: the end that stays put counts half.
      var next = low - below * (high - low) / (above - below)
      if !(next > low && next < high) { next = (low + high) / 2 }
      let excess = reached(next) - power
      if excess == 0 { return next }
      if excess < 0 {
        (low, below) = (next, excess)
        above /= 2
      } else {
        (high, above) = (next, excess)
        below /= 2
      }
    }
    return (low + high) / 2
  }

  private static func check(_ share: Double) {
    precondition(share >= 0 && share <= 1, "a share lies between 0 and 1")
  }
}
