import Pricing
import Quantities
import Testing

private func price(_ text: String) throws -> UnitPrice { try #require(UnitPrice.dollars(text)) }

private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * abs(b) }

/// Expected values: golden file `cost-finance-dev.json`, from exact formulas.
@Suite struct CommitmentTests {
  @Test(arguments: [
    ("4", "2.5", "0", 2.5, 0.625, 0.375),
    ("98.32", "43", "120000", 56.6986301369863, 0.5766744318245149, 0.42332556817548506),
    ("3.9", "0", "17520", 2.0, 0.5128205128205129, 0.4871794871794871),
  ])
  func breakEven(
    onDemand: String, hourly: String, upfront: String, effective: Double, share: Double,
    saving: Double
  ) throws {
    let commitment = Commitment(
      onDemand: try price(onDemand), hourly: try price(hourly),
      upfront: try #require(Money.dollars(upfront)), termHours: 8760)
    #expect(isClose(commitment.effectiveHourly.dollars, effective))
    #expect(isClose(commitment.breakEvenUtilisation, share))
    #expect(isClose(commitment.savingAtFullUse, saving))
    // At the break-even utilisation a used hour costs what it costs on demand.
    #expect(
      isClose(
        commitment.effectiveRate(utilisation: share).dollars, commitment.onDemand.dollars))
  }

  @Test func cheapestLevelOfADay() throws {
    let level = CommitmentLevel(
      demand: [4, 4, 5, 6, 8, 12, 16, 20, 22, 20, 16, 10], onDemand: try price("4"),
      committed: try price("2.4"))
    #expect(level.level == 8)
    #expect(level.cost == Money.dollars("470.4"))
    #expect(level.allOnDemand == Money.dollars(572))
    #expect(level.allCommitted == Money.dollars("633.6"))
  }

  @Test func cheapestLevelOfAPeak() throws {
    let level = CommitmentLevel(
      demand: Array(repeating: 10, count: 20) + Array(repeating: 30, count: 4),
      onDemand: try price("3"), committed: try price("1.8"))
    #expect(level.level == 10)
    #expect(level.cost == Money.dollars(672))
    #expect(level.allOnDemand == Money.dollars(960))
    #expect(level.allCommitted == Money.dollars(1296))
  }

  /// The rule finds what trying every level finds.
  @Test func levelEqualsExhaustiveSearch() throws {
    for seed in 0..<40 {
      let demand = (0..<24).map { ($0 * (7 + seed) + seed * seed) % (5 + seed) }
      let cheap = try price("0.\(10 + seed * 2)")
      let level = CommitmentLevel(demand: demand, onDemand: try price("1"), committed: cheap)
      let costs = (0...(demand.max() ?? 0)).map { committed in
        cheap.perUnit.times(Int64(24 * committed))
          + Money.dollars(Int64(demand.reduce(0) { $0 + max(0, $1 - committed) }))
      }
      #expect(level.cost == costs.min())
    }
    let empty = CommitmentLevel(demand: [], onDemand: try price("1"), committed: try price("0.5"))
    #expect(empty.level == 0 && empty.cost == .zero)
  }

  @Test(arguments: [
    ("1.2", 0.889364346207488, 1.3492782852350154), ("2", 0.6970074092768974, 2.8694099565955513),
  ])
  func spotPerUsefulHour(text: String, efficiency: Double, expected: Double) throws {
    #expect(isClose(try price(text).perUsefulHour(efficiency: efficiency).dollars, expected))
  }

  @Test func unitCosts() throws {
    // 8 GPUs at 2.5 $/h, 60 % of 400 requests/s and of 24,000 tokens/s, for 1,000 hours.
    var total = LedgerTotal()
    total.known = try price("2.5").perUnit.times(8000)
    let predictions = UnitCost.perThousand(total, count: 240 * 3600 * 1000)
    #expect(isClose(try #require(predictions.known).dollars, 0.023148148))
    let tokens = UnitCost.perMillion(total, count: 14_400 * 3600 * 1000)
    #expect(isClose(try #require(tokens.known).dollars, 0.385802469))
    #expect(UnitCost.perThousand(total, count: 0).known == nil)
    // 3 GPUs at 0.8 $/h, 45 % of 150 requests/s, for 1,000 hours.
    total.known = try price("0.8").perUnit.times(3000)
    let few = UnitCost.perThousand(total, count: 67_500 * 3600)
    #expect(isClose(try #require(few.known).dollars, 0.009876543))
  }
}
