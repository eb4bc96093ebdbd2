import Syntax

extension ScenarioChecks {
  /// What `fidelity: flow` cannot do; `auto` simulates such scenarios request by request.
  mutating func checkFidelity() {
    guard root["fidelity"].text == "flow" else { return }
    for stream in root["traffic"].members where stream.value["trace"].kind == "trace" {
      refuse(
        "stream \(stream.quoted) replays a trace, whose every request is known",
        stream.value["trace"].range)
    }
    var priorities: Set<Int> = []
    for stream in root["traffic"].members {
      let priority = stream.value["priority"]
      if let own = priority.whole { priorities.insert(own) }
      for tenant in priority.members {
        if let own = tenant.value.whole { priorities.insert(own) }
      }
    }
    for service in root["services"].members
    where service.value["queue"]["order"].text == "priority" && priorities.count > 1 {
      refuse(
        "the line of service \(service.quoted) prefers some requests to others",
        service.value["queue"]["order"].range)
    }
  }

  private mutating func refuse(_ reason: String, _ range: SourceRange) {
    report(
      .flowRefused, "no fidelity `flow`: \(reason)", range,
      help: "set fidelity: \"requests\", or \"auto\", which takes flow only where it may")
  }
}
