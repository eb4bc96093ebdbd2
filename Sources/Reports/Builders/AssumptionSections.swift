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
      ?? "towtank run \(ShellText.quoted(identity.file))\(NextSection.options(identity))"
    let command =
      start + " --seed \(identity.seed) --replications \(identity.replications)"
    return reproduction(
      command,
      [
        ("version", identity.toolVersion), ("scenario", identity.digest),
        ("start", identity.start.description),
        ("horizon", QuantityFormatter.exact(identity.horizon)),
        ("warm-up", identity.warmUp == .zero ? "none" : QuantityFormatter.exact(identity.warmUp)),
      ])
  }

  /// The command line and what else says that it was the same.
  static func reproduction(_ command: String, _ facts: [(String, String)]) -> Section {
    Section(
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
    // What the system is comes before how it was computed.
    let telling = defaults.filter { $0.path.contains(".") || $0.path == "failures" }
    let shown = (telling.isEmpty ? defaults : telling).prefix(3)
    if !shown.isEmpty {
      let more = defaults.count > shown.count ? " and \(defaults.count - shown.count) more" : ""
      lines.append("Stood on defaults: \(shown.map(\.path).joined(separator: ", "))\(more).")
    }
    let prices = results.cost.prices
    let dates = prices.map(\.date).filter { !$0.isEmpty }.sorted()
    if let first = dates.first, let last = dates.last {
      let span = first == last ? first : "\(first) to \(last)"
      let rows = prices.count == 1 ? "1 price" : "\(prices.count) prices"
      let items = prices[0].item + (prices.count > 1 ? " and \(prices.count - 1) more" : "")
      lines.append("Stood on \(rows) of \(span): \(items).")
    }
    return lines
  }
}
