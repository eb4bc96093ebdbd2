import Quantities
import Randomness

/// A stretch of a flow run whose requests are simulated one by one.
///
/// It goes from calm to calm: one that is cut inside a backlog is worse than none.
package struct Episode: Hashable, Sendable {
  package var start: Instant
  package var end: Instant

  /// Share of a run's requests in doubt below which no figure moves: a hundredth of those above the
  /// quantile of 0.999.
  static let leastShare = 1e-5
  /// Most requests of a run that episodes simulate one by one.
  static let mostRequests = 20e6

  package init(start: Instant, end: Instant) {
    self.start = start
    self.end = end
  }
}

/// A stretch in which the fluid of a group met something, in seconds from the start of the run.
package struct FlowStretch: Hashable, Sendable {
  package var from: Double
  package var until: Double

  package init(from: Double, until: Double) {
    self.from = from
    self.until = until
  }

  /// Whether two of them share an instant.
  func touches(_ other: FlowStretch) -> Bool { from <= other.until && other.from <= until }
}

extension SystemModel {
  /// Share of a run's requests above which episodes are not worth their while.
  private static var mostShare: Double { 0.4 }

  /// The episodes of a run whose fluid was in doubt at `doubts` and in clear backlogs at `clear`.
  ///
  /// Where they would hold most of the run, the whole of it is simulated by request if it is short
  /// enough, and nothing of it if it is not: then the run says that it is outside the tested range.
  /// Where they hold too many requests, those that come first are simulated.
  package func episodes(doubts: [FlowStretch], clear: [FlowStretch]) -> [Episode] {
    let end = horizon.seconds
    var joined: [FlowStretch] = []
    // What is over before the warm-up ends is not counted.
    let counted = doubts.filter { $0.until > warmUp.seconds }
    for doubt in counted.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
      var next = FlowStretch(from: max(0, doubt.from), until: min(end, doubt.until))
      // A backlog that it begins or ends in belongs to it.
      for backlog in clear where backlog.touches(next) {
        next = FlowStretch(
          from: max(0, min(next.from, backlog.from)), until: max(next.until, backlog.until))
      }
      if let last = joined.last, next.from <= last.until {
        joined[joined.count - 1].until = max(last.until, next.until)
      } else if next.from < next.until {
        joined.append(next)
      }
    }
    let sizes = requests(in: joined)
    let all = requestsAhead
    if sizes.reduce(0, +) > Self.mostShare * all {
      return all <= Episode.mostRequests ? [Episode(start: .start, end: .start + horizon)] : []
    }
    var left = Episode.mostRequests
    var episodes: [Episode] = []
    for (stretch, size) in zip(joined, sizes) {
      left -= size
      if left < 0 { break }
      let start = Instant.start + .seconds(stretch.from)
      episodes.append(Episode(start: start, end: .start + .seconds(stretch.until)))
    }
    return episodes
  }

  /// Requests that are expected in each of some stretches, in order of time and apart.
  private func requests(in stretches: [FlowStretch]) -> [Double] {
    var sizes = stretches.map { _ in 0.0 }
    for stream in traffic {
      var clock = RateClock(stream.rate, weekOffset: weekOffset, end: .start + horizon)
      for place in stretches.indices {
        _ = clock.area(upTo: .start + .seconds(stretches[place].from))
        sizes[place] += clock.area(upTo: .start + .seconds(stretches[place].until))
      }
    }
    return sizes
  }
}
