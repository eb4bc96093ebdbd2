import MLSystem
import Quantities
import Scenarios
import Syntax
import TestSupport
import Testing

@Suite struct VariantTests {
  private func variant(_ patch: String, base: String = minimal()) throws -> Scenario {
    let text = base.replacing("\n}", with: "  variants: { other: { \(patch) } },\n}")
    return try load(text).variant(named: "other")
  }

  @Test func `a key with dots is a path`() throws {
    let other = try variant("title: 'More', 'services.embed.replicas': 3")
    #expect(other.settings["services"]["embed"]["replicas"]["max"].whole == 3)
    #expect(other.variantTitle == "More")
    #expect(other.variant == "other")
  }

  @Test func `objects merge, lists and values replace, null takes away`() throws {
    let base = minimal(service: "batching: { max: 8, delay: '5 ms' }, replicas: 2,")
    let merged = try variant("services: { embed: { batching: { max: 4 } } }", base: base)
    let batching = merged.settings["services"]["embed"]["batching"]
    #expect(batching["max"].whole == 4)
    #expect(batching["delay"].number == 0.005)
    let without = try variant("'services.embed.batching': null", base: base)
    #expect(without.settings["services"]["embed"]["batching"].isAbsent)
  }

  @Test func `a short form is written out where a patch reaches into it`() throws {
    let base = minimal(service: "replicas: 2, autoscaling: 'kubernetes-hpa',")
    let other = try variant("'services.embed.replicas.max': 5", base: base)
    let replicas = other.settings["services"]["embed"]["replicas"]
    #expect(replicas["min"].whole == 2)
    #expect(replicas["max"].whole == 5)
  }

  @Test func `another kind, preset, law or belief replaces the object whole`() throws {
    let base = minimal(
      service: "failures: { every: { exponential: { mean: '1d' } }, last: '1 min' },")
    let law = try variant(
      "'services.embed.failures.every': { weibull: { mean: '2d', shape: 2 } }", base: base)
    #expect(law.settings["services"]["embed"]["failures"]["every"].distribution != nil)
    let kind = try variant("'services.embed': { kind: 'lookup', latency: '1 ms' }")
    #expect(kind.settings["services"]["embed"].kind == "service:lookup")
    #expect(kind.settings["services"]["embed"]["time"].isAbsent)
  }

  private func broken(_ marked: String, _ findings: (Int, DiagnosticCode, String)...) throws {
    let text = minimal().replacing("\n}", with: "  variants: { «9»other: { \(marked) } },\n}")
    let source = MarkedSource(text)
    let error = try #require(mistakes(source.text))
    let found = error.diagnostics.sorted
    #expect(found.map(\.message) == findings.map(\.2))
    for (diagnostic, finding) in zip(found, findings) {
      #expect(diagnostic.primary?.range.start == source.marks[finding.0], "\(finding.2)")
      #expect(diagnostic.code == finding.1)
    }
  }

  @Test func `a patch that changes nothing is an error`() throws {
    try broken(
      "«1»'services.embed.time': '10 ms'",
      (1, .idlePatch, "this changes nothing: `services.embed.time` is that already"))
    try broken("title: 'Nothing'", (9, .idlePatch, "variant `other` changes nothing"))
    try broken(
      "«1»'services.embed.batching': null",
      (1, .idlePatch, "there is no `services.embed.batching` to take away"))
  }

  @Test func `a path must lead somewhere that may be patched`() throws {
    try broken(
      "«1»'services.embd.replicas': 2",
      (1, .badPatch, "no `embd` in `services` to change"))
    try broken(
      "«1»'services.embed.time.fast': 2",
      (1, .badPatch, "`services.embed.time` is no object"))
    try broken(
      "«1»'routes.search.steps.0': 'x'",
      (1, .badPatch, "`routes.search.steps` is a list, which is replaced as a whole"))
    try broken(
      "«1»'routes.search.steps[3]': 'x'",
      (1, .badPatch, "`routes.search.steps` has 1 entry, counted from 0"))
    try broken(
      "«1»'services.embed[0]': 'x'", (1, .badPatch, "`services.embed` is no list"))
    try broken(
      "«1»'routes.search.steps[x]': 'x'",
      (1, .badPatch, "`routes.search.steps[x]` is no path"))
    try broken("«1»seed: 2", (1, .badPatch, "a variant cannot set `seed`"))
    try broken("«1»'services..x': 2", (1, .badPatch, "`services..x` is no path"))
  }

