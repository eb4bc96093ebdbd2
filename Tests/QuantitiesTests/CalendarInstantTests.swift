import Quantities
import Testing

@Suite struct CalendarInstantTests {
  /// Seconds from `date -u -d ... +%s`; weekdays from a printed calendar.
  @Test func knownInstants() {
    let cases: [(CalendarInstant, Int64, Int)] = [
      (CalendarInstant(year: 1970), 0, 3),
      (CalendarInstant(year: 2000, month: 2, day: 29), 951_782_400, 1),
      (CalendarInstant(year: 2024), 1_704_067_200, 0),
      (CalendarInstant(year: 2027, month: 1, day: 4, hour: 9), 1_799_053_200, 0),
      (CalendarInstant(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59), -1, 2),
      (CalendarInstant(year: 1), -62_135_596_800, 0),
      (
        CalendarInstant(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59),
        253_402_300_799, 4
      ),
    ]
    for (instant, seconds, weekday) in cases {
      #expect(instant.secondsSinceEpoch == seconds, "\(instant)")
      #expect(instant.weekday == weekday, "\(instant)")
      #expect(CalendarInstant(secondsSinceEpoch: seconds) == instant)
    }
    #expect(CalendarInstant.defaultStart.description == "2024-01-01")
  }

  /// Counts days one by one through four centuries and more, by the rules of the calendar alone.
  @Test func everyDayFollowsTheOneBefore() {
    var (year, month, day) = (1599, 1, 1)
    var number = CalendarInstant(year: year).dayNumber
    var weekday = CalendarInstant(year: year).weekday
    while year < 2105 {
      let instant = CalendarInstant(secondsSinceEpoch: Int64(number) * 86_400 + 86_399)
      guard instant.year == year, instant.month == month, instant.day == day,
        instant.weekday == weekday, instant.dayNumber == number
      else {
        Issue.record("day \(number) is \(instant), not \(year)-\(month)-\(day)")
        return
      }
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      number += 1
      weekday = (weekday + 1) % 7
    }
    #expect(CalendarInstant(year: 2105).dayNumber == number)
  }

  @Test func months() {
    let start = CalendarInstant(year: 2027, month: 1, day: 31, hour: 12)
    #expect(start.adding(months: 1).description == "2027-02-28T12:00Z")
    #expect(start.adding(months: 13).description == "2028-02-29T12:00Z")
    #expect(start.adding(months: -2).description == "2026-11-30T12:00Z")
    #expect(start.startOfMonth.description == "2027-01-01")
    #expect(start.startOfNextMonth.description == "2027-02-01")
    #expect(
      CalendarInstant(year: 2027, month: 12, day: 9).startOfNextMonth.description == "2028-01-01")
    #expect(start.startOfYear.description == "2027-01-01")
    #expect(start.startOfDay.description == "2027-01-31")
    #expect(start.daysInMonth == 31)
    #expect(CalendarInstant(year: 2028, month: 2).lengthOfMonth == .days(29))
    #expect(CalendarInstant(year: 1900, month: 2).daysInMonth == 28)
    #expect(CalendarInstant(year: 2000, month: 2).daysInMonth == 29)
  }

  @Test func durations() {
    let start = CalendarInstant(year: 2027, month: 1, day: 4)
    #expect(start.adding(.days(30)).description == "2027-02-03")
    #expect(start.adding(.milliseconds(1500)).description == "2027-01-04T00:00:01.5Z")
    #expect(start.adding(.milliseconds(-1)).description == "2027-01-03T23:59:59.999Z")
    #expect(start.adding(.milliseconds(-1)).adding(.milliseconds(1)) == start)
    #expect(start.adding(.hours(20)).since(start) == .hours(20))
    #expect(CalendarInstant(year: 9999).since(CalendarInstant(year: 1)) == nil)
  }

  @Test func text() {
    let readings = [
      ("2027-01-04", "2027-01-04"), ("2027-01-04T09:00", "2027-01-04T09:00Z"),
      ("2027-01-04 09:00", "2027-01-04T09:00Z"), ("2027-01-04T09:00:30Z", "2027-01-04T09:00:30Z"),
      ("2027-01-04T09:00+02:00", "2027-01-04T07:00Z"),
      ("2027-01-04T09:00-0930", "2027-01-04T18:30Z"),
      ("2027-01-01T00:30+01", "2026-12-31T23:30Z"),
      ("2027-01-04T09:00:30.25Z", "2027-01-04T09:00:30.25Z"),
      ("0001-01-01", "0001-01-01"), (" 2027-01-04 ", "2027-01-04"),
    ]
    for (text, expected) in readings { #expect(CalendarInstant(text)?.description == expected) }
    for text in [
      "", "2027", "2027-1-4", "2027-13-01", "2027-02-29", "2027-00-10", "2027-01-32", "0000-01-01",
      "2027-01-04T24:00", "2027-01-04T09", "2027-01-04T09:00+25:00", "2027-01-04T09:00Zx",
      "2027-01-04T09:00.", "0001-01-01T00:00+01:00", "9999-12-31T23:30-01:00", "tomorrow",
      "２０２７-01-04",
    ] {
      #expect(CalendarInstant(text) == nil, "\(text)")
    }
    #expect(CalendarInstant(year: 2027, month: 3).monthText == "2027-03")
  }

  @Test func textReadsBack() {
    var seconds: Int64 = -62_135_596_800
    while seconds < 253_402_300_800 {
      let instant = CalendarInstant(
        secondsSinceEpoch: seconds, nanosecond: Int32(abs(seconds % 1000)))
      #expect(CalendarInstant(instant.description) == instant)
      seconds += 98_765_432_1
    }
  }
}
