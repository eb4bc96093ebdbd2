import Quantities

/// Where a fact comes from and when it was true.
public struct Provenance: Hashable, Sendable {
  /// The source in words: repository, path and commit, paper, or the user's file.
  public var source: String
  /// The licence of the source, or "facts" where only facts were taken.
  public var licence: String
  /// The day of the fact as `2026-07-20`, or a year, or empty where the source does not state one.
  public var date: String

  /// A source with its licence and date.
  public init(source: String, licence: String, date: String) {
    self.source = source
    self.licence = licence
    self.date = date
  }
}

/// The sources that the shipped tables name by short words.
struct SourceList {
  private let rows: [(id: String, citation: String, licence: String)]

  init() {
    rows = shippedRows(sourcesTable, columns: ["id", "citation", "licence"]) {
      (table) throws(DelimitedTextError) in
      (
        id: try table.requiredText("id"), citation: try table.requiredText("citation"),
        licence: try table.requiredText("licence")
      )
    }
  }

  /// The provenance that a list of words joined by `+` stands for.
  func provenance(_ words: String, date: String) -> Provenance {
    var citations: [String] = []
    var licences: [String] = []
    for word in words.utf8.split(separator: UInt8(ascii: "+")) {
      let id = String(word) ?? ""
      guard let row = rows.first(where: { $0.id == id }) else {
        preconditionFailure("a shipped table names the source \(id), which is not in sourcesTable")
      }
      citations.append(row.citation)
      if !licences.contains(row.licence) { licences.append(row.licence) }
    }
    return Provenance(
      source: citations.joined(separator: "; "), licence: licences.joined(separator: "; "),
      date: date)
  }
}

/// Reads a shipped table, which must be right: a mistake in it is a mistake in the program.
func shippedRows<Row>(
  _ text: String, columns: [String],
  _ decode: (TableReader) throws(DelimitedTextError) -> Row
) -> [Row] {
  do {
    var table = try TableReader(Array(text.utf8), known: columns, required: columns)
    var rows: [Row] = []
    while try table.advance() {
      try table.expectWholeRecord()
      rows.append(try decode(table))
    }
    return rows
  } catch {
    preconditionFailure("a shipped table is broken: \(error)")
  }
}
