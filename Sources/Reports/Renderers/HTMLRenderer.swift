import Experiments

/// Writes a report as one page that needs nothing else: style and pictures inside, no script.
///
/// The page forbids itself to load anything (Content Security Policy), so it can be opened from
/// a mail or a memory stick.
package struct HTMLRenderer: Sendable {
  /// Makes a renderer.
  package init() {}

  /// The page.
  package func render(_ report: Report) -> String {
    let sections = report.sections.map { ($0, body(of: $0)) }.filter { !$0.1.isEmpty }
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTMLText.safe(report.title))</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      \(HTMLStyle.definitions)<main>
      <h1>\(HTMLText.safe(report.title))</h1>
      \(banner(report.banner))\(contents(sections.map(\.0).filter { !$0.heading.isEmpty }))\
      \(sections.map { frame($0.0, $0.1) }.joined())</main>
      </body>
      </html>

      """
  }

  private func banner(_ banner: Banner) -> String {
    let name = banner.verdict?.rawValue ?? "plain"
    let remark =
      banner.remark.map { " <span class=\"remark\">\(HTMLText.safe($0))</span>" } ?? ""
    let basis = banner.basis.map { "<p class=\"basis\">\(HTMLText.safe($0))</p>\n" }.joined()
    return """
      <div class="banner \(name)">
      <p class="answer">\(HTMLText.safe(banner.sentence))\(remark)</p>
      \(basis)</div>

      """
  }

  private func contents(_ sections: [Section]) -> String {
    guard sections.count > 2 else { return "" }
    let links = sections.map {
      "<a href=\"#\(HTMLText.identifier($0.id))\">\(HTMLText.safe($0.heading))</a>"
    }
    return "<nav>" + links.joined(separator: "\n") + "</nav>\n"
  }

  private func frame(_ section: Section, _ body: String) -> String {
    let heading =
      section.heading.isEmpty ? "" : "<h2>\(HTMLText.safe(section.heading))</h2>\n"
    return """
      <section id="\(HTMLText.identifier(section.id))">
      \(heading)\(body)</section>

      """
  }

  private func body(of section: Section) -> String {
    section.blocks.map(block).joined()
  }

  private func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let text): return "<p>\(HTMLText.safe(text))</p>\n"
    case .highlights(let rows): return rows.isEmpty ? "" : cards(rows)
    case .table(let table): return self.table(table)
    case .verdicts(let rows): return rows.isEmpty ? "" : verdicts(rows)
    case .chart(let chart): return figure(chart)
    case .notes(let notes):
      let items = notes.map { "<li>\(HTMLText.safe($0))</li>\n" }.joined()
      return notes.isEmpty ? "" : "<ul>\n\(items)</ul>\n"
    case .commands(let commands):
      return commands.map { command in
        let purpose =
          command.purpose.isEmpty ? "" : "<p>\(HTMLText.safe(command.purpose))</p>\n"
        return purpose + "<pre>\(HTMLText.safe(command.line))</pre>\n"
      }.joined()
    case .only(.terminal, _): return ""
    case .only(.page, let inner): return self.block(inner)
    }
  }

  private func cards(_ rows: [Highlight]) -> String {
    let cards = rows.map { row in
      let text = row.reading.text
      let range = text.range.isEmpty ? "" : "P10-P90 " + text.range
      let more = [text.interval, range, row.remark].filter { !$0.isEmpty }
      return """
        <div class="card"><div class="name">\(HTMLText.safe(row.label))</div>
        <div class="number">\(value(text.value, row.reading))</div>
        \(more.map { "<div class=\"more\">\(HTMLText.safe($0))</div>\n" }.joined())</div>

        """
    }
    return "<div class=\"cards\">\n\(cards.joined())</div>\n"
  }

  private func value(_ text: String, _ reading: Reading) -> String {
    reading.certainty == .unknown
      ? "<span class=\"unknown\">\(HTMLText.safe(text))</span>" : HTMLText.safe(text)
  }

  private func mark(_ outcome: Outcome) -> String {
    "<span class=\"mark \(outcome.rawValue)\">\(outcome.mark)</span>"
  }

  private func verdicts(_ rows: [VerdictRow]) -> String {
    let body = rows.map { row in
      let text = row.reading.text
      let qualifier =
        row.qualifier.isEmpty ? "" : "<small>\(HTMLText.safe(row.qualifier))</small>"
      let remarks = [row.remark, row.detail].filter { !$0.isEmpty }.map(HTMLText.safe)
      return """
        <tr><td class="text">\(mark(row.verdict))</td>\
        <td class="label">\(HTMLText.safe(row.promise))\(qualifier)</td>\
        <td class="value">\(value(text.value, row.reading))</td>\
        <td class="interval">\(HTMLText.safe(text.interval))</td>\
        <td class="note">\(remarks.joined(separator: "<br>"))</td></tr>

        """
    }.joined()
    let titles = """
      <tr><th></th><th>threshold</th><th class="value">found</th><th>95% interval</th><th></th></tr>
      """
    let content = "<thead>\(titles)</thead>\n<tbody>\n\(body)</tbody>\n"
    return scrolling(content, caption: "", classes: " class=\"verdicts\"")
  }

  private func table(_ table: Table) -> String {
    let grid = Grid(table)
    let titles = grid.columns.map {
      "<th class=\"\($0.kind.name)\">\(HTMLText.safe($0.title))</th>"
    }.joined()
    let isStacked = grid.isWide
    let body = grid.rows.map { row -> String in
      let cells = zip(grid.columns, row.cells).enumerated().map { index, pair in
        cell(pair.1, pair.0, depth: index == 0 ? row.depth : 0, isHeaded: isStacked)
      }
      let emphasis = row.emphasis.name
      let opening = emphasis.isEmpty ? "<tr>" : "<tr class=\"\(emphasis)\">"
      return opening + cells.joined() + "</tr>\n"
    }.joined()
    let hasTitles = grid.columns.contains { !$0.title.isEmpty }
    let head = hasTitles ? "<thead><tr>\(titles)</tr></thead>\n" : ""
    return scrolling(
      head + "<tbody>\n\(body)</tbody>\n", caption: table.caption,
      classes: isStacked ? " class=\"stack\"" : "")
  }

  private func cell(
    _ cell: Grid.Cell, _ column: Grid.Column, depth: Int, isHeaded: Bool
  ) -> String {
    let lines = cell.lines.map(HTMLText.safe)
    let first = lines.first ?? ""
    let rest = lines.dropFirst().map { "<small>\($0)</small>" }.joined()
    let content: String
    switch cell.tone {
    case .good, .bad, .doubtful:
      let name =
        cell.tone == .good ? "mark met" : cell.tone == .bad ? "mark breached" : "unknown"
      content = "<span class=\"\(name)\">\(first)</span>"
    case .plain, .strong, .faint: content = first
    }
    let inset = depth > 0 ? " style=\"padding-left:\(depth * 16)px\"" : ""
    let heading = isHeaded ? " data-head=\"\(HTMLText.safe(column.title))\"" : ""
    return "<td class=\"\(column.kind.name)\"\(heading)\(inset)>\(content)\(rest)</td>"
  }

  private func scrolling(_ content: String, caption: String, classes: String = "") -> String {
    let heading = caption.isEmpty ? "" : "<caption>\(HTMLText.safe(caption))</caption>\n"
    return "<div class=\"scroll\"><table\(classes)>\n\(heading)\(content)</table></div>\n"
  }

  private func figure(_ chart: Chart) -> String {
    """
    <figure>
    <figcaption><b>\(HTMLText.safe(chart.title))</b>\
    <span>\(HTMLText.safe(chart.subtitle))</span></figcaption>
    <div class="scroll">
    \(ChartWriter.svg(chart))</div>
    <details><summary>Numbers</summary>
    \(table(chart.table))</details>
    </figure>

    """
  }
}

extension Grid {
  /// Whether a narrow screen does not hold its columns side by side, so that each row becomes a
  /// list of headed cells there.
  var isWide: Bool {
    columns.count > 3 || columns.count > 1 && columns.contains { $0.kind == .note }
  }
}

extension Grid.Kind {
  /// The class of such a column.
  var name: String {
    switch self {
    case .label: "label"
    case .text: "text"
    case .note: "note"
    case .value: "value"
    case .interval: "interval"
    case .range: "range"
    }
  }
}

extension Row.Emphasis {
  /// The class of such a row; empty for a plain one.
  var name: String {
    switch self {
    case .plain: ""
    case .total: "total"
    case .faint: "faint"
    }
  }
}
