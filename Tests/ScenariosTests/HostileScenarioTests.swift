import Randomness
import Scenarios
import Syntax
import Testing

/// Whatever a file holds, it loads or every mistake has a place; nothing crashes, nothing hangs.
@Suite struct HostileScenarioTests {
  @Test(arguments: ["[", "{a:", "{ traffic: {a:"])
  func `200,000 brackets give one error`(opening: String) throws {
    let error = try #require(mistakes(String(repeating: opening, count: 200_000)))
    #expect(error.diagnostics.list.map(\.code) == [.nestedTooDeeply])
    #expect(DiagnosticRenderer(error.sources).text(error.diagnostics).utf8.count < 1_000)
  }

  @Test func `a huge map is refused`() throws {
    let entries = (0..<20_000).map { "s\($0): { kind: 'lookup', latency: '1 ms' }," }.joined()
    let error = try #require(
      mistakes("{ horizon: '1h', traffic: {}, services: { \(entries) } }"))
    #expect(error.diagnostics.list.contains { $0.code == .tooMany })
  }

  @Test func `routes that double at every level are laid out within bounds`() throws {
    let routes = (0..<60).map { "r\($0): ['r\($0 + 1)', 'r\($0 + 1)']," }.joined()
    let error = try #require(
      mistakes(minimal().replacing("routes: {", with: "routes: { \(routes) r60: ['embed'],")))
    #expect(error.diagnostics.hasErrors)
  }

  @Test func `random changes of a valid scenario load or have a located mistake`() {
    let valid = Array(
      minimal(
        "thresholds: ['search.latency.p99 < 1 s in every 5 min in 90 % of runs'],",
        stream: "growth: { uncertain: { p10: '0 %/month', p90: '8 %/month' } }, tenants: { a: 1 },",
        service: "batching: { max: 8 }, autoscaling: 'kubernetes-hpa',",
        pool: "buy: [{ committed: 1, price: '$1/h' }, 'spot'],"
      ).replacing("\n}", with: " variants: { v: { 'services.embed.time': '20 ms' } },\n}").utf8)
    #expect(mistakes(String(decoding: valid, as: UTF8.self)) == nil)
    var refused = 0
    for seed in UInt64(1)...400 {
      var stream = RandomStream(seed: seed)
      var bytes = valid
      for _ in 0...Int(stream.next() % 3) {
        let place = Int(stream.next() % UInt64(bytes.count))
        switch stream.next() % 4 {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8(0x20 + stream.next() % 0x5F)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(stream.next() % 12)))
        default:
          let end = min(bytes.count, place + Int(stream.next() % 12))
          bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        }
      }
      guard let error = mistakes(String(decoding: bytes, as: UTF8.self)) else { continue }
      refused += 1
      #expect(error.diagnostics.hasErrors, "seed \(seed)")
      #expect(error.diagnostics.list.allSatisfy { $0.primary != nil }, "seed \(seed)")
      #expect(!DiagnosticRenderer(error.sources).text(error.diagnostics).isEmpty)
    }
    #expect(refused > 200)
  }
}
