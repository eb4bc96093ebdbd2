import Experiments
import MLSystem
import Quantities
import Statistics
import Syntax

// Quality in production: overall, by segment, against rules and people, and what serving takes.
extension EvaluationReport {
  static func overall(_ facts: ModelFacts) -> Section? {
    let rows = facts.qualityRows()
    if rows.isEmpty { return nil }
    var blocks: [Block] = [
      .table(
        Table(
          id: "quality",
          columns: [Column("", .label), Column("mean", .reading(.intervalAndRange))], rows: rows))
    ]
    if let fairness = facts.results.figure("\(facts.model).fairness")?.estimate {
      let isFair = fairness >= Recommendation.fairness
      blocks.append(
        .notes([
          "The least ratio of true-positive rates is \(isFair ? "above" : "below") four fifths."
        ]))
    }
    return Section(id: "quality", heading: "Quality in production", blocks: blocks)
  }

  static func segments(_ facts: ModelFacts) -> Section? {
    let tables = facts.segments.compactMap { segment -> Block? in
      let rows = facts.qualityRows(segment: segment)
      if rows.isEmpty { return nil }
      return .table(
        Table(
          id: "segment-\(segment)", caption: "Segment \(segment)",
          columns: [Column(segment, .label), Column("mean", .reading(.intervalAndRange))],
          rows: rows))
    }
    if tables.isEmpty { return nil }
    return Section(id: "segments", heading: "Quality by segment", blocks: tables)
  }

  /// The difference to each rule that predicts the same, run by run; a rule that answered nothing
  /// has the quality that the scenario gives it.
  static func baselines(_ facts: ModelFacts) -> Section? {
    guard let own = facts.results.figure("\(facts.model).auc"), own.estimate != nil else {
      return nil
    }
    let rows = facts.baselines.compactMap { name -> Row? in
      let found = facts.results.figure("\(name).auc").flatMap { $0.estimate == nil ? nil : $0 }
      let given = facts.scenario["models"]?[name]?["quality"]?["auc"]?.double
      let values = found?.values ?? own.values.map { _ in given }
      let pairs = zip(values, own.values).compactMap { a, b in
        a.flatMap { a in b.map { (a, $0) } }
      }
      guard let first = pairs.first else { return nil }
      let compared = PairedComparison(
        baseline: pairs.map { $0.0 }, alternative: pairs.map { $0.1 })
      let bounds = pairs.count > 1 ? Reading.Bounds(compared.difference) : nil
      return Row([
        .text(name), .reading(found.map { Reading($0) } ?? .exact(first.0, .number(""))),
        .reading(
          Reading.simulated(compared.difference.estimate, bounds, .number("")).asDifference),
      ])
    }
    if rows.isEmpty { return nil }
    return Section(
      id: "baseline", heading: "Against the baseline",
      blocks: [
        .table(
          Table(
            id: "baseline",
            columns: [
              Column("", .label), Column("AUC", .reading(.interval)),
              Column("\(facts.model) more", .reading(.interval)),
            ], rows: rows))
      ])
  }

  static func serving(_ facts: ModelFacts) -> Section? {
    var rows: [Row] = []
    func add(_ label: String, _ name: String) {
      guard let figure = facts.results.figure(name), figure.estimate != nil else { return }
      rows.append(Row([.text(label), .reading(Reading(figure))]))
    }
    for server in facts.servers {
      add("\(server), calls", "\(server).calls")
      for statistic in ["p50", "p99"] {
        add("\(server), latency \(statistic)", "\(server).latency.\(statistic)")
      }
      add("\(server), busy", "\(server).busy")
    }
    add("cost of 1,000 predictions, everything counted", "cost.per1k")
    if rows.isEmpty { return nil }
    return Section(
      id: "serving", heading: "Serving",
      blocks: [
        .table(
          Table(
            id: "serving",
            columns: [Column("", .label), Column("mean", .reading(.intervalAndRange))],
            rows: rows))
      ])
  }
}
