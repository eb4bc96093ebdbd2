/// The hours of a week in which people work: some days, each from one time of day to another.
///
/// All times are UTC, as the calendar of a scenario is.
public struct BusinessHours: Hashable, Sendable {
  /// Whether people work on each day of the week, Monday first.
  public let days: [Bool]
  /// Seconds after midnight at which they begin.
  public let opens: Int
  /// Seconds after midnight at which they stop.
  public let closes: Int

  /// Every hour of every day.
  public static let always = BusinessHours(
    days: Array(repeating: true, count: 7), opens: 0, closes: 86_400)

  /// Work on some of seven `days` (Monday first, at least one) between two times of day.
  public init(days: [Bool], opens: Int, closes: Int) {
    precondition(days.count == 7 && days.contains(true), "some of seven days are worked on")
    precondition(0 <= opens && opens < closes && closes <= 86_400, "a working day has a length")
    self.days = days
    self.opens = opens
    self.closes = closes
  }

  /// Seconds of work in a week.
  public var secondsPerWeek: Int { days.count { $0 } * (closes - opens) }

  /// Whether people work at `instant`.
  public func contains(_ instant: CalendarInstant) -> Bool {
    let second = instant.secondOfDay
    return days[instant.weekday] && opens <= second && second < closes
  }

  /// The first instant from `instant` on at which people work.
  public func next(from instant: CalendarInstant) -> CalendarInstant {
    if contains(instant) { return instant }
    var midnight = instant.startOfDay
    while true {
      let opening = midnight.adding(.seconds(Double(opens)))
      if opening >= instant, days[midnight.weekday] { return opening }
      midnight = midnight.adding(.days(1))
    }
  }

  /// When work that begins at or after `instant` is done, if it goes on in these hours alone.
  ///
  /// - Complexity: O(1): whole weeks are skipped.
  public func end(of work: Duration, from instant: CalendarInstant) -> CalendarInstant {
    precondition(work >= .zero, "work takes no negative time")
    var now = next(from: instant)
    let week = Int64(secondsPerWeek) * 1_000_000_000
    var rest = work.nanoseconds
    // The last week is gone through by days, so that work ends at a closing and not at an opening.
    let weeks = max(0, rest / week - 1)
    rest -= weeks * week
    now = now.adding(Duration(nanoseconds: weeks * 7 * 86_400_000_000_000))
    while true {
      let closing = now.startOfDay.adding(.seconds(Double(closes)))
      let left = closing.since(now)?.nanoseconds ?? 0
      if rest <= left { return now.adding(Duration(nanoseconds: rest)) }
      rest -= left
      now = next(from: closing)
    }
  }
}

extension BusinessHours {
  /// The first instant from `instant` on at which people work, on the clock of a run that began
  /// at `start`.
  public func next(from instant: Instant, start: CalendarInstant) -> Instant {
    let civil = start.adding(instant - .start)
    return instant + (next(from: civil).since(civil) ?? .zero)
  }

  /// When work that begins at or after `instant` is done, on the clock of a run that began at
  /// `start`.
  public func end(of work: Duration, from instant: Instant, start: CalendarInstant) -> Instant {
    let civil = start.adding(instant - .start)
    return instant + (end(of: work, from: civil).since(civil) ?? .zero)
  }
}

extension BusinessHours {
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Reads "always", "weekdays 09:00-17:00", "daily 08:00-20:00" or "mon-sat 09:00-17:00"; days
  /// alone are whole days.
  public init(_ text: String) throws(QuantityError) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard let first = parts.first, parts.count <= 2 else { throw Self.malformed(text) }
    if first == "always", parts.count == 1 {
      self = .always
      return
    }
    guard let days = Self.days(first) else { throw Self.malformed(text) }
    guard parts.count == 2 else {
      self.init(days: days, opens: 0, closes: 86_400)
      return
    }
    let times = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard times.count == 2, let opens = Self.second(times[0]), let closes = Self.second(times[1])
    else { throw Self.malformed(text) }
    guard opens < closes else {
      throw QuantityError(
        .outOfRange, at: 0..<text.utf8.count, "a working day ends after it begins",
        suggestion: "write \"weekdays 09:00-17:00\"")
    }
    self.init(days: days, opens: opens, closes: closes)
  }

  private static func malformed(_ text: String) -> QuantityError {
    QuantityError(
      .malformed, at: 0..<text.utf8.count, "takes days and times of a week",
      suggestion: "write \"always\" or \"weekdays 09:00-17:00\"")
  }

  private static func days(_ text: String) -> [Bool]? {
    switch text {
    case "weekdays": return (0..<7).map { $0 < 5 }
    case "daily": return Array(repeating: true, count: 7)
    default:
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard let from = names.firstIndex(of: ends[0]), ends.count <= 2,
        let to = names.firstIndex(of: ends[ends.count - 1])
      else { return nil }
      let length = (to - from + 7) % 7
      return (0..<7).map { ($0 - from + 7) % 7 <= length }
    }
  }

  private static func second(_ text: String) -> Int? {
    if text == "24:00" { return 86_400 }
    guard let time = try? QuantityParser.timeOfDay(text) else { return nil }
    return Int(time.nanoseconds / 1_000_000_000)
  }
}

extension BusinessHours: CustomStringConvertible {
  /// The text that reads as these hours, such as "weekdays 09:00-17:00"; days that are no stretch
  /// of the week are listed.
  public var description: String {
    if self == .always { return "always" }
    let midnight = CalendarInstant.defaultStart
    func time(_ second: Int) -> String {
      second == 86_400 ? "24:00" : midnight.adding(.seconds(Double(second))).timeText
    }
    return dayText + " " + time(opens) + "-" + time(closes)
  }

  private var dayText: String {
    if days == (0..<7).map({ $0 < 5 }) { return "weekdays" }
    if days.allSatisfy({ $0 }) { return "daily" }
    let worked = days.indices.filter { days[$0] }
    let isStretch = worked[worked.count - 1] - worked[0] == worked.count - 1
    if isStretch, worked.count > 1 {
      return Self.names[worked[0]] + "-" + Self.names[worked[worked.count - 1]]
    }
    return worked.map { Self.names[$0] }.joined(separator: ",")
  }
}
