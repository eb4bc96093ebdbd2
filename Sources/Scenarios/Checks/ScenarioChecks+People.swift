import MLSystem
import Quantities
import Syntax

// People as baselines and reviewers, and what is held against a baseline.
extension ScenarioChecks {
  mutating func checkPeople(_ model: SettingObject.Member) {
    let value = model.value
    let people = value["people"]
    if people.kind == "people" {
      if value["task"].isLeftOut {
        report(
          .missingKey, "`task` is missing in model \(model.quoted), which stands for people",
          model.keyRange, help: "add task: \"…\"")
      }
      for key in ["learningCurve", "training", "badVersions", "quality"]
      where !value[key].isAbsent {
        report(
          .conflictingKeys, "people are never trained: `\(key)` has no meaning",
          value.keyRange(key), help: "take `\(key)` away")
      }
      if let text = people["hours"].text, (try? BusinessHours(text)) == nil {
        report(
          .badThreshold, "\(VisibleText.quoted(text)) does not say when people work",
          people["hours"].range, help: "write \"weekdays 09:00-17:00\" or \"always\"")
      }
    }
    guard let by = value["review"]["by"].text,
      root["models"].members.contains(where: { $0.key == by }),
      root["models"][by]["people"].kind != "people"
    else { return }
    report(
      .conflictingKeys, "model `\(by)` has no people who could review", value["review"]["by"].range,
      help: "add people: { perHour: 30, accuracy: \"96 %\" } to it")
  }

  /// The metrics that a model has because people review it or because a baseline is named.
  func comparedKinds(of model: SettingObject.Member) -> [MetricRow.Subject] {
    var kinds: [MetricRow.Subject] = []
    if model.value["review"].kind == "review" { kinds.append(.reviewedModel) }
    let baseline = root["budget"]["baseline"].text
    if let baseline, baseline != model.key,
      root["models"][baseline]["task"].text == model.value["task"].text
    {
      kinds.append(.comparedModel)
    }
    return kinds
  }
}

extension Setting {
  /// Whether a model is a rule or people: its quality is given, and it never learns.
  var isFixed: Bool { self["rule"].flag || self["people"].kind == "people" }
}
