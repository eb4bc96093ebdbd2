import Experiments
import MLSystem
import Scenarios
import Testing

/// Verdicts on a flow run that knows p99 to 8 %, p50 to 2 % and cost to 1 %.
@Suite struct FlowJudgingTests {
  private func statement(reasons: [String] = []) -> FlowStatement {
    FlowStatement(
      p50: 0.02, p99: 0.08, utilisation: 0.005, cost: 0.01, attainment: 0.001, doubtful: 0.1,
      zoomed: 0.02, reasons: reasons)
  }

  private func judge(
    _ subject: String, _ metric: String, _ statistic: Statistic, _ estimate: Double,
    limit: Double, _ statement: FlowStatement
  ) -> Verdict {
    let name = MetricName(subject, metric)
    let figure = Figure(
      name: "\(subject).\(metric)", metric: name, statistic: statistic, unit: .seconds,
      estimate: estimate, interval: nil, range: nil, values: [estimate])
    let threshold = Threshold(
      text: "t", metric: name, statistic: statistic, comparison: .below, limit: limit)
    return statement.judged(
      Verdict(threshold: "t", outcome: .met, observed: figure), on: threshold)
  }

  @Test func aLimitWithinTheStatedErrorIsOpen() {
    let known = statement()
    #expect(judge("r", "latency", .quantile(0.99), 1, limit: 1.05, known).outcome == .undecided)
    #expect(judge("r", "latency", .quantile(0.99), 1, limit: 1.1, known).outcome == .met)
    #expect(judge("r", "latency", .quantile(0.5), 1, limit: 1.05, known).outcome == .met)
    #expect(judge("cost", "perMonth", .value, 100, limit: 100.5, known).outcome == .undecided)
    #expect(judge("cost", "perMonth", .value, 100, limit: 102, known).outcome == .met)
    #expect(judge("m", "auc", .value, 0.85, limit: 0.8501, known).outcome == .met)
  }

  @Test func nothingIsDecidedOutsideTheTestedRange() {
    let doubted = statement(reasons: ["half of the requests are in ramps"])
    let verdict = judge("m", "auc", .value, 0.85, limit: 0.9, doubted)
    #expect(verdict.outcome == .undecided)
    #expect(
      verdict.detail == "flow outside its tested range: half of the requests are in ramps")
  }

  @Test func theResultsFileHoldsTheStatement() throws {
    let told = statement(reasons: ["one", "two"])
    let json = FlowStatementJSON.json(told)
    #expect(try FlowStatementJSON.read(ResultsReader(json, "flow")) == told)
  }
}
