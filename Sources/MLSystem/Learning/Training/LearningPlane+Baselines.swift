import Quantities

// What a model buys over a named baseline that would have answered the same requests.
extension LearningPlane {
  /// Counts what the baseline would have been worth on the answers of a model.
  mutating func compareWithBaseline(_ model: Int, answered: Double) {
    guard isCompared(model), let baseline, answered > 0 else { return }
    models[model].scores.compared += answered
    models[model].scores.baseline.add(answered, models[baseline].stable.quality)
  }

  /// Whether a model is held against the baseline.
  private func isCompared(_ model: Int) -> Bool {
    guard let baseline, baseline != model, let task = models[model].plan.task else { return false }
    return models[baseline].plan.task == task
  }

  /// The measures of a model against the baseline.
  func baselineMeasures(of model: Int) -> [Measure] {
    guard isCompared(model), let task = models[model].plan.task else { return [] }
    let scores = models[model].scores
    let plan = tasks[task].plan
    var values: [Double?] = [nil, nil, nil]
    if scores.compared > 0, scores.answered > 0 {
      let own = plan.primary(scores.quality.divided(by: scores.answered))
      let other = plan.primary(scores.baseline.divided(by: scores.compared))
      let chance = plan.chance
      if other > 0 { values[0] = own / other - 1 }
      if own > 0 { values[1] = other / own }
      if chance > 0 {
        values[2] = plan.comparable(scores.quality.divided(by: scores.answered)) / chance - 1
      }
    }
    return zip(["lift", "baseline-ratio", "over-random"], values).map { name, value in
      Measure(
        MetricName(models[model].plan.name, name), unit: .share,
        value: value.map { .scalar($0) } ?? .missing)
    }
  }
}

extension PredictionTask {
  /// The figure in which versions are compared: clicks of a ranking, money where decisions have a
  /// price, else the area under the ROC curve.
  fileprivate func primary(_ figures: QualityFigures) -> Double {
    if case .ranking = kind { return figures[.clickThrough] }
    switch value {
    case .cells, .outcomes: return figures[.value]
    case .perOutcome, .perUnitOfError, nil: return figures[.auc]
    }
  }

  /// The figure of which it is known what chance alone reaches, and what that is.
  fileprivate func comparable(_ figures: QualityFigures) -> Double {
    if case .ranking = kind { return figures[.clickThrough] }
    return figures[.auc]
  }

  fileprivate var chance: Double {
    if case .ranking = kind { return positives }
    return 0.5
  }
}
