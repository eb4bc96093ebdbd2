import Quantities

extension LearningPlane {
  /// How good a model's answers were and what they were worth, over all and by segment.
  func qualityMeasures(of model: ModelState) -> [Measure] {
    guard let task = model.plan.task else { return [] }
    let plan = tasks[task].plan
    let scores = model.scores
    var all = figures(scores.quality, scores.answered, plan.kind, model, nil)
    for (index, segment) in plan.segments.enumerated() {
      let sums = index < scores.segments.count ? scores.segments[index] : QualityFigures()
      let selector = MetricName.Selector(dimension: "segment", value: segment.name)
      let name = MetricName(model.plan.name, "auc", selector: selector)
      all.append(
        Measure(name, unit: .score, value: .ratio(sums[.auc], over: scores.answered)))
      all += figures(sums, scores.answered, plan.kind, model, selector)
    }
    if plan.segments.count > 1 {
      all.append(
        Measure(
          MetricName(model.plan.name, "fairness"), unit: .score,
          value: Self.fairness(scores.segments).map { .scalar($0) } ?? .missing))
    }
    all += worth(of: model, plan)
    // Replications join by place: a model that answered nothing, as a fallback that was never
    // needed, has the same measures as one that did.
    if scores.answered == 0 { for index in all.indices { all[index].value = .missing } }
    return all
  }

  /// The least true-positive rate of a segment as a share of the greatest.
  private static func fairness(_ segments: [QualityFigures]) -> Double? {
    let rates = segments.compactMap(\.recall)
    guard rates.count > 1, let least = rates.min(), let most = rates.max(), most > 0 else {
      return nil
    }
    return least / most
  }

  private func figures(
    _ sums: QualityFigures, _ answered: Double, _ kind: TaskKind, _ model: ModelState,
    _ selector: MetricName.Selector?
  ) -> [Measure] {
    var all: [Measure] = []
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      let name = MetricName(model.plan.name, metric, selector: selector)
      all.append(Measure(name, unit: unit, value: value))
    }
    func mean(_ metric: String, _ unit: MetricUnit, _ figure: QualityFigure) {
      add(metric, unit, .ratio(sums[figure], over: answered))
    }
    func share(_ metric: String, _ part: Double, of whole: Double) {
      add(metric, .share, whole > 0 ? .ratio(part, over: whole) : .missing)
    }
    switch kind {
    case .classification, .ranking:
      let found = sums[.truePositives] + sums[.falsePositives]
      share("precision", sums[.truePositives], of: found)
      share("recall", sums[.truePositives], of: sums[.truePositives] + sums[.falseNegatives])
      share(
        "false-positives", sums[.falsePositives], of: sums[.falsePositives] + sums[.trueNegatives])
      mean("log-loss", .score, .logLoss)
      mean("calibration-error", .score, .calibrationError)
      mean("pr-auc", .score, .precisionRecallArea)
      if case .ranking = kind {
        mean("ctr", .share, .clickThrough)
        mean("ndcg", .score, .rankingGain)
      }
    case .regression:
      mean("mae", .score, .absoluteError)
      add("rmse", .score, .scalar((sums[.squaredError] / answered).squareRoot()))
    case .generation:
      mean("resolved", .share, .right)
      mean("wrong", .share, .wrong)
      mean("refusals", .share, .refused)
      mean("invalid", .share, .invalid)
    }
    return all
  }

  /// Dollars that an answer of a model was worth on average; nil where its task has no value.
  func worth(ofAnswer model: Int) -> Double? {
    let state = models[model]
    guard let task = state.plan.task, tasks[task].plan.value != nil, state.scores.answered > 0
    else { return nil }
    return state.scores.quality[.value] / state.scores.answered
  }

  private func worth(of model: ModelState, _ plan: PredictionTask) -> [Measure] {
    let scores = model.scores
    var all: [Measure] = []
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      all.append(Measure(MetricName(model.plan.name, metric), unit: unit, value: value))
    }
    let months = scores.seconds / (365.25 / 12 * 86_400)
    let value = scores.quality[.value]
    if plan.value != nil {
      add("value.perMonth", .dollars, .ratio(value, over: months))
      add("value.per1k", .dollars, .ratio(value, over: scores.answered / 1000))
    }
    if model.plan.training == nil { return all }
    add(
      "regret", .score,
      .ratio(
        scores.quality[.bestAUC] - scores.quality[.auc], over: scores.answered))
    if plan.value != nil {
      let lost = scores.quality[.bestValue] - value
      add("lost.perMonth", .dollars, .ratio(lost, over: months))
      add("lost.per1k", .dollars, .ratio(lost, over: scores.answered / 1000))
    }
    return all
  }
}
