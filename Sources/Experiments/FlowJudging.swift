import MLSystem
import Quantities
import Scenarios
import Syntax

// Verdicts on what a flow run says of its own error.
extension FlowStatement {
  /// What the replications say together; nil where requests were simulated one by one.
  static func joined(_ records: [RunRecord]) -> FlowStatement? {
    records.contains { !$0.trust.isEmpty } ? FlowStatement(records.map(\.trust)) : nil
  }

  /// The verdict as far as flow can know it: none outside the range in which flow was tested, and
  /// none where the limit is within the stated error.
  package func judged(_ verdict: Verdict, on threshold: Threshold) -> Verdict {
    var judged = verdict
    if let reason = reasons.first {
      judged.outcome = .undecided
      judged.detail = "flow outside its tested range: \(reason)"
      return judged
    }
    guard verdict.outcome != .undecided, let estimate = verdict.observed?.estimate,
      let width = halfWidth(of: threshold, at: estimate), abs(estimate - threshold.limit) < width
    else { return judged }
    judged.outcome = .undecided
    judged.detail = "the limit is within the error of flow; `fidelity: requests` decides"
    return judged
  }

  /// The stated half-width of what a threshold limits, in its unit; nil where flow is exact or says
  /// nothing.
  private func halfWidth(of threshold: Threshold, at estimate: Double) -> Double? {
    switch threshold.metric.metric {
    case "latency", "ttft", "tpot", "wait", "itl":
      if case .quantile(let level) = threshold.statistic, level > 0.9 { return p99 * estimate }
      return (threshold.statistic == .mean ? (p50 + p99) / 2 : p50) * estimate
    case "busy": return utilisation * estimate
    case "attainment": return error(ofAttainment: estimate)
    default:
      return threshold.metric.subject == "cost" && cost > 0 ? cost * estimate : nil
    }
  }
}

/// A statement in the results file.
package enum FlowStatementJSON {
  /// The statement as a part of a results file.
  package static func json(_ statement: FlowStatement) -> JSONValue {
    .object([
      JSONMember("p50", .number(statement.p50)), JSONMember("p99", .number(statement.p99)),
      JSONMember("utilisation", .number(statement.utilisation)),
      JSONMember("cost", .number(statement.cost)),
      JSONMember("attainment", .number(statement.attainment)),
      JSONMember("doubtful", .number(statement.doubtful)),
      JSONMember("zoomed", .number(statement.zoomed)),
      JSONMember("reasons", .array(statement.reasons.map { .string($0) })),
    ])
  }

  /// The statement that such a part holds; throws where a figure is missing.
  package static func read(_ part: ResultsReader) throws(ResultsFile.Problem) -> FlowStatement {
    FlowStatement(
      p50: try part.double("p50"), p99: try part.double("p99"),
      utilisation: try part.double("utilisation"), cost: try part.double("cost"),
      attainment: try part.double("attainment"), doubtful: try part.double("doubtful"),
      zoomed: part.optional("zoomed") == nil ? 0 : try part.double("zoomed"),
      reasons: try part.strings("reasons"))
  }
}
