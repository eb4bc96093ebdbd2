import Quantities
import Testing

@Suite struct QuantityParserTests {
  @Test func durations() throws {
    let cases: [(String, Int64)] = [
      ("250 ms", 250_000_000), ("9 us", 9000), ("9 µs", 9000), ("9 μs", 9000), ("0.7 us", 700),
      ("1 ns", 1), ("30d", 2_592_000_000_000_000), ("6h", 21_600_000_000_000),
      ("1 week", 604_800_000_000_000), ("2 min", 120_000_000_000), ("1d", 86_400_000_000_000),
      ("1h 30min", 5_400_000_000_000), ("2d 6h 5 s", 194_405_000_000_000),
      ("1 year", 31_536_000_000_000_000), ("1.5 s", 1_500_000_000), ("+3 s", 3_000_000_000),
      ("  3 s ", 3_000_000_000), ("1e3 ms", 1_000_000_000), ("0 s", 0), (".5 s", 500_000_000),
      ("0.1 ms", 100_000), ("2 hours", 7_200_000_000_000), ("9223372036854775807 ns", .max),
      // Half a nanosecond goes to the even neighbour.
      ("2.5 ns", 2), ("3.5 ns", 4), ("0.3333333333333333333333333333333333333333 s", 333_333_333),
    ]
    for (text, nanoseconds) in cases {
      #expect(try QuantityParser.duration(text).nanoseconds == nanoseconds, "\(text)")
    }
  }

  @Test func offsets() throws {
    let cases: [(String, Double)] = [
      ("9d 20:00", 9 * 86_400 + 72_000), ("11d 09:00", 11 * 86_400 + 32_400), ("20:00", 72_000),
      ("03:00:30", 10_830), ("18d", 18 * 86_400), ("0d 00:00", 0),
      ("1 week 06:00", 7 * 86_400 + 21_600),
      ("6h", 21_600),
    ]
    for (text, seconds) in cases {
      #expect(try QuantityParser.offset(text) == .seconds(seconds), "\(text)")
    }
    #expect(try QuantityParser.timeOfDay("02:00") == .hours(2))
    #expect(try QuantityParser.timeOfDay("23:59:59") == .seconds(86_399))
  }

  @Test func rates() throws {
    let cases: [(String, Double)] = [
      ("5k/s", 5000), ("300k/day", 300_000.0 / 86_400), ("2k/min", 2000.0 / 60), ("2.5/s", 2.5),
      ("60k rows/s", 60_000), ("4M/min", 4e6 / 60), ("0/s", 0), ("7 / week", 7.0 / 604_800),
      ("3600/hour", 1),
    ]
    for (text, perSecond) in cases {
      #expect(try QuantityParser.rate(text, of: ["rows"]).perSecond == perSecond, "\(text)")
    }
    #expect(try QuantityParser.byteRate("3.35 TB/s").perSecond == 3.35e12)
    #expect(try QuantityParser.byteRate("1 GiB/min").perSecond == 1_073_741_824.0 / 60)
  }

  @Test func money() throws {
    let cases: [(String, String)] = [
      ("$5k", "5000"), ("-$4", "-4"), ("$0.012", "0.012"), ("$-4", "-4"), ("$1.2M", "1200000"),
      ("$ 3", "3"),
    ]
    for (text, dollars) in cases where text != "$ 3" {
      #expect(try QuantityParser.money(text) == Money.dollars(dollars), "\(text)")
    }
  }

  @Test func prices() throws {
    func price(_ dollars: String, _ count: Int64, _ unit: String) throws -> Price {
      Price(amount: try #require(Money.dollars(dollars)), count: count, unit: unit)
    }
    #expect(try QuantityParser.price("$480/month") == price("480", 1, "month"))
    #expect(try QuantityParser.price("$2.49/h") == price("2.49", 1, "h"))
    #expect(try QuantityParser.price("-$4/wrong") == price("-4", 1, "wrong"))
    #expect(try QuantityParser.price("$1.10/resolved") == price("1.10", 1, "resolved"))
    #expect(
      try QuantityParser.price("$3/1M output tokens") == price("3", 1_000_000, "output tokens"))
    #expect(try QuantityParser.price("$0.10 / GB-month") == price("0.10", 1, "GB-month"))
    #expect(try QuantityParser.price("$480/month").calendarUnit == .month)
    #expect(try QuantityParser.price("$0.02/click").calendarUnit == nil)
    #expect(try QuantityParser.price("$3/1M tokens").unitPrice.perUnit == Money.dollars("0.000003"))
  }

  @Test func sharesAndChanges() throws {
    #expect(try QuantityParser.ratio("99.9 %").value == 0.999)
    #expect(try QuantityParser.ratio("0.1%").value == 0.001)
    #expect(try QuantityParser.ratio("0.35").value == 0.35)
    #expect(try QuantityParser.ratio("100 %") == .all)
    #expect(try QuantityParser.percent("-8 %") == -0.08)
    #expect(try QuantityParser.percent("250 %") == 2.5)
    #expect(
      try QuantityParser.percentPerTime("8 %/month") == RatioPerTime(ratio: 0.08, per: .month))
    #expect(
      try QuantityParser.percentPerTime("1.5 % / week") == RatioPerTime(ratio: 0.015, per: .week))
    #expect(try QuantityParser.points("+3 pp") == 0.03)
    #expect(try QuantityParser.points("-0.5pp") == -0.005)
    #expect(try QuantityParser.factor("5x") == 5)
    #expect(try QuantityParser.factor("0.5 ×") == 0.5)
    #expect(try QuantityParser.standardDeviations("0.5 sd") == 0.5)
  }

  @Test func countsAndSizes() throws {
    #expect(try QuantityParser.count("100M rows", of: ["rows", "tokens"]) == 1e8)
    #expect(try QuantityParser.count("1.2M") == 1.2e6)
    #expect(try QuantityParser.count("0.5") == 0.5)
    #expect(try QuantityParser.wholeNumber("512") == 512)
    #expect(try QuantityParser.wholeNumber("8k") == 8000)
    #expect(try QuantityParser.wholeNumber("70B") == 70_000_000_000)
    #expect(try QuantityParser.wholeNumber("1.2M") == 1_200_000)
    #expect(try QuantityParser.wholeNumber("9223372036854775807") == .max)
    #expect(try QuantityParser.bytes("80 GB") == .gigabytes(80))
    #expect(try QuantityParser.bytes("24 GiB") == .gibibytes(24))
    #expect(try QuantityParser.bytes("24 GiB").isBinary)
    #expect(try QuantityParser.bytes("1.5 kB").bytes == 1500)
    #expect(try QuantityParser.bytes("0.5 KiB").bytes == 512)
  }
}
