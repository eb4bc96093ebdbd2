/// Gamma variates of shape 1 or more from a cubed normal variate.
///
/// (G. Marsaglia and W. W. Tsang, "A
/// Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000, doi 10.1145/358407.358414).
@usableFromInline
enum MarsagliaTsang {
  /// A gamma variate of the given shape and scale 1.
  @inlinable
  static func draw<S: RandomSource>(_ shape: Double, _ source: inout S) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = Ziggurat.normal(&source)
      let root = 1 + c * x
      if root <= 0 { continue }
      let v = root * root * root
      let u = source.positiveUniform()
      let x2 = x * x
      if u < 1 - 0.0331 * x2 * x2 { return d * v }
      if PortableMath.log(u) < 0.5 * x2 + d * (1 - v + PortableMath.log(v)) { return d * v }
    }
  }
}
