import Reports
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (1402.17, 2, "1,402.17"), (-1402.17, 0, "-1,402"), (0.5, 0, "1"), (1.5, 0, "2"),
    (-0.004, 2, "0.00"), (1_234_567.0, 0, "1,234,567"), (0.00029, 5, "0.00029"),
    (999.999, 2, "1,000.00"), (3.6e17, 0, "3.60e17"), (-7.0, 1, "-7.0"),
  ])
  func fixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [(17.0, 0), (0.1, 1), (0.035, 2), (0.002, 3), (0.000_01, 5), (0.0, 0)])
  func digitsFollowTheIntervalsFirstDigit(halfWidth: Double, decimals: Int) {
    #expect(NumberText.decimals(forHalfWidth: halfWidth) == decimals)
  }

  @Test func leadingPlaceOfTinyAndHugeNumbers() {
    #expect(NumberText.leadingPlace(of: 188) == 2)
    #expect(NumberText.leadingPlace(of: -0.05) == -2)
    #expect(NumberText.leadingPlace(of: 0) == 0)
    #expect(NumberText.leadingPlace(of: .infinity) == 0)
    #expect(NumberText.leadingPlace(of: 1e300) == 300)
  }
}

@Suite struct ReadingTextTests {
  @Test func aSimulatedReadingHasUnitAndInterval() {
    let text = Reading.simulated(0.188, .init(0.171, 0.205), .seconds).text
    #expect(text.value == "188 ms")
    #expect(text.interval == "[171, 205]")
  }

  @Test func moneyHasItsSignBeforeTheDollar() {
    let saved = Reading.simulated(-96, .init(-104, -88), .dollars("/month")).asDifference
    #expect(saved.text.value == "-$96/month")
    #expect(saved.text.interval == "[-104, -88]")
    let more = Reading.simulated(312, .init(241, 383), .dollars("")).asDifference
    #expect(more.text.value == "+$312")
  }

  @Test func aDifferenceThatRoundsToZeroHasNoSign() {
    let text = Reading.simulated(0.000_04, .init(-0.001, 0.001), .number("")).asDifference.text
    #expect(text.value == "0.000")
    #expect(text.interval == "[-0.001, 0.001]")
  }

  @Test func sharesArePercentAndTheirDifferencesPoints() {
    let share = Reading.simulated(0.9991, .init(0.9987, 0.9994), .ratio).text
    #expect(share.value == "99.91 %")
    #expect(share.interval == "[99.87, 99.94]")
    let points = Reading.simulated(0.0002, .init(0, 0.0004), .points).asDifference.text
    #expect(points.value == "+0.02 pp")
  }

  @Test func unknownIsNeverZero() {
    #expect(Reading.unknown(.dollars("")).text.value == "unknown")
    #expect(Reading.exact(0, .dollars("")).text.value == "$0")
  }

  @Test func exactAndSingleRunsSaySo() {
    #expect(Reading.exact(501, .dollars("")).text.interval == "exact")
    #expect(Reading.simulated(3.25, nil, .seconds).text.interval == "one run")
  }

  @Test func rangesOfBothSignsAreNotReadAsOneNumber() {
    let text = Reading.simulated(1, .init(0, 2), range: .init(-5, 7), .number("")).text
    #expect(text.range == "-5 to 7")
  }

  @Test(arguments: [
    (2.5e-8, "25 ns"), (9e-6, "9 us"), (0.25, "250 ms"), (90.0, "90 s"), (119.0, "119 s"),
    (600.0, "10 min"),
    (34_200.0, "9.50 h"), (1_036_800.0, "12 d"),
  ])
  func timesTakeTheFittingUnit(seconds: Double, text: String) {
    #expect(Reading.exact(seconds, .seconds).text.value == text)
  }
}
