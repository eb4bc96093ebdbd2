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

/// Student's test of two means with one variance.
package struct StudentTest: Hashable, Sendable {
  /// The mean of the first sample less that of the second.
  package let difference: Double
  /// The difference in standard errors.
  package let t: Double
  /// The degrees of freedom.
  package let degrees: Double
  /// The probability of so large a difference, either way, if the means were equal.
  package let twoSided: Double

  /// Tests `x` against `y`, together at least three values.
  package init(_ x: [Double], _ y: [Double]) {
    precondition(!x.isEmpty && !y.isEmpty, "a test of two means needs two samples")
    precondition(x.count + y.count > 2, "a variance needs three values")
    let a = Tally(x)
    let b = Tally(y)
    degrees = Double(a.count + b.count - 2)
    difference = a.mean - b.mean
    let pooled = (a.squares + b.squares) / degrees
    let error = (pooled * (1 / Double(a.count) + 1 / Double(b.count))).squareRoot()
    t = difference == 0 ? 0 : difference / error
    twoSided = t.magnitude == .infinity ? 0 : StudentT.twoSided(t, degrees: degrees)
  }
}
