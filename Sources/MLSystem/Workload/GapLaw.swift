import Randomness

/// The law of the gaps of a renewal process, scaled to mean 1.
package enum GapLaw {
  /// The distribution of mean 1 with the coefficient of variation `cv`.
  ///
  /// Gamma: shape 1/cv². Lognormal: σ² = ln(1 + cv²). Weibull: the shape k at which
  /// Γ(1 + 2/k) / Γ(1 + 1/k)² = 1 + cv², found by bisection.
  package static func distribution(cv: Double, family: RenewalFamily) -> Distribution {
    precondition(cv >= 0, "a coefficient of variation is not negative")
    if cv == 0 { return .constant(1) }
    switch family {
    case .gamma:
      return .gamma(shape: 1 / (cv * cv), scale: cv * cv)
    case .lognormal:
      let variance = PortableMath.log1p(cv * cv)
      return .lognormal(p50: PortableMath.exp(-variance / 2), sigma: variance.squareRoot())
    case .weibull:
      let shape = weibullShape(cv: cv)
      return .weibull(shape: shape, scale: PortableMath.exp(-PortableMath.logGamma(1 + 1 / shape)))
    }
  }

  private static func weibullShape(cv: Double) -> Double {
    let target = PortableMath.log1p(cv * cv)
    var low = 0.05
    var high = 200.0
    for _ in 0..<100 {
      let shape = (low * high).squareRoot()
      let value = PortableMath.logGamma(1 + 2 / shape) - 2 * PortableMath.logGamma(1 + 1 / shape)
      if value > target { low = shape } else { high = shape }
    }
    return (low * high).squareRoot()
  }
}
