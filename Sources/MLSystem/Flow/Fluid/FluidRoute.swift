import Quantities

/// What became of requests, as masses of a fluid or as counts.
struct FlowOutcomes {
  /// Served, then by `FailureReason`, then still on their way at the end of the run.
  private var values = SIMD16<Double>()

  static let count = 9
  static let served = 0
  static let inFlight = 8
  /// The place of a reason.
  static func place(_ reason: FailureReason) -> Int { 1 + Int(reason.rawValue) }

  static let reasons: [FailureReason] = [
    .refused, .tooLate, .throttled, .crashed, .error, .neverFits, .timedOut,
  ]

  subscript(place: Int) -> Double {
    @inline(__always) get { values[place] }
    @inline(__always) set { values[place] = newValue }
  }

  /// All masses by place.
  var masses: [Double] { (0..<Self.count).map { values[$0] } }

  mutating func removeAll() { values = SIMD16<Double>() }
}

/// The masses of those who have come so far, by the law of their way.
struct FluidWay {
  var path: Int32
  var mass: Double
}

/// A law of calls and the share of those who met it.
struct FluidCall {
  var law: Int32
  var share: Double
}

/// Lists that every tick fills anew.
struct FluidScratch {
  var ways: [FluidWay] = []
  var next: [FluidWay] = []
  var calls: [FluidCall] = []
}

/// A route as fluid.
struct FluidRoute {
  let steps: [Int]
  let timeout: Double?
  let retries: RetryPolicy
  /// Streams that take it.
  let streams: [Int]
  var paths: PathLaws
  /// By attempt: the law of the waits before it; none for the first.
  var prefixes: [Int32] = [-1]
  /// Requests a second of each attempt in the tick under way.
  var attempts: [Double]
  /// Masses that wait to be tried again.
  var waiting: [Delayed] = []
  /// Attempts that followed within the tick of the one before: they load the next tick.
  private var follower = 0.0

  /// Requests a second that come to each step.
  var stepRates: [Double]
  /// Since counts were taken last: arrivals, outcomes, retries.
  var arrived = 0.0
  var retried = 0.0
  var outcomes = FlowOutcomes()
  /// By law of the way: masses since laws were folded last.
  var weights = LawWeights()
  /// All since the start of the run, for the budget of retries.
  var allArrived = 0.0
  var allRetried = 0.0
  /// Counted requests that were served since laws were folded last, by slice: all, then tenants,
  /// then segments.
  var served: [Int64] = [0]
  /// Requests that came while none ended yet, by stream.
  var carried: [Int64]

  /// A mass of attempts that are tried again at `due`.
  struct Delayed {
    var due: Double
    var attempt: Int
    var mass: Double
  }

  init(_ route: Route, index: Int, of model: SystemModel) {
    steps = route.steps
    timeout = route.timeout?.seconds
    retries = route.retries
    streams = model.traffic.indices.filter { model.traffic[$0].route == index }
    paths = PathLaws(timeout: route.timeout, backoff: route.retries.backoff)
    stepRates = route.steps.map { _ in 0 }
    attempts = Array(repeating: 0, count: 1 + min(route.retries.maximum, 16))
    carried = streams.map { _ in 0 }
  }

  /// Seconds that an attempt waited for the ones before it to be tried again.
  func backoffs(before attempt: Int) -> Double {
    retries.backoff.seconds * (Double(1 << min(attempt, 62)) - 1)
  }

  /// Begins a tick at `time` of `span` seconds with so many new requests.
  mutating func begin(_ mass: Double, at time: Double, span: Double) {
    arrived += mass
    allArrived += mass
    attempts[0] = mass / span
    if attempts.count > 1 {
      for attempt in 1..<attempts.count { attempts[attempt] = 0 }
      waiting.removeAll { entry in
        if entry.due > time { return false }
        attempts[entry.attempt] += entry.mass / span
        return true
      }
    }
    stepRates[0] = attempts.reduce(follower / span, +)
    follower = 0
  }

  /// Lets failed attempts come again after their wait, as far as the budget of retries goes;
  /// returns the mass that does.
  ///
  /// A wait that is shorter than the tick under way ends within it: the next attempt meets what
  /// this one met.
  mutating func retry(
    _ mass: Double, after attempt: Int, at time: Double, within span: Double = 0
  ) -> Double {
    guard attempt + 1 < attempts.count, mass > 0 else { return 0 }
    let wait = retries.backoff.seconds * Double(1 << min(attempt, 62))
    var taken = mass
    if retries.budget < 1 {
      taken = min(mass, max(0, retries.budget * allArrived - allRetried))
    }
    if taken <= 0 { return 0 }
    allRetried += taken
    retried += taken
    if wait < span {
      attempts[attempt + 1] += taken / span
      follower += taken
    } else {
      waiting.append(Delayed(due: time + wait, attempt: attempt + 1, mass: taken))
    }
    return taken
  }
}
