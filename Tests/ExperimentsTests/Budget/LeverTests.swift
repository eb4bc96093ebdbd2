import Experiments
import Quantities
import Statistics
import Testing

@Suite struct LeverTests {
  /// A third machine that is committed saves 283.20 $ a month, a fleet of one 708 $ or less.
  @Test func leversAreRankedByWhatTheySave() async throws {
    let base = try await BudgetWorld.results()
    let levers = Lever.proposals(for: base)
    #expect(levers.contains { $0.settings == ["services.ranker.replicas=1"] })
    #expect(levers.contains { $0.name.hasPrefix("commit 3 of cpu") })
    #expect(levers.contains { $0.name.hasPrefix("spot for cpu") })
    let outcomes = await Lever.simulate(
      levers + [Lever("nonsense", ["services.ranker.replicas=many"], ruleOfThumb: "")],
      against: base, run: BudgetWorld.attempt)
    let savings = outcomes.compactMap(\.saving)
    #expect(savings == savings.sorted(by: >))
    guard case .refused = outcomes.last?.finding else {
      Issue.record("a lever that is not valid is refused and stands last")
      return
    }
    // Two committed machines are paid for anyway: one machine saves the one on demand.
    let size = outcomes.first { $0.lever.settings == ["services.ranker.replicas=1"] }
    #expect(abs((size?.saving ?? 0) - 708) < 0.01)
  }

  @Test func driversAreRankedByWhatTheyMove() async throws {
    let base = try await BudgetWorld.results()
    let inputs = SimulatedDriver.inputs(of: base)
    #expect(
      inputs.map(\.path) == [
        "traffic.users.rate", "services.ranker.time", "services.ranker.price.fixed",
        "services.ranker.replicas", "hardware.cpu.price",
      ])
    let drivers = await SimulatedDriver.simulate(inputs, against: base, run: BudgetWorld.attempt)
    #expect(
      drivers.prefix(2).map(\.input.path) == ["services.ranker.replicas", "hardware.cpu.price"])
    // A machine on demand in 708 hours at 1 $, and 10 % of one.
    for (driver, dollars) in zip(drivers, [708, 70.8]) {
      #expect(abs((driver.high?.estimate ?? 0) - dollars) < 1e-6)
      #expect(abs((driver.low?.estimate ?? 0) + dollars) < 1e-6)
    }
    #expect(drivers.first { $0.input.path == "traffic.users.rate" }?.size == 0)
  }

  @Test func differenceOfTwoResults() async throws {
    let before = try await BudgetWorld.results()
    let after = try await BudgetWorld.results([
      "services.ranker.price=null", "hardware.cpu.price=$2/h",
      "costs.audit={ fixed: \"$30/month\" }",
    ])
    let diff = BudgetDiff(from: before, to: after, limit: nil)
    let marks = Dictionary(
      uniqueKeysWithValues: diff.lines.map { ($0.path.joined(separator: "/"), $0.mark) })
    #expect(marks["services/ranker/fixed"] == .removed)
    #expect(marks["other/audit/fixed"] == .added)
    #expect(marks["other/seats/fixed"] == .same)
    #expect(marks["serving/ranker/on demand"] == .changed)
    #expect(diff.lines.map(\.change).total() == .dollars(708 - 50 + 30))
    #expect(diff.isPaired && diff.verdict == .breached)
  }
}
