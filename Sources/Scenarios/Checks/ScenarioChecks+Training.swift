import MLSystem
import Quantities
import Syntax

// Trainings and what starts them.
extension ScenarioChecks {
  mutating func checkTraining(_ model: SettingObject.Member) {
    let value = model.value
    let training = value["training"]
    checkPipeline(model)
    let retraining = value["retraining"]
    let triggers = retraining["triggers"].elements
    guard value.isRetrained else { return }
    let range =
      value["retraining"].origin == .written ? value.keyRange("retraining") : model.keyRange
    for key in ["task", "training"] where value[key].isLeftOut {
      report(
        .missingKey, "`\(key)` is missing in model \(model.quoted), which is retrained", range,
        help: key == "task"
          ? "add task: \"…\""
          : "add training: { rows: \"1M\", window: \"28d\", on: \"…\", speed: \"10k rows/s\" }")
    }
    guard training.kind == "training" else { return }
    for key in ["on", "speed"] where training[key].isLeftOut {
      report(
        .missingKey, "`\(key)` is missing in the training of \(model.quoted), which is retrained",
        training.range, help: key == "on" ? "add on: \"…\"" : "add speed: \"10k rows/s\"")
    }
    let hears = triggers.contains { ["trigger:performance", "trigger:drift"].contains($0.kind) }
    let waits = retraining["combine"].text == "all"
    let others = retraining["every"].number != nil || triggers.count > 0 && !hears
    if hears || retraining["onAlarm"].flag && (waits || !others),
      value["monitors"].elements.isEmpty
    {
      report(
        .missingKey, "nothing can alarm: model \(model.quoted) has no monitors", range,
        help: "add monitors: [\"psi-0.2-top10\"]")
    }
    checkTriggers(model)
  }

  private mutating func checkPipeline(_ model: SettingObject.Member) {
    let training = model.value["training"]
    if let text = training["split"].text, SplitText.split(text) == nil {
      report(
        .badThreshold, "\(VisibleText.quoted(text)) is no split of the labels",
        training["split"].range, help: "write \"8:1:1 by time\" or \"8:1:1 at random\"")
    }
    let hours = model.value["pipeline"]["gates"]["approval"]["hours"]
    if let text = hours.text, (try? BusinessHours(text)) == nil {
      report(
        .badThreshold, "\(VisibleText.quoted(text)) does not say when people work", hours.range,
        help: "write \"weekdays 09:00-17:00\" or \"always\"")
    }
    guard let machines = training["machines"].whole, let pool = training["on"].text,
      let quota = root["hardware"][pool]["quota"].whole, machines > quota
    else { return }
    report(
      .outOfRange,
      "a training takes \(machines) machines, and pool `\(pool)` gives \(quota) at most",
      training["machines"].range,
      notes: [.init("the quota is set", at: root["hardware"][pool]["quota"].range)])
  }

  private mutating func checkTriggers(_ model: SettingObject.Member) {
    guard let horizon = root["horizon"].number else { return }
    for trigger in model.value["retraining"]["triggers"].elements {
      for instant in trigger["at"].elements {
        guard let at = instant.number, at >= horizon else { continue }
        report(
          .afterHorizon, "the horizon ends before this", instant.range,
          notes: [.init("`horizon` is set", at: root["horizon"].range)])
      }
      guard trigger.kind == "trigger:cost-aware", trigger["by"].text == "age",
        let task = model.value["task"].text
      else { continue }
      let drifts = root["tasks"][task]["drift"].elements
      if !drifts.contains(where: { $0.kind == "drift:wandering" }) {
        report(
          .notSimulated, "the concept of `\(task)` never wanders, so age costs nothing",
          trigger["by"].range, help: "write by: \"labels\"")
      }
    }
  }
}
