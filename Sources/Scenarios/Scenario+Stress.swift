import Quantities
import Syntax

extension Scenario {
  /// The setting that lets further incidents happen beside those that are declared.
  ///
  /// - Parameter incidents: objects of the language, such as
  ///   `{ at: "5 min", kind: "outage", of: "ranker", last: "10 min" }`.
  package func incidentSetting(adding incidents: [String]) -> String {
    let declared = settings["incidents"].elements.map { $0.resolvedJSON.text(.compact) }
    return "incidents=[\((declared + incidents).joined(separator: ", "))]"
  }

  /// The settings that let `times` as many requests come for a while; nil where a recorded trace
  /// brings them all.
  package func surgeSettings(times: Double, at: Duration, last: Duration) -> [String]? {
    let surge =
      "{ at: \"\(QuantityFormatter.exact(at))\", factor: \"\(QuantityFormatter.shortest(times))x\","
      + " ramp: \"0 s\", last: \"\(QuantityFormatter.exact(last))\" }"
    let made = settings["traffic"].members.compactMap { stream -> String? in
      guard stream.value["trace"].kind != "trace" else { return nil }
      let declared = stream.value["surges"].elements.map { $0.resolvedJSON.text(.compact) }
      return "traffic.\(stream.key).surges=[\((declared + [surge]).joined(separator: ", "))]"
    }
    return made.isEmpty ? nil : made
  }
}

extension Setting {
  /// Whether anything ever starts a training of this model.
  package var isRetrained: Bool {
    let retraining = self["retraining"]
    return retraining["every"].number != nil || retraining["onAlarm"].flag
      || !retraining["triggers"].elements.isEmpty
  }
}
