import Quantities
import Testing

@Suite struct DurationTests {
  @Test func makersRoundToTheNanosecond() {
    #expect(Duration.nanoseconds(1.5).nanoseconds == 2)
    #expect(Duration.microseconds(9).nanoseconds == 9000)
    #expect(Duration.milliseconds(0.1).nanoseconds == 100_000)
    #expect(Duration.seconds(0.3).nanoseconds == 300_000_000)
    #expect(Duration.minutes(2) == .seconds(120))
    #expect(Duration.hours(1.5) == .minutes(90))
    #expect(Duration.days(30) == .hours(720))
    #expect(Duration.seconds(-1).nanoseconds == -1_000_000_000)
  }

  @Test func arithmetic() {
    let second = Duration.seconds(1)
    #expect(second * 3 == .seconds(3))
    #expect(second * 0.25 == .milliseconds(250))
    #expect(second / 3 == Duration(nanoseconds: 333_333_333))
    #expect(Duration.minutes(1) / second == 60)
    #expect(-second + second == .zero)
    var sum = second
    sum += second
    sum -= .milliseconds(500)
    #expect(sum == .milliseconds(1500))
    #expect(Duration.hours(36).days == 1.5)
    #expect(Duration.minutes(90).hours == 1.5)
    #expect(Duration.microseconds(1500).milliseconds == 1.5)
  }

  @Test func doublesThatDoNotFitAreRefused() {
    #expect(Duration(ifFits: 9.2e9)?.seconds == 9.2e9)
    #expect(Duration(ifFits: 9.3e9) == nil)
    #expect(Duration(ifFits: .nan) == nil)
    #expect(Duration(ifFits: .infinity) == nil)
    #expect(Duration(ifFits: -1e300) == nil)
  }

  @Test func instants() {
    let instant = Instant.start + .seconds(90)
    #expect(instant.seconds == 90)
    #expect(instant - .start == .seconds(90))
    #expect(instant - .seconds(30) == Instant(nanoseconds: 60_000_000_000))
    #expect(instant < .never)
    #expect(Instant.never.advanced(bySaturating: .seconds(1)) == .never)
    #expect(instant.advanced(bySaturating: .seconds(1)) == .start + .seconds(91))
  }

  @Test func rates() {
    #expect(Rate(300, per: .minutes(1)).perSecond == 5)
    #expect(Rate(perSecond: 5) * Duration.hours(1) == 18_000)
    #expect((Rate(perSecond: 5) * 2 + Rate(perSecond: 1)).perSecond == 11)
    for seconds in 1...1000 {
      #expect(Duration.seconds(Double(seconds)).seconds == Double(seconds))
    }
    #expect(Rate(perSecond: 4).meanInterval == .milliseconds(250))
    #expect(Rate.zero.meanInterval == nil)
    #expect(Rate(perSecond: 1e-300).meanInterval == nil)
  }
}
