/// Exponential and normal variates by rejection from 256 layers of equal area.
///
/// (G. Marsaglia and W.
/// W. Tsang, "The Ziggurat Method for Generating Random Variables", J. Stat. Software 5(8), 2000,
/// doi 10.18637/jss.v005.i08).
///
/// Layer, sign and position come from different bits of one word, which mends the correlation that
/// J. A. Doornik found in the original (2005).
public enum Ziggurat {
  /// An exponential variate of mean 1: about 98.9 % of the draws take one word and one product.
  @inlinable
  public static func exponential<S: RandomSource>(_ source: inout S) -> Double {
    let layers = zigguratTables.exponential
    let word = source.next()
    let layer = layers + Int(truncatingIfNeeded: word & 255)
    let x = Double(Int64(bitPattern: word &>> 11)) * layer.pointee.step
    if x < layer.pointee.inner { return x }
    return exponentialEdge(x, layer - layers, &source)
  }

  /// A standard normal variate.
  @inlinable
  public static func normal<S: RandomSource>(_ source: inout S) -> Double {
    let layers = zigguratTables.normal
    let word = source.next()
    let layer = layers + Int(truncatingIfNeeded: word & 255)
    let x = Double(Int64(bitPattern: word &>> 11)) * layer.pointee.step
    let sign = (word & 256) &<< 55
    if x < layer.pointee.inner { return Double(bitPattern: x.bitPattern | sign) }
    let edge = normalEdge(x, layer - layers, &source)
    return Double(bitPattern: edge.bitPattern | sign)
  }

  @inlinable
  @inline(never)
  static func exponentialEdge<S: RandomSource>(
    _ first: Double, _ firstLayer: Int, _ source: inout S
  ) -> Double {
    let layers = zigguratTables.exponential
    var x = first
    var layer = firstLayer
    // The tail of an exponential is an exponential again.
    var base = 0.0
    while true {
      if layer == 0 {
        base += ZigguratTables.exponentialStart
      } else {
        let low = layers[layer].density
        let y = low + source.uniform() * (layers[layer &+ 1].density - low)
        if y < PortableMath.exp(-x) { return base + x }
      }
      let word = source.next()
      layer = Int(truncatingIfNeeded: word & 255)
      x = Double(Int64(bitPattern: word &>> 11)) * layers[layer].step
      if x < layers[layer].inner { return base + x }
    }
  }

  /// The size of a normal variate that fell beside its layer's inner part.
  @inlinable
  @inline(never)
  static func normalEdge<S: RandomSource>(
    _ first: Double, _ firstLayer: Int, _ source: inout S
  ) -> Double {
    let layers = zigguratTables.normal
    var x = first
    var layer = firstLayer
    while true {
      if layer == 0 { return normalTail(&source) }
      let low = layers[layer].density
      let y = low + source.uniform() * (layers[layer &+ 1].density - low)
      if y < PortableMath.exp(-0.5 * x * x) { return x }
      let word = source.next()
      layer = Int(truncatingIfNeeded: word & 255)
      x = Double(Int64(bitPattern: word &>> 11)) * layers[layer].step
      if x < layers[layer].inner { return x }
    }
  }

  /// A normal variate given that it lies beyond the last layer (Marsaglia 1964).
  @inlinable
  static func normalTail<S: RandomSource>(_ source: inout S) -> Double {
    let start = ZigguratTables.normalStart
    while true {
      let x = exponential(&source) / start
      let y = exponential(&source)
      if y + y > x * x { return start + x }
    }
  }
}
