import Experiments

/// Writes a report as Markdown (GitHub's dialect), for pull requests and wikis.
package struct MarkdownRenderer: Sendable {
  /// Rows of a chart's table that a document shows; pictures are for pages.
  private static let chartRows = 24

  /// Makes a renderer.
  package init() {}

  /// The document.
  package func render(_ report: Report) -> String {
    var parts = ["# " + MarkdownText.safe(report.title), banner(report.banner)]
    for section in report.sections {
      let blocks = section.blocks.map(block).filter { !$0.isEmpty }
      if blocks.isEmpty { continue }
      if !section.heading.isEmpty { parts.append("## " + MarkdownText.safe(section.heading)) }
      parts += blocks
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func banner(_ banner: Banner) -> String {
    let remark = banner.remark.map { " " + MarkdownText.safe($0) } ?? ""
    let basis = banner.basis.map { MarkdownText.safe($0) }.joined(separator: "  \n")
    let answer = "**\(MarkdownText.safe(banner.sentence))**\(remark)"
    return basis.isEmpty ? answer : answer + "\n\n" + basis
  }

  private func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let text): return MarkdownText.safe(text)
    case .highlights(let rows):
      return rows.map { row in
        let remark = row.remark.isEmpty ? "" : ", " + row.remark
        return "- " + MarkdownText.safe("\(row.label): \(row.reading.text.line)\(remark)")
      }.joined(separator: "\n")
    case .table(let table): return self.table(table)
    case .verdicts(let rows): return rows.isEmpty ? "" : verdicts(rows)
    case .chart(let chart): return self.chart(chart)
    case .notes(let notes):
      return notes.map { "- " + MarkdownText.safe($0) }.joined(separator: "\n")
    case .commands(let commands):
      return commands.map { command in
        let purpose =
          command.purpose.isEmpty ? "" : MarkdownText.safe(command.purpose) + "\n\n"
        return purpose + MarkdownText.fenced(command.line)
      }.joined(separator: "\n\n")
    case .only(.terminal, _): return ""
    case .only(.page, let inner): return self.block(inner)
    }
  }

  private func verdicts(_ rows: [VerdictRow]) -> String {
    let lines = rows.map { row in
      let text = row.reading.text
      let promise = [row.promise, row.qualifier].filter { !$0.isEmpty }.joined(separator: " ")
      let remark = [row.remark, row.detail].filter { !$0.isEmpty }.joined(separator: "; ")
      return "| "
        + [row.verdict.mark, promise, text.value, text.interval, remark]
        .map { MarkdownText.safe($0) }.joined(separator: " | ") + " |"
    }
    let head = "|  | threshold | found | 95% interval |  |\n|---|---|--:|---|---|"
    return ([head] + lines).joined(separator: "\n")
  }

  private func table(_ table: Table) -> String {
    let grid = Grid(table)
    let titles = grid.columns.map { MarkdownText.safe($0.title) }.joined(separator: " | ")
    let rules = grid.columns.map { $0.isRightAligned ? "--:" : "---" }.joined(separator: "|")
    let rows = grid.rows.map { row -> String in
      let cells = row.cells.enumerated().map { index, cell -> String in
        let text = cell.lines.filter { !$0.isEmpty }.map { MarkdownText.safe($0) }
          .joined(separator: "<br>")
        let inset = index == 0 ? String(repeating: "&emsp;", count: row.depth) : ""
        let isStrong = row.emphasis == .total && !text.isEmpty
        return inset + (isStrong ? "**\(text)**" : text)
      }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let caption = table.caption.isEmpty ? [] : ["**\(MarkdownText.safe(table.caption))**", ""]
    return (caption + ["| \(titles) |", "|\(rules)|"] + rows).joined(separator: "\n")
  }

  private func chart(_ chart: Chart) -> String {
    if case .diagram(let diagram) = chart.content {
      return "**\(MarkdownText.safe(chart.title))**  \n\(MarkdownText.safe(chart.subtitle)).\n\n"
        + "```mermaid\n\(diagram.mermaid)```"
    }
    var table = chart.table
    let count = table.rows.count
    if count > Self.chartRows {
      let kept = (0..<Self.chartRows).map { $0 * (count - 1) / (Self.chartRows - 1) }
      table.rows = kept.map { table.rows[$0] }
    }
    let shown = count > Self.chartRows ? " \(Self.chartRows) of \(count) points." : ""
    return "**\(MarkdownText.safe(chart.title))**  \n\(MarkdownText.safe(chart.subtitle)).\(shown)"
      + "\n\n" + self.table(table)
  }
}

/// Text made safe for Markdown.
package enum MarkdownText {
  /// The text with everything escaped that Markdown or HTML would read as markup, on one line.
  package static func safe(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!":
        safe += "\\"
        safe.unicodeScalars.append(scalar)
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      // A reference by @ would notify a stranger.
      case "@": safe += "&#64;"
      case "\n", "\t", "\r": safe += " "
      default:
        if TerminalText.isUnsafe(scalar) {
          safe += "\u{FFFD}"
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return escapedStart(safe)
  }

  /// Code in a fence that is longer than any run of backticks in it.
  package static func fenced(_ code: String) -> String {
    var longest = 0
    var run = 0
    for character in code.utf8 {
      run = character == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return fence + "sh\n" + TerminalText.safe(code) + "\n" + fence
  }

  /// What would begin a list or a rule at the start of a line, made plain.
  private static func escapedStart(_ text: String) -> String {
    guard let first = text.first else { return text }
    if first == "-" || first == "+" || first == "=" {
      // A signed number is no list: a list needs a space after its sign.
      let next = text.dropFirst().first
      return next == nil || next == " " || next == first ? "\\" + text : text
    }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let rest = text.dropFirst(digits.count)
    if !digits.isEmpty, let stop = rest.first, stop == "." || stop == ")",
      rest.dropFirst().first == " "
    {
      return digits + "\\" + rest
    }
    return text
  }
}
