import Pricing
import Quantities

// What a run says about the trainings of its models.
extension LearningPlane {
  /// Measures of a model that is retrained.
  func trainingMeasures(of model: ModelState) -> [Measure] {
    let scores = model.scores.trainings
    let name = model.plan.name
    return [
      Measure(MetricName(name, "refused"), unit: .count, value: .scalar(Double(scores.refused))),
      Measure(
        MetricName(name, "failed-trainings"), unit: .count, value: .scalar(Double(scores.failed))),
      Measure(
        MetricName(name, "lead-time"), unit: .seconds,
        value: scores.leads == 0
          ? .missing : .ratio(scores.leadSeconds, over: Double(scores.leads))),
    ]
  }

  /// What training each model cost: its machines, its runs and the people who approved.
  func trainingCosts(_ ledger: Ledger) -> [Measure] {
    models.indices.filter { canChange($0) }.map { model in
      let name = models[model].plan.name
      let total = ledger.total(of: "training/\(name)")
      return Measure(
        MetricName(name, "training-cost"), unit: .dollars,
        value: total.isComplete ? .scalar(total.known.dollars) : .missing)
    }
  }

  /// Every version of every model, with its share of the cost of training.
  func pricedVersions(_ ledger: Ledger) -> [VersionRecord] {
    var all = versions()
    for model in models.indices where models[model].plan.training != nil {
      let name = models[model].plan.name
      let total = ledger.total(of: "training/\(name)")
      let own = all.indices.filter { all[$0].model == name }
      let hours = own.reduce(0) { $0 + all[$1].machineHours }
      if hours <= 0 || !total.isComplete { continue }
      for index in own { all[index].cost = total.known.dollars * all[index].machineHours / hours }
    }
    return all
  }

  /// Runs of the pipeline that were begun since the start of the run.
  package func pipelineRuns(of model: Int) -> Int64 { Int64(models[model].trainings.runs) }

  /// People who were asked to approve a version since the start of the run.
  package func approvals(of model: Int) -> Int64 { Int64(models[model].trainings.approvals) }
}
