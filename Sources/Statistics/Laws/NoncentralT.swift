import Randomness

/// The noncentral t distribution: the law of Student's statistic where the means do differ, from
/// which comes the power of a t test.
package enum NoncentralT {
  /// The probability of a value above `t`, by Lenth's series of incomplete beta functions (Applied
  /// Statistics 38(1), 1989, AS 243, doi 10.2307/2347693).
  ///
  /// The series is summed from its largest term to both sides; absolute error about 1e-13 for
  /// noncentralities up to 100.
  package static func survival(_ t: Double, degrees: Double, noncentrality: Double) -> Double {
    precondition(degrees > 0, "a t distribution has a positive number of degrees of freedom")
    if t < 0 { return 1 - survival(-t, degrees: degrees, noncentrality: -noncentrality) }
    let square = t * t
    let x = square / (degrees + square)
    let half = noncentrality * noncentrality / 2
    if half == 0 { return StudentT.cumulative(-t, degrees: degrees) }
    /// The two weights of term j: a Poisson probability, and its like for half-integers.
    func term(_ j: Double) -> Double {
      let logHalf = PortableMath.log(half)
      let even = PortableMath.exp(j * logHalf - half - PortableMath.logGamma(j + 1))
      let odd = PortableMath.exp((j + 0.5) * logHalf - half - PortableMath.logGamma(j + 1.5))
      let above = PortableMath.complementedIncompleteBeta(j + 0.5, degrees / 2, x)
      let next = PortableMath.complementedIncompleteBeta(j + 1, degrees / 2, x)
      return even * above + (noncentrality < 0 ? -odd : odd) * next
    }
    let middle = half.rounded(.down)
    var sum = 0.0
    var j = middle
    while true {
      let value = term(j)
      sum += value
      if abs(value) < 1e-17 || j > middle + 1e6 { break }
      j += 1
    }
    j = middle - 1
    while j >= 0 {
      let value = term(j)
      sum += value
      if abs(value) < 1e-17 { break }
      j -= 1
    }
    return min(1, max(0, sum / 2))
  }

  /// The probability of a value up to `t`.
  package static func cumulative(_ t: Double, degrees: Double, noncentrality: Double) -> Double {
    t < 0
      ? survival(-t, degrees: degrees, noncentrality: -noncentrality)
      : 1 - survival(t, degrees: degrees, noncentrality: noncentrality)
  }
}
