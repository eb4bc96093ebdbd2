import MLSystem
import Quantities
import Randomness

/// Sources of data and what happens to them from their settings; things by their names' indices.
struct DataAssembly {
  private let root: Setting
  private let tasks: [String: Int]
  private let models: [String: Int]
  private let sources: [String: Int]
  private let map: RouteMap

  init(_ root: Setting, _ map: RouteMap, tasks: [String: Int], models: [String: Int]) {
    self.root = root
    self.map = map
    self.tasks = tasks
    self.models = models
    sources = Dictionary(
      root["data"].members.enumerated().map { ($0.element.key, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  var dataSources: [DataSource] { root["data"].members.map(source) }

  var incidents: [DataIncident] {
    zip(root["incidents"].elements, IncidentAssembly.names(root)).compactMap { value, name in
      var found = incident(value)
      found?.name = name
      return found
    }
  }

  private func source(_ entry: SettingObject.Member) -> DataSource {
    let value = entry.value
    let names = value["feeds"].elements.compactMap(\.text)
    let outages = value["outages"]
    let isBatch = value.kind == "source:batch"
    return DataSource(
      name: entry.key,
      kind: isBatch
        ? .batch(
          every: value["every"].duration ?? .days(1), offset: value["at"].duration ?? .zero)
        : .stream,
      labelsOf: names.compactMap { tasks[$0] },
      featuresOf: Self.readers(of: names, root, map).compactMap { models[$0] },
      weight: value["weight"].number ?? 0, memory: value["memory"].duration,
      refresh: value["refresh"].duration ?? .zero,
      fallback: value["serves"].text.flatMap(DataSource.Fallback.init(rawValue:)) ?? .stale,
      outagesEvery: outages["every"].duration,
      outageLength: outages["last"].distribution ?? .constant(0),
      backfills: value["backfill"].flag, late: value["late"].number ?? 0,
      lateBy: value["lateBy"].distribution ?? .constant(0),
      duplicates: value["duplicates"].number ?? 0, validation: Self.validation(value))
  }

  private static func validation(_ source: Setting) -> ValidationPlan? {
    let value = source["validation"]
    guard value.kind == "validation" else { return nil }
    return ValidationPlan(
      rows: value["rows"].whole ?? 10_000, audit: value["audit"].whole ?? 0,
      score: value["score"].number ?? DataScore.line,
      completeness: value["completeness"].number ?? 0,
      shift: value["shift"].number ?? .infinity, flipped: value["flipped"].number ?? 1)
  }

  /// The models that read features from the named lookups, or are named themselves: a lookup feeds
  /// every model that a route through it asks.
  static func readers(of names: [String], _ root: Setting, _ map: RouteMap) -> [String] {
    var found: [String] = []
    func add(_ name: String) { if !found.contains(name) { found.append(name) } }
    let declared = root["models"].members.map(\.key)
    for name in names {
      if declared.contains(name) { add(name) }
      for way in map.ways where way.services.contains(name) {
        for service in way.services {
          if let served = root["services"][service]["serves"].text { add(served) }
        }
      }
    }
    return found
  }

  private func incident(_ value: Setting) -> DataIncident? {
    guard let kind = kind(value) else { return nil }
    return DataIncident(
      at: value["at"].instant ?? .start, last: value["last"].duration, kind: kind)
  }

  private func kind(_ value: Setting) -> DataIncident.Kind? {
    switch value.kind {
    case "incident:source-outage": source(of: value).map { .sourceOutage(source: $0) }
    case "incident:stale-features": source(of: value).map { .staleFeatures(source: $0) }
    case "incident:broken-feature":
      features(of: value).map { .brokenFeature($0, becomes: Self.breakage(value)) }
    case "incident:upstream-outage": features(of: value).map { .upstreamOutage($0) }
    case "incident:schema-change": features(of: value).map { .schemaChange($0) }
    case "incident:training-serving-skew":
      features(of: value).map { .skew($0, agreement: value["agreement"].number ?? 1) }
    case "incident:leakage":
      features(of: value).map { .leakage($0, auc: value["auc"].number ?? 0) }
    case "incident:label-fault":
      task(of: value).map { .labelFault(task: $0, flipped: value["flipped"].number ?? 0) }
    case "incident:poisoned-labels":
      task(of: value).map {
        .poisonedLabels(
          task: $0, share: value["share"].number ?? 0, cosine: value["cosine"].number ?? 0)
      }
    default: nil
    }
  }

  private func source(of value: Setting) -> Int? { value["source"].text.flatMap { sources[$0] } }

  private func task(of value: Setting) -> Int? { value["task"].text.flatMap { tasks[$0] } }

  private static func breakage(_ value: Setting) -> Breakage {
    let shift = value["shift"].number ?? 0
    return switch value["to"].text {
    case "constant": .constant(shift)
    case "other-unit": .rescaled(scale: value["scale"].number ?? 1, shift: shift)
    default: .mean
    }
  }

  /// Count and weight of features; the one that is left out follows from the other, as if every
  /// feature of the model weighed the same.
  private func features(of value: Setting) -> FeatureShare? {
    guard let name = value["model"].text, let model = models[name] else { return nil }
    let all = max(root["models"][name]["features"].whole ?? 1, 1)
    let weight = value["weight"].number
    let count =
      value["features"].whole ?? max(1, Int(((weight ?? 0) * Double(all)).rounded()))
    return FeatureShare(
      model: model, count: min(count, all),
      weight: weight ?? min(Double(count) / Double(all), 1))
  }
}
