import Quantities
import Randomness

/// Counts the predictions of one stream: a Poisson number an hour, spread evenly within it.
///
/// The number of an hour belongs to the stream's name and the hour, so that every variant of a
/// scenario sees the same ones. Which version answers, and which answers are in error, is drawn at
/// each count.
package struct PredictionCounter: Sendable {
  let stream: PredictionStream
  private let hours: CounterStream
  private let splits: CounterStream
  private var clock: RateClock
  /// The hour under way, its predictions, and how many of them were counted.
  private var hour: Int64 = 0
  private var drawn: Int64 = 0
  private var counted: Int64 = 0
  private var looks: UInt64 = 0
  /// Predictions without error since the warm-up.
  package var answered: Int64 = 0

  private static let length: Int64 = 3_600_000_000_000

  /// A counter of a stream that begins `weekOffset` seconds into a week.
  package init(_ stream: PredictionStream, weekOffset: Int64, end: Instant, streams: StreamFamily) {
    self.stream = stream
    hours = streams.counter("predictions \(stream.name)")
    splits = streams.counter("versions of \(stream.name)")
    clock = RateClock(stream.rate, weekOffset: weekOffset, end: end)
    drawn = draw()
  }

  /// The predictions since the last look; `now` never runs back.
  package mutating func take(upTo now: Instant) -> Int64 {
    var new: Int64 = 0
    while now.nanoseconds >= (hour + 1) * Self.length {
      new += drawn - counted
      hour += 1
      counted = 0
      drawn = draw()
    }
    let inside = Double(now.nanoseconds - hour * Self.length) / Double(Self.length)
    let due = Int64(Double(drawn) * inside)
    new += due - counted
    counted = due
    return new
  }

  /// Adds the predictions since the last look to the totals of the versions that answered them.
  ///
  /// - Parameters:
  ///   - share: the candidate's share of the predictions.
  ///   - isMirrored: whether the candidate gets copies, whose answers nobody gets.
  ///   - errors: share in error that each version adds of its own, stable first.
  package mutating func count(
    upTo now: Instant, share: Double, isMirrored: Bool = false,
    errors: (stable: Double, candidate: Double),
    into counters: inout VersionCounters
  ) {
    let new = take(upTo: now)
    if new == 0 { return }
    looks += 1
    var draws = splits.draws(of: looks)
    let candidate = share > 0 ? CountSampling.binomial(count: new, share: share, &draws) : 0
    add(new - candidate, .stable, errors.stable, &draws, &counters)
    if candidate > 0 { add(candidate, .candidate, errors.candidate, &draws, &counters) }
    if isMirrored { addCopies(new, errors.candidate, &draws, &counters) }
  }

  private func addCopies(
    _ count: Int64, _ own: Double, _ draws: inout CounterDraws, _ counters: inout VersionCounters
  ) {
    let failed = CountSampling.binomial(count: count, share: chance(own), &draws)
    let index = VersionCounters.index(of: stream.model, .candidate)
    counters.answered[index] += count - failed
    counters.errors[index] += failed
  }

  /// Share in error of a version that adds `own`.
  private func chance(_ own: Double) -> Double {
    min(max(1 - (1 - stream.errors) * (1 - own), 0), 1)
  }

  private mutating func add(
    _ count: Int64, _ arm: VersionArm, _ own: Double, _ draws: inout CounterDraws,
    _ counters: inout VersionCounters
  ) {
    let chance = chance(own)
    let failed = chance > 0 ? CountSampling.binomial(count: count, share: chance, &draws) : 0
    let index = VersionCounters.index(of: stream.model, arm)
    counters.answered[index] += count - failed
    counters.errors[index] += failed
    answered += count - failed
  }

  /// The number of the hour that begins.
  private mutating func draw() -> Int64 {
    let end = Instant(nanoseconds: (hour + 1) * Self.length)
    var draws = hours.draws(of: UInt64(hour))
    return CountSampling.poisson(mean: clock.area(upTo: end), &draws)
  }
}
