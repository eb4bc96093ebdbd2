import Quantities
import Randomness

/// The arrivals of one stream as a fluid, and as counts that are drawn by cells of time.
///
/// The count of a cell belongs to the stream's name and the cell, so that every variant of a
/// scenario sees the same ones, however often it looks. Within a cell requests come as the rate
/// says.
struct FluidStream {
  let route: Int
  private let counts: CounterStream
  private var rates: RateClock
  /// The clock that counts, and one at the end of the cell under way.
  private var looks: RateClock
  private var ahead: RateClock
  private var cell: Int64 = 0
  private let length: Int64
  /// Expected in the cell, and until now; drawn for it, and given out.
  private var expected = 0.0
  private var passed = 0.0
  private var drawn: Int64 = 0
  private var given: Int64 = 0

  init(_ stream: TrafficStream, of model: SystemModel, streams: StreamFamily) {
    route = stream.route
    counts = streams.counter("arrivals of \(stream.name)")
    let clock = RateClock(
      stream.rate, weekOffset: model.weekOffset, end: .start + model.horizon)
    rates = clock
    looks = clock
    ahead = clock
    // Some thousand cells a run, of a second at least and an hour at most.
    let wanted = model.horizon.nanoseconds / 1000
    length = min(max(wanted, 1_000_000_000), 3_600_000_000_000)
    openCell()
  }

  /// Requests expected until an instant since the last call; time does not run back.
  @inline(__always)
  mutating func expect(upTo now: Instant) -> Double { rates.area(upTo: now) }

  /// Requests that have come since the last call.
  mutating func take(upTo now: Instant) -> Int64 {
    var new: Int64 = 0
    while now.nanoseconds >= (cell + 1) * length {
      new += drawn - given
      _ = looks.area(upTo: Instant(nanoseconds: (cell + 1) * length))
      cell += 1
      openCell()
    }
    passed += looks.area(upTo: now)
    let due = expected > 0 ? Int64(Double(drawn) * min(1, passed / expected)) : 0
    new += due - given
    given = due
    return new
  }

  private mutating func openCell() {
    passed = 0
    given = 0
    expected = ahead.area(upTo: Instant(nanoseconds: (cell + 1) * length))
    var draws = counts.draws(of: UInt64(cell))
    drawn = FlowSampling.poisson(expected, &draws)
  }
}
