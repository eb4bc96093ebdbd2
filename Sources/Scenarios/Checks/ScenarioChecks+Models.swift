import MLSystem
import Quantities
import Syntax

extension ScenarioChecks {
  mutating func checkTask(_ task: SettingObject.Member) {
    let features = root["models"].members
      .filter { $0.value["task"].text == task.key && !$0.value.isFixed }
      .compactMap { $0.value["features"].whole }
    for drift in task.value["drift"].elements where drift.kind == "drift:covariate" {
      guard let moved = drift["features"].whole, let most = features.max(), moved > most else {
        continue
      }
      report(
        .outOfRange, "only \(most) features are looked at, so \(moved) cannot move",
        drift["features"].range)
    }
  }

  mutating func checkModel(_ model: SettingObject.Member) {
    let value = model.value
    checkPeople(model)
    if value["rule"].flag {
      checkRule(model)
    } else if value["quality"].kind == "quality", !value.isFixed {
      report(
        .conflictingKeys, "a fixed quality is for a rule, and \(model.quoted) is none",
        value.keyRange("quality"), help: "add rule: true, or give learningCurve")
    }
    checkCurve(value, model)
    checkTraining(model)
    checkMonitors(model)
    checkDiagnosis(model)
    checkRollout(value, model)
  }

  private mutating func checkRule(_ model: SettingObject.Member) {
    let value = model.value
    for key in ["task", "quality"] where value[key].isLeftOut {
      report(
        .missingKey, "`\(key)` is missing in rule \(model.quoted)", model.keyRange,
        help: key == "task" ? "add task: \"…\"" : "add quality: { auc: 0.7 }")
    }
    for key in ["learningCurve", "training", "badVersions"] where !value[key].isAbsent {
      report(
        .conflictingKeys, "a rule is never trained: `\(key)` has no meaning", value.keyRange(key),
        help: "take `\(key)` away")
    }
  }

  private mutating func checkCurve(_ value: Setting, _ model: SettingObject.Member) {
    var before: (rows: Double, auc: Double) = (0, 0)
    let best = value["task"].text.flatMap { root["tasks"][$0]["bestQuality"]["auc"] }
    for point in value["learningCurve"].elements {
      guard point.elements.count == 2, let rows = point.elements[0].number,
        let auc = point.elements[1]["auc"].number
      else { continue }
      if rows <= before.rows || auc < before.auc {
        report(.outOfRange, "a learning curve rises with its rows", point.range)
      }
      if let best, let limit = best.number, auc >= limit {
        report(
          .outOfRange,
          "no learner gets above the best reachable AUC, \(ShortestNumber.text(limit))",
          point.elements[1].range, notes: [.init("it is declared", at: best.range)])
      }
      before = (rows, auc)
    }
  }

  mutating func checkObjective(_ objective: SettingObject.Member) {
    guard let text = objective.value["good"].text else { return }
    let range = objective.value["good"].range
    guard let good = GoodText.good(text) else {
      report(
        .badThreshold, "\(VisibleText.quoted(text)) does not say what is good", range,
        help: "write \"answered\", \"latency < 150 ms\" or \"ttft < 2 s\"")
      return
    }
    guard case .firstTokenBelow = good, let route = objective.value["of"].text,
      let way = routeMap.way(route)
    else { return }
    if !way.services.contains(where: { root["services"][$0].kind == "service:llm" }) {
      report(.notSimulated, "route `\(route)` asks no LLM, so it has no first token", range)
    }
  }
}
