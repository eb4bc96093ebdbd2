import Experiments
import Quantities
import Testing

@Suite struct BacktestTests {
  private static let months = ["2027-01", "2027-02"]

  private static func table(_ text: String) throws -> ObservedTable {
    try ObservedTable(Array(text.utf8), months: months, metrics: ["answer.availability"])
  }

  @Test func linesAreFoundByPathOrResource() async throws {
    let results = try await BudgetWorld.results()
    let test = Backtest(
      results,
      observed: try Self.table(
        "month,line,amount\n2027-01,serving/ranker/on demand,744\n2027-02,cpu,1500\n"
          + "2027-01,mainframe,9\n2027-02,other seats fixed,100\n"))
    #expect(test.lines.map(\.expected.roundedToCents.dollars) == [744, 1478.4, 100])
    #expect(test.notSimulated.map(\.line) == ["mainframe"])
    #expect(test.notBilled.map(\.line) == ["other migration one-off", "services ranker fixed"])
  }

  /// A bill in which the machine on demand cost twice as much: its price explains all of it, and so
  /// does a second machine.
  @Test func theInputsThatExplainTheError() async throws {
    let results = try await BudgetWorld.results()
    let observed = try Self.table(
      "month,line,amount\n2027-01,serving/ranker/on demand,1488\n"
        + "2027-02,serving/ranker/on demand,1344\n2027-01,seats,100\n")
    var test = Backtest(results, observed: observed)
    await test.explain(
      SimulatedDriver.inputs(of: results), observed: observed, run: BudgetWorld.attempt)
    let best = (test.explanations ?? []).filter { abs($0.explained - 1) < 1e-9 }
    #expect(
      best.map { "\($0.path)=\($0.value)" }.sorted() == [
        "hardware.cpu.price=$2/h", "services.ranker.replicas=4",
      ])
  }

  @Test func focusColumns() throws {
    let observed = try Self.table(
      """
      BilledCost,BillingCurrency,ChargePeriodStart,EffectiveCost,ResourceId,ServiceName
      0.0,USD,2027-01-01T00:00:00Z,375.5,cpu,GPU Compute
      0.0,USD,2027-01-09T00:00:00Z,24.5,cpu,GPU Compute
      3.0,USD,2027-02-01T00:00:00Z,3.0,,Support
      """)
    #expect(observed.charges.map(\.line) == ["cpu", "Support"])
    #expect(observed.charges.map(\.amount) == [.dollars(400), .dollars(3)])
  }

  @Test func metricsAreAveraged() throws {
    let observed = try Self.table(
      "time,metric,value\n2027-01-03,answer.availability,0.98\n"
        + "2027-01-04,answer.availability,1\n")
    #expect(observed.readings.count == 1 && observed.readings[0].rows == 2)
    #expect(abs(observed.readings[0].value - 0.99) < 1e-12)
  }

  @Test(arguments: [
    ("", 1, 1), ("a,b\n1,2\n", 1, 1), ("month,line,amount\n", 2, 1),
    ("month,line,amount\n2027-01,x\n", 2, 1), ("month,line,amount\n2027-13,x,1\n", 2, 1),
    ("month,line,amount\n2026-12,x,1\n", 2, 1), ("month,line,amount\n2027-01,,1\n", 2, 9),
    ("month,line,amount\n2027-01,x,\n", 2, 11), ("month,line,amount\n2027-01,x,many\n", 2, 11),
    ("month,line,amount\n2027-01,x,nan\n", 2, 11), ("month,line,amount\n2027-01,x,1e300\n", 2, 11),
    ("month,line,amount\n2027-01,\"x,1\n", 2, 9), ("month,line,line\n", 1, 12),
    ("month,line,amount\n2027-01,x,1\n2027-01,x,1,1\n", 3, 1),
    ("month,metric,value\n2027-01,answer.availibility,1\n", 2, 9),
    ("EffectiveCost,ChargePeriodStart,BillingCurrency\n1.0,2027-01-01T00:00:00Z,EUR\n", 2, 26),
    ("month,line,amount\n\u{0}", 2, 1),
  ])
  func everyMistakeHasItsPlace(text: String, line: Int, column: Int) {
    do {
      _ = try Self.table(text)
      Issue.record("a mistake in \(text.debugDescription) was not found")
    } catch let error as DelimitedTextError {
      #expect(error.line == line && error.column == column, "\(error) in \(text.debugDescription)")
    } catch {
      Issue.record("\(error)")
    }
  }
}
