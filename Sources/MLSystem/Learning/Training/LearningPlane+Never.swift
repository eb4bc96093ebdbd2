import Quantities

// What retraining is worth: the first version, kept for ever, judged on the same requests.
extension LearningPlane {
  /// Counts answers of a version, each worth so much, for the first one as well.
  mutating func addShadow(of model: Int, _ answers: Double, worth: Double) {
    guard let never = models[model].never?.quality else { return }
    models[model].scores.shadowed += answers
    models[model].scores.servedValue += answers * worth
    models[model].scores.never.add(answers, never)
  }

  /// Judges the version that nobody retrains, once a day while another one serves.
  mutating func lookAtFirst(of model: Int, _ task: Int) {
    guard let first = models[model].never?.number else { return }
    if models[model].stable.number == first {
      let quality = models[model].stable.quality
      models[model].never?.quality = quality
      return
    }
    let now = tasks[task].world.starts[tasks[task].world.count - 1]
    let day: Int64 = 86_400_000_000_000
    let last = models[model].neverJudged
    if last != .min && now - last < day { return }
    models[model].neverJudged = now
    guard var never = models[model].never else { return }
    never.conditions = conditions(of: never, model, task)
    tasks[task].judge(&never)
    models[model].never = never
  }

  /// The first version's AUC over the answers, and what its successors earned beyond it.
  func neverMeasures(of model: ModelState) -> [Measure] {
    guard let task = model.plan.task, model.never != nil else { return [] }
    let scores = model.scores
    var all = [
      Measure(
        MetricName(model.plan.name, "never.auc"), unit: .score,
        value: scores.shadowed > 0
          ? .ratio(scores.never[.auc], over: scores.shadowed) : .missing)
    ]
    if tasks[task].plan.value != nil {
      let months = scores.seconds / (365.25 / 12 * 86_400)
      all.append(
        Measure(
          MetricName(model.plan.name, "worth-of-retraining.perMonth"), unit: .dollars,
          value: months > 0
            ? .ratio(scores.servedValue - scores.never[.value], over: months) : .missing))
    }
    return all
  }
}
