/// Exponential and normal variates by rejection from 256 layers of equal area.
///
/// The method of G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random
/// Variables", J. Stat. Software 5(8), 2000, doi 10.18637/jss.v005.i08.
///
/// Layer, sign and position come from different bits of one word, which mends the correlation that
/// J. A. Doornik found in the original (2005).
public enum Ziggurat {
  /// Where the exponential's tail begins, for 256 layers.
  @inlinable static var exponentialStart: Double { 7.69711747013104972 }
  /// Where the normal's tail begins.
  @inlinable static var normalStart: Double { 3.6541528853610088 }

  /// An exponential variate of mean 1: about 98.9 % of the draws take one word and one product.
  @inlinable
  public static func exponential<S: RandomSource>(_ source: inout S) -> Double {
    let word = source.next()
    let layer = Int(truncatingIfNeeded: word & 255) &* 3
    let x = Double(Int64(bitPattern: word &>> 11)) * zigguratExponential[unchecked: layer]
    if x < zigguratExponential[unchecked: layer &+ 1] { return x }
    return exponentialEdge(x, layer, &source)
  }

  /// A standard normal variate.
  @inlinable
  public static func normal<S: RandomSource>(_ source: inout S) -> Double {
    let word = source.next()
    let layer = Int(truncatingIfNeeded: word & 255) &* 3
    let x = Double(Int64(bitPattern: word &>> 11)) * zigguratNormal[unchecked: layer]
    let sign = (word & 256) &<< 55
    if x < zigguratNormal[unchecked: layer &+ 1] { return Double(bitPattern: x.bitPattern | sign) }
    let edge = normalEdge(x, layer, &source)
    return Double(bitPattern: edge.bitPattern | sign)
  }

  @inlinable
  @inline(never)
  static func exponentialEdge<S: RandomSource>(
    _ first: Double, _ firstLayer: Int, _ source: inout S
  ) -> Double {
    var x = first
    var layer = firstLayer
    // The tail of an exponential is an exponential again.
    var base = 0.0
    while true {
      if layer == 0 {
        base += exponentialStart
      } else {
        let low = zigguratExponential[layer + 2]
        let y = low + source.uniform() * (zigguratExponential[layer + 5] - low)
        if y < PortableMath.exp(-x) { return base + x }
      }
      let word = source.next()
      layer = Int(truncatingIfNeeded: word & 255) &* 3
      x = Double(Int64(bitPattern: word &>> 11)) * zigguratExponential[layer]
      if x < zigguratExponential[layer + 1] { return base + x }
    }
  }

  /// The size of a normal variate that fell beside its layer's inner part.
  @inlinable
  @inline(never)
  static func normalEdge<S: RandomSource>(
    _ first: Double, _ firstLayer: Int, _ source: inout S
  ) -> Double {
    var x = first
    var layer = firstLayer
    while true {
      if layer == 0 { return normalTail(&source) }
      let low = zigguratNormal[layer + 2]
      let y = low + source.uniform() * (zigguratNormal[layer + 5] - low)
      if y < PortableMath.exp(-0.5 * x * x) { return x }
      let word = source.next()
      layer = Int(truncatingIfNeeded: word & 255) &* 3
      x = Double(Int64(bitPattern: word &>> 11)) * zigguratNormal[layer]
      if x < zigguratNormal[layer + 1] { return x }
    }
  }

  /// A normal variate given that it lies beyond the last layer (Marsaglia 1964).
  @inlinable
  static func normalTail<S: RandomSource>(_ source: inout S) -> Double {
    let start = normalStart
    while true {
      let x = exponential(&source) / start
      let y = exponential(&source)
      if y + y > x * x { return start + x }
    }
  }
}
