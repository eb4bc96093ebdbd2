import Quantities
import Testing

@Suite struct MoneyRatioTests {
  /// One rounding, to the nano-dollar (1,000 pico-dollars), ties to even.
  @Test(arguments: [
    (Int128(1), Int128(1000), Int128(2), Int128(0)),  // half a nano-dollar: to 0
    (3, 1000, 2, 2000),  // one and a half: to 2
    (5, 1000, 2, 2000),  // two and a half: to 2
    (-3, 1000, 2, -2000),
    (3, -1000, 2, -2000),
    (1_000_000_000_000, 1, 3, 333_333_333_000),
    (1_000_000_000_000, 2, 3, 666_666_667_000),
    (0, 7, 9, 0),
  ])
  func roundsOnce(amount: Int128, numerator: Int128, denominator: Int128, expected: Int128) {
    let money = Money(picodollars: amount)
    #expect(money.times(numerator, over: denominator).picodollars == expected)
  }

  /// 98.32 $/h for 10,000 machines over 30 years: the product needs more than 128 bits.
  @Test func wideProductsAreExact() throws {
    let price = try #require(Money.dollars("98.32"))
    let hours: Int128 = 10_000 * 30 * 8760
    let hour: Int128 = 3_600_000_000_000
    #expect(
      price.times(hours * hour * 1_000_000_000, over: hour * 1_000_000_000)
        == price.times(Int64(hours)))
  }
}
