import MLSystem
import Quantities
import Syntax

extension ScenarioChecks {
  mutating func checkModel(_ model: SettingObject.Member) {
    let value = model.value
    if value["rule"].flag {
      checkRule(model)
    } else if value["quality"].kind == "quality" {
      report(
        .conflictingKeys, "a fixed quality is for a rule, and \(model.quoted) is none",
        value.keyRange("quality"), help: "add rule: true, or give learningCurve")
    }
    checkCurve(value, model)
    checkTraining(model)
    checkMonitors(model)
    checkDiagnosis(model)
    for rule in value["rollout"]["rollbackIf"].elements where rule.text != nil {
      if RollbackText.rule(rule.text ?? "") == nil {
        report(
          .badThreshold, "\(VisibleText.quoted(rule.text ?? "")) is no rule of a rollback",
          rule.range, help: "write \"errors > 1 %\" or \"errors > 2x baseline\"")
      }
    }
    var before = 0.0
    for step in value["rollout"]["steps"].elements {
      guard let share = step.elements.first?.number else { continue }
      if share <= before {
        report(.outOfRange, "the steps of a rollout must rise", step.range)
      }
      before = share
    }
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
