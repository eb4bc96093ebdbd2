import Quantities

/// The price of a machine in one region, per instance-hour.
public struct PriceRow: Hashable, Sendable {
  /// The machine, such as `aws/p5.48xlarge`.
  public var instance: String
  /// The region, such as `us-east-1`.
  public var region: String
  /// Price on demand, or nil: unknown, which is never 0.
  public var onDemand: UnitPrice?
  /// Spot price.
  public var spot: UnitPrice?
  /// Price under a commitment of one year, its upfront payment spread over the term.
  public var committedOneYear: UnitPrice?
  /// Price under a commitment of three years.
  public var committedThreeYears: UnitPrice?
  /// `quoted`, `derived: …` with the rule, or empty.
  public var spotBasis: String
  /// What the committed prices are, such as `committed use`, or empty.
  public var committedBasis: String
  /// Where the prices come from, with their day.
  public var provenance: Provenance

  /// The name of the row, under which ledgers refer to it.
  public var id: String { instance + "@" + region }

  /// Whether the spot price was computed from others rather than quoted.
  public var isSpotDerived: Bool { spotBasis.hasPrefix("derived") }

  /// The day of the prices, or nil where the source does not state one.
  public var date: CalendarInstant? { CalendarInstant(provenance.date) }

  /// How old the prices are at an instant, negative where they are younger; nil where undated.
  public func age(at instant: CalendarInstant) -> Duration? {
    date.flatMap { instant.since($0) }
  }
}

extension PriceRow {
  static let priceColumns = [
    "on_demand_usd_h", "spot_usd_h", "committed_1y_usd_h", "committed_3y_usd_h",
  ]
  static let columns =
    ["instance", "region"] + priceColumns + ["date", "spot_basis", "committed_basis", "source"]

  static func shipped(_ sources: SourceList) -> [PriceRow] {
    shippedRows(pricesTable, columns: columns) { (table) throws(DelimitedTextError) in
      try PriceRow(
        table, instance: try table.requiredText("instance"),
        provenance: sources.provenance(
          try table.requiredText("source"), date: try table.text("date")))
    }
  }

  /// Decodes the prices of one record.
  init(
    _ table: TableReader, instance: String, provenance: Provenance
  ) throws(DelimitedTextError) {
    self.instance = instance
    region = try table.requiredText("region")
    onDemand = try table.optionalPrice("on_demand_usd_h")
    spot = try table.optionalPrice("spot_usd_h")
    committedOneYear = try table.optionalPrice("committed_1y_usd_h")
    committedThreeYears = try table.optionalPrice("committed_3y_usd_h")
    spotBasis = try table.text("spot_basis")
    committedBasis = try table.text("committed_basis")
    self.provenance = provenance
  }
}

extension TableReader {
  /// A field as a price per hour, read exactly, or nil where it is empty.
  ///
  /// A price is a plain decimal of dollars from 0 to a million. More than twelve decimals, as
  /// floating-point arithmetic leaves them in tables, are rounded to the nano-dollar.
  func optionalPrice(_ column: String) throws(DelimitedTextError) -> UnitPrice? {
    let text = try text(column)
    if text.isEmpty { return nil }
    if let price = UnitPrice.dollars(text), price.perUnit >= .zero,
      price.perUnit <= .dollars(1_000_000)
    {
      return price
    }
    guard let value = try optionalNumber(column, in: 0...1_000_000),
      let money = Money(dollars: value)
    else { return nil }
    return UnitPrice(money)
  }
}
