import Quantities
import Statistics

/// What is kept of the requests of one route, and of each tenant and segment among them.
struct RouteRecord {
  /// The route as a whole.
  var all = RequestTally()
  /// By code less one.
  var tenants: [RequestTally]
  var segments: [RequestTally]
  let tenantNames: [String]
  let segmentNames: [String]
  var objectives: [ObjectiveTally]
  /// Whether first tokens are kept.
  let hasTokens: Bool
  var windows: [MetricWindows] = []

  init(tenants: [String], segments: [String], objectives: [Objective], hasTokens: Bool) {
    tenantNames = tenants
    segmentNames = segments
    self.tenants = tenants.map { _ in RequestTally() }
    self.segments = segments.map { _ in RequestTally() }
    self.objectives = objectives.map { ObjectiveTally(good: $0.good) }
    self.hasTokens = hasTokens
  }

  /// Applies `change` to the tallies that the request belongs to.
  @inline(__always)
  mutating func note(_ slot: RequestSlot, _ change: (inout RequestTally) -> Void) {
    change(&all)
    if slot.tenant > 0 { change(&tenants[Int(slot.tenant) - 1]) }
    if slot.segment > 0 { change(&segments[Int(slot.segment) - 1]) }
  }
}

/// Counts and times of a set of requests that arrived after the warm-up.
struct RequestTally {
  var counts = RequestCounts()
  var timeouts: Int64 = 0
  var retries: Int64 = 0
  /// Served requests that met every latency objective of the route.
  var good: Int64 = 0
  var latency = LogHistogram()
  var firstToken = LogHistogram()
  var perToken = LogHistogram()

  /// Those that ended.
  var ended: Int64 { counts.served + counts.shed + counts.failed }
}

/// The good and the ended requests of one objective.
struct ObjectiveTally {
  let good: Objective.Good
  var met: Int64 = 0
  var ended: Int64 = 0
}

/// The times of a served request.
struct RequestEnd {
  var latency: Duration
  /// From the arrival to the first token; nil where there is none.
  var firstToken: Duration?
  /// Mean time of the tokens after the first; nil where there is none.
  var perToken: Duration?
  /// Whether it met every objective of its route.
  var isGood = true
}
