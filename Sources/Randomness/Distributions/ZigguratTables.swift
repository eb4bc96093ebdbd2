/// One layer of a ziggurat.
@frozen
@usableFromInline
struct ZigguratLayer {
  /// The layer's width times 2^-53: turns 53 random bits into a position.
  @usableFromInline var step: Double
  /// Positions below this one lie under the density whatever their height.
  @usableFromInline var inner: Double
  /// The density at the layer's width.
  @usableFromInline var density: Double
}

/// The layers of both ziggurats, computed once with the portable functions.
///
/// Unchecked, because pointers are not sendable: what they point to is written before anyone sees
/// it, never again, and lives as long as the process.
@frozen
@usableFromInline
struct ZigguratTables: @unchecked Sendable {
  /// Where the exponential's tail begins, for 256 layers.
  @inlinable static var exponentialStart: Double { 7.69711747013104972 }
  /// Where the normal's tail begins.
  @inlinable static var normalStart: Double { 3.6541528853610088 }

  @usableFromInline let exponential: UnsafePointer<ZigguratLayer>
  @usableFromInline let normal: UnsafePointer<ZigguratLayer>

  init() {
    exponential = Self.layers(
      start: Self.exponentialStart, tail: PortableMath.exp(-Self.exponentialStart),
      density: { PortableMath.exp(-$0) }, inverse: { -PortableMath.log($0) })
    normal = Self.layers(
      start: Self.normalStart,
      tail: 0x1.40d931ff62706p1 * PortableMath.normalCDF(-Self.normalStart),
      density: { PortableMath.exp(-0.5 * $0 * $0) },
      inverse: { (-2 * PortableMath.log($0)).squareRoot() })
  }

  /// The layers, whose widths fall from the base to 0 and whose areas are all that of the base.
  private static func layers(
    start: Double, tail: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) -> UnsafePointer<ZigguratLayer> {
    let area = start * density(start) + tail
    var widths = [area / density(start), start]
    while widths.count < 256 {
      let last = widths[widths.count - 1]
      widths.append(inverse(density(last) + area / last))
    }
    widths.append(0)
    // One more layer than is drawn, so that the height above the last can be read.
    let table = UnsafeMutablePointer<ZigguratLayer>.allocate(capacity: 257)
    for (index, width) in widths.enumerated() {
      let layer = ZigguratLayer(
        step: width * 0x1p-53, inner: index < 256 ? widths[index + 1] : 0,
        density: index == 0 ? 0 : density(width))
      (table + index).initialize(to: layer)
    }
    return UnsafePointer(table)
  }
}

@usableFromInline let zigguratTables = ZigguratTables()
