import Quantities

extension LearningPlane {
  /// What the run says about the data of its tasks and models; nothing where none are described.
  func dataMeasures() -> [Measure] {
    if data.isEmpty { return [] }
    var all: [Measure] = []
    for task in tasks {
      let scored = task.data.scored
      if scored.seconds <= 0 { continue }
      all.append(
        Measure(
          MetricName(task.plan.name, "data-score"), unit: .score,
          value: .ratio(scored.integral, over: scored.seconds)))
      all.append(
        Measure(
          MetricName(task.plan.name, "data-score.worst"), unit: .score,
          value: scored.lowest.map { .scalar($0) } ?? .missing))
    }
    for (index, model) in models.enumerated() where isValidated(index) {
      func count(_ metric: String, _ value: Int) {
        all.append(
          Measure(
            MetricName(model.plan.name, metric), unit: .count, value: .scalar(Double(value))))
      }
      count("refused-data", model.data.refused)
      count("refused-sound-data", model.data.refusedSound)
      count("passed-faulty-data", model.data.passedFaulty)
    }
    return all
  }

  /// Whether some source of a model or its labels is validated.
  private func isValidated(_ model: Int) -> Bool {
    let labels = models[model].plan.task.map { tasks[$0].data.sources } ?? []
    return (labels + models[model].data.sources).contains {
      data.sources[$0].plan.validation != nil
    }
  }
}
