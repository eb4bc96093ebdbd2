import Quantities
import Randomness
import TestSupport
import Testing

@Suite struct MoneyTests {
  private func money(_ text: String) throws -> Money { try #require(Money.dollars(text)) }

  @Test func decimalsAreExact() throws {
    #expect(try money("2.49").picodollars == 2_490_000_000_000)
    #expect(try money("-0.000000000001").picodollars == -1)
    #expect(try money("1e-12").picodollars == 1)
    #expect(try money("0.1") + money("0.2") == money("0.3"))
    #expect(Money.dollars("0.0000000000001") == nil)
    #expect(Money.dollars("1e40") == nil)
    for text in ["", "$1", "1,000", "1.2.3", "abc", "nan", "inf", "0x10", "1 2"] {
      #expect(Money.dollars(text) == nil, "\(text)")
    }
    #expect(Money(dollars: .nan) == nil)
    #expect(Money(dollars: .infinity) == nil)
    #expect(Money(dollars: 1e30) == nil)
    #expect(Money(dollars: 0.1)?.picodollars == 100_000_000_000)
    #expect(try money("1402.17").dollars == 1402.17)
    #expect(try money("-123456789012345.678901").dollars == -123456789012345.678901)
  }

  /// Half a nano-dollar goes to the even neighbour, a hair more or less to the nearest.
  @Test func productsRoundHalfToEven() {
    let cases: [(pico: Int128, factor: Double, expected: Int128)] = [
      (1000, 0.5, 0), (3000, 0.5, 2000), (5000, 0.5, 2000), (-1000, 0.5, 0), (-3000, 0.5, -2000),
      (1000, 1.5, 2000), (1000, 2.5, 2000), (1001, 0.5, 1000), (999, 0.5, 0), (500, 1, 0),
      (1500, 1, 2000), (501, 1, 1000), (1000, 0.5.nextUp, 1000), (3000, 0.5.nextDown, 1000),
      (1_000_000, 1.0 / 3, 333_000), (2_490_000_000_000, 1e6, 2_490_000_000_000_000_000),
      (1, 1e15, 1_000_000_000_000_000), (1000, 0x1p-1074, 0), (123_456_789_000, 0, 0),
      (7_000_000_000, -2, -14_000_000_000), (1 << 100, 0x1p-100, 0),
      (1 << 120, 0x1p-100, 1_049_000),
    ]
    for (pico, factor, expected) in cases {
      let product = Money(picodollars: pico).scaled(by: factor).picodollars
      #expect(product == expected, "\(pico) * \(factor) = \(product)")
    }
  }

  /// Against exact arithmetic by hand: factors k / 2^j are exact, so the product is (pico k) / 2^j.
  @Test func productsMatchExactArithmetic() {
    Combinatorics.withEverySeed(2000, seed: 1) { stream, label in
      let pico = Int128(stream.integer(in: -1_000_000_000_000_000...1_000_000_000_000_000))
      let k = Int128(stream.integer(in: 1...1 << 40))
      let shift = stream.integer(in: 0...50)
      let factor = Double(Int64(k)) / Double(1 << shift)
      let numerator = pico * k
      let denominator = Int128(1 << shift) * 1000
      var floor = numerator / denominator
      var rest = numerator % denominator
      if rest < 0 {
        floor -= 1
        rest += denominator
      }
      let up = 2 * rest > denominator || (2 * rest == denominator && floor % 2 != 0)
      let expected = (floor + (up ? 1 : 0)) * 1000
      #expect(Money(picodollars: pico).scaled(by: factor).picodollars == expected, "\(label)")
    }
  }

  @Test func cents() throws {
    #expect(try money("0.125").roundedToCents == money("0.12"))
    #expect(try money("0.135").roundedToCents == money("0.14"))
    #expect(try money("-0.125").roundedToCents == money("-0.12"))
    #expect(try money("0.1250001").roundedToCents == money("0.13"))
    #expect(try money("1234.5").rounded(to: .dollar) == .dollars(1234))
  }

  @Test func sumsAndMultiples() throws {
    let prices = [try money("2.49"), try money("-0.49"), .cents(1)]
    #expect(prices.total() == .dollars(2) + .cent)
    #expect(try money("2.49").times(744) == money("1852.56"))
    #expect(Money.dollars(3) - .dollars(5) == Money.dollars(2).negated)
    #expect((-Money.dollars(2)).magnitude == .dollars(2))
    #expect(Money.dollars(1) / .dollars(4) == 0.25)
    #expect(Money.cents(99) < .dollar)
    var sum = Money.zero
    sum += .dollar
    sum -= .cent
    #expect(sum == .cents(99))
  }

  @Test func unitPrices() throws {
    let perHour = UnitPrice(try money("2.49"))
    #expect(perHour.cost(of: 720) == (try money("1792.80")))
    #expect(perHour.cost(ofCount: 720) == (try money("1792.80")))
    // 2.49 / 3600 = 0.000691666...: one rounding, to the nano-dollar.
    #expect(perHour.cost(ofHours: .seconds(1)) == (try money("0.000691667")))
    #expect(perHour.cost(ofHours: .days(30)) == (try money("1792.8")))
    let perToken = UnitPrice(.dollars(3), per: 1_000_000)
    #expect(perToken.perUnit.picodollars == 3_000_000)
    #expect(perToken.cost(ofCount: 1_234_567) == (try money("3.703701")))
    #expect(UnitPrice(.dollar, per: 3).perUnit.picodollars == 333_333_333_333)
    #expect(UnitPrice(.dollars(2), per: 3).perUnit.picodollars == 666_666_666_667)
    #expect(perHour.scaled(by: 0.6).perUnit == (try money("1.494")))
    #expect(UnitPrice.dollars("0.5")?.dollars == 0.5)
    #expect(UnitPrice.zero < perHour)
  }

  @Test func text() throws {
    let texts = [
      ("1402.17", "$1,402.17"), ("0", "$0.00"), ("-4", "-$4.00"), ("0.00029", "$0.00029"),
      ("1234567.5", "$1,234,567.50"), ("0.125", "$0.125"), ("-0.000000000001", "-$0.000000000001"),
    ]
    for (decimal, expected) in texts { #expect(try money(decimal).description == expected) }
  }
}

@Suite struct LargestRemainderTests {
  @Test func thirdsOfADollarAddUp() {
    let third = UnitPrice(.dollar, per: 3).perUnit
    let parts = [third, third, Money.dollar - third - third]
    let shares = MoneyRounding.largestRemainder(parts, total: .dollar)
    #expect(shares == [.cents(33), .cents(33), .cents(34)])
    // Among equal remainders the earlier part is first.
    let halves = [Money](repeating: Money(picodollars: 5_000_000_000), count: 4)
    #expect(
      MoneyRounding.largestRemainder(halves, total: .cents(2)) == [.cent, .cent, .zero, .zero])
    #expect(MoneyRounding.largestRemainder([], total: .zero) == [])
  }

  @Test func sharesAddToTheRoundedTotal() {
    Combinatorics.withEverySeed(500, seed: 2) { stream, label in
      let count = stream.integer(in: 1...30)
      let parts = (0..<count).map { _ in
        Money(picodollars: Int128(stream.integer(in: -2_000_000_000_000...9_000_000_000_000)))
      }
      let unit = stream.element(of: [Money.cent, .dollar, .nanodollar, .cents(5)])
      let total = parts.total()
      let shares = MoneyRounding.largestRemainder(parts, total: total, to: unit)
      #expect(shares.total() == total.rounded(to: unit), "\(label)")
      for (part, share) in zip(parts, shares) {
        #expect((part - share).magnitude < unit, "\(label)")
        #expect(share.picodollars % unit.picodollars == 0, "\(label)")
      }
    }
  }
}
