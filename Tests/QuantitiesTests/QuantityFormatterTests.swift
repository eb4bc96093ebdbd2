import Quantities
import Randomness
import TestSupport
import Testing

@Suite struct QuantityFormatterTests {
  @Test func fixedDecimals() {
    let cases: [(Double, Int, String)] = [
      (1402.17, 2, "1,402.17"), (1402.17, 0, "1,402"), (0.125, 2, "0.13"), (1.005, 2, "1.01"),
      (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (0, 1, "0.0"), (999.95, 1, "1,000.0"),
      (6210, -1, "6,210"), (6214, -1, "6,210"), (6251, -2, "6,300"), (49, -2, "0"), (50, -2, "100"),
      (1e21, 0, "1,000,000,000,000,000,000,000"), (1e-7, 3, "0.000"), (123456.5, 0, "123,457"),
      (.infinity, 2, "infinite"), (-.infinity, 2, "-infinite"), (.nan, 2, "unknown"),
    ]
    for (value, decimals, text) in cases {
      #expect(QuantityFormatter.fixed(value, decimals: decimals) == text)
    }
    #expect(QuantityFormatter.fixed(1402.17, decimals: 1, grouped: false) == "1402.2")
  }

  @Test func significantDigits() {
    #expect(QuantityFormatter.significant(0.000294, digits: 2) == "0.00029")
    #expect(QuantityFormatter.significant(3429.6, digits: 4) == "3,430")
    #expect(QuantityFormatter.significant(9.996, digits: 3) == "10.0")
    #expect(QuantityFormatter.significant(0, digits: 3) == "0")
    #expect(QuantityFormatter.significant(3.6e-9, digits: 2) == "3.6e-9")
    #expect(QuantityFormatter.scientific(3.6e11) == "3.6e11")
    #expect(QuantityFormatter.scientific(9.96e11) == "1.0e12")
    #expect(QuantityFormatter.shortest(0.03) == "0.03")
    #expect(QuantityFormatter.shortest(1.0 / 3, significant: 4) == "0.3333")
    #expect(QuantityFormatter.shortest(1500) == "1500")
  }

  @Test func counts() {
    #expect(QuantityFormatter.count(3430) == "3,430")
    #expect(QuantityFormatter.count(3.6e11) == "3.6e11")
    #expect(QuantityFormatter.count(12.345) == "12.3")
    #expect(QuantityFormatter.count(0.8234) == "0.82")
    #expect(QuantityFormatter.count(0) == "0")
    #expect(QuantityFormatter.wholeNumber(-1234567) == "-1,234,567")
    #expect(QuantityFormatter.wholeNumber(.min) == "-9,223,372,036,854,775,808")
    #expect(QuantityFormatter.compact(14_400) == "14k")
    #expect(QuantityFormatter.compact(1_249_000) == "1.2M")
    #expect(
      QuantityFormatter.compact(999_600) == "1.0M" || QuantityFormatter.compact(999_600) == "1M")
    #expect(QuantityFormatter.compact(512) == "510")
    #expect(QuantityFormatter.compact(-20_000) == "-20k")
    #expect(QuantityFormatter.percent(0.9991, decimals: 2) == "99.91 %")
    #expect(QuantityFormatter.percent(0.285, decimals: 0) == "29 %")
  }

