import Quantities
import Statistics

/// A monitor: what is watched, how often, on how much, and what an alarm sets in motion.
package struct MonitorPlan: Sendable, Hashable {
  /// What alarms and scores call it, such as `psi-0.2-top10`.
  package var name: String
  package var kind: MonitorKind
  /// Time between two checks.
  package var every: Duration
  /// The fewest rows or labels that a verdict takes, and without `sampling` as many as it takes.
  package var rows: Int
  /// How far back a check looks; nil looks at what came since the last verdict.
  package var window: Duration?
  /// Share of the requests that is looked at; nil looks at `rows` of them.
  package var sampling: Double?
  package var noData: NoData
  package var severity: Severity
  package var routing: Routing
  /// An alarm for the on-call human acts by itself after this time; nil waits for the human.
  package var within: Duration?

  /// What a check without enough rows or labels says.
  package enum NoData: String, Sendable, Hashable, CaseIterable {
    /// That all is well: an alarm that was on is over.
    case ignore
    /// That something is wrong.
    case alarm
    /// What the last verdict said.
    case hold
  }

  /// How much an alarm matters.
  package enum Severity: String, Sendable, Hashable, CaseIterable {
    case warning, critical
  }

  /// Where an alarm goes.
  package enum Routing: String, Sendable, Hashable, CaseIterable {
    /// It is noted and scored, and nothing is done.
    case log
    /// The diagnosis or the training that it calls for starts at once.
    case automatic
    /// A human is called, and what it calls for starts when they respond.
    case onCall = "on-call"
  }

  package init(
    name: String, kind: MonitorKind, every: Duration, rows: Int, window: Duration? = nil,
    sampling: Double? = nil, noData: NoData = .hold, severity: Severity = .warning,
    routing: Routing = .automatic, within: Duration? = nil
  ) {
    self.name = name
    self.kind = kind
    self.every = every
    self.rows = rows
    self.window = window
    self.sampling = sampling
    self.noData = noData
    self.severity = severity
    self.routing = routing
    self.within = within
  }

  /// PSI of each of the `top` features against the training window, alarm above `threshold`.
  package static func psi(
    threshold: Double, top: Int, bins: Int, every: Duration, rows: Int
  ) -> MonitorPlan {
    MonitorPlan(
      name: "psi",
      kind: .features(FeatureTest(statistic: .psi, top: top, limit: .above(threshold), bins: bins)),
      every: every, rows: rows)
  }

  /// AUC on delayed labels, alarm when it is `drop` below the value at promotion (a share of it).
  package static func performance(drop: Double, every: Duration, rows: Int) -> MonitorPlan {
    MonitorPlan(
      name: "performance", kind: .performance(PerformanceTest(limit: .drop(drop))), every: every,
      rows: rows)
  }
}

/// What a monitor watches, and when that is an alarm.
package enum MonitorKind: Sendable, Hashable {
  /// The distribution of each of the top features against the training rows.
  case features(FeatureTest)
  /// Quality on delayed labels.
  case performance(PerformanceTest)
  /// The share of missing values of each of the top features.
  case missing(MissingTest)
  /// The distribution of the scores against that at promotion.
  case predictions(FeatureTest)
  /// Quality that the served probabilities promise, without a label (CBPE).
  case estimated(PerformanceTest)
  /// Ratings of a sample of the answers by people or a judge.
  case ratings(RatingTest)
  /// A streaming detector on the errors of labelled predictions.
  case stream(StreamTest)
  /// The share of positives among the labels against the training rows, by a chi-square test at
  /// this level.
  case labels(level: Double)

  /// Whether it looks at what models are given, and not at how good they are.
  package var watchesFeatures: Bool {
    switch self {
    case .features, .missing, .predictions: true
    case .performance, .estimated, .labels, .ratings, .stream: false
    }
  }

  /// What it is called where nobody gave it a name; checks of one kind share their draws.
  package var word: String {
    switch self {
    case .features(let test): test.statistic.rawValue
    case .performance: "performance"
    case .predictions: "prediction-drift"
    case .estimated: "estimated-performance"
    case .labels: "label-drift"
    case .missing: "missing"
    case .ratings: "ratings"
    case .stream(let test): test.kind.rawValue
    }
  }
}

