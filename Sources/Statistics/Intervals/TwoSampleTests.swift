import Randomness

/// Welch's test of two means with unequal variances, with Satterthwaite's degrees of freedom.
public struct WelchTest: Hashable, Sendable {
  /// The mean of the first sample less that of the second.
  public let difference: Double
  /// The standard error of the difference.
  public let error: Double
  /// The degrees of freedom, or 0 where a variance cannot be known.
  public let degrees: Double
  /// The difference in standard errors.
  public let t: Double
  /// The probability of so large a difference, either way, if the means were equal.
  public let twoSided: Double

  /// Tests `x` against `y`, neither of them empty.
  public init(_ x: [Double], _ y: [Double]) {
    precondition(!x.isEmpty && !y.isEmpty, "a test of two means needs two samples")
    let a = Tally(x)
    let b = Tally(y)
    let va = a.variance / Double(a.count)
    let vb = b.variance / Double(b.count)
    difference = a.mean - b.mean
    error = (va + vb).squareRoot()
    if a.count < 2 || b.count < 2 || error == 0 {
      degrees = a.count < 2 || b.count < 2 ? 0 : Double(a.count + b.count - 2)
      t = difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity
      twoSided = difference == 0 || degrees == 0 ? 1 : 0
      return
    }
    let parts = va * va / Double(a.count - 1) + vb * vb / Double(b.count - 1)
    degrees = (va + vb) * (va + vb) / parts
    t = difference / error
    twoSided = StudentT.twoSided(t, degrees: degrees)
  }
}

/// The test of two shares with a pooled variance, as canaries use it for error rates.
public struct TwoProportionTest: Hashable, Sendable {
  /// The second share less the first.
  public let difference: Double
  /// The difference in standard errors under equal shares, 0 where both are 0 or 1.
  public let z: Double
  /// The probability of a second share so much greater if both were equal.
  public let secondIsGreater: Double
  /// The probability of so large a difference, either way.
  public let twoSided: Double

  /// Tests `first` successes of `firstTrials` against `second` of `secondTrials`.
  public init(first: Int64, of firstTrials: Int64, second: Int64, of secondTrials: Int64) {
    precondition(firstTrials > 0 && secondTrials > 0, "a share needs a trial")
    let a = Double(first) / Double(firstTrials)
    let b = Double(second) / Double(secondTrials)
    let pooled = Double(first + second) / Double(firstTrials + secondTrials)
    let variance =
      pooled * (1 - pooled) * (1 / Double(firstTrials) + 1 / Double(secondTrials))
    difference = b - a
    z = variance > 0 ? difference / variance.squareRoot() : 0
    secondIsGreater = PortableMath.normalCDF(-z)
    twoSided = min(1, 2 * PortableMath.normalCDF(-abs(z)))
  }
}

/// The rank test of Mann and Whitney 1947 (doi 10.1214/aoms/1177730491), large samples.
public struct MannWhitneyTest: Hashable, Sendable {
  /// The pairs in which the first is greater, ties counted half.
  public let u: Double
  /// The share of such pairs: the area under the ROC curve if the first are the positives.
  public let share: Double
  /// The probability of so unequal ranks, either way, by the normal law with the correction for
  /// ties and for continuity.
  public let twoSided: Double

  /// Tests `x` against `y`, neither of them empty.
  public init(_ x: [Double], _ y: [Double]) {
    precondition(!x.isEmpty && !y.isEmpty, "a test of ranks needs two samples")
    let all = (x.map { ($0, true) } + y.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var ranks = 0.0
    var ties = 0.0
    var i = 0
    while i < all.count {
      var j = i
      var members = 0
      while j < all.count, all[j].0 == all[i].0 {
        if all[j].1 { members += 1 }
        j += 1
      }
      // Ranks i + 1 ... j share their mean.
      ranks += Double(members) * Double(i + 1 + j) / 2
      let size = Double(j - i)
      ties += size * size * size - size
      i = j
    }
    let n = Double(x.count)
    let m = Double(y.count)
    u = ranks - n * (n + 1) / 2
    share = u / (n * m)
    let variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    let excess = max(0, abs(u - n * m / 2) - 0.5)
    twoSided =
      variance > 0 ? min(1, 2 * PortableMath.normalCDF(-excess / variance.squareRoot())) : 1
  }
}
