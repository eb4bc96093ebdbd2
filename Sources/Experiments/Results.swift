import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics

/// The joined replications of one scenario: everything that a report may show.
///
/// Every rendering is a pure function of this value, which is what a results file holds.
package struct Results: Sendable {
  /// The version of the results file that this value is written as.
  package static let schemaVersion = 1

  package var identity: Identity
  /// In the order of the measures of the runs.
  package var figures: [Figure]
  /// Pooled distributions over requests, for percentile curves and joint quantiles.
  package var distributions: [PooledDistribution]
  package var verdicts: [Verdict]
  package var counts: [RequestCounts]
  package var cost: CostSummary
  package var series: [JoinedSeries]
  /// What happened, in the order of replication and time; long runs keep the first of each
  /// replication.
  package var timeline: [JoinedTimelineEntry]
  /// Alarms of monitors; none in files of before they were kept.
  package var alarms: [JoinedAlarm]
  /// What was made to happen to the system, in each replication.
  package var incidents: [JoinedIncident]
  package var saturations: [JoinedSaturation]
  /// Every version of every model that learns, by replication, model and number; long runs keep the
  /// newest of each replication.
  package var versions: [JoinedVersion]
  /// Why each replication stopped, in words, where it was not the horizon.
  package var earlyStops: [String]
  /// What a flow run says about its own error; nil where requests were simulated one by one.
  package var flow: FlowStatement?

  package init(
    identity: Identity, figures: [Figure], distributions: [PooledDistribution],
    verdicts: [Verdict], counts: [RequestCounts], cost: CostSummary, series: [JoinedSeries],
    timeline: [JoinedTimelineEntry], saturations: [JoinedSaturation], earlyStops: [String],
    alarms: [JoinedAlarm] = [], versions: [JoinedVersion] = [],
    incidents: [JoinedIncident] = []
  ) {
    self.identity = identity
    self.figures = figures
    self.distributions = distributions
    self.verdicts = verdicts
    self.counts = counts
    self.cost = cost
    self.series = series
    self.timeline = timeline
    self.alarms = alarms
    self.incidents = incidents
    self.saturations = saturations
    self.earlyStops = earlyStops
    self.versions = versions
  }

  /// The figure of a full metric name such as `ctr.latency.p99`; nil where there is none.
  package func figure(_ name: String) -> Figure? {
    figures.first { $0.name == name }
  }
}

/// What was run, so that a reader can repeat it and knows what it stood on.
package struct Identity: Sendable, Hashable {
  package var title: String
  /// The scenario's file as the user named it.
  package var file: String
  /// `base` or the name of a variant.
  package var variant: String
  package var variantTitle: String?
  /// `path=value` texts of the command line, beside the number of replications.
  package var settings: [String] = []
  /// A hash of the resolved scenario.
  package var digest: String
  /// The resolved scenario with its defaults marked.
  package var resolved: String
  package var toolVersion: String
  package var seed: UInt64
  package var replications: Int
  /// `requests`: every request was simulated.
  package var fidelity: String
  /// Why, where a reader would ask; empty for a run of few requests.
  package var fidelityReason = ""
  package var start: CalendarInstant
  package var horizon: Duration
  package var warmUp: Duration
  /// Defaults that the run stood on.
  package var defaults: [AppliedDefault]
  package var warnings: [String]
  /// Names by kind, so that reports know what to call a subject.
  package var subjects: [Subject]
  package var budget: BudgetLimit?

  package init(
    title: String, file: String, variant: String, variantTitle: String? = nil, digest: String,
    resolved: String, toolVersion: String, seed: UInt64, replications: Int,
    fidelity: String = "requests", start: CalendarInstant, horizon: Duration, warmUp: Duration,
    defaults: [AppliedDefault] = [], warnings: [String] = [], subjects: [Subject] = [],
    budget: BudgetLimit? = nil
  ) {
    self.title = title
    self.file = file
    self.variant = variant
    self.variantTitle = variantTitle
    self.digest = digest
    self.resolved = resolved
    self.toolVersion = toolVersion
    self.seed = seed
    self.replications = replications
    self.fidelity = fidelity
    self.start = start
    self.horizon = horizon
    self.warmUp = warmUp
    self.defaults = defaults
    self.warnings = warnings
    self.subjects = subjects
    self.budget = budget
  }
}

/// A default that nobody wrote: its path in the scenario and its value as text.
package struct AppliedDefault: Sendable, Hashable {
  package var path: String
  package var value: String

  package init(path: String, value: String) {
    self.path = path
    self.value = value
  }
}

/// A named part of the system and what it is.
package struct Subject: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case route, modelServer, llmServer, lookup, stream, model, pool, objective, incident
  }
  package var kind: Kind
  package var name: String

  package init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }
}