  @Test func `a mistake in a patch stands on the patch and names the base`() throws {
    let text = minimal().replacing(
      "\n}", with: "  variants: { other: { 'services.embed.time': «1»10 } },\n}")
    let source = MarkedSource(text)
    let error = try #require(mistakes(source.text))
    let diagnostic = try #require(error.diagnostics.list.first)
    #expect(error.diagnostics.list.count == 1)
    #expect(diagnostic.primary?.range.start == source.marks[1])
    let note = try #require(diagnostic.notes.first)
    #expect(note.text == "this changes `services.embed.time`, which is declared")
    #expect(note.range.map { error.sources.place($0) } == "my.json5:5:56")
  }

  @Test func `a mistake that follows from a patch names the variant`() throws {
    let text = minimal().replacing(
      "\n}", with: "  variants: { other: { 'hardware.gpu': null } },\n}")
    let error = try #require(mistakes(text))
    #expect(error.diagnostics.list.map(\.message) == ["no `gpu` in `hardware`"])
    #expect(error.diagnostics.list[0].notes.last?.text == "in variant `other`")
  }

  @Test func `an unknown variant is named with the nearest`() throws {
    let set = try load(
      minimal().replacing("\n}", with: "  variants: { big: { horizon: '2h' } },\n}"))
    #expect(set.names == ["base", "big"])
    #expect(throws: DiagnosticsError.self) { try set.variant(named: "bgi") }
  }

  @Test func `settings of the command line come last`() throws {
    let text = minimal().replacing("\n}", with: "  variants: { big: { horizon: '2h' } },\n}")
    let set = try load(
      text,
      overrides: [
        "horizon=3h", "services.embed.replicas.min=7", "seed=9", "services.embed.time='1 ms'",
        "services.embed.queue={ limit: 5 }",
      ])
    for scenario in [set.base, try set.variant(named: "big")] {
      #expect(scenario.horizon == .hours(3))
      #expect(scenario.seed == 9)
      #expect(scenario.settings["services"]["embed"]["replicas"]["max"].whole == 7)
      #expect(scenario.settings["services"]["embed"]["queue"]["limit"].whole == 5)
    }
  }

  @Test(arguments: [
    ("horizon", "a setting is path=value"), ("=1", "a setting is path=value"),
    ("horizon=", "a setting is path=value"), ("variants={}", "`--set` cannot set `variants`"),
    ("services.nobody.replicas=1", "no `nobody` in `services` to change"),
    ("replications=0", "`replications` must be at least 1"),
    ("horizon=5 parsecs", "`horizon`: unknown unit `parsecs`"),
    ("services.embed.queue={ limit: 1", "`{` is never closed"),
    ("horzion=3h", "unknown key `horzion`"),
  ])
  func `broken settings are located in themselves`(setting: String, message: String) throws {
    let error = try #require(mistakes(minimal(), overrides: [setting]))
    #expect(error.diagnostics.list.first?.message == message)
    let file = error.diagnostics.list.first?.primary.map { error.sources[$0.range.file].name }
    #expect(file == "--set")
  }
}

@Suite struct SettingPathTests {
  private static let surges = minimal(
    stream: "surges: [{ at: '1 min', factor: '2x', last: '1 min' }, "
      + "{ at: '5 min', factor: '3x', last: '1 min' }],")

  /// `path=value` reaches an entry of a list, whose other keys and neighbours stay.
  @Test func `an entry of a list is set by its number`() throws {
    let base = try load(Self.surges, overrides: ["traffic.users.surges[1].factor=7x"]).base
    let path = "traffic.users.surges"
    #expect(base.setting(at: path + "[0].factor")?.number == 2)
    #expect(base.setting(at: path + "[1].factor")?.number == 7)
    #expect(base.setting(at: path + "[1].at")?.number == 300)
    #expect(base.setting(at: path + "[2]") == nil)
    #expect(base.setting(at: path + "[1].factor")?.path == path + "[1].factor")
  }

  @Test(arguments: ["", "a..b", "a[", "a[1", "a[x]", "a[-1]", "[0]", "a[0]b", ".a"])
  func `what is no path leads nowhere`(path: String) throws {
    #expect(try load(minimal()).base.setting(at: path) == nil)
  }
}
