import Quantities
import Scenarios

/// Changes that an expert would try against a stress, as settings.
enum RemedyBook {
  struct Proposal {
    var title: String
    var settings: [String]
  }

  /// What fits a stress; whether it can be built is found out by building it.
  static func proposals(against stress: Stress, in scenario: Scenario) -> [Proposal] {
    switch stress.kind {
    case .traffic: autoscale(scenario) + grow(scenario) + shed(scenario) + fallback(scenario)
    case .serviceOutage:
      fallback(scenario) + retry(scenario) + grow(scenario, only: stress.subject)
    case .poolOutage:
      fallback(scenario) + elsewhere(scenario, pool: stress.subject)
        + checkpoint(scenario, pool: stress.subject)
    case .sourceOutage: data(scenario, source: stress.subject)
    case .skew: validate(scenario) + watch(scenario, model: stress.subject)
    case .feedback: explore(scenario, model: stress.subject)
    case .badVersion: rollOut(scenario, model: stress.subject)
    case .priceShock: commit(scenario, pool: stress.subject)
    }
  }

  private static func servers(_ scenario: Scenario) -> [SettingObject.Member] {
    scenario.settings["services"].members.filter { $0.value.kind != "service:lookup" }
  }

  /// Half as many replicas again.
  private static func grow(_ scenario: Scenario, only name: String? = nil) -> [Proposal] {
    var settings: [String] = []
    for service in servers(scenario) where name == nil || service.key == name {
      for key in ["min", "initial", "max"] {
        guard let count = service.value["replicas"][key].whole, count > 0 else { continue }
        settings.append("services.\(service.key).replicas.\(key)=\((count * 3 + 1) / 2)")
      }
    }
    let whose = name.map { " of \($0)" } ?? ""
    return settings.isEmpty
      ? [] : [Proposal(title: "half as many replicas\(whose) again", settings: settings)]
  }

  /// Autoscaling on the busy share, up to eight times the fleet, where the fleet is fixed.
  private static func autoscale(_ scenario: Scenario) -> [Proposal] {
    var settings: [String] = []
    for service in servers(scenario) where service.value["autoscaling"].isAbsent {
      let count = service.value["replicas"]["min"].whole ?? 1
      let path = "services.\(service.key)"
      settings.append("\(path).replicas={ min: \(count), max: \(count * 8) }")
      settings.append(
        "\(path).autoscaling={ preset: \"kubernetes-hpa\", metric: \"busy\", target: \"60 %\" }")
    }
    return settings.isEmpty
      ? [] : [Proposal(title: "scale by the busy share, up to eightfold", settings: settings)]
  }

  /// Drop what would come too late, where a route has a time-out.
  private static func shed(_ scenario: Scenario) -> [Proposal] {
    guard scenario.settings["routes"].members.contains(where: { $0.value["timeout"].number != nil })
    else { return [] }
    let settings = servers(scenario).filter { $0.value["queue"]["shed"].text != "deadline" }
      .map { "services.\($0.key).queue.shed=deadline" }
    return settings.isEmpty
      ? [] : [Proposal(title: "drop what would come too late", settings: settings)]
  }

  /// A rule answers when the route fails, where there is a rule.
  private static func fallback(_ scenario: Scenario) -> [Proposal] {
    let rule = scenario.settings["models"].members.first { $0.value["rule"].flag }
    guard let rule else { return [] }
    let settings = scenario.settings["routes"].members
      .filter { $0.value.kind == "route" && $0.value["fallback"].isAbsent }
      .map { "routes.\($0.key).fallback=\(rule.key)" }
    return settings.isEmpty
      ? [] : [Proposal(title: "\(rule.key) answers when the route fails", settings: settings)]
  }

  private static func retry(_ scenario: Scenario) -> [Proposal] {
    let settings = scenario.settings["routes"].members
      .filter { $0.value.kind == "route" && $0.value["retries"].kind != "retries" }
      .map { "routes.\($0.key).retries={ max: 1, budget: \"10 %\" }" }
    return settings.isEmpty
      ? [] : [Proposal(title: "try once more, within 10 % of the requests", settings: settings)]
  }

  /// Half of a pool's services move to a second pool of the same machines.
  private static func elsewhere(_ scenario: Scenario, pool: String) -> [Proposal] {
    let users = servers(scenario).filter { $0.value["on"].text == pool }
    guard users.count > 1, let moved = users.last else { return [] }
    let value = scenario.settings["hardware"][pool]
    guard let instance = value["instance"].text, let region = value["region"].text else {
      return []
    }
    return [
      Proposal(
        title: "\(moved.key) on a pool of its own",
        settings: [
          "hardware.\(pool)-2={ instance: \"\(instance)\", region: \"\(region)\" }",
          "services.\(moved.key).on=\(pool)-2",
        ])
    ]
  }

  /// Checkpoints for the trainings on a pool that have none.
  private static func checkpoint(_ scenario: Scenario, pool: String) -> [Proposal] {
    let settings = scenario.settings["models"].members.filter { model in
      let training = model.value["training"]
      return training["on"].text == pool && training["checkpointEvery"].isAbsent
        && model.value.isRetrained
    }.map { "models.\($0.key).training.checkpointEvery=30 min" }
    return settings.isEmpty
      ? [] : [Proposal(title: "trainings save their state every half hour", settings: settings)]
  }

  private static func data(_ scenario: Scenario, source: String) -> [Proposal] {
    let value = scenario.settings["data"][source]
    let other = value["serves"].text == "defaults" ? "stale" : "defaults"
    return [
      Proposal(
        title: other == "stale" ? "read the last copy meanwhile" : "read defaults meanwhile",
        settings: ["data.\(source).serves=\(other)"])
    ] + validate(scenario)
  }

  private static func validate(_ scenario: Scenario) -> [Proposal] {
    let settings = scenario.settings["data"].members
      .filter { $0.value["validation"].kind != "validation" }
      .map { "data.\($0.key).validation=data-score-18" }
    return settings.isEmpty
      ? [] : [Proposal(title: "validate every source before a training", settings: settings)]
  }

  private static func watch(_ scenario: Scenario, model: String) -> [Proposal] {
    guard scenario.settings["models"][model]["monitors"].elements.isEmpty else { return [] }
    return [
      Proposal(
        title: "watch its features", settings: ["models.\(model).monitors=[\"psi-0.2-top10\"]"])
    ]
  }

  private static func explore(_ scenario: Scenario, model: String) -> [Proposal] {
    guard let task = scenario.settings["models"][model]["task"].text else { return [] }
    return [
      Proposal(
        title: "show a tenth at random, so that labels are less its own doing",
        settings: ["tasks.\(task).labels.ownDoing=\"45 %\""])
    ]
  }

  private static func rollOut(_ scenario: Scenario, model: String) -> [Proposal] {
    ["canary-10-50-100", "blue-green", "shadow-24h"].filter { _ in
      scenario.settings["models"][model]["rollout"]["steps"].elements.isEmpty
    }.map { Proposal(title: "rollout \($0)", settings: ["models.\(model).rollout=\($0)"]) }
  }

  /// A commitment for the fleet that always runs.
  private static func commit(_ scenario: Scenario, pool: String) -> [Proposal] {
    let always = servers(scenario).filter { $0.value["on"].text == pool }.reduce(0) {
      $0 + ($1.value["replicas"]["min"].whole ?? 0)
    }
    guard always > 0 else { return [] }
    return [
      Proposal(
        title: "commit to \(always) machines for a year",
        settings: [
          "hardware.\(pool).buy=[{ committed: \(always), term: \"1 year\" }, \"on-demand\"]"
        ])
    ]
  }
}
