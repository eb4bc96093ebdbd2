import Randomness

/// How much of the significance has been spent after a share of the information.
///
/// Lan & DeMets 1983, "Discrete sequential boundaries for clinical trials", Biometrika 70(3), pp.
/// 659-663 (doi 10.1093/biomet/70.3.659).
public enum AlphaSpending: String, Hashable, Sendable, CaseIterable {
  /// 2(1 - Φ(z_{α/2}/√t)): almost nothing early.
  case obrienFleming
  /// α ln(1 + (e - 1)t): evenly.
  case pocock

  /// What of the two-sided significance `alpha` is spent by the information share `t`.
  public func spent(_ alpha: Double, at t: Double) -> Double {
    precondition(alpha > 0 && alpha < 1 && t >= 0 && t <= 1, "shares")
    if t == 0 { return 0 }
    switch self {
    case .obrienFleming:
      let quantile = PortableMath.normalQuantile(1 - alpha / 2)
      return 2 * PortableMath.normalCDF(-quantile / t.squareRoot())
    case .pocock:
      return alpha * PortableMath.log1p((PortableMath.exp(1) - 1) * t)
    }
  }
}
