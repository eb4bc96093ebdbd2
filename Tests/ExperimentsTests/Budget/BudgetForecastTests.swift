import Experiments
import Pricing
import Quantities
import Scenarios
import Statistics
import Syntax
import TestSupport
import Testing

private func dollars(_ text: String) -> Money { Money.dollars(text) ?? .dollars(-1) }

/// Expected values are worked out by hand from 744 and 672 hours.
@Suite struct BudgetForecastTests {
  @Test func accrualAndCashByMonth() async throws {
    let results = try await BudgetWorld.results()
    let forecast = BudgetBuilder.forecast(results, limit: nil)
    try #require(forecast.months.map(\.label) == ["2027-01", "2027-02"])
    // 2 · 744 · 0.6 + 744 · 1 + 150, then 2 · 672 · 0.6 + 672 + 150 + 1000.
    #expect(
      forecast.months.map(\.accrual.expected) == [dollars("1786.8"), dollars("2628.4")])
    #expect(forecast.months.map(\.committed) == [dollars("1042.8"), dollars("956.4")])
    #expect(forecast.months.map(\.variable) == [.dollars(744), .dollars(672)])
    #expect(forecast.months.map(\.oneOff) == [.zero, .dollars(1000)])
    // The whole year of both committed machines is paid as it begins: 2 · 8760 · 0.6 = 10,512.
    #expect(forecast.months.map(\.cash.expected) == [.dollars(11_406), .dollars(1_822)])
    #expect(forecast.probabilityAnyOver?.estimate == 1)
    #expect(forecast.probabilityOver?.estimate == 0)
    #expect(forecast.months.map { $0.probabilityOver?.estimate } == [0, 1])
    let sum = forecast.months.map(\.accrual.expected).total()
    #expect(sum == results.cost.total.expected)
    #expect(ReturnOnInvestment.oneOff(results) == .dollars(1000))
  }

  /// Without upfront payments nothing is paid at another time than it is used.
  @Test func cashIsAccrualWithoutUpfrontPayments() async throws {
    let results = try await BudgetWorld.results([
      "hardware.cpu.buy=[{ committed: 2, price: \"$0.6/h\" }, \"on-demand\"]"
    ])
    let months = BudgetBuilder.forecast(results, limit: nil).months
    #expect(months.map(\.cash.expected) == months.map(\.accrual.expected))
  }

  @Test func commitments() async throws {
    let results = try await BudgetWorld.results()
    let scenario = try BudgetWorld.source().scenario()
    let stressed = await StressedDemand.simulate(
      settings: { scenario.trafficSettings(times: $0) }, run: BudgetWorld.attempt)
    let analysis = try #require(CommitmentAnalysis.all(results, stressed: stressed).first)
    #expect(analysis.machines == 2 && analysis.term == "1 year")
    #expect(abs(analysis.coverage - 2.0 / 3) < 1e-12 && analysis.utilisation == 1)
    #expect(abs((analysis.breakEven ?? 0) - 0.6) < 1e-12)
    #expect(abs((analysis.savingsRate ?? 0) - 0.4) < 1e-12)
    // Three machines are asked for all the time: the third saves 0.4 $ in each of 1,416 h.
    #expect(analysis.recommended == 3)
    #expect(analysis.saving?.roundedToCents == (dollars("283.20")))
    #expect(analysis.unused == .zero)
    // The fleet does not scale, so that other traffic asks for the same three machines.
    #expect(analysis.regrets.map(\.factor) == [0.7, 1.5])
    #expect(analysis.regrets.map(\.best) == [3, 3])
    #expect(analysis.regrets.allSatisfy { $0.recommended == .zero })
    #expect(analysis.regrets.allSatisfy { $0.present.roundedToCents == dollars("283.20") })
  }

  /// Where other traffic asks for four machines all the time, 0.4 $ in each of 708 h a month are
  /// lost for every machine that is not committed.
  @Test func regretIsThatOfTheSimulatedDemand() async throws {
    let results = try await BudgetWorld.results()
    var hours = results.cost.demands[0].hours
    hours.append(hours.reduce(0, +))
    for machines in 0..<4 { hours[machines] = 0 }
    var demands = results.cost.demands
    demands[0].hours = hours
    let stressed = [StressedDemand(factor: 1.5, demands: demands)]
    let regret = try #require(CommitmentAnalysis.all(results, stressed: stressed)[0].regrets.first)
    #expect(regret.best == 4)
    #expect(regret.present.roundedToCents == dollars("566.40"))
    #expect(regret.recommended.roundedToCents == dollars("283.20"))
    #expect(CommitmentAnalysis.all(results)[0].regrets.isEmpty)
  }

  @Test func costOfLeaving() async throws {
    let cost = ExitCost.of(try await BudgetWorld.results())
    // 8,760 − 1,416 hours of two machines, and what the scenario says.
    #expect(cost.commitments.map(\.owed) == [dollars("8812.8")])
    #expect(cost.total == (dollars("9312.8")))
  }

  @Test func bridgeFromMonthToMonth() async throws {
    let bridge = try #require(CostBridge.overMonths(try await BudgetWorld.results()))
    #expect(bridge.before == (dollars("1786.8")) && bridge.after == (dollars("1628.4")))
    #expect(bridge.effects.map(\.amount).total() == bridge.after - bridge.before)
  }

  @Test func bridgeOfAPriceAlone() async throws {
    let bridge = CostBridge(
      from: try await BudgetWorld.results(),
      to: try await BudgetWorld.results(["hardware.cpu.price=$1.5/h"]))
    let price = try #require(bridge.effects.first { $0.driver == .price })
    #expect(price.amount == bridge.after - bridge.before)
    // Half a dollar in 708 hours a month.
    #expect(price.amount == .dollars(354))
    #expect(bridge.effects.filter { $0.driver != .price }.allSatisfy { $0.amount == .zero })
  }

  /// Twice the traffic doubles what calls cost and nothing else: a price by the month does not make
  /// it look like another way of buying.
  @Test func bridgeOfTrafficBesideAFixedPrice() async throws {
    let price = "services.ranker.price={ fixed: \"$50/month\", perCall: \"$0.01/call\" }"
    let bridge = CostBridge(
      from: try await BudgetWorld.results([price]),
      to: try await BudgetWorld.results([price, "traffic.users.rate=0.002/s"]))
    let effects = Dictionary(
      uniqueKeysWithValues: bridge.effects.map { ($0.driver, $0.amount.dollars) })
    #expect((effects[.mix] ?? 1).magnitude < 1e-6)
    // 2,548.8 calls a month more at a cent, give or take 31 calls over four runs each.
    #expect(((bridge.after - bridge.before).dollars - 25.49).magnitude < 1.3)
  }

  @Test func bridgeOfANewLineAndAFleet() async throws {
    let bridge = CostBridge(
      from: try await BudgetWorld.results(),
      to: try await BudgetWorld.results([
        "services.ranker.replicas=5", "costs.audit={ fixed: \"$30/month\" }",
      ]))
    let effects = Dictionary(
      uniqueKeysWithValues: bridge.effects.map { ($0.driver, $0.amount) })
    #expect(effects[.scope] == .dollars(30))
    // Two machines more, on demand: more use, and a smaller part of it covered.
    #expect((effects[.intensity] ?? .zero) > .zero && effects[.coverage] != .zero)
    #expect(bridge.effects.map(\.amount).total() == bridge.after - bridge.before)
    #expect(bridge.after - bridge.before == .dollars(30 + 2 * 708))
  }

  @Test(arguments: ["tenant"])
  func chargebackAddsToTheLedger(_ dimension: String) async throws {
    let results = try await BudgetWorld.results()
    #expect(Chargeback.dimensions(results) == [dimension])
    for method in [.weighted, .even, .separate] as [IdleSharing] {
      let table = try #require(Chargeback.table(results, by: dimension, method: method))
      #expect(table.rows.map(\.total).total() == results.cost.perMonth.expected)
      #expect(table.rows.count == (method == .separate ? 3 : 2))
    }
    let even = try #require(Chargeback.table(results, by: dimension, method: .even))
    #expect((even.rows[0].shared - even.rows[1].shared).magnitude <= .nanodollar)
  }

  @Test func alertsAndTheWorstMonth() async throws {
    let results = try await BudgetWorld.results()
    let alerts = BudgetAlert.all(results, limit: .dollars(2000))
    #expect(alerts.map(\.month) == ["2027-01", "2027-01", "2027-02"])
    // 1,000 $ of 1,786.8 $ in 31 days.
    #expect(abs((alerts[0].day ?? 0) - 1000 / 1786.8 * 31) < 1e-9)
    let worst = try #require(WorstMonth.of(results))
    #expect(worst.label == "2027-02")
  }

  /// A price that is a belief drives the cost alone: ranks go together exactly.
  @Test func theOnlyBeliefMakesTheRange() async throws {
    let results = try await BudgetWorld.results([
      "replications=12", "hardware.cpu.price={ uncertain: { p10: \"$0.5/h\", p90: \"$2/h\" } }",
    ])
    let drivers = BeliefDriver.all(results)
    #expect(drivers.map(\.belief.path) == ["hardware.cpu.price"])
    #expect(abs((drivers.first?.correlation ?? 0) - 1) < 1e-12)
    #expect((drivers.first?.swing ?? .zero) > .dollars(500))
  }

  @Test func pricesThatGrow() async throws {
    let results = try await BudgetWorld.results(["hardware.cpu.priceGrowth=-50 %/month"])
    let variable = BudgetBuilder.forecast(results, limit: nil).months.map(\.variable)
    #expect(variable == [.dollars(744), .dollars(336)])
  }

  @Test func resultsKeepWhatTheBudgetNeeds() async throws {
    let results = try await BudgetWorld.results()
    let read = try ResultsFile.results(from: try JSON.value(ResultsFile.text(results)))
    #expect(read.cost.demands == results.cost.demands)
    // 4 runs of 1,416 hours, always with three machines.
    #expect(read.cost.demands.map(\.hours) == [[0, 0, 0, 5664]])
    let (first, second) = (
      BudgetBuilder.forecast(results, limit: nil),
      BudgetBuilder.forecast(
        read, limit: nil)
    )
    for key in ["months", "bridge", "commitments", "chargeback", "exit", "worstMonth"] {
      #expect(BudgetJSON.json(first)[key] == BudgetJSON.json(second)[key])
    }
  }

  /// Half an hour at 3 $/h, a fixed 150 $ a month, and 1,000 $ once, which is not scaled.
  @Test func aShortRunIsExtendedButNotWhatArisesOnce() async throws {
    let results = try await BudgetWorld.results([
      "horizon=30 min", "hardware.cpu.buy=[\"on-demand\"]", "costs.migration.at=0 min",
    ])
    let worst = WorstMonth.of(results)
    #expect(worst == nil || worst?.amount == .dollars(744 * 3 + 150 + 1000))
    let alerts = BudgetAlert.all(results, limit: .dollars(3500))
    // 3,382 $ a month reach 50 and 80 % of 3,500 $ and not all of it.
    #expect(alerts.map(\.month) == ["2027-01", "2027-01", nil])
  }
}
