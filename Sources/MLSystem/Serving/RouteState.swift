import Quantities

/// A route as it runs.
package struct RouteState {
  /// Its steps are `firstStep ..< firstStep + steps` in the table of steps.
  let firstStep: Int
  let steps: UInt16
  let timeout: Duration?
  let retries: RetryPolicy
  /// Attempts beyond the first, as far as they are counted.
  let mostRetries: UInt8
  let hasFallback: Bool
  /// Requests and retries since the start of the run, for the budget of retries.
  package var arrived: Int64 = 0
  var retried: Int64 = 0
  /// Requests that were shed or have failed since the start of the run.
  var lost: Int64 = 0
  var deadlines = DeadlineQueue()

  init(_ route: Route, firstStep: Int) {
    self.firstStep = firstStep
    steps = UInt16(route.steps.count)
    timeout = route.timeout
    retries = route.retries
    mostRetries = UInt8(clamping: route.retries.maximum)
    hasFallback = route.fallback != nil
  }

  /// When a request that arrived at `arrival` is given up.
  @inline(__always)
  func deadline(of arrival: Instant) -> Instant { timeout.map { arrival + $0 } ?? .never }

  /// The wait before the attempt that follows attempt number `attempt`: doubled each time.
  func wait(after attempt: UInt8) -> Duration {
    Duration(drawn: retries.backoff.seconds * Double(1 << Int64(min(attempt, 62))))
  }

  /// Whether the budget lets one more attempt through, and if so notes it.
  mutating func takeRetry() -> Bool {
    if retries.budget < 1, Double(retried + 1) > retries.budget * Double(arrived) { return false }
    retried += 1
    return true
  }
}

/// Why an attempt failed.
enum FailureReason: UInt8 {
  /// The queue was full.
  case refused
  /// It could not be done by its deadline.
  case tooLate
  /// A lookup above its limit.
  case throttled
  /// The replica crashed, or there was none.
  case crashed
  /// The version served answered with an error.
  case error
  /// It can never fit an LLM replica.
  case neverFits
  /// The deadline passed.
  case timedOut

  /// Whether the request counts as shed: nothing had been done for it where it was dropped.
  var isShed: Bool {
    switch self {
    case .refused, .tooLate, .neverFits: true
    case .throttled, .crashed, .error, .timedOut: false
    }
  }

  /// Whether another attempt may go better.
  var mayRetry: Bool {
    switch self {
    case .refused, .throttled, .crashed, .error: true
    case .tooLate, .neverFits, .timedOut: false
    }
  }
}
