import MLSystem
import Quantities
import Syntax

// Rollouts: rules that can be read, steps that rise, parts that have a meaning together.
extension ScenarioChecks {
  mutating func checkRollout(_ value: Setting, _ model: SettingObject.Member) {
    let rollout = value["rollout"]
    for rule in rollout["rollbackIf"].elements { checkRule(rule, value, model) }
    var before = 0.0
    for step in rollout["steps"].elements {
      guard let share = step.elements.first?.number else { continue }
      if share <= before {
        report(.outOfRange, "the steps of a rollout must rise", step.range)
      }
      before = share
    }
    checkStages(rollout)
    checkSegments(value, model)
    if rollout["test"].kind == "ab-test", value["task"].isLeftOut {
      report(
        .missingKey, "`task` is missing in model \(model.quoted), whose outcome is tested",
        rollout["test"].range, help: "add task: \"…\"")
    }
    if !value["changes"].elements.isEmpty, value["rule"].flag {
      report(
        .conflictingKeys, "a rule is never changed: `changes` has no meaning",
        value.keyRange("changes"), help: "take `changes` away")
    }
  }

  private mutating func checkRule(
    _ rule: Setting, _ value: Setting, _ model: SettingObject.Member
  ) {
    guard let text = rule.text else { return }
    guard let read = RollbackText.rule(text) else {
      report(
        .badThreshold, "\(VisibleText.quoted(text)) is no rule of a rollback", rule.range,
        help: RollbackText.examples)
      return
    }
    switch read {
    case .errorsAbove, .errorsTimesBaseline, .latencyTimesBaseline, .latencyAbove,
      .quantileTimesBaseline:
      break
    case .qualityBelow(_, let segment, _), .qualityTimesBaseline(_, let segment, _):
      if value["task"].isLeftOut, rule.origin == .written {
        report(
          .missingKey, "`task` is missing in model \(model.quoted), whose quality is compared",
          rule.range, help: "add task: \"…\"")
      }
      if let segment { checkSegment(segment, rule.range, value) }
    }
  }

  /// Keys that say something only under another one.
  private mutating func checkStages(_ rollout: Setting) {
    let strategy = rollout["strategy"].text ?? "canary"
    let isByShares = strategy == "canary"
    let isFlagger = rollout["controller"].kind == "controller:flagger"
    if !isByShares || isFlagger, !rollout["steps"].elements.isEmpty {
      report(
        .conflictingKeys,
        isByShares
          ? "Flagger has weights of its own: `steps` has no meaning"
          : "\(strategy) has no shares: `steps` has no meaning",
        rollout.keyRange("steps"), help: "take `steps` away")
    }
    for key in ["surge", "unavailable"]
    where rollout[key].origin == .written && rollout[key].number != 0.25 && strategy != "rolling" {
      report(
        .conflictingKeys, "`\(key)` has a meaning only in a rolling update",
        rollout.keyRange(key), help: "add strategy: \"rolling\", or take `\(key)` away")
    }
    if rollout["restart"].flag, rollout["steps"].elements.count > 0 || strategy != "canary" {
      report(
        .conflictingKeys, "only a version that comes at once restarts the replicas",
        rollout.keyRange("restart"), help: "take `restart` away")
    }
  }

  private mutating func checkSegments(_ value: Setting, _ model: SettingObject.Member) {
    var faults = [value["badVersions"]["brings"]["segment"]]
    for change in value["changes"].elements {
      faults.append(change["badVersions"]["brings"]["segment"])
    }
    for fault in faults {
      if let name = fault.text { checkSegment(name, fault.range, value) }
    }
  }

  /// Whether the task of a model knows a segment.
  private mutating func checkSegment(_ name: String, _ range: SourceRange, _ model: Setting) {
    let task = model["task"].text.map { root["tasks"][$0] }
    let known = task?["segments"].members.map(\.key) ?? []
    if known.contains(name) { return }
    report(
      .unknownName, "no segment \(VisibleText.quoted(name)) in the task of this model", range,
      help: known.isEmpty ? "add segments to the task" : nil,
      notes: known.isEmpty ? [] : [.init("segments: \(known.joined(separator: ", "))")])
  }
}
