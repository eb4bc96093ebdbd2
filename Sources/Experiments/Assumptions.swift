import MLSystem
import Syntax

/// What figures stand on beside the scenario: price rows, uses without a price, the error of flow.
package struct Assumptions: Hashable, Sendable {
  /// Each row once.
  package var prices: [PriceUsed] = []
  package var unknown: [UnknownCost] = []
  /// The widest error that flow states; nil where every request was simulated.
  package var flow: FlowStatement?

  package init() {}

  /// What the figures of a run stand on.
  package init(of results: Results) {
    prices = results.cost.prices
    unknown = results.cost.unknown
    flow = results.flow
  }

  /// Adds what the figures of another point stand on.
  package mutating func join(_ other: Assumptions) {
    for price in other.prices where !prices.contains(price) { prices.append(price) }
    for item in other.unknown where !unknown.contains(item) { unknown.append(item) }
    guard let more = other.flow else { return }
    flow = flow.map { $0.joined(with: more) } ?? more
  }
}

extension FlowStatement {
  /// What holds for two runs: the wider error of each, and the reasons of both.
  fileprivate func joined(with other: FlowStatement) -> FlowStatement {
    FlowStatement(
      p50: max(p50, other.p50), p99: max(p99, other.p99),
      utilisation: max(utilisation, other.utilisation), cost: max(cost, other.cost),
      attainment: max(attainment, other.attainment), doubtful: max(doubtful, other.doubtful),
      reasons: reasons + other.reasons.filter { !reasons.contains($0) })
  }
}

/// Assumptions in the files of studies.
enum AssumptionsJSON {
  static func members(_ assumptions: Assumptions) -> [JSONMember] {
    [
      JSONMember("prices", .array(assumptions.prices.map(ResultsWriting.price))),
      JSONMember("unknown", .array(assumptions.unknown.map(ResultsWriting.unknown))),
    ] + (assumptions.flow.map { [JSONMember("flow", FlowStatementJSON.json($0))] } ?? [])
  }

  static func read(_ part: ResultsReader) throws(ResultsFile.Problem) -> Assumptions {
    var assumptions = Assumptions()
    assumptions.prices = try part.list("prices", ResultsReading.price)
    assumptions.unknown = try part.list("unknown", ResultsReading.unknown)
    if let flow = part.optional("flow") {
      assumptions.flow = try FlowStatementJSON.read(flow)
    }
    return assumptions
  }
}
