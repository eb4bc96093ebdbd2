import DiscreteEvents
import Pricing
import Quantities
import Statistics

/// What one replication leaves behind.
///
/// Everything later is computed from it.
package struct RunRecord: Sendable {
  package var replication: Int
  /// Why and when the run stopped.
  package var outcome: RunOutcome
  /// Requests after the warm-up, over all routes.
  package var counts: RequestCounts
  /// In a fixed order that depends on the model alone, so that replications join by index.
  package var measures: [Measure]
  package var windows: [WindowedMeasure]
  /// Queue lengths, rates, replicas, busy shares and qualities over time, for pictures.
  package var series: [RecordedSeries]
  /// Scalings, crashes, alarms, trainings, rollouts, saturations, in order of time.
  package var timeline: [TimelineEntry]
  /// Alarms of monitors, one record for each feature that set one off.
  package var alarms: [AlarmRecord]
  /// Incidents that began, in the order of the model.
  package var incidents: [IncidentRecord]
  package var saturations: [Saturation]
  package var ledger: Ledger
  /// Every version of every model that learns, by model and number.
  package var versions: [VersionRecord]
  /// How far a flow run may be trusted, by service with replicas; empty for a run by request.
  package var trust: [FlowTrust]
  /// Stretches of a flow run that should have been simulated by request.
  package var doubtful: [Episode] = []
  /// What was asked of each pool that is paid for, in the order of the pools.
  package var demands: [PoolDemand]

  package init(
    replication: Int, outcome: RunOutcome, counts: RequestCounts, measures: [Measure],
    windows: [WindowedMeasure], series: [RecordedSeries], timeline: [TimelineEntry],
    saturations: [Saturation], ledger: Ledger, versions: [VersionRecord] = [],
    alarms: [AlarmRecord] = [], incidents: [IncidentRecord] = [], trust: [FlowTrust] = [],
    demands: [PoolDemand] = []
  ) {
    self.replication = replication
    self.outcome = outcome
    self.counts = counts
    self.measures = measures
    self.windows = windows
    self.series = series
    self.timeline = timeline
    self.saturations = saturations
    self.ledger = ledger
    self.versions = versions
    self.alarms = alarms
    self.incidents = incidents
    self.trust = trust
    self.demands = demands
  }
}

/// How many machines of a pool were asked for, and for how long.
package struct PoolDemand: Sendable, Hashable {
  package var pool: String
  /// Nanoseconds of the run by number of machines, from none on.
  package var nanoseconds: [Int64]

  package init(pool: String, nanoseconds: [Int64]) {
    self.pool = pool
    self.nanoseconds = nanoseconds
  }
}

/// Where requests went.
///
/// `arrived = served + shed + failed + inFlight` holds exactly.
package struct RequestCounts: Sendable, Hashable {
  package var arrived: Int64 = 0
  /// Answered by the route.
  package var served: Int64 = 0
  /// Refused or dropped before work was done on them.
  package var shed: Int64 = 0
  /// Timed out or in error, after every retry.
  package var failed: Int64 = 0
  package var inFlight: Int64 = 0
  /// Of the shed and failed: answered by the fallback instead.
  package var fallback: Int64 = 0
  /// Predictions that were counted and not simulated as requests; in none of the others.
  package var predicted: Int64 = 0

  package init() {}
}

/// The name of what is measured: `chat[tenant=paid].ttft`.
package struct MetricName: Sendable, Hashable, CustomStringConvertible {
  /// A route, service, stream, model, objective or `cost`.
  package var subject: String
  /// A dimension and its value, such as `tenant` and `paid`.
  package var selector: Selector?
  /// What is measured of it, such as `latency`, `ttft`, `busy` or `auc`.
  package var metric: String

  package struct Selector: Sendable, Hashable {
    package var dimension: String
    package var value: String

    package init(dimension: String, value: String) {
      self.dimension = dimension
      self.value = value
    }
  }

  package init(_ subject: String, _ metric: String, selector: Selector? = nil) {
    self.subject = subject
    self.metric = metric
    self.selector = selector
  }

  package var description: String {
    let place = selector.map { "\(subject)[\($0.dimension)=\($0.value)]" } ?? subject
    return "\(place).\(metric)"
  }
}

/// A measured quantity of one replication, with what its statistics need.
package struct Measure: Sendable {
  package var name: MetricName
  package var unit: MetricUnit
  package var value: Value

  package enum Value: Sendable {
    /// Samples over requests, in the integer sub-unit of `unit` (nanoseconds for times).
    case distribution(LogHistogram)
    /// A share or rate: numerator over denominator, pooled by adding both.
    case ratio(Double, over: Double)
    /// A figure of the run.
    case scalar(Double)
    /// Nothing was observed: no request, no label, no incident.
    case missing
  }

  package init(_ name: MetricName, unit: MetricUnit, value: Value) {
    self.name = name
    self.unit = unit
    self.value = value
  }
}

/// Units of measured quantities.
package enum MetricUnit: String, Sendable, Hashable, CaseIterable {
  /// Held in nanoseconds where it is a distribution, in seconds where it is a scalar.
  case seconds = "s"
  case perSecond = "1/s"
  case share = "share"
  case count = "count"
  case tokensPerSecond = "tokens/s"
  case dollars = "$"
  case score = "score"
  case hours = "h"
}

/// A metric kept for every window of the run.
package struct WindowedMeasure: Sendable {
  package var request: WindowRequest
  package var unit: MetricUnit
  /// One entry for each window from the start of the run; a run of T has ceil(T / window).
  package var values: [Measure.Value]

  package init(request: WindowRequest, unit: MetricUnit, values: [Measure.Value]) {
    self.request = request
    self.unit = unit
    self.values = values
  }
}

/// A quantity over time in equal buckets, for pictures and the growth of queues.
package struct RecordedSeries: Sendable {
  package var name: MetricName
  package var unit: MetricUnit
  package var series: TimeSeries

  package init(name: MetricName, unit: MetricUnit, series: TimeSeries) {
    self.name = name
    self.unit = unit
    self.series = series
  }
}

/// Something that happened and that a reader of the report should see.
package struct TimelineEntry: Sendable, Hashable {
  package var at: Instant
  package var kind: Kind
  /// The service, model or pool that it happened to.
  package var subject: String
  /// A short sentence with figures, such as `4 -> 6 replicas`.
  package var detail: String

  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case scaling, crash, recovery, drift, alarm, training, rollout, promotion, rollback, saturation
    case incident
    /// A human comes to an alarm, a diagnosis ends, a remedy is done.
    case response
  }

  package init(at: Instant, kind: Kind, subject: String, detail: String) {
    self.at = at
    self.kind = kind
    self.subject = subject
    self.detail = detail
  }
}

/// A queue that grew without bound.
package struct Saturation: Sendable, Hashable {
  package var service: String
  /// When the growth began.
  package var since: Instant
  /// Requests per second by which the queue grew.
  package var growth: Double
  /// Whether limits, deadlines or time-outs kept the queue short, so that the growth is that of all
  /// who waited or were turned away.
  package var isBounded: Bool

  package init(service: String, since: Instant, growth: Double, isBounded: Bool = false) {
    self.service = service
    self.since = since
    self.growth = growth
    self.isBounded = isBounded
  }
}
