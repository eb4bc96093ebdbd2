import Scenarios
import Syntax
import Testing

@Suite("A scenario read again with other settings")
struct ScenarioSourceTests {
  private let source = ScenarioSource(
    name: "s.json5",
    bytes: Array(
      """
      {
        horizon: "1 h",
        traffic: { users: { to: "app", rate: "10/s" } },
        routes: { app: { steps: ["svc"] } },
        services: { svc: { kind: "model", time: "10 ms", replicas: 2 } },
        variants: { more: { "services.svc.replicas": 5 } },
      }
      """.utf8), overrides: ["replications=3"])

  private func replicas(_ scenario: Scenario) -> Int? {
    scenario.settings["services"]["svc"]["replicas"]["min"].whole
      ?? scenario.settings["services"]["svc"]["replicas"].whole
  }

  @Test("Settings come after the variant and the command line")
  func order() throws {
    let plain = try source.scenario()
    let varied = try source.scenario(variant: "more")
    let set = try source.scenario(
      variant: "more", settings: ["services.svc.replicas=7", "replications=4"])
    #expect(replicas(plain) == 2)
    #expect(replicas(varied) == 5)
    #expect(replicas(set) == 7)
    #expect(plain.replications == 3)
    #expect(set.replications == 4)
    #expect(set.variant == "more")
  }

  @Test("It is the scenario that the whole set holds")
  func same() throws {
    let set = try source.all()
    #expect(try source.scenario(variant: "more").digest == set.variant(named: "more").digest)
    #expect(try source.scenario().digest == set.base.digest)
  }

  @Test("A setting that repeats what stands there is no mistake")
  func idle() throws {
    #expect(replicas(try source.scenario(settings: ["services.svc.replicas=2"])) == 2)
  }

  @Test("Mistakes of a setting are located in it, an unknown variant is named")
  func mistakes() {
    #expect(throws: DiagnosticsError.self) {
      try source.scenario(settings: ["services.svc.replcas=2"])
    }
    let error = #expect(throws: DiagnosticsError.self) { try source.scenario(variant: "mor") }
    #expect(error?.diagnostics.list.first?.code == .unknownVariant)
    #expect(error?.diagnostics.list.first?.help?.contains("more") == true)
  }
}