/// A limit on money per calendar month.
package struct BudgetLimit: Sendable, Hashable {
  package var perMonth: Money
  package var owner: String?

  package init(perMonth: Money, owner: String? = nil) {
    self.perMonth = perMonth
    self.owner = owner
  }
}

/// One statistic of one measure over the replications.
package struct Figure: Sendable {
  /// `ctr.latency.p99`: the name that thresholds, CSV and JSON use.
  package var name: String
  package var metric: MetricName
  package var statistic: Statistic
  package var unit: MetricUnit
  /// Pooled over replications; nil when nothing was observed.
  package var estimate: Double?
  /// 95 % interval of the estimate; nil when one replication cannot give it.
  package var interval: ConfidenceInterval?
  /// P10 and P90 of the replications: outcomes, not precision.
  ///
  /// It is nil below 10 replications.
  package var range: OutcomeRange?
  /// The value of each replication, nil where it observed nothing.
  package var values: [Double?]

  package init(
    name: String, metric: MetricName, statistic: Statistic, unit: MetricUnit, estimate: Double?,
    interval: ConfidenceInterval?, range: OutcomeRange?, values: [Double?]
  ) {
    self.name = name
    self.metric = metric
    self.statistic = statistic
    self.unit = unit
    self.estimate = estimate
    self.interval = interval
    self.range = range
    self.values = values
  }

  /// True when every replication gave the same value, so that there is nothing uncertain about it.
  ///
  /// A quantile is known to half a bucket of its histogram only, so that equal values prove little.
  package var isExact: Bool {
    if case .quantile = statistic { return false }
    guard let first = values.first, first != nil, values.count > 1 else { return false }
    return values.allSatisfy { $0 == first }
  }
}

/// What may happen from run to run: type-7 quantiles over replications.
package struct OutcomeRange: Sendable, Hashable {
  package var p10: Double
  package var p50: Double
  package var p90: Double

  package init(p10: Double, p50: Double, p90: Double) {
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
  }
}

/// A distribution over the requests of all replications.
package struct PooledDistribution: Sendable {
  package var metric: MetricName
  package var unit: MetricUnit
  package var histogram: LogHistogram

  package init(metric: MetricName, unit: MetricUnit, histogram: LogHistogram) {
    self.metric = metric
    self.unit = unit
    self.histogram = histogram
  }
}

/// A quantity over time: mean over replications with the band of P10 to P90.
package struct JoinedSeries: Sendable {
  package var name: MetricName
  package var unit: MetricUnit
  /// Length of a bucket.
  package var step: Duration
  package var mean: [Double]
  /// Empty below 10 replications.
  package var low: [Double]
  package var high: [Double]

  package init(
    name: MetricName, unit: MetricUnit, step: Duration, mean: [Double], low: [Double] = [],
    high: [Double] = []
  ) {
    self.name = name
    self.unit = unit
    self.step = step
    self.mean = mean
    self.low = low
    self.high = high
  }
}

/// An entry of the timeline and the replication it happened in.
package struct JoinedTimelineEntry: Sendable, Hashable {
  package var replication: Int
  package var entry: TimelineEntry

  package init(replication: Int, entry: TimelineEntry) {
    self.replication = replication
    self.entry = entry
  }
}

/// An alarm of a monitor and the replication it happened in.
package struct JoinedAlarm: Sendable, Hashable {
  package var replication: Int
  package var alarm: AlarmRecord

  package init(replication: Int, alarm: AlarmRecord) {
    self.replication = replication
    self.alarm = alarm
  }
}

/// An incident and the replication it happened in.
package struct JoinedIncident: Sendable, Hashable {
  package var replication: Int
  package var record: IncidentRecord

  package init(replication: Int, record: IncidentRecord) {
    self.replication = replication
    self.record = record
  }
}

/// A version of a model and the replication that made it.
package struct JoinedVersion: Sendable, Hashable {
  package var replication: Int
  package var record: VersionRecord

  package init(replication: Int, record: VersionRecord) {
    self.replication = replication
    self.record = record
  }
}

/// A service whose queue grew without bound, in how many replications.
package struct JoinedSaturation: Sendable, Hashable {
  package var service: String
  package var replications: Int
  /// Earliest start of growth.
  package var since: Instant
  /// Mean growth, requests per second.
  package var growth: Double
  /// Whether limits or time-outs kept the queue short, so that requests are turned away instead.
  package var isBounded: Bool

  package init(
    service: String, replications: Int, since: Instant, growth: Double, isBounded: Bool = false
  ) {
    self.service = service
    self.replications = replications
    self.since = since
    self.growth = growth
    self.isBounded = isBounded
  }

  /// What happens to the requests that are too many, with their rate: a clause for reports.
  package var consequence: String {
    let rate = QuantityFormatter.significant(growth, digits: 3)
    return isBounded
      ? "it turns away \(rate) requests a second" : "the queue grows by \(rate) requests a second"
  }
}
