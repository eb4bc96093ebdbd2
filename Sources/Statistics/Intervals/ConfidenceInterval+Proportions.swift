import Randomness

extension ConfidenceInterval {
  /// The probability behind `successes` in `trials`: the exact interval of Clopper and Pearson 1934
  /// (doi 10.1093/biomet/26.4.404), which holds at least at its level.
  public static func ofProportion(
    successes: Int64, trials: Int64, level: Double = 0.95
  ) -> ConfidenceInterval {
    check(successes, trials)
    let tail = (1 - level) / 2
    let k = Double(successes)
    let n = Double(trials)
    return ConfidenceInterval(
      estimate: k / n,
      low: successes == 0 ? 0 : PortableMath.inverseIncompleteBeta(k, n - k + 1, tail),
      high: successes == trials ? 1 : PortableMath.inverseIncompleteBeta(k + 1, n - k, 1 - tail),
      level: level)
  }

  /// The probability behind `successes` in `trials`: the score interval of Wilson 1927
  /// (doi 10.1080/01621459.1927.10502953), shorter and right at its level on average.
  public static func ofProportionWilson(
    successes: Int64, trials: Int64, level: Double = 0.95
  ) -> ConfidenceInterval {
    check(successes, trials)
    let n = Double(trials)
    let share = Double(successes) / n
    let z = PortableMath.normalQuantile((1 + level) / 2)
    let part = z * z / n
    let middle = (share + part / 2) / (1 + part)
    let reach = z * (share * (1 - share) / n + part / (4 * n)).squareRoot() / (1 + part)
    return ConfidenceInterval(
      estimate: share, low: successes == 0 ? 0 : middle - reach,
      high: successes == trials ? 1 : middle + reach, level: level)
  }

  /// The probability behind `successes` in `trials`: the interval of Agresti and Coull 1998
  /// (doi 10.1080/00031305.1998.10480550), which adds the square of the normal score to the trials,
  /// half of it successes.
  package static func ofProportionAgrestiCoull(
    successes: Int64, trials: Int64, level: Double = 0.95
  ) -> ConfidenceInterval {
    check(successes, trials)
    let z = PortableMath.normalQuantile((1 + level) / 2)
    let n = Double(trials) + z * z
    let share = (Double(successes) + z * z / 2) / n
    let reach = z * (share * (1 - share) / n).squareRoot()
    return ConfidenceInterval(
      estimate: Double(successes) / Double(trials), low: max(0, share - reach),
      high: min(1, share + reach), level: level)
  }

  /// The probability behind `successes` in `trials`: the equal-tailed interval of the posterior
  /// under Jeffreys's prior (Brown, Cai and DasGupta 2001, doi 10.1214/ss/1009213286).
  package static func ofProportionJeffreys(
    successes: Int64, trials: Int64, level: Double = 0.95
  ) -> ConfidenceInterval {
    check(successes, trials)
    let tail = (1 - level) / 2
    let a = Double(successes) + 0.5
    let b = Double(trials - successes) + 0.5
    return ConfidenceInterval(
      estimate: Double(successes) / Double(trials),
      low: PortableMath.inverseIncompleteBeta(a, b, tail),
      high: PortableMath.inverseIncompleteBeta(a, b, 1 - tail), level: level)
  }

  /// The second share less the first, with the variance of each as seen (Wald): too short where
  /// successes are few.
  package static func ofShareDifferenceWald(
    first: Int64, of firstTrials: Int64, second: Int64, of secondTrials: Int64,
    level: Double = 0.95
  ) -> ConfidenceInterval {
    check(first, firstTrials)
    check(second, secondTrials)
    let (n, m) = (Double(firstTrials), Double(secondTrials))
    let (p, q) = (Double(first) / n, Double(second) / m)
    let z = PortableMath.normalQuantile((1 + level) / 2)
    let reach = z * (p * (1 - p) / n + q * (1 - q) / m).squareRoot()
    return ConfidenceInterval(
      estimate: q - p, low: q - p - reach, high: q - p + reach, level: level)
  }

  /// The second share less the first from their Wilson intervals: method 10 of Newcombe 1998
  /// (doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
  package static func ofShareDifference(
    first: Int64, of firstTrials: Int64, second: Int64, of secondTrials: Int64,
    level: Double = 0.95
  ) -> ConfidenceInterval {
    let a = ofProportionWilson(successes: first, trials: firstTrials, level: level)
    let b = ofProportionWilson(successes: second, trials: secondTrials, level: level)
    let difference = b.estimate - a.estimate
    func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    return ConfidenceInterval(
      estimate: difference,
      low: difference - root(b.estimate - b.low, a.high - a.estimate),
      high: difference + root(b.high - b.estimate, a.estimate - a.low), level: level)
  }

  private static func check(_ successes: Int64, _ trials: Int64) {
    precondition(trials > 0, "a proportion needs a trial")
    precondition(successes >= 0 && successes <= trials, "successes are between 0 and the trials")
  }
}
