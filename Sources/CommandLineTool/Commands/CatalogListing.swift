import Catalog
import Syntax

extension Tool {
  /// `towtank catalog [gpus|instances|models]`.
  func catalog(_ arguments: Arguments) throws -> ExitCode {
    let word = arguments.operands.first ?? Catalog.RowKind.accelerators.rawValue
    guard let kind = Catalog.RowKind(rawValue: word) else {
      throw CommandFailure(
        .usage, "error: no table `\(word)`\nhelp: gpus, instances or models")
    }
    var view = Catalog.shipped.view(kind)
    for filter in arguments.values("--filter") {
      do {
        view = try view.filtered(CatalogFilter(filter))
      } catch {
        let near = EditDistance.suggestion(for: error.key, among: error.knownKeys)
        throw CommandFailure(
          .usage,
          "error: no column `\(error.key)`\n"
            + (near.map { "help: did you mean `\($0)`?" }
              ?? "help: columns are \(error.knownKeys.joined(separator: ", "))"))
      }
    }
    switch arguments.value("--format") ?? "terminal" {
    case "csv": try output.write(view.delimitedText)
    case "json": try output.write(json(view).text(.pretty) + "\n")
    default: try output.write(CatalogListing.text(view))
    }
    return .success
  }

  private func json(_ view: CatalogView) -> JSONValue {
    .array(
      view.rows.map { row in
        .object(
          zip(view.columns, row).map { column, cell in
            JSONMember(column.title, cell.map { .string($0) } ?? .null)
          })
      })
  }
}

/// A view of the catalogue as aligned columns; its sources stand beneath it.
enum CatalogListing {
  static func text(_ view: CatalogView) -> String {
    let shown = view.columns.indices.filter { view.columns[$0].key != "source" }
    let heads = shown.map { view.columns[$0].title }
    let cells = view.rows.map { row in shown.map { row[$0] ?? "unknown" } }
    let widths = heads.indices.map { place in
      (cells.map { $0[place].count } + [heads[place].count]).max() ?? 0
    }
    func line(_ row: [String]) -> String {
      var text = ""
      for (place, cell) in row.enumerated() {
        let gap = String(repeating: " ", count: widths[place] - cell.count)
        text += view.columns[shown[place]].isNumber ? gap + cell : cell + gap
        text += "  "
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    let rows = view.rows.count == 1 ? "1 row" : "\(view.rows.count) rows"
    return line(heads) + cells.map(line).joined()
      + "\n\(rows). Sources are in --format csv and --format json.\n"
  }
}
