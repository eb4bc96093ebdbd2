import MLSystem
import Scenarios
import Syntax

extension Experiment {
  /// The experiment that a scenario describes; `seed` stands in for the scenario's own.
  package init(of scenario: Scenario, seed: UInt64? = nil, toolVersion: String) {
    let seed = seed ?? scenario.seed
    var identity = Identity(
      title: scenario.title, file: scenario.file, variant: scenario.variant,
      variantTitle: scenario.variantTitle, digest: scenario.digest,
      resolved: scenario.resolvedText(markDefaults: true), toolVersion: toolVersion, seed: seed,
      replications: scenario.replications, start: scenario.start, horizon: scenario.horizon,
      warmUp: scenario.warmUp,
      defaults: scenario.appliedDefaults,
      warnings: scenario.warnings.map(\.message), subjects: Self.subjects(of: scenario),
      budget: scenario.budget.map { BudgetLimit(perMonth: $0.perMonth, owner: $0.owner) })
    identity.settings = scenario.settingsGiven
    self.init(
      identity: identity, thresholds: scenario.thresholds, priceSources: scenario.priceSources,
      wish: scenario.fidelityWish
    ) { replication in
      try scenario.assemble(replication: replication, seed: seed)
    }
  }

  private static func subjects(of scenario: Scenario) -> [Subject] {
    func named(_ kind: NameKind, _ subject: Subject.Kind) -> [Subject] {
      scenario.names(of: kind).map { Subject(kind: subject, name: $0) }
    }
    let services = scenario.names(of: .service).map { name in
      let kind: Subject.Kind =
        switch scenario.serviceKind(of: name) {
        case "llm": .llmServer
        case "lookup": .lookup
        default: .modelServer
        }
      return Subject(kind: kind, name: name)
    }
    return named(.route, .route) + services + named(.stream, .stream) + named(.model, .model)
      + named(.pool, .pool) + named(.objective, .objective)
      + scenario.incidentNames.map { Subject(kind: .incident, name: $0) }
  }
}

extension Scenario {
  /// How closely it asks to be looked at.
  package var fidelityWish: FidelityWish { fidelity.flatMap(FidelityWish.init) ?? .auto }

  /// Defaults that nobody wrote, beside those at or inside paths that a study sets itself.
  package func appliedDefaults(beside paths: [String]) -> [AppliedDefault] {
    appliedDefaults.filter { standard in
      !paths.contains { path in
        standard.path == path || standard.path.hasPrefix(path + ".")
          || standard.path.hasPrefix(path + "[")
      }
    }
  }

  fileprivate var appliedDefaults: [AppliedDefault] {
    defaultsUsed.map { AppliedDefault(path: $0.path, value: $0.value) }
  }
}
