import Experiments
import Quantities

/// What a report stood on: defaults, prices, and how to get the same bytes again.
enum AssumptionSections {
  static func assumptions(_ results: Results) -> Section? {
    let defaults = results.identity.defaults
    guard !defaults.isEmpty else { return nil }
    return Section(
      id: "defaults", heading: "Defaults that nobody wrote",
      blocks: [
        .only(
          .page,
          .table(
            Table(
              id: "defaults",
              columns: [Column("path", .label), Column("value", .note)],
              rows: defaults.map { Row([.text($0.path), .text($0.value)]) })))
      ])
  }

  static func prices(_ cost: CostSummary) -> Section? {
    guard !cost.prices.isEmpty || !cost.unknown.isEmpty else { return nil }
    let rows = cost.prices.map {
      Row([.text($0.item), .text($0.price), .text($0.date), .text($0.source)])
    }
    let missing = cost.unknown.map {
      Row([.text(PathText.label($0.path)), "unknown", "", .text($0.reason)])
    }
    return Section(
      id: "prices", heading: "Prices",
      blocks: [
        .only(
          .page,
          .table(
            Table(
              id: "prices",
              columns: [
                Column("item", .label), Column("price", .text), Column("date", .text),
                Column("source", .note),
              ], rows: rows + missing)))
      ])
  }

  static func reproduction(_ identity: Identity, command: String? = nil) -> Section {
    let start =
      command
      ?? "towtank run \(ShellText.quoted(identity.file))\(NextSection.variantOption(identity))"
    let command =
      start + " --seed \(identity.seed) --replications \(identity.replications)"
    let facts: [(String, String)] = [
      ("version", identity.toolVersion), ("scenario", identity.digest),
      ("start", identity.start.description),
      ("horizon", QuantityFormatter.exact(identity.horizon)),
      ("warm-up", identity.warmUp == .zero ? "none" : QuantityFormatter.exact(identity.warmUp)),
    ]
    return Section(
      id: "reproduction", heading: "The same bytes again",
      blocks: [
        .only(.page, .commands([Command("", command)])),
        .only(
          .page,
          .table(
            Table(
              id: "reproduction", columns: [Column("", .label), Column("", .note)],
              rows: facts.map { Row([.text($0.0), .text($0.1)]) }))),
      ])
  }

  /// Defaults and prices in a line each, for where space is short.
  static func summary(_ results: Results) -> [String] {
    var lines: [String] = []
    let defaults = results.identity.defaults
    if !defaults.isEmpty {
      let shown = defaults.prefix(3).map(\.path).joined(separator: ", ")
      let more = defaults.count > 3 ? " and \(defaults.count - 3) more" : ""
      lines.append("Stood on defaults: \(shown)\(more).")
    }
    var sources: [String] = []
    for price in results.cost.prices {
      let text = [price.source, price.date].filter { !$0.isEmpty }.joined(separator: ", ")
      if !text.isEmpty, !sources.contains(text) { sources.append(text) }
    }
    if !sources.isEmpty {
      let more = sources.count > 2 ? " and \(sources.count - 2) more" : ""
      lines.append("Prices: \(sources.prefix(2).joined(separator: "; "))\(more).")
    }
    return lines
  }
}
