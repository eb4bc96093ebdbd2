import Quantities

/// A limit on the rate of calls that lets a short burst through: one second's worth.
package struct TokenBucket {
  private let perNanosecond: Double
  private let capacity: Double
  private var tokens: Double
  private var last = Instant.start

  /// A full bucket that refills at `rate` calls per second and holds one second of it, at least
  /// one.
  package init(rate: Double) {
    perNanosecond = rate * 1e-9
    capacity = max(rate, 1)
    tokens = capacity
  }

  /// Takes a token; false if there is none.
  package mutating func take(at now: Instant) -> Bool {
    tokens = min(capacity, tokens + Double((now - last).nanoseconds) * perNanosecond)
    last = now
    if tokens < 1 { return false }
    tokens -= 1
    return true
  }
}
