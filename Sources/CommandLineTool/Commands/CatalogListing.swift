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
    default: try output.write(CatalogListing.text(view, width: terminal.width))
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

/// A view of the catalogue as aligned columns, as many of them as fit.
enum CatalogListing {
  static func text(_ view: CatalogView, width: Int) -> String {
    var wanted = view.columns.indices.filter { view.columns[$0].key != "source" }
    let widths = view.columns.indices.map { place in
      (view.rows.map { ($0[place] ?? "unknown").count } + [view.columns[place].title.count]).max()
        ?? 0
    }
    // On a narrow terminal prices are worth more than the size of a machine.
    let isPriced = view.columns.contains { $0.key == "region" }
    for key in isPriced ? ["vcpus", "memory"] : []
    where wanted.reduce(0, { $0 + widths[$1] + 2 }) > width {
      wanted.removeAll { view.columns[$0].key == key }
    }
    var shown: [Int] = []
    var room = width
    // The date of a price or figure stands beside it, so its column is kept before any other.
    let date = wanted.last { view.columns[$0].key == "date" }
    room -= date.map { widths[$0] + 2 } ?? 0
    for place in wanted where place != date {
      guard room >= widths[place] else { break }
      room -= widths[place] + 2
      shown.append(place)
    }
    if let date { shown.append(date) }
    func line(_ cell: (Int) -> String) -> String {
      var text = ""
      for place in shown {
        let gap = String(repeating: " ", count: widths[place] - cell(place).count)
        text += view.columns[place].isNumber ? gap + cell(place) : cell(place) + gap
        text += "  "
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    let rows = view.rows.count == 1 ? "1 row" : "\(view.rows.count) rows"
    let hidden = view.columns.indices.filter { !shown.contains($0) }.map { view.columns[$0].title }
    let more = HelpText.wrapped(
      "", "\(rows). Also in --format csv and --format json: \(hidden.joined(separator: ", ")).")
    return line { view.columns[$0].title }
      + view.rows.map { row in line { row[$0] ?? "unknown" } }.joined()
      + "\n" + more.joined(separator: "\n") + "\n"
  }
}
