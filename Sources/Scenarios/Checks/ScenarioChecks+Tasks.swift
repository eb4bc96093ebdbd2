import Quantities
import Syntax

extension ScenarioChecks {
  mutating func checkTask(_ task: SettingObject.Member) {
    let kind = task.value["kind"].text ?? "classification"
    checkQuality(task.value["bestQuality"], kind)
    checkSegments(task, kind)
    checkValue(task.value["value"], kind)
    for drift in task.value["drift"].elements {
      checkQuality(drift["bestQuality"], kind)
      checkPlace(of: drift, task)
      if drift.kind == "drift:covariate" { checkFeatures(of: drift, task) }
    }
  }

  /// One figure says how good predictions are, and it must be one of the kind of task.
  mutating func checkQuality(_ quality: Setting, _ kind: String) {
    guard quality.kind == "quality" else { return }
    let given = ["auc", "r2", "right"].filter { !quality[$0].isLeftOut }
    if given.count > 1 {
      report(
        .conflictingKeys, "one figure says how good predictions are, not \(given.count)",
        quality.keyRange(given[1]), help: "take `\(given[1])` away")
    }
    guard let figure = given.first else {
      report(
        .missingKey, "`auc` is missing in `bestQuality`", quality.range,
        help: kind == "regression" ? "add r2: 0.6" : "add auc: 0.85")
      return
    }
    let home = figure == "r2" ? "regression" : figure == "right" ? "generation" : kind
    if home != kind {
      report(
        .conflictingKeys, "`\(figure)` is for a \(home), and this is a \(kind)",
        quality.keyRange(figure))
    }
  }

  private mutating func checkSegments(_ task: SettingObject.Member, _ kind: String) {
    let segments = task.value["segments"].members
    if segments.isEmpty { return }
    var given = 0.0
    var isOpen = false
    for segment in segments {
      checkQuality(segment.value["bestQuality"], kind)
      if let share = segment.value["share"].number { given += share } else { isOpen = true }
    }
    if given > 1 + 1e-9 || (!isOpen && abs(given - 1) > 1e-9) {
      let sum = "\(QuantityFormatter.shortest(given * 100, significant: 6)) %"
      report(
        .badShares, "the shares of the segments add up to \(sum), not 100 %",
        task.value.keyRange("segments"))
    }
  }

  private mutating func checkValue(_ value: Setting, _ kind: String) {
    guard value.kind == "value" else { return }
    let groups: [(kinds: [String], keys: [String])] = [
      (
        ["classification", "ranking"],
        ["truePositive", "falsePositive", "falseNegative", "trueNegative"]
      ),
      (["classification", "ranking"], ["offer", "saved"]),
      (["regression"], ["perError"]),
      (["generation"], ["right", "wrong", "refused", "invalid"]),
    ]
    let used = groups.filter { group in group.keys.contains { !value[$0].isLeftOut } }
    if used.count > 1, let second = used[1].keys.first(where: { !value[$0].isLeftOut }) {
      report(
        .conflictingKeys, "`\(second)` is of another kind of value than the keys before it",
        value.keyRange(second))
    } else if let group = used.first, !group.kinds.contains(kind),
      let first = group.keys.first(where: { !value[$0].isLeftOut })
    {
      report(
        .conflictingKeys, "`\(first)` is for a \(group.kinds[0]), and this is a \(kind)",
        value.keyRange(first))
    }
  }

  private mutating func checkPlace(of drift: Setting, _ task: SettingObject.Member) {
    guard let name = drift["segment"].text else { return }
    let names = task.value["segments"].members.map(\.key)
    if names.contains(name) { return }
    report(
      .unknownName, "task \(task.quoted) has no segment \(VisibleText.quoted(name))",
      drift["segment"].range, help: Decoder.didYouMean(name, names),
      notes: names.isEmpty ? [] : [.init("segments: \(names.joined(separator: ", "))")])
  }

  private mutating func checkFeatures(of drift: Setting, _ task: SettingObject.Member) {
    let features = root["models"].members
      .filter { $0.value["task"].text == task.key && !$0.value.isFixed }
      .compactMap { $0.value["features"].whole }
    let names = task.value["featureNames"].elements.compactMap(\.text)
    let entries = drift["features"].elements
    for entry in entries.isEmpty ? [drift["features"]] : entries {
      if let name = entry.text, !names.contains(name) {
        report(
          .unknownName, "task \(task.quoted) names no feature \(VisibleText.quoted(name))",
          entry.range, help: Decoder.didYouMean(name, names) ?? "add it to featureNames")
      }
      guard let moved = entry.whole, let most = features.max(), moved > most else { continue }
      report(
        .outOfRange, "only \(most) features are looked at, so \(moved) cannot move", entry.range)
    }
  }
}
