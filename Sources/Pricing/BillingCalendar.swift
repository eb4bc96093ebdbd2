import Quantities

/// The calendar months that a run touches, as spans of simulated time.
public struct BillingCalendar: Hashable, Sendable {
  /// The part of one calendar month that lies within the run.
  public struct Month: Hashable, Sendable {
    /// Midnight of its first day: the name of the month.
    public var first: CalendarInstant
    /// Where the part begins.
    public var from: Instant
    /// Where it ends.
    public var to: Instant

    /// The length of the part.
    public var span: Duration { to - from }
    /// The length of the whole month.
    public var length: Duration { first.lengthOfMonth }
  }

  /// The civil time at which the run starts.
  public let start: CalendarInstant
  /// How long it runs.
  public let horizon: Duration
  /// The months in order; they cover the run without gaps.
  public let months: [Month]

  /// The months of a run of positive length.
  public init(start: CalendarInstant, horizon: Duration) {
    precondition(horizon > .zero, "a run has a length")
    self.start = start
    self.horizon = horizon
    let end = Instant.start + horizon
    var months: [Month] = []
    var from = Instant.start
    var first = start.startOfMonth
    while from < end {
      let next = first.adding(months: 1)
      let to = next.since(start).map { min(Instant.start + $0, end) } ?? end
      months.append(Month(first: first, from: from, to: to))
      from = to
      first = next
    }
    self.months = months
  }

  /// The place of the month that holds an instant; the run's end belongs to the last one.
  ///
  /// - Complexity: O(log months).
  public func month(at instant: Instant) -> Int {
    var low = 0
    var high = months.count - 1
    while low < high {
      let middle = (low + high) / 2
      if instant < months[middle].to { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The civil time of an instant of the run.
  public func civil(_ instant: Instant) -> CalendarInstant {
    start.adding(instant - .start)
  }
}
