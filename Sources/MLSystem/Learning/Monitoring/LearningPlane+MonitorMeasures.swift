import Quantities

extension LearningPlane {
  /// What monitors of a model have been worth: all of them together, then each one.
  func monitorMeasures(of model: ModelState) -> [Measure] {
    if model.monitors.isEmpty { return [] }
    let name = model.plan.name
    var sum = MonitorScores()
    for monitor in model.monitors { sum.add(monitor.scores) }
    var all = measures(
      sum, model.causes.map { ($0.at, $0.detected, $0.lost, $0.value) }, over: model.scores.seconds
    ) { MetricName(name, $0) }
    if model.plan.diagnosis != nil { all += diagnosisMeasures(of: model) }
    for (number, monitor) in model.monitors.enumerated() {
      let causes = model.causes.filter { monitor.plan.kind.sees($0.kind) }
        .map { ($0.at, $0.found[number], $0.lostBefore[number], $0.valueLost[number]) }
      let selector = MetricName.Selector(dimension: "monitor", value: monitor.plan.name)
      all += measures(monitor.scores, causes, over: model.scores.seconds) {
        MetricName(name, $0, selector: selector)
      }
    }
    return all
  }

  private func diagnosisMeasures(of model: ModelState) -> [Measure] {
    let diagnoses = Double(model.scores.diagnoses)
    func name(_ metric: String) -> MetricName { MetricName(model.plan.name, metric) }
    return [
      Measure(name("diagnoses"), unit: .count, value: .scalar(diagnoses)),
      Measure(
        name("misdiagnosed"), unit: .share,
        value: diagnoses > 0
          ? .ratio(Double(model.scores.misdiagnoses), over: diagnoses) : .missing),
    ]
  }

  private typealias Cause = (at: Instant, found: Instant?, lost: Double, value: Double)

  private func measures(
    _ scores: MonitorScores, _ causes: [Cause], over seconds: Double,
    _ name: (String) -> MetricName
  ) -> [Measure] {
    func ratio(_ metric: String, _ unit: MetricUnit, _ sum: Double, _ over: Double) -> Measure {
      Measure(name(metric), unit: unit, value: over > 0 ? .ratio(sum, over: over) : .missing)
    }
    let begun = causes.filter { $0.at <= end }
    let found = begun.filter { $0.found != nil }
    let delay = found.reduce(0.0) { $0 + (($1.found ?? $1.at) - $1.at).seconds }
    let months = seconds / (365.25 / 12 * 86_400)
    let judged = Double(scores.checks - scores.unjudged)
    return [
      ratio("detection-delay", .seconds, delay, Double(found.count)),
      ratio("missed", .share, Double(begun.count - found.count), Double(begun.count)),
      ratio("false-alarms", .count, Double(scores.falseAlarms), months),
      Measure(name("alarms"), unit: .count, value: .scalar(Double(scores.alarms))),
      ratio("firing", .share, Double(scores.firing), judged),
      ratio("unjudged", .share, Double(scores.unjudged), Double(scores.checks)),
      ratio("run-length", .seconds, scores.quiet, Double(scores.falseAlarms)),
      Measure(
        name("lost.before-detection"), unit: .count,
        value: .scalar(begun.reduce(0) { $0 + $1.lost })),
      Measure(
        name("lost-value.before-detection"), unit: .dollars,
        value: .scalar(begun.reduce(0) { $0 + $1.value })),
    ]
  }
}

extension MonitorScores {
  mutating func add(_ other: MonitorScores) {
    alarms += other.alarms
    falseAlarms += other.falseAlarms
    checks += other.checks
    unjudged += other.unjudged
    firing += other.firing
    quiet += other.quiet
  }
}
