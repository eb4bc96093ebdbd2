import MLSystem
import Quantities
import Randomness
import Statistics

/// Monitors from their settings.
enum MonitorAssembly {
  /// The monitors of a model; those without a name are called by their kind, and a second of a name
  /// gets a number.
  static func monitors(_ value: Setting) -> [MonitorPlan] {
    var plans: [MonitorPlan] = []
    for setting in value.elements {
      guard var plan = monitor(setting) else { continue }
      let name = plan.name
      var number = 2
      while plans.contains(where: { $0.name == plan.name }) {
        plan.name = "\(name)-\(number)"
        number += 1
      }
      plans.append(plan)
    }
    return plans
  }

  private static func monitor(_ value: Setting) -> MonitorPlan? {
    guard let kind = kind(value) else { return nil }
    return MonitorPlan(
      name: value["name"].text ?? kind.word, kind: kind,
      every: value["every"].duration ?? .days(1), rows: value["rows"].whole ?? 10_000,
      window: value["window"].duration, sampling: value["sampling"].number,
      noData: value["noData"].text.flatMap(MonitorPlan.NoData.init) ?? .hold,
      severity: value["severity"].text.flatMap(MonitorPlan.Severity.init) ?? .warning,
      routing: value["routing"].text.flatMap(MonitorPlan.Routing.init) ?? .automatic,
      within: value["within"].duration)
  }

  private static func kind(_ value: Setting) -> MonitorKind? {
    switch value.kind {
    case "monitor:psi": .features(features(value, .psi))
    case "monitor:js": .features(features(value, .jensenShannon))
    case "monitor:kl": .features(features(value, .kullbackLeibler))
    case "monitor:chi-square": .features(features(value, .chiSquare))
    case "monitor:performance": .performance(performance(value))
    case "monitor:ks": .features(features(value, .kolmogorovSmirnov))
    case "monitor:wasserstein": .features(features(value, .wasserstein))
    case "monitor:missing":
      .missing(
        MissingTest(
          threshold: value["threshold"].number ?? 0.05, top: value["top"].whole ?? 10))
    case "monitor:prediction-drift":
      .predictions(
        features(value, value["statistic"].text.flatMap(DriftStatistic.init) ?? .kullbackLeibler))
    case "monitor:estimated-performance": .estimated(performance(value))
    case "monitor:label-drift": .labels(level: value["falseAlarms"].number ?? 0.05)
    case "monitor:stream": .stream(stream(value))
    case "monitor:ratings": .ratings(ratings(value))
    default: nil
    }
  }

  private static func stream(_ value: Setting) -> StreamTest {
    let kind = value["detector"].text.flatMap(StreamDetector.Kind.init) ?? .adwin
    // The usual chart alarms by chance every 465 items: k 0.1 and h 40, upwards, make it 190,000.
    return StreamTest(
      kind: kind, values: kind == .cusum ? [0.1, 40, 0, 2_000, 0, 0] : nil,
      atMost: value["atMost"].whole ?? 2_000)
  }

  private static func ratings(_ value: Setting) -> RatingTest {
    let limit: PerformanceTest.Limit =
      value["below"].number.map { .below($0) } ?? .points(value["points"].number ?? 0.05)
    return RatingTest(
      quality: PerformanceTest(metric: .accuracy, limit: limit),
      agreement: value["kappa"].number.map { .kappa($0) }
        ?? .share(value["agreement"].number ?? 0.9),
      price: value["price"].money)
  }

  /// Who answers alarms.
  static func onCall(_ value: Setting) -> OnCallPlan {
    OnCallPlan(
      responds: value["responds"].distribution ?? .constant(900),
      hours: value["hours"].text.flatMap { try? BusinessHours($0) } ?? .always,
      price: value["price"].money)
  }

  private static func features(_ value: Setting, _ statistic: DriftStatistic) -> FeatureTest {
    let top = value["top"].whole ?? 10
    let level = value["falseAlarms"].number ?? 0.05
    let isShared = value["correction"].text != "none"
    return FeatureTest(
      statistic: statistic, top: top,
      limit: value["threshold"].number.map { .above($0) }
        ?? .chance(level, shared: isShared),
      bins: value["bins"].whole ?? 10,
      binning: value["binning"].text.flatMap(FeatureTest.Binning.init) ?? .quantile,
      epsilon: value["epsilon"].number ?? 1e-4)
  }

  private static func performance(_ value: Setting) -> PerformanceTest {
    let limit: PerformanceTest.Limit =
      if let below = value["below"].number {
        .below(below)
      } else if let points = value["points"]
        .number
      { .points(points) } else { .drop(value["drop"].number ?? 0.05) }
    return PerformanceTest(
      metric: value["metric"].text.flatMap(PerformanceTest.Metric.init) ?? .auc, limit: limit,
      lasting: value["lasting"].duration ?? .zero)
  }
}
