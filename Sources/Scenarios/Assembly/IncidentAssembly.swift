import MLSystem
import Quantities
import Randomness

/// What is made to happen to services, machines and prices, from its settings.
struct IncidentAssembly {
  private let root: Setting
  private let services: [String: Int]
  private let pools: [String: Int]
  private let models: [String: Int]

  init(
    _ root: Setting, services: [String: Int], pools: [String: Int], models: [String: Int]
  ) {
    self.root = root
    self.services = services
    self.pools = pools
    self.models = models
  }

  /// The zones of all pools, each once, in the order of the file.
  static func zones(_ root: Setting) -> [String] {
    var found: [String] = []
    for pool in root["hardware"].members {
      for zone in pool.value["zones"].elements.compactMap(\.text) where !found.contains(zone) {
        found.append(zone)
      }
    }
    return found
  }

  /// Whether an incident hits the system, and not data.
  static func isOfSystem(_ incident: Setting) -> Bool {
    ScenarioSchema.systemIncidentKinds.contains(incident.kind)
  }

  /// The names of all incidents, in the order of the file.
  ///
  /// One without a name is called after what it hits and its kind, with a number where that is
  /// taken.
  static func names(_ root: Setting) -> [String] {
    let incidents = root["incidents"].elements
    var taken = Set(incidents.compactMap { $0["name"].text })
    for kind in NameKind.allCases { taken.formUnion(root[kind.map].members.map(\.key)) }
    return incidents.map { incident in
      if let name = incident["name"].text { return name }
      let keys = ["of", "zone", "model", "source", "task"]
      let hit = keys.compactMap { incident[$0].text }.first ?? ""
      let cause = incident.kind == "incident:zone-outage" ? "outage" : word(of: incident)
      var name = "\(hit)-\(cause)"
      var number = 2
      while taken.contains(name) {
        name = "\(hit)-\(cause)-\(number)"
        number += 1
      }
      taken.insert(name)
      return name
    }
  }

  /// The kind as the file writes it.
  private static func word(of incident: Setting) -> String {
    String(incident.kind.drop { $0 != ":" }.dropFirst())
  }

  var incidents: [SystemIncident] {
    let all = root["incidents"].elements
    return zip(all, Self.names(root)).compactMap { value, name in
      guard Self.isOfSystem(value), let kind = kind(of: value) else { return nil }
      return SystemIncident(
        name: name, at: value["at"].instant ?? .start, last: value["last"].duration,
        repair: value["repair"].distribution, kind: kind)
    }
  }

  private func kind(of value: Setting) -> SystemIncident.Kind? {
    if let model = value["model"].text { return models[model].map { .deprecation(model: $0) } }
    guard let place = place(of: value) else { return nil }
    let share = value["share"].number ?? 0
    let factor = value["factor"].number ?? 1
    return switch value.kind {
    case "incident:outage", "incident:zone-outage": .outage(place)
    case "incident:slow-down": .slowDown(place, factor: factor)
    case "incident:errors": .errors(place, share: share)
    case "incident:capacity-loss": .capacityLoss(place, share: share)
    case "incident:price-spike": .priceSpike(place, factor: factor)
    default: nil
    }
  }

  private func place(of value: Setting) -> SystemIncident.Place? {
    if let zone = value["zone"].text {
      return Self.zones(root).firstIndex(of: zone).map { .zone($0) }
    }
    guard let name = value["of"].text else { return nil }
    return services[name].map { .service($0) } ?? pools[name].map { .pool($0) }
  }
}
