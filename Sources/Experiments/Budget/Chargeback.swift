import MLSystem
import Pricing
import Quantities

/// The monthly cost by owner: what each one's requests used, and its part of what nobody's did.
///
/// The rows add to the month's expected cost to the nano-dollar.
package struct Chargeback: Sendable {
  /// `tenant`, `segment` or `model`.
  package var dimension: String
  package var rows: [Row]
  /// How idle machines and shared costs are given to owners.
  package var method: IdleSharing

  package struct Row: Sendable, Hashable {
    package var owner: String
    /// Share of the requests; nil for a model.
    package var share: Double?
    package var direct: Money
    package var idle: Money
    package var shared: Money

    package var total: Money { direct + idle + shared }
  }

  /// The dimensions by which the requests of results are told apart.
  package static func dimensions(_ results: Results) -> [String] {
    ["tenant", "segment"].filter { dimension in
      results.figures.contains {
        $0.metric.selector?.dimension == dimension && $0.metric.metric == "requests"
      }
    } + (results.identity.subjects.count { $0.kind == .model } > 1 ? ["model"] : [])
  }

  /// The chargeback by a dimension; nil where nothing tells the owners apart.
  package static func table(
    _ results: Results, by dimension: String, method: IdleSharing = .weighted
  ) -> Chargeback? {
    let parts = results.cost.lines.map { CostPart($0, results) }
    guard !parts.isEmpty else { return nil }
    let work = parts.reduce(.zero) { $0 + $1.work }
    let idle = parts.reduce(.zero) { $0 + $1.idle }
    let shared = parts.reduce(.zero) { $0 + $1.shared }
    var rows: [Row]
    var rest = (idle: idle, shared: shared)
    if dimension == "model" {
      (rows, rest) = byModel(results, parts)
    } else {
      let weights = weights(results, by: dimension)
      guard weights.count > 1 else { return nil }
      let sum = weights.reduce(0) { $0 + $1.weight }
      guard sum > 0 else { return nil }
      let shares = weights.map { $0.weight / sum }
      var direct = shares.map { work.scaled(by: $0) }
      direct[0] += work - direct.total()
      rows = weights.indices.map {
        Row(
          owner: weights[$0].owner, share: shares[$0], direct: direct[$0], idle: .zero,
          shared: .zero)
      }
    }
    guard !rows.isEmpty else { return nil }
    let bases = rows.map { $0.direct + $0.idle }
    for (place, share) in method.shares(of: rest.idle, among: bases).enumerated() {
      rows[place].idle += share
    }
    for (place, share) in method.shares(of: rest.shared, among: bases).enumerated() {
      rows[place].shared += share
    }
    if method == .separate {
      rows.append(
        Row(owner: "nobody", share: nil, direct: .zero, idle: rest.idle, shared: rest.shared))
    }
    return Chargeback(dimension: dimension, rows: rows, method: method)
  }

  /// Requests a second of each owner over all routes.
  private static func weights(
    _ results: Results, by dimension: String
  ) -> [(owner: String, weight: Double)] {
    var found: [(owner: String, weight: Double)] = []
    for figure in results.figures {
      guard let selector = figure.metric.selector, selector.dimension == dimension,
        figure.metric.metric == "requests", let rate = figure.estimate
      else { continue }
      if let place = found.firstIndex(where: { $0.owner == selector.value }) {
        found[place].weight += rate
      } else {
        found.append((selector.value, rate))
      }
    }
    return found
  }

  /// What belongs to a model: its training, its labels, the machines that serve it.
  private static func byModel(
    _ results: Results, _ parts: [CostPart]
  ) -> ([Row], (idle: Money, shared: Money)) {
    let scenario = ResolvedScenario(results)
    let models = results.identity.subjects.filter { $0.kind == .model }.map(\.name)
    var rows = models.map {
      Row(owner: $0, share: nil, direct: .zero, idle: .zero, shared: .zero)
    }
    var rest = (idle: Money.zero, shared: Money.zero)
    for part in parts {
      var owner: String?
      if part.path.count > 1 {
        let name = part.path[1]
        switch part.path[0] {
        case "serving", "services": owner = scenario.model(servedBy: name)
        case "labels":
          let learners = models.filter { scenario.text("models", $0, "task") == name }
          owner = learners.count == 1 ? learners[0] : nil
        default: owner = name
        }
      }
      if let owner, let place = models.firstIndex(of: owner) {
        rows[place].direct += part.work + part.shared
        rows[place].idle += part.idle
      } else {
        rest.idle += part.idle
        rest.shared += part.work + part.shared
      }
    }
    return (rows.filter { $0.total != .zero }, rest)
  }
}

/// A line of the cost tree, split into what requests used, what stood idle, and the rest.
struct CostPart {
  var path: [String]
  var work: Money
  var idle: Money
  var shared: Money

  init(_ line: CostLine, _ results: Results) {
    path = line.path
    work = .zero
    idle = .zero
    shared = .zero
    let amount = line.figure.expected
    let trunk = line.path.first ?? ""
    let name = line.path.count > 1 ? line.path[1] : ""
    if line.path.last?.hasSuffix(", idle") == true || trunk == "unused" {
      idle = amount
    } else if trunk == "serving" {
      // What a fleet is paid for while it has nothing to do belongs to no request.
      let busy = min(max(results.figure("\(name).busy")?.estimate ?? 1, 0), 1)
      work = amount.scaled(by: busy)
      idle = amount - work
    } else if line.unit == "call" {
      work = amount
    } else {
      shared = amount
    }
  }
}
