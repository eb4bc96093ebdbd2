import Quantities

/// What is counted of one version of a service, as masses since the counts were taken last.
struct GroupTally {
  var calls = 0.0
  /// Of them copies, whose answers nobody gets.
  var copies = 0.0
  /// Turned away before work on them began.
  var lost = 0.0
  /// Left in error: by the version, by a crash, by a time-out while they were here.
  var errors = 0.0
}

/// A service as fluid, apart from its replicas.
struct FluidService {
  /// A step of a route that calls it.
  struct Use {
    var route: Int
    var step: Int
    /// Share of the service's requests that it brings.
    var mix = 0.0
  }

  let isLookup: Bool
  var uses: [Use] = []
  /// Of a lookup: the number of its law, and what its limit lets through now.
  var call: Int32 = -1
  let limit: Double?
  private var tokens: Double

  /// Requests that may wait at a replica, or in the shared line.
  let queueLimit: Double
  let sharesLine: Bool
  let sheds: Bool
  /// Seconds that a request may wait before its route gives it up.
  var patience = Double.infinity

  /// Requests a second that come, and shares of them that leave for each reason in this tick.
  var inflow = 0.0
  var refused = 0.0
  /// Why a request is turned away at the limit that binds, at the last tick.
  var reason = FailureReason.refused
  /// The candidate's share of the requests, and copies that it gets besides.
  var candidate = 0.0
  var copies = 0.0
  /// Since the counts were taken last.
  var calls = 0.0
  var lost = 0.0
  var batches = 0.0
  /// All calls since the start, for autoscalers.
  var allCalls = 0.0
  /// Calls in episodes.
  var zoomed = 0.0
  /// Counted calls that were answered since laws were folded last.
  var answered: Int64 = 0
  /// Parts of calls that no count has had yet.
  private var rests = [0.0, 0.0, 0.0]

  /// What is counted by whole numbers.
  enum Counted: Int {
    case calls, lost, batches
  }

  /// What is added to what an autoscaler reads: an autoregression of order 1.
  var deviate = 0.0
  var decisions: UInt64 = 0
  var reading = ScalerMeans()

  init(_ service: Service) {
    switch service.kind {
    case .lookup(let plan):
      isLookup = true
      limit = plan.limit
      tokens = plan.limit.map { max($0, 1) } ?? 0
    case .model, .llm:
      isLookup = false
      limit = nil
      tokens = 0
    }
    queueLimit = service.queue.limit.map(Double.init) ?? .infinity
    sharesLine = service.balancer == .sharedQueue && !service.isLLM
    sheds = service.queue.shedsByDeadline
  }

  /// A mass as a whole number; what is left over comes with the next.
  mutating func whole(_ mass: Double, _ counted: Counted) -> Int64 {
    let sum = rests[counted.rawValue] + mass
    let count = sum.rounded(.down)
    rests[counted.rawValue] = sum - count
    return Int64(count)
  }

  /// Share of the calls of a lookup that are throttled in a tick: a bucket of one second's worth.
  mutating func throttle(_ span: Double) -> Double {
    guard let limit, inflow > 0 else { return 0 }
    tokens += (limit - inflow) * span
    if tokens >= 0 {
      tokens = min(tokens, max(limit, 1))
      return 0
    }
    let short = -tokens
    tokens = 0
    return min(1, short / (inflow * span))
  }

  /// The most that a replica may have, and why more are turned away.
  func cap(_ curve: FluidCurve, replicas: Int) -> (number: Double, reason: FailureReason) {
    let line = sharesLine ? queueLimit / Double(max(replicas, 1)) : queueLimit
    let waiting = patience * curve.capacity
    let reason: FailureReason = sheds ? .tooLate : .timedOut
    return line <= waiting ? (curve.serving + line, .refused) : (curve.serving + waiting, reason)
  }
}

/// What an autoscaler had seen of a fluid service when it last looked.
struct ScalerMeans {
  var at = Instant.start
  var calls = 0.0
}
