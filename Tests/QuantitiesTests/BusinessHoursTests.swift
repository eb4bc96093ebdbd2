import Quantities
import Testing

@Suite("Business hours")
struct BusinessHoursTests {
  /// 2024-01-01 is a Monday.
  static func january(_ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> CalendarInstant {
    CalendarInstant(year: 2024, month: 1, day: day, hour: hour, minute: minute)
  }

  static let office = BusinessHours(
    days: [true, true, true, true, true, false, false], opens: 9 * 3600, closes: 17 * 3600)

  @Test func theNextHourOfWorkComesAfterNightsAndWeekends() {
    let cases: [(from: CalendarInstant, next: CalendarInstant)] = [
      (Self.january(1, 8), Self.january(1, 9)), (Self.january(1, 9), Self.january(1, 9)),
      (Self.january(1, 16, 59), Self.january(1, 16, 59)),
      (Self.january(1, 17), Self.january(2, 9)), (Self.january(5, 17), Self.january(8, 9)),
      (Self.january(6, 12), Self.january(8, 9)),
    ]
    for (from, next) in cases {
      #expect(Self.office.next(from: from) == next)
      #expect(Self.office.contains(from) == (from == next))
    }
    #expect(BusinessHours.always.next(from: Self.january(6, 3)) == Self.january(6, 3))
  }

  @Test func workGoesOnInItsHoursAlone() {
    // Friday 16:00 and three hours of work: one on Friday, two on Monday.
    #expect(Self.office.end(of: .hours(3), from: Self.january(5, 16)) == Self.january(8, 11))
    // Eight hours are Monday, and the day is over, not the next one begun.
    #expect(Self.office.end(of: .hours(8), from: Self.january(1, 3)) == Self.january(1, 17))
    // Forty hours are a week, eighty and one two weeks and an hour.
    #expect(Self.office.end(of: .hours(40), from: Self.january(1, 9)) == Self.january(5, 17))
    #expect(Self.office.end(of: .hours(81), from: Self.january(1, 9)) == Self.january(15, 10))
    #expect(Self.office.end(of: .zero, from: Self.january(6)) == Self.january(8, 9))
    #expect(BusinessHours.always.end(of: .hours(30), from: Self.january(6)) == Self.january(7, 6))
  }

  @Test func theClockOfARunFollowsItsCalendar() {
    let start = Self.january(6)  // a Saturday
    let next = Self.office.next(from: .start + .hours(1), start: start)
    #expect(next == .start + .hours(57))
    #expect(Self.office.end(of: .hours(2), from: .start, start: start) == .start + .hours(59))
  }

  @Test func textIsReadAndWritten() throws {
    for text in ["always", "weekdays 09:00-17:00", "daily 08:30-20:00", "mon-sat 06:00-24:00"] {
      #expect(try BusinessHours(text).description == text)
    }
    #expect(try BusinessHours("weekdays 09:00-17:00") == Self.office)
    #expect(try BusinessHours("weekdays").secondsPerWeek == 5 * 86_400)
    // A stretch may run over the weekend.
    #expect(
      try BusinessHours("fri-mon 00:00-01:00").days
        == [true, false, false, false, true, true, true])
  }

  @Test func otherTextIsRefused() {
    for text in ["", "never", "weekdays 17:00-09:00", "weekdays 9-17", "mon-xyz 09:00-17:00"] {
      #expect(throws: QuantityError.self) { try BusinessHours(text) }
    }
  }
}
