import Experiments
import Quantities

/// What a report stood on: defaults, prices, and how to get the same bytes again.
enum AssumptionSections {
  /// Different prices of one item that are shown.
  private static let shownPrices = 3

  static func assumptions(_ results: Results) -> Section? {
    assumptions(results.identity.defaults)
  }

  static func assumptions(_ defaults: [AppliedDefault]) -> Section? {
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

  static func prices(_ cost: CostSummary) -> Section? { prices(cost.prices, cost.unknown) }

  /// Prices by item; of one that differs from point to point of a study the first ones.
  static func prices(_ prices: [PriceUsed], _ unknown: [UnknownCost]) -> Section? {
    guard !prices.isEmpty || !unknown.isEmpty else { return nil }
    var items: [[PriceUsed]] = []
    for price in prices {
      let place = items.firstIndex {
        ($0[0].item, $0[0].date, $0[0].source) == (price.item, price.date, price.source)
      }
      if let place { items[place].append(price) } else { items.append([price]) }
    }
    let rows = items.flatMap { same -> [Row] in
      let more = same.count > shownPrices ? ["and \(same.count - shownPrices) more"] : []
      let texts = same.prefix(shownPrices).map(\.price) + more
      let first = same[0]
      return texts.enumerated().map { place, text in
        place == 0
          ? Row([.text(first.item), .text(text), .text(first.date), .text(first.source)])
          : Row(["", .text(text), "", ""])
      }
    }
    let missing = unknown.map {
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

  /// What the points of a study stood on: defaults, and the prices of all of them.
  static func study(_ defaults: [AppliedDefault], _ assumptions: Assumptions) -> [Section] {
    [self.assumptions(defaults), prices(assumptions.prices, assumptions.unknown)].compactMap { $0 }
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
    summary(results.identity.defaults, results.cost.prices)
  }

  static func summary(_ defaults: [AppliedDefault], _ prices: [PriceUsed]) -> [String] {
    var lines: [String] = []
    // What the system is comes before how it was computed.
    let telling = defaults.filter { $0.path.contains(".") || $0.path == "failures" }
    let shown = (telling.isEmpty ? defaults : telling).prefix(3)
    if !shown.isEmpty {
      let more = defaults.count > shown.count ? " and \(defaults.count - shown.count) more" : ""
      lines.append("Stood on defaults: \(shown.map(\.path).joined(separator: ", "))\(more).")
    }
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
