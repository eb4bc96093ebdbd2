import Quantities

extension LearningPlane {
  /// What the run says about its models, in an order that depends on the model alone.
  package func measures() -> [Measure] {
    models.indices.flatMap { model in
      measures(of: models[model]) + reviewMeasures(of: models[model])
        + baselineMeasures(of: model)
    } + dataMeasures()
  }

  /// Quality of what answered and share of the candidate over time.
  package func recordedSeries() -> [RecordedSeries] {
    var all: [RecordedSeries] = []
    for (model, series) in series.enumerated() {
      let name = models[model].plan.name
      if models[model].hasQuality {
        all.append(
          RecordedSeries(name: MetricName(name, "auc"), unit: .score, series: series.auc))
      }
      if models[model].canChange && !models[model].plan.rollout.steps.isEmpty {
        all.append(
          RecordedSeries(
            name: MetricName(name, "candidate-share"), unit: .share, series: series.share))
      }
    }
    return all
  }

  /// Labels of a task that have arrived by `now`, settled up to the last event of the plane.
  package func labelsArrived(task: Int, by now: Instant) -> Double {
    tasks[task].models.reduce(tasks[task].data.audited) {
      $0 + labelsArrived(model: $1, by: now)
    }
  }

  /// Labels of a model's predictions that have arrived by `now`.
  func labelsArrived(model: Int, by now: Instant) -> Double {
    var sum = models[model].arrivedBefore
    guard let task = models[model].plan.task else { return sum }
    let starts = tasks[task].world.starts
    for segment in models[model].labels.indices where starts[segment] >= 0 {
      let share = tasks[task].arrived(
        from: Double(starts[segment]) * 1e-9, to: Double(starts[segment + 1]) * 1e-9,
        by: now.seconds)
      sum += models[model].labels[segment] * share
    }
    return sum
  }

  private func measures(of model: ModelState) -> [Measure] {
    let scores = model.scores
    let subject = model.plan.name
    var all: [Measure] = []
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      all.append(Measure(MetricName(subject, metric), unit: unit, value: value))
    }
    func count(_ metric: String, _ value: Int) { add(metric, .count, .scalar(Double(value))) }
    if model.hasQuality {
      let isEmpty = scores.answered == 0
      add("auc", .score, isEmpty ? .missing : .ratio(scores.quality[.auc], over: scores.answered))
      add("auc.worst-day", .score, scores.worstDay.map { .scalar($0) } ?? .missing)
      if model.plan.fixedAUC == nil {
        add(
          "accuracy", .share,
          isEmpty ? .missing : .ratio(scores.quality[.accuracy], over: scores.answered))
      }
    }
    all += qualityMeasures(of: model)
    all += neverMeasures(of: model)
    all += monitorMeasures(of: model)
    if model.canChange {
      count("retrainings", scores.retrainings)
      count("promotions", scores.promotions)
      count("rollbacks", scores.rollbacks)
      count("false-rollbacks", scores.falseRollbacks)
      count("escaped", scores.escaped)
      add("exposed", .count, .scalar(Double(scores.exposed)))
      all += trainingMeasures(of: model)
      rolloutMeasures(of: model, add)
    }
    if model.plan.training != nil {
      add(
        "age", .seconds, scores.seconds == 0 ? .missing : .ratio(scores.age, over: scores.seconds))
    }
    return all
  }
}

extension ModelState {
  /// Whether anything is known of how good its answers are.
  var hasQuality: Bool { plan.fixedAUC != nil || plan.task != nil }

  /// Whether new versions of it can come.
  var canChange: Bool {
    (plan.training != nil && plan.retraining != .never) || !plan.changes.isEmpty
  }
}
