import Randomness
import Syntax
import Testing

@Suite struct BinaryInputTests {
  @Test(arguments: [
    ([0x7B, 0xFF, 0x7D], "the byte 0xFF cannot stand in UTF-8 text", "my.json5:1:2"),
    ([0x7B, 0x0A, 0x00, 0x7D], "the byte 0x00 cannot stand in UTF-8 text", "my.json5:2:1"),
    ([0x22, 0xC0, 0x80, 0x22], "the byte 0xC0 cannot stand in UTF-8 text", "my.json5:1:2"),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], "the byte 0xED cannot stand in UTF-8 text", "my.json5:1:2"),
    ([0x22, 0xE2, 0x82], "the byte 0xE2 cannot stand in UTF-8 text", "my.json5:1:2"),
    ([0x1F, 0x8B, 0x08, 0x00], "the byte 0x1F cannot stand in UTF-8 text", "my.json5:1:1"),
    ([0xFF, 0xFE, 0x7B, 0x00], "the file is UTF-16", "my.json5:1:1"),
  ])
  func `gives one located error for what is not text`(
    bytes: [UInt8], message: String, place: String
  ) {
    let (tree, diagnostics, sources) = parse(bytes: bytes)
    #expect(tree == nil)
    #expect(diagnostics.list.map(\.message) == [message])
    #expect(diagnostics.list.first?.primary.map { sources.place($0.range) } == place)
    // The renderer must cope with a line that is no text.
    #expect(DiagnosticRenderer(sources).text(diagnostics).contains(place))
  }

  @Test func `gives one located error for random bytes`() {
    for seed in UInt64(1)...200 {
      var stream = RandomStream(seed: seed)
      let bytes = (0..<400).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
      let (_, diagnostics, sources) = parse(bytes: bytes)
      #expect(diagnostics.list.map(\.code) == [.notText], "seed \(seed)")
      #expect(!DiagnosticRenderer(sources, isColored: true).text(diagnostics).isEmpty)
    }
  }

  @Test func `refuses a file that is too large`() {
    let (_, diagnostics, _) = parse(bytes: [UInt8](repeating: 0x20, count: 16_000_001))
    #expect(diagnostics.list.map(\.message) == ["the file has more than 16 MB"])
  }
}