  /// The figures of the reports' mock-ups, with two significant digits of the half-width.
  @Test func intervals() {
    func time(_ s: Double, _ a: Double, _ b: Double) -> [String] {
      let text = QuantityFormatter.timeInterval(s, low: a, high: b)
      return [text.figure, text.interval]
    }
    #expect(time(0.188, 0.171, 0.205) == ["188 ms", "[171, 205]"])
    #expect(time(34_200, 25_560, 42_840) == ["9.5 h", "[7.1, 11.9]"])
    #expect(time(0.0069, 0.0068, 0.0070) == ["6.90 ms", "[6.80, 7.00]"])
    let money = QuantityFormatter.moneyInterval(1402, low: 1371, high: 1433)
    #expect(money.figure == "$1,402")
    #expect(money.interval == "[1,371, 1,433]")
    let loss = QuantityFormatter.moneyInterval(-6213, low: -6940, high: -5480)
    #expect(loss.figure == "-$6,210")
    #expect(loss.interval == "[-6,940, -5,480]")
    let share = QuantityFormatter.percentInterval(0.082, low: 0.076, high: 0.088, shorter: true)
    #expect(share.figure == "8.2 %")
    #expect(share.interval == "[7.6, 8.8]")
    let requests = QuantityFormatter.interval(3430, low: 3412, high: 3448)
    #expect(requests.figure == "3,430")
    #expect(requests.interval == "[3,412, 3,448]")
    let exact = QuantityFormatter.interval(0.8531249, low: 0.8531249, high: 0.8531249)
    #expect(exact.figure == "0.8531")
    #expect(QuantityFormatter.format(0.00029, halfWidth: 0.00001) == "0.000290")
    #expect(QuantityFormatter.format(12.3456, halfWidth: 0) == "12.35")
    #expect(QuantityFormatter.format(.nan, halfWidth: .nan) == "unknown")
  }

  @Test func digitsFollowFromTheHalfWidth() {
    let cases: [(Double, Int, Int)] = [
      (0.1, 2, 2), (0.35, 2, 2), (0.36, 2, 1), (0.6, 2, 1), (0.99, 2, 1), (17, 0, 0), (31, 0, 0),
      (55, 0, -1), (730, -1, -2), (0.0996, 2, 2), (9.96, 0, 0),
    ]
    for (halfWidth, two, shorter) in cases {
      #expect(QuantityFormatter.decimals(forHalfWidth: halfWidth) == two, "\(halfWidth)")
      let short = QuantityFormatter.decimals(forHalfWidth: halfWidth, shorter: true)
      // 0.0996 and 9.96 round up to 0.10 and 10 when both digits are kept.
      #expect(short == shorter || halfWidth == 0.0996 || halfWidth == 9.96, "\(halfWidth)")
    }
    #expect(QuantityFormatter.decimals(forHalfWidth: 0) == nil)
    #expect(QuantityFormatter.decimals(forHalfWidth: .infinity) == nil)
  }

  @Test func times() {
    #expect(QuantityFormatter.time(0.188) == "188 ms")
    #expect(QuantityFormatter.time(9e-6, digits: 2) == "9.0 us")
    #expect(QuantityFormatter.time(1440, digits: 2) == "24 min")
    #expect(QuantityFormatter.time(119, digits: 3) == "119 s")
    #expect(QuantityFormatter.time(0) == "0 s")
    #expect(QuantityFormatter.time(1.5, unit: .milliseconds) == "1,500 ms")
    #expect(TimeUnit(for: 172_800) == .days)
    #expect(TimeUnit(for: 172_799) == .hours)
    #expect(TimeUnit(for: 1e-12) == .nanoseconds)
    #expect(QuantityFormatter.offset(.start + .hours(9 * 24 + 20)) == "9d 20:00")
    #expect(QuantityFormatter.offset(.start + .seconds(3605)) == "0d 01:00:05")
  }

  @Test func moneyHasSensibleDigits() throws {
    let cases = [
      ("1402.17", "$1,402"), ("100", "$100"), ("99.994", "$99.99"), ("61.2", "$61.20"),
      ("0.1", "$0.10"), ("0.000294", "$0.00029"), ("0.012", "$0.012"), ("0", "$0"),
      ("-1402.17", "-$1,402"), ("-0.05", "-$0.050"), ("0.000000000001", "$0.000000000001"),
    ]
    for (decimal, text) in cases {
      let amount = try #require(Money.dollars(decimal))
      #expect(QuantityFormatter.money(amount) == text)
    }
    #expect(QuantityFormatter.money(.cents(250), decimals: 0) == "$2")
    #expect(QuantityFormatter.money(.cents(350), decimals: 0) == "$4")
  }

