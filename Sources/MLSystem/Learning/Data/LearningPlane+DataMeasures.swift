import Quantities

extension LearningPlane {
  /// What the run says about the data of its tasks and models; nothing where none are described.
  func dataMeasures() -> [Measure] {
    if data.isEmpty { return [] }
    var all: [Measure] = []
    for task in tasks.indices {
      let scored = tasks[task].data.scored
      let name = tasks[task].plan.name
      if scored.seconds <= 0 { continue }
      all.append(
        Measure(
          MetricName(name, "data-score"), unit: .score,
          value: .ratio(scored.integral, over: scored.seconds)))
      all.append(
        Measure(
          MetricName(name, "data-score.worst"), unit: .score,
          value: scored.lowest.map { .scalar($0) } ?? .missing))
    }
    for model in models.indices where isValidated(model) {
      let (name, books) = (models[model].plan.name, models[model].data)
      func count(_ metric: String, _ value: Int) {
        all.append(
          Measure(
            MetricName(name, metric), unit: .count, value: .scalar(Double(value))))
      }
      count("refused-data", books.refused)
      count("refused-sound-data", books.refusedSound)
      count("passed-faulty-data", books.passedFaulty)
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
