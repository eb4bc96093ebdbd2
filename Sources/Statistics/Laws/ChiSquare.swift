import Randomness

/// The chi-square distribution.
public enum ChiSquare {
  /// The probability of a value up to `x` with `degrees` of freedom.
  public static func cumulative(_ x: Double, degrees: Double) -> Double {
    x <= 0 ? 0 : PortableMath.incompleteGamma(degrees / 2, x / 2)
  }

  /// The probability of a value above `x`, accurate where it is small.
  public static func survival(_ x: Double, degrees: Double) -> Double {
    x <= 0 ? 1 : PortableMath.complementedIncompleteGamma(degrees / 2, x / 2)
  }

  /// The value that is not exceeded with probability `p`.
  public static func quantile(_ p: Double, degrees: Double) -> Double {
    precondition(p >= 0 && p < 1, "a quantile of the chi-square distribution has 0 <= p < 1")
    precondition(degrees > 0, "a chi-square has a positive number of degrees of freedom")
    return 2 * PortableMath.inverseIncompleteGamma(degrees / 2, p)
  }
}

/// The noncentral chi-square distribution: the sum of squares of normals whose means are not 0.
public enum NoncentralChiSquare {
  /// Draws a value; it takes two words from `source` and rises with each.
  ///
  /// One normal carries the whole noncentrality, the rest is a central chi-square. Both are
  /// inverted, not rejected, so that two runs that draw for different noncentralities stay coupled.
  ///
  /// - Precondition: `degrees` is at least 1 and `noncentrality` at least 0.
  public static func sample(
    degrees: Double, noncentrality: Double, _ source: inout some RandomSource
  ) -> Double {
    precondition(degrees >= 1, "a noncentral chi-square has at least one degree of freedom")
    precondition(noncentrality >= 0, "a noncentrality is not negative")
    let z = PortableMath.normalQuantile(openUniform(&source)) + noncentrality.squareRoot()
    let u = openUniform(&source)
    let rest = degrees > 1 ? ChiSquare.quantile(u, degrees: degrees - 1) : 0
    return z * z + rest
  }
}

/// Uniform strictly between 0 and 1: safe to invert any law with.
func openUniform(_ source: inout some RandomSource) -> Double {
  (Double(Int64(bitPattern: source.next() &>> 12)) + 0.5) * 0x1p-52
}
