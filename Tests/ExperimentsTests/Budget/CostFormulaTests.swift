import Experiments
import Pricing
import Quantities
import Testing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(abs(b), 1e-300)
}

/// Expected values: golden file `cost-finance-dev.json`, from exact formulas.
@Suite struct CostFormulaTests {
  @Test func divisiaOfThreeFactors() {
    let effects = LogMeanDivisia.effects(
      before: [1_000_000, 0.02, 0.001], after: [1_400_000, 0.017, 0.0011])
    #expect(isClose(effects[0], 7.722541388899677))
    #expect(isClose(effects[1], -3.730052654950935))
    #expect(isClose(effects[2], 2.1875112660512626))
    #expect(isClose(effects.reduce(0, +), 6.180000000000003))
  }

  @Test func divisiaOfEqualAndEmptyProducts() {
    #expect(LogMeanDivisia.effects(before: [2, 3], after: [2, 3]) == [0, 0])
    // Equal products of other factors: the effects cancel.
    let swapped = LogMeanDivisia.effects(before: [2, 3], after: [3, 2])
    #expect(isClose(swapped[0], -swapped[1]) && swapped[0] > 0)
    #expect(LogMeanDivisia.effects(before: [5, 0, 2], after: [5, 3, 2]) == [0, 30, 0])
    #expect(LogMeanDivisia.effects(before: [5, 3, 2], after: [5, 3, 0]) == [0, 0, -30])
    #expect(isClose(LogMeanDivisia.mean(1, 1 + 1e-12), 1 + 0.5e-12, 1e-15))
  }

  @Test(arguments: [
    (
      0.05, 1.0 / 12, 0.2, 1.0, "1.2", 0.889364346207488, 1.3492782852350154, 4.333333333333333,
      0.6886280880226887
    ),
    (0.5, 0.05, 0.25, 0.5, "2", 0.6970074092768974, 2.8694099565955513, 4.4, 0.3478613735010111),
  ])
  func spot(
    rate: Double, write: Double, restart: Double, interval: Double, price: String,
    efficiency: Double, useful: Double, onDemand: Double, saving: Double
  ) throws {
    let spot = SpotEconomics(
      interruptions: rate, write: write, restart: restart, interval: interval)
    let price = try #require(UnitPrice.dollars(price))
    let list = try #require(UnitPrice.dollars("4"))
    #expect(isClose(spot.efficiency, efficiency))
    #expect(isClose(spot.perUsefulHour(price).dollars, useful))
    #expect(isClose(spot.perUsefulHour(onDemand: list).dollars, onDemand))
    #expect(isClose(spot.saving(spot: price, onDemand: list), saving))
    // At the break-even rate a useful hour costs the same either way.
    var even = spot
    even.interruptions = try #require(spot.breakEvenInterruptions(spot: price, onDemand: list))
    #expect(abs(even.saving(spot: price, onDemand: list)) < 1e-8)
    #expect(spot.breakEvenInterruptions(spot: list, onDemand: price) == nil)
  }

  @Test func forecastOfTenRuns() {
    let score = ForecastScore(
      runs: [90, 95, 100, 102, 105, 110, 111, 118, 125, 140], actual: 121)
    #expect(score.p10 == 94.5 && score.p50 == 107.5 && score.p90 == 126.5)
    #expect(isClose(score.pinball.p10, 2.65) && isClose(score.pinball.p50, 6.75))
    #expect(isClose(score.pinball.p90, 0.55))
    #expect(isClose(score.absolutePercentageError, 0.1115702479338843))
    #expect(score.isInside)
  }

  @Test(arguments: [
    ("5k/s", 1.1, "5.5k/s"), ("$2.40/h", 1.1, "$2.64/h"), ("0.6 ms", 0.9, "0.54 ms"),
    ("300/s", 0.9, "270/s"),
  ])
  func quantitiesInWordsAreScaled(text: String, factor: Double, expected: String) {
    #expect(SimulatedDriver.scaled(text, by: factor) == expected)
  }

  @Test func whatIsNoQuantityIsNotScaled() {
    #expect(SimulatedDriver.scaled("poisson", by: 2) == nil)
    #expect(SimulatedDriver.scaled("0/s", by: 2) == nil)
  }
}
