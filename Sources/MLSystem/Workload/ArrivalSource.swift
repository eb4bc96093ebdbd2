import Quantities
import Randomness

/// The arrival times of one stream, one after the other, and the sizes that a trace brings.
struct ArrivalSource {
  private enum Law: UInt8 {
    case poisson, renewal, trace
  }

  private let law: Law
  private var random: RandomStream
  private var gaps: Sampler
  private var clock: RateClock
  private var reader: TraceReader?
  private var row = TraceRow()

  /// The arrivals of `stream` in a run of `model`; opens the trace if it replays one.
  init(_ stream: TrafficStream, of model: SystemModel, streams: StreamFamily) throws {
    random = streams.stream("arrivals \(stream.name)")
    gaps = Sampler(.constant(1))
    let end = Instant.start + model.horizon
    clock = RateClock(stream.rate, weekOffset: model.weekOffset, end: end)
    switch stream.arrivals {
    case .poisson: law = .poisson
    case .renewal(let cv, let family):
      law = .renewal
      gaps = Sampler(GapLaw.distribution(cv: cv, family: family))
    case .trace(let replay):
      law = .trace
      reader = try TraceReader(replay)
    }
  }

  /// Whether sizes come from a trace.
  var isTrace: Bool { law == .trace }

  /// Gives a request the sizes that its row of the trace brings; call before `next`.
  ///
  /// It changes nothing here; a reading method would copy the source.
  mutating func size(_ slot: inout RequestSlot) {
    slot.items = row.items
    slot.prompt = row.prompt
    slot.output = row.output
  }

  /// Lets the time until `instant` pass without requests; it does not run back.
  mutating func skip(to instant: Instant) { _ = clock.area(upTo: instant) }

  /// The time of the next request, `never` when there is none within the run.
  mutating func next() throws -> Instant {
    switch law {
    case .poisson: return clock.advance(by: Ziggurat.exponential(&random))
    case .renewal: return clock.advance(by: gaps.sample(&random))
    case .trace:
      guard let row = try reader?.next() else { return .never }
      self.row = row
      return row.at
    }
  }
}

extension SystemModel {
  /// Seconds from Monday 00:00 UTC to the start of the run.
  var weekOffset: Int64 {
    let day = Int64(start.weekday) * 86_400
    return day + Int64(start.hour) * 3600 + Int64(start.minute) * 60 + Int64(start.second)
  }
}

extension Duration {
  /// A drawn number of seconds as whole nanoseconds: negative and undefined draws count as 0, draws
  /// beyond every horizon as 146 years.
  @inline(__always)
  init(drawn seconds: Double) {
    let nanoseconds = seconds * 1e9 + 0.5
    // Comparisons are false for a value that is not a number.
    if nanoseconds < 0x1p62 {
      self.init(nanoseconds: nanoseconds > 0 ? Int64(nanoseconds) : 0)
    } else {
      self.init(nanoseconds: nanoseconds > 0 ? 1 << 62 : 0)
    }
  }
}
