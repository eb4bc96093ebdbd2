import Quantities
import Testing

/// Every refusal: what kind, where, why, and what to write instead.
@Suite struct QuantityErrorTests {
  private struct Refusal {
    var text: String
    var kind: QuantityError.Kind
    var range: Range<Int>
    var reason: String
    var suggestion: String?

    init(
      _ text: String, _ kind: QuantityError.Kind, _ range: Range<Int>, _ reason: String,
      _ suggestion: String? = nil
    ) {
      self.text = text
      self.kind = kind
      self.range = range
      self.reason = reason
      self.suggestion = suggestion
    }
  }

  private func expect<Value>(
    _ refusals: [Refusal], _ read: (String) throws(QuantityError) -> Value,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for refusal in refusals {
      do {
        let value = try read(refusal.text)
        Issue.record("\(refusal.text) was read as \(value)", sourceLocation: location)
      } catch {
        let expected = QuantityError(
          refusal.kind, at: refusal.range, refusal.reason, suggestion: refusal.suggestion)
        #expect(error == expected, "\(refusal.text)", sourceLocation: location)
      }
    }
  }

  @Test func durations() {
    let seconds = #"write "5 ms" or "5 s""#
    let tooLong = "is longer than 292 years, the longest duration"
    expect(
      [
        Refusal("5", .missingUnit, 0..<1, "needs a unit", seconds),
        Refusal("  5 ", .missingUnit, 2..<3, "needs a unit", seconds),
        Refusal("200 secs", .unknownUnit, 4..<8, "unknown unit `secs`", #"write "200 s""#),
        Refusal("3 m", .unknownUnit, 2..<3, "unknown unit `m`", #"write "3 min""#),
        Refusal("5 foo", .unknownUnit, 2..<5, "unknown unit `foo`", seconds),
        Refusal(
          "2 months", .unknownUnit, 2..<8, "a month has no fixed length",
          #"write it in days: "30d""#),
        Refusal("5k/s", .wrongDimension, 0..<4, "a duration is wanted, this is a rate", seconds),
        Refusal("$5", .wrongDimension, 0..<2, "a duration is wanted, this is an amount of money"),
        Refusal(
          "5 %", .wrongDimension, 0..<3, "a duration is wanted, this is a percentage", seconds),
        Refusal(
          "5 GB", .wrongDimension, 0..<4, "a duration is wanted, this is a size in bytes", seconds),
        Refusal("5x", .wrongDimension, 0..<2, "a duration is wanted, this is a factor", seconds),
        Refusal(
          "2027-01-04", .wrongDimension, 0..<10, "a duration is wanted, this is a date",
          #"write "2027 ms" or "2027 s""#),
        Refusal("-3 s", .outOfRange, 0..<2, "a duration cannot be negative"),
        Refusal("1e300 s", .outOfRange, 0..<7, tooLong),
        Refusal("400 years", .outOfRange, 0..<9, tooLong),
        Refusal("292 years 200d", .outOfRange, 0..<14, tooLong),
        Refusal("1e999999999999 s", .outOfRange, 0..<16, tooLong),
        Refusal(
          "0.1 ns", .outOfRange, 0..<6,
          "is shorter than a nanosecond, the grain of simulated time"),
        Refusal("NaN", .malformed, 0..<3, "is not a finite number"),
        Refusal("-inf s", .malformed, 0..<6, "is not a finite number"),
        Refusal("", .malformed, 0..<0, "is empty"),
        Refusal("   ", .malformed, 0..<3, "is empty"),
        Refusal("s", .malformed, 0..<1, "a number is expected here"),
        Refusal("1,000 s", .malformed, 0..<7, "thousands are not separated", #"write "1000 s""#),
        Refusal("3 s x", .malformed, 4..<5, "cannot read `x`"),
        Refusal("5 min 2 h", .malformed, 6..<9, "the parts of a duration go from large to small"),
        Refusal("0x10 s", .unknownUnit, 1..<2, "unknown unit `x`", #"write "0 ms" or "0 s""#),
      ], QuantityParser.duration)
  }

  @Test func timesOfDay() {
    expect(
      [
        Refusal("24:00", .outOfRange, 0..<5, "there is no such time of day"),
        Refusal("9d 20:60", .outOfRange, 3..<8, "there is no such time of day"),
        Refusal(
          "6h 20:00", .malformed, 3..<8, "a time of day follows whole days",
          #"write "9d 20:00""#),
        Refusal("20:00:5", .malformed, 0..<6, "two digits of seconds are expected"),
      ], QuantityParser.offset)
    expect(
      [
        Refusal("9:00", .malformed, 0..<4, "a time of day is expected", #"write "09:00""#),
        Refusal(
          "2 h", .wrongDimension, 0..<3, "a time of day is wanted, this is a duration",
          #"write "09:00""#),
      ], QuantityParser.timeOfDay)
  }

  @Test func rates() {
    expect(
      [
        Refusal("5k", .missingUnit, 0..<2, "needs a unit", #"write "5k/s" or "5k/min""#),
        Refusal("5 cats/s", .unknownUnit, 2..<6, "unknown unit `cats`", #"write "5/s" or "5/min""#),
        Refusal(
          "5k/month", .unknownUnit, 3..<8, "a month has no fixed length",
          #"write the rate per day: "5k/day""#),
        Refusal("5/x", .unknownUnit, 2..<3, "unknown unit of time `x`", #"write "5/s" or "5/min""#),
        Refusal(
          "30 ms", .wrongDimension, 0..<5, "a rate is wanted, this is a duration",
          #"write "30/s" or "30/min""#),
        Refusal("-1/s", .outOfRange, 0..<2, "a rate cannot be negative"),
        Refusal("1e999/s", .outOfRange, 0..<5, "is too large"),
        Refusal("1e-400/s", .outOfRange, 0..<6, "is too small to be told from 0"),
      ]
    ) { text throws(QuantityError) in try QuantityParser.rate(text, of: ["rows"]) }
  }

  @Test func moneyAndPrices() {
    expect(
      [
        Refusal("5", .missingUnit, 0..<1, "needs a unit", #"write "$5""#),
        Refusal("5k", .missingUnit, 0..<2, "needs a unit", #"write "$5k""#),
        Refusal(
          "5 EUR", .unknownUnit, 0..<5, "amounts of money are in dollars and begin with `$`",
          #"write "$5""#),
        Refusal(
          "$5/month", .wrongDimension, 0..<8, "an amount of money is wanted, this is a price"),
        Refusal("$1e40", .outOfRange, 0..<5, "is too large"),
        Refusal("$1e-15", .outOfRange, 0..<6, "is less than a pico-dollar"),
        Refusal("$", .malformed, 1..<1, "a number is expected here"),
        Refusal("$1,000", .malformed, 1..<6, "thousands are not separated", #"write "1000""#),
      ], QuantityParser.money)
    let perMonth = #"write "$5/month" or "$5/h""#
    expect(
      [
        Refusal("$5", .missingUnit, 0..<2, "needs what the price is for", perMonth),
        Refusal("$5/", .malformed, 3..<3, "what the price is for is expected here", perMonth),
        Refusal("$5/0 tokens", .outOfRange, 3..<4, "a price is for a whole number of units"),
        Refusal("$5/1.5 h", .outOfRange, 3..<6, "a price is for a whole number of units"),
      ], QuantityParser.price)
  }

  @Test func sharesAndChanges() {
    let range = "a share lies between 0 % and 100 %"
    expect(
      [
        Refusal("120 %", .outOfRange, 0..<5, range), Refusal("-1 %", .outOfRange, 0..<4, range),
        Refusal("3", .outOfRange, 0..<1, range, #"write "3 %""#),
        Refusal(
          "3 pp", .wrongDimension, 0..<4, "a percentage is wanted, this is a change in points",
          #"write "3 %""#),
      ], QuantityParser.ratio)
    let ambiguous = "a change in percent may mean points or a factor"
    expect(
      [
        Refusal("+3 %", .ambiguous, 0..<4, ambiguous, #"write "+3 pp" or "1.03x""#),
        Refusal("-3 %", .ambiguous, 0..<4, ambiguous, #"write "-3 pp" or "0.97x""#),
        Refusal("-150 %", .ambiguous, 0..<6, ambiguous, #"write "-150 pp""#),
        Refusal("3", .missingUnit, 0..<1, "needs a unit", #"write "+3 pp""#),
      ], QuantityParser.points)
    expect(
      [
        Refusal("+3 %", .ambiguous, 0..<4, ambiguous, #"write "+3 pp" or "1.03x""#),
        Refusal("0x", .outOfRange, 0..<1, "a factor must be above 0"),
        Refusal("-2x", .outOfRange, 0..<2, "a factor must be above 0"),
        Refusal("5", .missingUnit, 0..<1, "needs a unit", #"write "5x""#),
      ], QuantityParser.factor)
    expect(
      [Refusal("8 %", .missingUnit, 0..<3, "needs a time", #"write "8 %/month""#)],
      QuantityParser.percentPerTime)
  }

  @Test func countsAndSizes() {
    expect(
      [
        Refusal("1.5", .outOfRange, 0..<3, "must be a whole number"),
        Refusal("1e30", .outOfRange, 0..<4, "is too large"),
        Refusal("9223372036854775808", .outOfRange, 0..<19, "is too large"),
        Refusal("-1", .outOfRange, 0..<2, "a count cannot be negative"),
        Refusal(
          "5 s", .wrongDimension, 0..<3, "a count is wanted, this is a duration", #"write "5""#),
        Refusal("5 dogs", .unknownUnit, 2..<6, "unknown unit `dogs`", #"write "5""#),
      ]
    ) { text throws(QuantityError) in try QuantityParser.wholeNumber(text) }
    expect(
      [
        Refusal("80", .missingUnit, 0..<2, "needs a unit", #"write "80 GB" or "80 GiB""#),
        Refusal("80 gb", .unknownUnit, 3..<5, "unknown unit `gb`", #"write "80 GB""#),
        Refusal("-1 GB", .outOfRange, 0..<2, "a size in bytes cannot be negative"),
        Refusal("1e30 GB", .outOfRange, 0..<4, "is too large"),
        Refusal("0.1 B", .outOfRange, 0..<3, "is less than a byte"),
      ], QuantityParser.bytes)
  }

  @Test func aBareNumberIsExplained() {
    let error = QuantityParser.missingUnit("200", for: .duration)
    #expect(error.reason == "needs a unit")
    #expect(error.suggestion == #"write "200 ms" or "200 s""#)
    #expect(error.range == 0..<3)
    for dimension in QuantityDimension.allCases {
      #expect(dimension.suggestion(for: "5").hasPrefix("write \""))
    }
  }
}
