import Quantities
import Randomness

/// Turns unit-rate gaps into arrival times of a rate that changes: the exact change of time.
///
/// The rate is a sequence of straight pieces; a gap of `e` expected requests ends where the area
/// under the rate since the last arrival is `e`. No candidate is drawn and thrown away.
///
/// Growth is compounded, and a surge's ramp under another one is a product of straight lines; both
/// are followed by chords between corners at most an hour (for ramps 1/64 of the ramp) apart,
/// whose relative error is below 1e-6 for growth up to 60 % a month.
package struct RateClock: Sendable {
  private let profile: RateProfile
  /// Seconds from Monday 00:00 to the start of the run.
  private let weekOffset: Int64
  private let end: Instant
  /// The time reached, within the piece.
  private var now = Instant.start
  private var pieceEnd = Instant.start
  /// The rate at `now` and its slope, in requests per second and second.
  private var rate = 0.0
  private var slope = 0.0

  private static let month = 365.25 / 12 * 86_400
  private static let hour: Int64 = 3_600_000_000_000

  /// A clock of `profile` for a run that starts `weekOffset` seconds after a Monday's 00:00.
  package init(_ profile: RateProfile, weekOffset: Int64, end: Instant) {
    precondition(profile.hourOfWeek.isEmpty || profile.hourOfWeek.count == 168)
    self.profile = profile
    self.weekOffset = weekOffset
    self.end = end
    openPiece()
  }

  /// Moves on until `expected` more requests are expected, `never` if the run ends before.
  package mutating func advance(by expected: Double) -> Instant {
    var left = expected
    while true {
      let span = (pieceEnd - now).seconds
      let area = span * (rate + 0.5 * slope * span)
      if left < area {
        let gap: Double
        if slope == 0 {
          gap = left / rate
        } else {
          gap = 2 * left / (rate + (rate * rate + 2 * slope * left).squareRoot())
        }
        let next = min(now + Duration(drawn: gap), pieceEnd)
        rate += slope * (next - now).seconds
        now = next
        return next
      }
      left -= area
      now = pieceEnd
      if now >= end { return .never }
      openPiece()
    }
  }

  /// Moves on to an instant and tells how many requests are expected until then; nothing is
  /// expected after the end.
  mutating func area(upTo instant: Instant) -> Double {
    var expected = 0.0
    while now < instant {
      let next = min(instant, pieceEnd)
      let span = (next - now).seconds
      expected += span * (rate + 0.5 * slope * span)
      rate += slope * span
      now = next
      if now >= end { return expected }
      if now == pieceEnd { openPiece() }
    }
    return expected
  }

  /// Requests per second at an instant, for pictures and checks.
  package func rate(at instant: Instant) -> Double { value(at: instant, beyond: false) }

  private mutating func openPiece() {
    pieceEnd = min(nextCorner(after: now), end)
    rate = value(at: now, beyond: false)
    let last = value(at: pieceEnd, beyond: true)
    let span = (pieceEnd - now).seconds
    slope = last == rate || span == 0 ? 0 : (last - rate) / span
    // A ramp down to nothing must not end below it.
    if rate < 0 { rate = 0 }
  }

  /// The rate at `instant`, as seen from before it when `beyond` is true: the end of a piece.
  private func value(at instant: Instant, beyond: Bool) -> Double {
    var value = profile.base
    if !profile.hourOfWeek.isEmpty {
      let inside = instant.nanoseconds - (beyond ? 1 : 0)
      let hour = (weekOffset + inside / 1_000_000_000) / 3600
      value *= profile.hourOfWeek[Int(hour % 168)]
    }
    if profile.growthPerMonth != 0 {
      value *= PortableMath.exp(
        PortableMath.log1p(profile.growthPerMonth) * instant.seconds / Self.month)
    }
    var factor = 1.0
    for step in profile.steps where step.at < instant || (step.at == instant && !beyond) {
      factor = step.factor
    }
    value *= factor
    for surge in profile.surges { value *= Self.factor(of: surge, at: instant, beyond) }
    return value
  }

  private static func factor(of surge: Surge, at instant: Instant, _ beyond: Bool) -> Double {
    let up = surge.at + surge.ramp
    let down = up + surge.last
    let over = down + surge.ramp
    if surge.ramp == .zero {
      let on =
        beyond
        ? instant > surge.at && instant <= up + surge.last
        : instant >= surge.at && instant < up + surge.last
      return on ? surge.factor : 1
    }
    if instant <= surge.at || instant >= over { return 1 }
    let share: Double
    if instant < up {
      share = (instant - surge.at).seconds / surge.ramp.seconds
    } else if instant <= down {
      share = 1
    } else {
      share = (over - instant).seconds / surge.ramp.seconds
    }
    return 1 + (surge.factor - 1) * share
  }

  private func nextCorner(after instant: Instant) -> Instant {
    var corner = end
    func consider(_ candidate: Instant) {
      if candidate > instant { corner = min(corner, candidate) }
    }
    if !profile.hourOfWeek.isEmpty || profile.growthPerMonth != 0 {
      let offset = weekOffset % 3600 * 1_000_000_000
      let hours = (instant.nanoseconds + offset) / Self.hour + 1
      consider(Instant(nanoseconds: hours * Self.hour - offset))
    }
    for step in profile.steps { consider(step.at) }
    for surge in profile.surges {
      let up = surge.at + surge.ramp
      let down = up + surge.last
      consider(surge.at)
      consider(up)
      consider(down)
      consider(down + surge.ramp)
      // Within a ramp other factors may change as well: go by short chords.
      let tick = max(1, surge.ramp.nanoseconds / 64)
      for start in [surge.at, down] where profile.surges.count > 1 || profile.growthPerMonth != 0 {
        if instant >= start, instant < start + surge.ramp {
          let ticks = (instant - start).nanoseconds / tick + 1
          consider(Instant(nanoseconds: start.nanoseconds + ticks * tick))
        }
      }
    }
    return corner
  }
}