  @Test func sizesAndShares() {
    #expect(ByteCount.gigabytes(80).description == "80 GB")
    #expect(ByteCount.gibibytes(24).description == "24 GiB")
    #expect(ByteCount(bytes: 1500).description == "1500 B")
    #expect(QuantityFormatter.bytes(ByteCount(bytes: 13_415_817_216, isBinary: true)) == "12.5 GiB")
    #expect(Ratio(0.999)?.description == "99.9 %")
    #expect(Ratio(0.07)?.description == "7 %")
    #expect(Ratio.all.description == "100 %")
    #expect(Ratio(1e-9)?.description == "0.0000001 %")
    #expect(Ratio(1.1) == nil)
    #expect(Ratio(.nan) == nil)
  }
}

/// What is formatted exactly is read back as the same value.
@Suite struct RoundTripTests {
  @Test func durations() throws {
    try Combinatorics.withEverySeed(2000, seed: 3) { stream, label in
      let scale = stream.integer(in: 0...62)
      let raw = Int64(stream.integer(in: 0...1 << scale))
      let unit = stream.element(of: [1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000] as [Int64])
      let nanoseconds = raw.multipliedReportingOverflow(by: unit)
      guard !nanoseconds.overflow else { return }
      let duration = Duration(nanoseconds: nanoseconds.partialValue)
      let readDuration = try QuantityParser.duration(duration.description)
      #expect(readDuration == duration, "\(label)")
    }
    #expect(try QuantityParser.duration(Duration.longest.description) == .longest)
    #expect(Duration(nanoseconds: -1_500_000).description == "-1.5 ms")
    #expect(Duration(nanoseconds: .min).description == "-9223372036.854775808 s")
  }

  @Test func moneyRatesSizesAndShares() throws {
    try Combinatorics.withEverySeed(2000, seed: 4) { stream, label in
      let scale = stream.integer(in: 0...62)
      let whole = stream.integer(in: -(1 << scale)...1 << scale)
      let money = Money(picodollars: Int128(whole) * Int128(stream.integer(in: 1...1000)))
      let readMoney = try QuantityParser.money(QuantityFormatter.exact(money))
      #expect(readMoney == money, "\(label)")

      let rate = Rate(perSecond: stream.uniform() * Double(1 << scale))
      let readRate = try QuantityParser.rate(rate.description)
      #expect(readRate == rate, "\(label)")

      let size = ByteCount(bytes: Int64(whole.magnitude), isBinary: stream.next() & 1 == 0)
      let read = try QuantityParser.bytes(size.description)
      #expect(read == size, "\(label)")

      let ratio = try #require(Ratio(stream.uniform()))
      let readRatio = try QuantityParser.ratio(ratio.description)
      #expect(readRatio == ratio, "\(label)")
    }
  }
}

/// No text, however strange, does more than fail with a range inside it.
@Suite struct ParserFuzzTests {
  @Test func strangeTextsAreRefusedInside() {
    let pieces = [
      "1", "-", "+", ".", "e", "9e99", " ", "s", "ms", "/", "k", "M", "%", "$", "pp", "x", "GB",
      ":", "20:00",
      "d", "2027", "-01-04", "T", "Z", "é", "\u{0}", "\"",
      "999999999999999999999999999999999999999999", "∞",
      "\u{1F6A2}", "rows", "month", "0", ",", "h", "1M tokens",
    ]
    Combinatorics.withEverySeed(1500, seed: 5) { stream, label in
      let text = (0..<stream.integer(in: 0...7)).map { _ in stream.element(of: pieces) }.joined()
      func check<Value>(_ read: (String) throws(QuantityError) -> Value) {
        do { _ = try read(text) } catch {
          let length = text.utf8.count
          #expect(
            error.range.lowerBound >= 0 && error.range.upperBound <= length, "\(label) \(text)")
          #expect(!error.reason.isEmpty)
        }
      }
      check(QuantityParser.duration)
      check(QuantityParser.offset)
      check(QuantityParser.price)
      check(QuantityParser.bytes)
      check(QuantityParser.ratio)
      check(QuantityParser.percentPerTime)
      check(QuantityParser.points)
      check(QuantityParser.calendarInstant)
      check { text throws(QuantityError) in try QuantityParser.rate(text, of: ["rows"]) }
      check { text throws(QuantityError) in try QuantityParser.wholeNumber(text, of: ["rows"]) }
    }
  }
}
