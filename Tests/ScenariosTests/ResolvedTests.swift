import Scenarios
import Syntax
import Testing

@Suite struct ResolvedTests {
  @Test func `every default is printed and marked, and the text reads back`() throws {
    let base = try load(minimal(service: "batching: { max: 8 },")).base
    let text = base.resolvedText(markDefaults: true)
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    for line in [
      "start: \"2024-01-01\",  // default", "horizon: \"1h\",", "replications: 10,  // default",
      "max: 8,", "maxItems: null,  // default: no limit", "delay: \"0 ms\",  // default",
      "kind: \"model\",", "balancer: \"least-outstanding\",  // default",
      "arrivals: { law: \"exponential\", cv: 1 },  // default",
      "replicas: { min: 1, initial: 1, max: 1 },  // default",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)")
    }
    let again = try load(text).base
    #expect(again.digest == base.digest)
    #expect(again.resolvedText(markDefaults: false) == base.resolvedText(markDefaults: false))
  }

  @Test func `presets are marked as such`() throws {
    let text = try load(
      minimal(service: "autoscaling: { preset: 'kubernetes-hpa', target: '70 %' },")
    ).base.resolvedText(markDefaults: true)
    #expect(text.contains("metric: \"busy\",  // preset\n"))
    #expect(text.contains("target: \"70 %\",\n"))
  }

  @Test func `defaults are listed by path`() throws {
    let defaults = try load(minimal()).base.defaultsUsed
    #expect(defaults.contains { $0.path == "services.embed.queue.limit" && $0.value == "no limit" })
    #expect(defaults.contains { $0.path == "replications" && $0.value == "10" })
    #expect(!defaults.contains { $0.path == "horizon" })
  }

  @Test func `equal scenarios have equal digests`() throws {
    let plain = try load(minimal()).base.digest
    #expect(plain.utf8.count == 32)
    #expect(try load(minimal("seed: 1,")).base.digest == plain)
    #expect(try load(minimal("seed: 2,")).base.digest != plain)
    #expect(try load("// a remark\n" + minimal()).base.digest == plain)
  }

  /// Test vectors of draft-eastlake-fnv: the empty text and "a", FNV-1a of 128 bits.
  @Test(arguments: [
    ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
  ])
  func `the digest is FNV-1a`(text: String, digest: String) {
    #expect(Digest.hex(text.utf8) == digest)
  }

  @Test func `a load near what can be done is a warning`() throws {
    func warnings(_ rate: String) throws -> [String] {
      try load(minimal().replacing("10/s", with: rate)).base.warnings.map(\.message)
    }
    #expect(try warnings("95/s") == [])
    #expect(
      try warnings("97/s") == ["the mean load of `embed` is 97 % of what it can do at most"])
  }

  @Test func `machines without a pool are a warning where money is asked for`() throws {
    let text = minimal("thresholds: ['cost.total < $5'],").replacing("on: \"gpu\",", with: "")
    #expect(
      try load(text).base.warnings.map(\.message) == [
        "service `embed` names no pool, so no cost has its machines"
      ])
    #expect(try load(text.replacing("cost.total < $5", with: "embed.busy < 1")).base.warnings == [])
  }

  @Test func `prices more than a year older than the start are a warning`() throws {
    let set = try load(minimal("start: '2029-01-01',"))
    #expect(set.base.warnings.map(\.code) == [.oldPrices])
  }
}