/// A test of the distribution of each feature.
package struct FeatureTest: Sendable, Hashable {
  package var statistic: DriftStatistic
  /// The most important features, which are watched.
  package var top: Int
  package var limit: Limit
  /// Bins of the statistics that count shares.
  package var bins: Int
  package var binning: Binning
  /// What an empty share is raised to.
  package var epsilon: Double

  /// When a statistic is an alarm.
  package enum Limit: Sendable, Hashable {
    /// Above a fixed value, whatever the number of rows.
    case above(Double)
    /// Above what chance exceeds in this share of the checks at the number of rows at hand:
    /// `shared` out over the features watched (Bonferroni), or of each feature.
    case chance(Double, shared: Bool)
  }

  /// Where the edges of the bins lie.
  package enum Binning: String, Sendable, Hashable, CaseIterable {
    /// Every bin holds the same share of the reference.
    case quantile
    /// Every bin is as wide, between three standard deviations on either side.
    case fixed
  }

  package init(
    statistic: DriftStatistic, top: Int, limit: Limit, bins: Int = 10,
    binning: Binning = .quantile, epsilon: Double = 1e-4
  ) {
    self.statistic = statistic
    self.top = top
    self.limit = limit
    self.bins = bins
    self.binning = binning
    self.epsilon = epsilon
  }
}

/// A test of the share of missing values.
package struct MissingTest: Sendable, Hashable {
  /// Alarm above this share.
  package var threshold: Double
  /// The most important features, which are watched.
  package var top: Int

  package init(threshold: Double, top: Int) {
    self.threshold = threshold
    self.top = top
  }
}

/// A test of quality on ratings of a sample of the answers.
package struct RatingTest: Sendable, Hashable {
  /// When the share of right answers is too low; the metric is accuracy.
  package var quality: PerformanceTest
  /// How well a rating agrees with the truth.
  package var agreement: Agreement
  /// Price of one rating; nil for unknown, zero for free.
  package var price: Money?

  /// How well a rater agrees with the truth.
  package enum Agreement: Sendable, Hashable {
    /// Chance that a rating is right, whatever the answer.
    case share(Double)
    /// Cohen's kappa (doi 10.1177/001316446002000104) against the truth, with a rater who calls as
    /// many answers right as there are.
    case kappa(Double)
  }

  package init(quality: PerformanceTest, agreement: Agreement, price: Money? = .zero) {
    self.quality = quality
    self.agreement = agreement
    self.price = price
  }

  /// Chance that a rating is right where a share `accuracy` of the answers is.
  package func agreement(atAccuracy accuracy: Double) -> Double {
    switch agreement {
    case .share(let share): return share
    case .kappa(let kappa):
      let chance = accuracy * accuracy + (1 - accuracy) * (1 - accuracy)
      return kappa + (1 - kappa) * chance
    }
  }
}

/// A streaming detector on errors.
package struct StreamTest: Sendable, Hashable {
  package var kind: StreamDetector.Kind
  /// A value for each of its parameters; nil for the standard ones.
  package var values: [Double]?
  /// The most labels that one check takes; beyond it they are thinned evenly.
  package var atMost: Int

  package init(kind: StreamDetector.Kind, values: [Double]? = nil, atMost: Int = 2_000) {
    self.kind = kind
    self.values = values
    self.atMost = atMost
  }
}

/// A test of quality on labels.
package struct PerformanceTest: Sendable, Hashable {
  package var metric: Metric
  package var limit: Limit
  /// For how long every verdict must have been below before it is an alarm.
  package var lasting: Duration

  /// The quality that is measured.
  package enum Metric: String, Sendable, Hashable, CaseIterable {
    case auc, accuracy
  }

  /// When a quality is too low.
  package enum Limit: Sendable, Hashable {
    /// By this share below its value at promotion.
    case drop(Double)
    /// By these points below its value at promotion.
    case points(Double)
    /// Below this value.
    case below(Double)
  }

  package init(metric: Metric = .auc, limit: Limit, lasting: Duration = .zero) {
    self.metric = metric
    self.limit = limit
    self.lasting = lasting
  }

  /// The value below which quality is too low, where `baseline` was measured at promotion.
  func line(from baseline: Double) -> Double {
    switch limit {
    case .drop(let share): baseline * (1 - share)
    case .points(let points): baseline - points
    case .below(let value): value
    }
  }
}
