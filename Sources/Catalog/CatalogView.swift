import Quantities

/// Rows of the catalogue as plain cells, for the terminal, CSV or JSON.
public struct CatalogView: Hashable, Sendable {
  /// One column.
  public struct Column: Hashable, Sendable {
    /// The name by which filters and JSON know it, such as `memory`.
    public var key: String
    /// The unit of its cells, such as `GiB`, or empty.
    public var unit: String
    /// Whether its cells are numbers.
    public var isNumber: Bool

    /// The head of the column: name and unit.
    public var title: String { unit.isEmpty ? key : "\(key) \(unit)" }
  }

  /// The columns.
  public var columns: [Column]
  /// The cells, row by row; nil is unknown, an empty text is nothing.
  public var rows: [[String?]]

  /// The view with the rows that pass a filter alone.
  ///
  /// - Throws: where the filter names a column that the view does not have.
  public func filtered(_ filter: CatalogFilter) throws(CatalogFilterError) -> CatalogView {
    var view = self
    switch filter {
    case .text(let text):
      let wanted = Self.lowered(text)
      view.rows = rows.filter { row in
        row.contains { cell in cell.map { Self.lowered($0).contains(wanted) } ?? false }
      }
    case .equals(let key, let value):
      guard let place = columns.firstIndex(where: { $0.key == key }) else {
        throw CatalogFilterError(key: key, knownKeys: columns.map(\.key))
      }
      let wanted = Self.lowered(value)
      view.rows = rows.filter { Self.lowered($0[place] ?? "unknown") == wanted }
    }
    return view
  }

  /// The view as CSV; an unknown cell is empty.
  public var delimitedText: String {
    let head = DelimitedTextWriter.record(columns.map(\.title))
    return head + rows.map { DelimitedTextWriter.record($0.map { $0 ?? "" }) }.joined()
  }

  private static func lowered(_ text: String) -> String {
    String(
      decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

/// Which rows of a view are wanted.
public enum CatalogFilter: Hashable, Sendable {
  /// Those with a cell that holds the text, whatever its case.
  case text(String)
  /// Those whose cell in a column equals the value, whatever its case; `unknown` finds what is.
  case equals(key: String, value: String)

  /// Reads `key=value`, or else a text.
  public init(_ text: String) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let key = String(parts[0]), let value = String(parts[1]), !key.isEmpty {
      self = .equals(key: key, value: value)
    } else {
      self = .text(text)
    }
  }
}

/// A filter that names no column of the view.
public struct CatalogFilterError: Error, Hashable, Sendable {
  /// The name that no column has.
  public var key: String
  /// The names of the columns.
  public var knownKeys: [String]

  /// A filter on a column that is not there.
  public init(key: String, knownKeys: [String]) {
    self.key = key
    self.knownKeys = knownKeys
  }
}

extension Catalog {
  /// The rows of one kind as plain cells; machines come with a row for each region.
  public func view(_ kind: RowKind) -> CatalogView {
    switch kind {
    case .accelerators: acceleratorView
    case .instances: instanceView
    case .models: modelView
    }
  }

  private var acceleratorView: CatalogView {
    CatalogView(
      columns: [
        .text("name"), .number("memory", "GiB"), .number("bandwidth", "GB/s"),
        .number("bf16", "TFLOPS"), .number("fp8", "TFLOPS"), .number("int8", "TOPS"),
        .number("fp4", "TFLOPS"), .number("power", "W"), .number("link", "GB/s"),
        .text("error"), .text("date"), .text("source"),
      ],
      rows: accelerators.map { row in
        [
          row.name, row.kind == .cpu ? nil : Self.text(row.memoryGiB), Self.text(row.bandwidth),
          Self.text(row.bf16Peak), row.fp8Peak.map(Self.text), row.int8Peak.map(Self.text),
          row.fp4Peak.map(Self.text), row.power.map(Self.text), Self.text(row.linkBandwidth),
          row.calibrationError.statement, row.provenance.date, row.provenance.source,
        ]
      })
  }

  private var instanceView: CatalogView {
    var rows: [[String?]] = []
    for machine in instances {
      let shape: [String?] = [
        machine.name, machine.accelerator,
        machine.accelerator.isEmpty ? "" : Self.text(machine.acceleratorCount),
        Self.text(machine.vcpus), Self.text(machine.memoryGiB),
      ]
      let prices = prices(of: machine.name)
      if prices.isEmpty {
        let provenance = machine.provenance
        rows.append(shape + ["", nil, nil, nil, nil, provenance.date, provenance.source])
      }
      for price in prices {
        rows.append(
          shape + [
            price.region, price.onDemand.map(Self.text), price.spot.map(Self.text),
            price.committedOneYear.map(Self.text), price.committedThreeYears.map(Self.text),
            price.provenance.date, price.provenance.source,
          ])
      }
    }
    return CatalogView(
      columns: [
        .text("name"), .text("gpu"), .number("gpus"), .number("vcpus"), .number("memory", "GiB"),
        .text("region"), .number("on-demand", "$/h"), .number("spot", "$/h"),
        .number("1-year", "$/h"), .number("3-years", "$/h"), .text("date"), .text("source"),
      ],
      rows: rows)
  }

  private var modelView: CatalogView {
    CatalogView(
      columns: [
        .text("name"), .text("kind"), .number("parameters"), .number("layers"),
        .number("hidden"), .number("heads"), .number("kv-heads"), .number("head-size"),
        .number("mlp"), .number("vocabulary"), .number("context", "tokens"),
        .number("kv", "elements/token"), .text("date"), .text("source"),
      ],
      rows: models.map { row in
        let shape = [
          row.hidden, row.heads, row.kvHeads, row.headSize, row.mlpWidth, row.vocabulary,
          row.context,
        ]
        var cells: [String?] = [
          row.name, row.kind.rawValue, String(row.parameters), String(row.layers),
        ]
        cells += shape.map { $0 == 0 ? "" : String($0) }
        let cache = row.kvElementsPerToken
        cells.append(cache == 0 ? "" : String(cache))
        return cells + [row.provenance.date, row.provenance.source]
      })
  }

  /// The shortest decimal that reads back as the number, without a fraction where it is whole.
  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  /// A price in plain decimals, exactly.
  private static func text(_ price: UnitPrice) -> String {
    let (whole, rest) = price.perUnit.picodollars.quotientAndRemainder(
      dividingBy: 1_000_000_000_000)
    guard rest != 0 else { return String(whole) }
    var digits = String(1_000_000_000_000 + rest.magnitude).utf8.dropFirst()
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return "\(whole).\(String(digits) ?? "")"
  }
}

extension CatalogView.Column {
  static func text(_ key: String) -> Self { Self(key: key, unit: "", isNumber: false) }
  static func number(_ key: String, _ unit: String = "") -> Self {
    Self(key: key, unit: unit, isNumber: true)
  }
}
