import Randomness

/// Student's t distribution.
public enum StudentT {
  /// The probability of a value up to `t` with `degrees` of freedom, which may be fractional.
  ///
  /// By the incomplete beta function, DLMF 8.17.(i); accurate in both tails.
  public static func cumulative(_ t: Double, degrees: Double) -> Double {
    precondition(degrees > 0, "a t distribution has a positive number of degrees of freedom")
    let square = t * t
    let tail =
      square > degrees
      ? PortableMath.incompleteBeta(degrees / 2, 0.5, degrees / (degrees + square)) / 2
      : PortableMath.complementedIncompleteBeta(0.5, degrees / 2, square / (degrees + square)) / 2
    return t < 0 ? tail : 1 - tail
  }

  /// The probability of a value at least as far from 0 as `t`, on either side.
  public static func twoSided(_ t: Double, degrees: Double) -> Double {
    min(1, 2 * cumulative(-abs(t), degrees: degrees))
  }

  /// The value that is not exceeded with probability `p`.
  public static func quantile(_ p: Double, degrees: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile of the t distribution has 0 < p < 1")
    precondition(degrees > 0, "a t distribution has a positive number of degrees of freedom")
    if p == 0.5 { return 0 }
    let tail = min(p, 1 - p)
    let magnitude: Double
    if tail < 0.25 {
      let x = PortableMath.inverseIncompleteBeta(degrees / 2, 0.5, 2 * tail)
      magnitude = (degrees * (1 - x) / x).squareRoot()
    } else {
      let x = PortableMath.inverseIncompleteBeta(0.5, degrees / 2, 1 - 2 * tail)
      magnitude = (degrees * x / (1 - x)).squareRoot()
    }
    return p < 0.5 ? -magnitude : magnitude
  }
}
