import Quantities

extension Catalog {
  /// The catalogue with the rows of a user's table in place of or beside its own.
  ///
  /// - Throws: all mistakes of the table, with line, column and cause; nothing is merged then.
  public func merging(
    userTable table: UserTable
  ) throws(UserTableFaults) -> (catalog: Catalog, summary: UserTableSummary) {
    var merger = TableMerger(self, table)
    merger.run()
    if !merger.faults.isEmpty {
      throw UserTableFaults(table: table.name, faults: merger.faults)
    }
    return (merger.catalog, merger.summary)
  }
}

/// Reads one user's table into a copy of a catalogue and collects its mistakes.
struct TableMerger {
  private(set) var catalog: Catalog
  private(set) var summary = UserTableSummary(.machines)
  private(set) var faults: [DelimitedTextError] = []

  let userTable: UserTable
  // Names that this table has given already: a second row of the same name is a mistake.
  var given: Set<String> = []

  init(_ catalog: Catalog, _ userTable: UserTable) {
    self.catalog = catalog
    self.userTable = userTable
  }

  mutating func run() {
    guard userTable.bytes.count <= UserTable.longest else {
      faults = [
        DelimitedTextError(line: 1, column: 1, reason: .textTooLong(limit: UserTable.longest))
      ]
      return
    }
    do {
      let kind = try tableKind()
      summary = UserTableSummary(kind)
      var table = try opened(kind)
      while faults.count < UserTableFaults.limit, try table.advance() {
        do {
          try table.expectWholeRecord()
          try merge(table, kind)
        } catch {
          faults.append(error)
        }
      }
    } catch {
      faults.append(error)
    }
  }

  private func tableKind() throws(DelimitedTextError) -> UserTableSummary.Kind {
    var reader = DelimitedTextReader()
    // The header is all that is wanted, and it is short.
    reader.append(Array(userTable.bytes.prefix(1 << 20)))
    reader.finish()
    let header = try DelimitedTextHeader(reading: &reader)
    if header.index(of: "InstanceType") != nil { return .skyPilot }
    if header.index(of: "instance") != nil { return .machines }
    if header.index(of: "accelerator") != nil { return .accelerators }
    if header.index(of: "model") != nil { return .models }
    throw reader.error(
      0, .unknownTable(tellingColumns: ["instance", "accelerator", "model", "InstanceType"]))
  }

  private func opened(
    _ kind: UserTableSummary.Kind
  ) throws(DelimitedTextError) -> TableReader {
    let bytes = userTable.bytes
    return switch kind {
    case .machines:
      try TableReader(
        bytes, known: InstanceRow.columns + PriceRow.columns.filter { $0 != "instance" },
        required: ["instance"])
    case .accelerators:
      try TableReader(
        bytes, known: AcceleratorRow.columns, required: AcceleratorRow.requiredColumns)
    case .models:
      try TableReader(
        bytes, known: ModelArchitectureRow.columns,
        required: ModelArchitectureRow.requiredColumns)
    case .skyPilot:
      try TableReader(
        bytes, known: SkyPilotRow.columns, required: ["InstanceType", "Price"],
        ignoresOthers: true)
    }
  }

  private mutating func merge(
    _ table: TableReader, _ kind: UserTableSummary.Kind
  ) throws(DelimitedTextError) {
    switch kind {
    case .machines: try mergeMachine(table)
    case .accelerators: try mergeAccelerator(table)
    case .models: try mergeModel(table)
    case .skyPilot: try mergeSkyPilot(table)
    }
  }

  mutating func put(_ row: InstanceRow) { count(catalog.put(row)) }
  mutating func put(_ row: PriceRow) { count(catalog.put(row)) }
  /// Puts a row that this table has already given, which is not counted again.
  mutating func replace(_ row: PriceRow) { _ = catalog.put(row) }
  mutating func skip(_ reason: String) { summary.skip(reason) }

  private mutating func count(_ replaced: Bool) {
    if replaced { summary.replaced += 1 } else { summary.added += 1 }
  }

  private mutating func mergeAccelerator(_ table: TableReader) throws(DelimitedTextError) {
    let base = catalog.accelerator(try table.requiredText("accelerator"))
    var row = try AcceleratorRow(table, base: base, provenance: provenance)
    if let base { row.name = base.name }
    if row.bandwidth != base?.bandwidth { row.execution?.step.bandwidth = row.bandwidth }
    try giveOnce(row.name, "accelerator", table)
    for alias in row.aliases {
      if let other = catalog.accelerator(alias), other.name != row.name {
        throw table.error(
          "aliases",
          .malformed(column: "aliases", text: alias, expected: "names of no other accelerator"))
      }
    }
    count(catalog.put(row))
  }

  private mutating func mergeModel(_ table: TableReader) throws(DelimitedTextError) {
    var row = try ModelArchitectureRow(table, provenance: provenance)
    if let base = catalog.model(row.name) { row.name = base.name }
    try giveOnce(row.name, "model", table)
    for alias in row.aliases {
      if let other = catalog.model(alias), other.name != row.name {
        throw table.error(
          "aliases", .malformed(column: "aliases", text: alias, expected: "names of no other model")
        )
      }
    }
    count(catalog.put(row))
  }

  /// Checks that a name is given once in this table.
  mutating func giveOnce(
    _ name: String, _ column: String, _ table: TableReader
  ) throws(DelimitedTextError) {
    guard given.insert(name).inserted else {
      throw table.error(
        column, .malformed(column: column, text: name, expected: "given once in a table"))
    }
  }

  /// The provenance of a row: what the row says, beside the name of the table.
  func provenance(_ source: String, _ date: String) -> Provenance {
    Provenance(
      source: source.isEmpty ? userTable.name : "\(userTable.name): \(source)",
      licence: "the user's", date: date)
  }
}
