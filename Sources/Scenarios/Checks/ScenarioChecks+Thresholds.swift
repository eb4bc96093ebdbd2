import MLSystem
import Quantities
import Randomness
import Syntax

extension ScenarioChecks {
  mutating func checkThresholds() {
    let settings = root["thresholds"].elements
    guard !settings.isEmpty else { return }
    var reader = ThresholdReader(
      subjects: subjects(), horizon: root["horizon"].number ?? .infinity)
    for setting in settings {
      guard let threshold = reader.read(setting) else { continue }
      thresholds.append(threshold)
      warnOfUndecidable(threshold, setting)
    }
    diagnostics.add(contentsOf: reader.diagnostics)
  }

  /// Everything that a threshold may name, with the metrics that it has.
  func subjects() -> [(name: String, subject: ThresholdReader.Subject)] {
    var found: [(name: String, subject: ThresholdReader.Subject)] = []
    let map = routeMap
    for way in map.ways {
      let isLLM = way.services.contains { root["services"][$0].kind == "service:llm" }
      let range = root["routes"].members.first { $0.key == way.name }?.keyRange
      found.append(
        (
          way.name,
          .init(
            kinds: isLLM ? [.route, .llmRoute] : [.route], range: range,
            dimensions: dimensions(of: way.name, map))
        ))
    }
    for service in root["services"].members {
      let kinds: [MetricRow.Subject] =
        switch service.value.kind {
        case "service:llm": [.service, .server, .llmServer]
        case "service:model": [.service, .server]
        default: [.service]
        }
      found.append((service.key, .init(kinds: kinds, range: service.keyRange)))
    }
    for model in root["models"].members where model.value["task"].text != nil {
      let kinds: [MetricRow.Subject] =
        model.value.isFixed ? [.model] : [.model, .learnedModel, .monitor]
      let monitors = MonitorAssembly.monitors(model.value["monitors"]).map(\.name)
      found.append(
        (
          model.key,
          .init(
            kinds: kinds + comparedKinds(of: model), range: model.keyRange,
            dimensions: dimensions(of: model.value, monitors: monitors))
        ))
    }
    for task in root["tasks"].members {
      found.append((task.key, .init(kinds: [.task], range: task.keyRange)))
    }
    for objective in root["slos"].members {
      found.append((objective.key, .init(kinds: [.objective], range: objective.keyRange)))
    }
    let incidents = root["incidents"].elements
    for (name, incident) in zip(IncidentAssembly.names(root), incidents) {
      found.append((name, .init(kinds: [.incident], range: incident.range)))
    }
    found.append(("cost", .init(kinds: [.cost], range: nil)))
    return found
  }

  /// The monitors of a model and the segments of its task.
  private func dimensions(
    of model: Setting, monitors: [String]
  ) -> [(name: String, values: [String])] {
    let segments = model["task"].text.map { root["tasks"][$0]["segments"].members.map(\.key) }
    return [("monitor", monitors), ("segment", segments ?? [])].filter { !$0.1.isEmpty }
  }

  /// The tenants and segments of the streams that take a route.
  private func dimensions(
    of route: String, _ map: RouteMap
  ) -> [(name: String, values: [String])] {
    let streams = root["traffic"].members.filter { map.route(of: $0.value) == route }
    return [("tenant", "tenants"), ("segment", "segments")].map { name, key in
      var values: [String] = []
      for stream in streams {
        for share in stream.value[key].members where !values.contains(share.key) {
          values.append(share.key)
        }
      }
      return (name, values)
    }
  }

  /// A share of runs that even a perfect result could not prove with so few replications.
  ///
  /// All of n runs bound the share from below by 0.025^(1/n) at 95 % (Clopper and Pearson 1934).
  private mutating func warnOfUndecidable(_ threshold: Threshold, _ setting: Setting) {
    guard let share = threshold.shareOfRuns, let runs = root["replications"].whole, share < 1 else {
      if threshold.shareOfRuns == 1 {
        report(
          .undecidableThreshold, "no number of runs proves something of 100 % of runs",
          setting.range, help: "ask for 99 %")
      }
      return
    }
    // 0.025^(1/n) >= share, without logarithms: share^n <= 0.025.
    var needed = 1
    var power = share
    while power > 0.025, needed < 100_000 {
      power *= share
      needed += 1
    }
    guard runs < needed else { return }
    report(
      .undecidableThreshold,
      "\(runs) replications cannot prove something of "
        + "\(QuantityFormatter.shortest(share * 100, significant: 6)) % of runs",
      setting.range, help: "run with --replications \(needed) or more")
  }

  /// Machines that no pool stands for, where the file asks about money: their cost is not 0, but
  /// unknown.
  mutating func warnOfMissingPrices() {
    let asksMoney = !root["budget"].isAbsent || thresholds.contains { $0.metric.subject == "cost" }
    guard asksMoney else { return }
    for service in root["services"].members {
      guard service.value.kind != "service:lookup", service.value["on"].isLeftOut else { continue }
      report(
        .missingPrice, "service \(service.quoted) names no pool, so no cost has its machines",
        service.keyRange, help: "add on: \"…\"")
    }
  }

  /// Services whose mean load is above 95 % of what their replicas can do.
  mutating func warnOfLoad() {
    let map = routeMap
    var calls: [String: Double] = [:]
    var items: [String: Double] = [:]
    for stream in root["traffic"].members {
      guard let name = map.route(of: stream.value), let way = map.way(name) else { continue }
      guard let rate = TrafficAssembly.meanRate(of: stream.value) else { continue }
      for service in way.services {
        calls[service, default: 0] += rate
        items[service, default: 0] += rate * (stream.value["items"].distribution?.mean ?? 1)
      }
    }
    for service in root["services"].members {
      guard let rate = calls[service.key], rate > 0,
        let capacity = ServiceAssembly.capacity(
          of: service.value, itemsPerCall: (items[service.key] ?? rate) / rate)
      else { continue }
      let load = rate / capacity
      guard load > 0.95 else { continue }
      report(
        .highLoad,
        "the mean load of \(service.quoted) is "
          + "\(QuantityFormatter.shortest((load * 1_000).rounded() / 10, significant: 4)) % "
          + "of what it can do at most", service.keyRange)
    }
  }
}
