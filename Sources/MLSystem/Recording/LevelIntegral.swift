import Quantities

/// A whole number that changes over time, and the exact area under it.
struct LevelIntegral {
  private(set) var level: Int64 = 0
  private(set) var peak: Int64 = 0
  private var last = Instant.start
  /// Level times nanoseconds; 64 bits do not hold a thousand replicas over a year.
  private var area: Int128 = 0
  private var counted: Int128 = 0

  /// Changes the level by `step` from `now` on.
  @inline(__always)
  mutating func change(by step: Int64, at now: Instant) {
    settle(at: now)
    level &+= step
    peak = max(peak, level)
  }

  /// Adds the area of a level that was a fluid since the last change, and is whole anew.
  mutating func accrue(seconds: Double, at now: Instant, level: Int64 = 0) {
    // A tick holds far fewer than 2^63 replica-nanoseconds, and 64 bits are converted at once.
    area &+= Int128(Int64(min(max(seconds * 1e9, 0), 9e18)))
    last = now
    self.level = level
  }

  /// The area up to `now`.
  @inline(__always)
  func area(at now: Instant) -> Int128 {
    area &+ Int128(level) &* Int128((now - last).nanoseconds)
  }

  /// Level-seconds since counting began.
  func seconds(at now: Instant) -> Double { Double(wide: area(at: now) - counted) * 1e-9 }

  /// Starts counting anew, at the end of the warm-up.
  mutating func beginCounting(at now: Instant) {
    settle(at: now)
    counted = area
    peak = level
  }

  @inline(__always)
  private mutating func settle(at now: Instant) {
    area = area(at: now)
    last = now
  }
}

extension Double {
  /// The number nearest to a whole one of 128 bits.
  ///
  /// The standard library converts those step by step through protocols; nearly all fit 64 bits.
  init(wide: Int128) {
    let narrow = Int64(truncatingIfNeeded: wide)
    self = Int128(narrow) == wide ? Double(narrow) : Double(wide)
  }
}
