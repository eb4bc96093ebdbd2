import Randomness
import Syntax
import Testing

/// Mutations of a valid text never crash the parser, and whatever it refuses has a place.
@Suite struct ParserFuzzTests {
  private static let valid = #"""
    // A valid text
    {
      $schema: "./schema.json", title: 'One\u0020\x41 \
    two', seed: 0xFF, list: [1, -2.5e3, .5, true, null,], /* c */
      traffic: { shoppers: { rate: { peak: "5k/s" }, segments: { "new-ones": "20 %" } } },
    }
    """#

  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "'", "\"", "//", "/*", "*/", "\\", "\n", "\r\n", "\u{2028}",
    "NaN",
    "1e999", "0x", "\\u12", "é", "😀", "-", "+", ".", "#", "=", ";", "null", " ", "\t", "“",
    "\u{FEFF}",
  ].map { Array($0.utf8) }

  @Test func `random mutations give located diagnostics`() {
    let original = Array(Self.valid.utf8)
    #expect(parse(bytes: original).diagnostics.list.isEmpty)
    for seed in UInt64(1)...3_000 {
      var stream = RandomStream(seed: seed)
      var bytes = original
      for _ in 0...Int(stream.next() % 4) { Self.mutate(&bytes, &stream) }
      let (tree, diagnostics, sources) = parse(bytes: bytes)
      #expect(tree != nil || diagnostics.hasErrors, "seed \(seed)")
      #expect(diagnostics.errorCount <= Diagnostics.errorLimit, "seed \(seed)")
      for diagnostic in diagnostics.list {
        let range = diagnostic.primary?.range
        #expect(range.map { $0.start >= 0 && $0.start <= bytes.count } == true, "seed \(seed)")
      }
      if seed % 10 == 0 { _ = DiagnosticRenderer(sources).text(diagnostics) }
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    let place = Int(stream.next() % UInt64(bytes.count + 1))
    switch stream.next() % 5 {
    case 0: if place < bytes.count { bytes.remove(at: place) }
    case 1: bytes.insert(contentsOf: pieces[Int(stream.next() % UInt64(pieces.count))], at: place)
    case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: stream.next()) }
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int(stream.next() % 40)))
    default:
      let end = min(bytes.count, place + Int(stream.next() % 40))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
    }
    if bytes.isEmpty { bytes = [0x20] }
  }
}
