import MLSystem
import Quantities
import Syntax

// What is made to happen to services, machines and prices.
extension ScenarioChecks {
  mutating func checkIncidents() {
    var named: [String: Setting] = [:]
    for incident in root["incidents"].elements {
      checkName(of: incident, &named)
      guard IncidentAssembly.isOfSystem(incident) else { continue }
      if incident["last"].isLeftOut && incident["repair"].isLeftOut {
        report(
          .missingKey, "how long? neither `last` nor `repair` is given", incident.range,
          help: "add last: \"40 min\", or repair: \"10 min\" for the on-call")
      }
      checkPlace(of: incident)
    }
    for pool in root["hardware"].members {
      var seen: Set<String> = []
      for zone in pool.value["zones"].elements {
        guard let name = zone.text else { continue }
        if !seen.insert(name).inserted {
          report(
            .doubledName, "pool \(pool.quoted) has zone \(VisibleText.quoted(name)) twice",
            zone.range)
        }
      }
    }
  }

  private mutating func checkName(of incident: Setting, _ named: inout [String: Setting]) {
    guard let name = incident["name"].text else { return }
    if !Decoder.isName(name) {
      report(
        .badName, "\(VisibleText.quoted(name)) cannot be a name", incident["name"].range,
        help: "names are a-z, 0-9 and `-`")
    } else if let first = names[name] {
      report(
        .doubledName, "\(VisibleText.quoted(name)) is \(first.kind.phrase) already",
        incident["name"].range, also: [.init(first.range, "declared here")],
        help: "metrics go by this name: choose another")
    } else if let first = named[name] {
      report(
        .doubledName, "\(VisibleText.quoted(name)) is an incident already",
        incident["name"].range, also: [.init(first["name"].range, "declared here")],
        help: "metrics go by this name: choose another")
    } else {
      named[name] = incident
    }
  }

  private mutating func checkPlace(of incident: Setting) {
    if let zone = incident["zone"].text {
      let zones = IncidentAssembly.zones(root)
      if isSound && !zones.contains(zone) {
        report(
          .unknownName, "no pool has machines in zone \(VisibleText.quoted(zone))",
          incident["zone"].range, help: Decoder.didYouMean(zone, zones),
          notes: zones.isEmpty
            ? [.init("no pool has `zones`")] : [.init("there: \(zones.joined(separator: ", "))")])
      }
      return
    }
    if let model = incident["model"].text {
      let isServed = root["services"].members.contains { $0.value["serves"].text == model }
      if isSound && !isServed {
        report(
          .notSimulated, "no service serves model `\(model)`, so nobody would notice",
          incident["model"].range)
      }
      return
    }
    guard let name = incident["of"].text, isSound else { return }
    let service = root["services"][name]
    let isLookup = service.kind == "service:lookup"
    if isLookup && incident.kind == "incident:capacity-loss" {
      report(
        .notSimulated, "lookup `\(name)` has no replicas that could be lost",
        incident["of"].range, help: "use kind: \"slow-down\", \"errors\" or \"outage\"")
    }
    if incident.kind == "incident:price-spike",
      root["services"].members.contains(where: { $0.key == name }),
      service["price"]["perCall"].isAbsent
    {
      report(
        .notSimulated, "service `\(name)` has no price per call that could rise",
        incident["of"].range, help: "name the pool of its machines")
    }
  }
}
