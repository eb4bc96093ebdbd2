import Randomness

extension ConfidenceInterval {
  /// The mean of independent values, such as one per replication: Student's t interval.
  ///
  /// A single value is bounded by nothing.
  ///
  /// - Precondition: there is a value.
  public static func ofMean(_ values: [Double], level: Double = 0.95) -> ConfidenceInterval {
    ofMean(Tally(values), level: level)
  }

  /// The mean of the independent values of a tally: Student's t interval.
  public static func ofMean(_ tally: Tally, level: Double = 0.95) -> ConfidenceInterval {
    precondition(tally.count > 0, "an interval of a mean needs a value")
    return around(
      tally.mean, error: tally.standardError, degrees: Double(tally.count - 1), level: level)
  }

  /// The mean of `x` less the mean of `y`, two independent samples of unequal variance: Welch's t
  /// interval (Welch 1947, doi 10.1093/biomet/34.1-2.28).
  public static func ofDifference(
    _ x: [Double], _ y: [Double], level: Double = 0.95
  ) -> ConfidenceInterval {
    let test = WelchTest(x, y)
    return around(test.difference, error: test.error, degrees: test.degrees, level: level)
  }

  /// The interval of an estimate with a standard error of so many degrees of freedom.
  static func around(
    _ estimate: Double, error: Double, degrees: Double, level: Double
  ) -> ConfidenceInterval {
    if !(degrees > 0) {
      return ConfidenceInterval(estimate: estimate, low: -.infinity, high: .infinity, level: level)
    }
    let reach = error == 0 ? 0 : error * StudentT.quantile((1 + level) / 2, degrees: degrees)
    return ConfidenceInterval(
      estimate: estimate, low: estimate - reach, high: estimate + reach, level: level)
  }

  /// The rate behind `events` in `exposure`: Garwood's exact interval (1936,
  /// doi 10.1093/biomet/28.3-4.437), per unit of exposure.
  public static func ofPoissonRate(
    events: Int64, exposure: Double, level: Double = 0.95
  ) -> ConfidenceInterval {
    precondition(events >= 0, "a number of events is not negative")
    precondition(exposure > 0, "a rate needs a positive exposure")
    let tail = (1 - level) / 2
    let k = Double(events)
    return ConfidenceInterval(
      estimate: k / exposure,
      low: events == 0 ? 0 : PortableMath.inverseIncompleteGamma(k, tail) / exposure,
      high: PortableMath.inverseIncompleteGamma(k + 1, 1 - tail) / exposure, level: level)
  }

  /// The quantile of share `q` of the law behind independent values, sorted from the least: order
  /// statistics by the binomial law, which hold at least at their level whatever the law.
  ///
  /// An end is infinite where there are too few values to bound it.
  public static func ofQuantile(
    _ q: Double, sorted values: [Double], level: Double = 0.95
  ) -> ConfidenceInterval {
    precondition(q > 0 && q < 1, "a quantile has a share between 0 and 1")
    precondition(!values.isEmpty, "an interval of a quantile needs a value")
    let n = Int64(values.count)
    let tail = (1 - level) / 2
    // The number of values below the quantile is binomial: the interval is from rank `first` to
    // rank `last`, from 1, with at most `tail` of probability beyond each.
    let first = Binomial.quantile(tail, trials: n, p: q)
    let last = Binomial.quantile(1 - tail, trials: n, p: q) + 1
    return ConfidenceInterval(
      estimate: quantile(q, ofSorted: values),
      low: first >= 1 ? values[Int(first - 1)] : -.infinity,
      high: last <= n ? values[Int(last - 1)] : .infinity, level: level)
  }
}

/// The quantile of share `q` of values sorted from the least, interpolated between neighbours: type
/// 7 of Hyndman and Fan 1996 (doi 10.1080/00031305.1996.10473566).
///
/// - Precondition: there is a value, and `q` is between 0 and 1.
public func quantile(_ q: Double, ofSorted values: [Double]) -> Double {
  precondition(!values.isEmpty, "a quantile needs a value")
  precondition(q >= 0 && q <= 1, "a quantile has a share between 0 and 1")
  let place = q * Double(values.count - 1)
  let below = Int(place)
  if below + 1 == values.count { return values[below] }
  let part = place - Double(below)
  return values[below] + part * (values[below + 1] - values[below])
}
