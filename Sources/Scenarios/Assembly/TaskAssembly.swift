import MLSystem
import Quantities
import Randomness

/// Tasks from their settings.
enum TaskAssembly {
  /// What is predicted.
  static func task(_ entry: SettingObject.Member) -> PredictionTask {
    let value = entry.value
    let labels = value["labels"]
    let names = value["segments"].members.map(\.key)
    return PredictionTask(
      name: entry.key, positives: value["positives"].number ?? 0.5,
      bestAUC: auc(value["bestQuality"], of: value) ?? 0.5,
      labels: LabelPlan(
        delay: labels["delay"].distribution ?? .constant(0),
        flipped: labels["flipped"].number ?? 0, share: labels["share"].number ?? 1,
        price: labels["price"].money, ownDoing: labels["ownDoing"].number ?? 0,
        selected: labels["selected"].number ?? 0, budget: labels["budget"].number),
      drifts: value["drift"].elements.compactMap { entry in
        drift(entry, value).map { drift in
          entry["segment"].text.flatMap { names.firstIndex(of: $0) }
            .map { .within(segment: $0, drift) } ?? drift
        }
      },
      value: worth(value["value"]), kind: kind(value), segments: segments(value))
  }

  /// The kind of answer that a task asks for.
  static func kind(_ task: Setting) -> TaskKind {
    switch task["kind"].text {
    case "ranking":
      .ranking(
        candidates: task["candidates"].whole ?? 10, depth: task["depth"].whole ?? 10)
    case "regression": .regression(deviation: task["deviation"].number ?? 1)
    case "generation":
      .generation(
        alternatives: task["alternatives"].whole ?? 10, refused: task["refused"].number ?? 0,
        invalid: task["invalid"].number ?? 0)
    default: .classification
    }
  }

  /// The AUC, or share of pairs in order, that a quality of some kind of task amounts to.
  static func auc(_ quality: Setting, of task: Setting) -> Double? {
    let kind = kind(task)
    if let auc = quality["auc"].number { return auc }
    if let r2 = quality["r2"].number { return kind.auc(ofDistance: r2.squareRoot()) }
    guard let right = quality["right"].number,
      case .generation(let alternatives, _, _) = kind
    else { return nil }
    return kind.auc(
      ofDistance: ScoreMixture.distance(ofRight: right, alternatives: alternatives))
  }

  private static func segments(_ task: Setting) -> [TaskSegment] {
    let entries = task["segments"].members
    let given = entries.reduce(0) { $0 + ($1.value["share"].number ?? 0) }
    let open = entries.count { $0.value["share"].number == nil }
    return entries.map { entry in
      TaskSegment(
        name: entry.key,
        share: entry.value["share"].number ?? max(1 - given, 0) / Double(max(open, 1)),
        positives: entry.value["positives"].number ?? task["positives"].number ?? 0.5,
        bestAUC: auc(entry.value["bestQuality"], of: task)
          ?? auc(task["bestQuality"], of: task) ?? 0.5,
        correlation: entry.value["correlation"].number ?? 1)
    }
  }

  private static func worth(_ value: Setting) -> TaskValue? {
    if let price = value.money { return .perOutcome(price.dollars) }
    func dollars(_ key: String) -> Double { value[key].money?.dollars ?? 0 }
    func has(_ keys: [String]) -> Bool { keys.contains { value[$0].money != nil } }
    if has(["offer", "saved"]) {
      return .churn(
        offer: dollars("offer"), saved: dollars("saved"), success: value["success"].number ?? 1)
    }
    if has(["perError"]) { return .perUnitOfError(dollars("perError")) }
    if has(["right", "wrong", "refused", "invalid"]) {
      return .outcomes(
        right: dollars("right"), wrong: -dollars("wrong"), refused: -dollars("refused"),
        invalid: -dollars("invalid"))
    }
    if has(["truePositive", "falsePositive", "falseNegative", "trueNegative"]) {
      return .cells(
        truePositive: dollars("truePositive"), falsePositive: -dollars("falsePositive"),
        falseNegative: -dollars("falseNegative"), trueNegative: dollars("trueNegative"))
    }
    return nil
  }

  private static func drift(_ value: Setting, _ task: Setting) -> Drift? {
    let at = value["at"].instant ?? .start
    let over = value["over"].duration ?? .zero
    let cosine = value["cosine"].number ?? 1
    switch value.kind {
    case "drift:wandering": return .wandering(memory: value["memory"].duration ?? .longest)
    case "drift:sudden": return .sudden(at: at, cosine: cosine)
    case "drift:gradual": return .gradual(at: at, over: over, cosine: cosine)
    case "drift:incremental":
      return .incremental(
        at: at, over: over, steps: value["steps"].whole ?? 10, cosine: cosine)
    case "drift:recurring":
      return .recurring(
        amplitude: value["amplitude"].number ?? 0, period: value["period"].duration ?? .longest)
    case "drift:seasonal":
      return .seasonal(
        period: value["period"].duration ?? .longest, peak: value["peak"].instant ?? .start,
        positives: value["positives"].number ?? 0,
        separability: value["separability"].number ?? 0)
    case "drift:labels":
      return .labelShift(at: at, over: over, positives: value["positives"].number ?? 0.5)
    case "drift:separability":
      return .separability(
        at: at, over: over, auc: auc(value["bestQuality"], of: task) ?? 0.5)
    case "drift:covariate":
      return .covariate(
        at: at, features: features(value["features"], task), shift: value["shift"].number ?? 0)
    default: return nil
    }
  }

  /// Features by their count, or by number from 1 or name.
  private static func features(_ value: Setting, _ task: Setting) -> FeatureSet {
    if let count = value.whole { return .first(count) }
    let names = task["featureNames"].elements.map(\.text)
    return .numbered(
      value.elements.compactMap { entry in
        entry.whole.map { $0 - 1 } ?? names.firstIndex { $0 == entry.text }
      })
  }
}
