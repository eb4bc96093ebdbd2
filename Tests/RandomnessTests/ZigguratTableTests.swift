import Randomness
import Testing

@Suite("Ziggurat tables")
struct ZigguratTableTests {
  /// The layers as the method defines them: 256 of the area of the base, which has the tail.
  private func layers(
    start: Double, tail: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) -> [Double] {
    let area = start * density(start) + tail
    var widths = [area / density(start), start]
    while widths.count < 256 {
      let last = widths[widths.count - 1]
      widths.append(inverse(density(last) + area / last))
    }
    widths.append(0)
    return widths.indices.flatMap { i in
      [
        widths[i] * 0x1p-53, i < 256 ? widths[i + 1] : 0, i == 0 ? 0 : density(widths[i]),
      ]
    }
  }

  private func expectClose(_ written: InlineArray<771, Double>, _ computed: [Double]) {
    #expect(computed.count == 771)
    for (i, value) in computed.enumerated() {
      #expect(abs(written[i] - value) <= 1e-12 * abs(value), "number \(i)")
    }
  }

  @Test("The exponential's table is what the method gives")
  func exponential() {
    let start = 7.69711747013104972
    expectClose(
      zigguratExponential,
      layers(
        start: start, tail: PortableMath.exp(-start), density: { PortableMath.exp(-$0) },
        inverse: { -PortableMath.log($0) }))
  }

  @Test("The normal's table is what the method gives")
  func normal() {
    let start = 3.6541528853610088
    let root = 2.5066282746310005
    expectClose(
      zigguratNormal,
      layers(
        start: start, tail: root * PortableMath.normalCDF(-start),
        density: { PortableMath.exp(-0.5 * $0 * $0) },
        inverse: { (-2 * PortableMath.log($0)).squareRoot() }))
  }
}
