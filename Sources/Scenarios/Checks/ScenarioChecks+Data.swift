import MLSystem
import Syntax

// Sources of data and what is made to happen to them.
extension ScenarioChecks {
  mutating func checkData() {
    for source in root["data"].members { checkSource(source) }
    for incident in root["incidents"].elements { checkIncident(incident) }
  }

  private mutating func checkSource(_ source: SettingObject.Member) {
    let value = source.value
    let names = value["feeds"].elements.compactMap(\.text)
    let readers = DataAssembly.readers(of: names, root, routeMap)
    for feed in value["feeds"].elements {
      guard let name = feed.text, root["services"].members.contains(where: { $0.key == name })
      else { continue }
      if root["services"][name].kind != "service:lookup" {
        report(
          .wrongNameKind, "`\(name)` is no lookup, so it holds no features", feed.range,
          help: "name a lookup, or the model that reads the features")
      } else if DataAssembly.readers(of: [name], root, routeMap).isEmpty {
        report(
          .notSimulated, "no model is asked on a route through `\(name)`", feed.range,
          help: "name the model that reads the features")
      }
    }
    if !readers.isEmpty && value["weight"].isLeftOut {
      report(
        .missingKey, "`weight` is missing in source \(source.quoted), which feeds features",
        source.keyRange, help: "add weight: \"35 %\"")
    }
    for key in ["weight", "memory"] where readers.isEmpty && isSound && !value[key].isAbsent {
      report(
        .conflictingKeys,
        "source \(source.quoted) feeds labels alone: `\(key)` has no meaning",
        value.keyRange(key), help: "take `\(key)` away")
    }
    for reader in readers {
      // The first that leads beyond the whole is enough to say.
      let weights = root["data"].members.map { other -> Double in
        let feeds = other.value["feeds"].elements.compactMap(\.text)
        let reads = DataAssembly.readers(of: feeds, root, routeMap).contains(reader)
        return reads ? other.value["weight"].number ?? 0 : 0
      }
      let before = zip(root["data"].members, weights).prefix { $0.0.key != source.key }
        .reduce(0) { $0 + $1.1 }
      let own = value["weight"].number ?? 0
      if before <= 1 && before + own > 1 + 1e-9 {
        report(
          .outOfRange, "the features of model `\(reader)` weigh more than 100 %",
          value["weight"].range)
      }
    }
  }

  private mutating func checkIncident(_ incident: Setting) {
    switch incident.kind {
    case "incident:stale-features":
      guard let name = incident["source"].text else { return }
      let source = root["data"][name]
      let feeds = source["feeds"].elements.compactMap(\.text)
      if isSound && DataAssembly.readers(of: feeds, root, routeMap).isEmpty {
        report(
          .notSimulated, "source `\(name)` feeds no features that could grow stale",
          incident["source"].range)
      } else if source["memory"].isLeftOut {
        report(
          .missingKey, "the features of `\(name)` do not age, so stale ones are as good",
          incident["source"].range, help: "add memory: \"20d\" to the source")
      }
    case "incident:broken-feature", "incident:upstream-outage", "incident:schema-change",
      "incident:training-serving-skew", "incident:leakage":
      checkFeatures(incident)
    default: break
    }
  }

  private mutating func checkFeatures(_ incident: Setting) {
    guard let name = incident["model"].text else { return }
    let model = root["models"][name]
    if model.kind == "model" && (model["rule"].flag || model["task"].isLeftOut) {
      report(
        .notSimulated, "model `\(name)` learnt nothing that features could spoil",
        incident["model"].range)
    }
    if incident["features"].isLeftOut && incident["weight"].isLeftOut {
      report(
        .missingKey, "which features? neither `features` nor `weight` is given",
        incident.range, help: "add features: 3, or weight: \"30 %\"")
    }
    if let count = incident["features"].whole, let most = model["features"].whole, count > most {
      report(
        .outOfRange, "model `\(name)` looks at \(most) features only",
        incident["features"].range)
    }
    if incident.kind == "incident:broken-feature", incident["to"].text != "other-unit",
      incident["scale"].origin == .written, incident["scale"].number != 1
    {
      report(
        .conflictingKeys, "only another unit has a `scale`", incident.keyRange("scale"),
        help: "add to: \"other-unit\"")
    }
  }
}
