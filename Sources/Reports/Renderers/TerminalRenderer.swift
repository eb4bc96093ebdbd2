import Experiments

/// Writes a report for a terminal: the answer first, 80 columns unless told otherwise, readable
/// without colour.
package struct TerminalRenderer: Sendable {
  /// The columns that a line may take; at least 24.
  package var width: Int
  /// Whether to colour verdicts and headings.
  package var usesColour: Bool

  /// Makes a renderer.
  ///
  /// Widths below 24 columns are taken as 24.
  package init(width: Int = 80, usesColour: Bool = false) {
    self.width = max(width, 24)
    self.usesColour = usesColour
  }

  /// The report as text that ends with a line break.
  package func render(_ report: Report) -> String {
    var lines = wrapped(report.title, .strong)
    lines += banner(report.banner)
    for section in report.sections {
      let body = self.section(section)
      guard !body.isEmpty else { continue }
      lines.append(StyledLine())
      lines += body
    }
    return lines.map { $0.text(inColour: usesColour) + "\n" }.joined()
  }

  private func banner(_ banner: Banner) -> [StyledLine] {
    let tone = banner.verdict.map { Tone($0) } ?? .plain
    var lines = wrapped(banner.sentence, tone)
    if let remark = banner.remark.map(TerminalText.safe), var last = lines.last {
      let start = width - TerminalText.width(remark)
      if last.width + 2 <= start {
        last.pad(to: start)
        last.append(remark, .faint)
        lines[lines.count - 1] = last
      } else {
        lines += wrapped(remark, .faint)
      }
    }
    return lines + banner.basis.flatMap { wrapped($0, .faint) }
  }

  private func section(_ section: Section) -> [StyledLine] {
    let heading = Self.capitals(TerminalText.safe(section.heading))
    let blocks = section.blocks.flatMap(visible)
    guard !blocks.isEmpty else { return [] }
    switch section.layout {
    case .hanging: return hanging(heading, blocks)
    case .block: break
    }
    var lines: [StyledLine] = []
    var rest = blocks[...]
    if case .table(let table)? = blocks.first, table.caption.isEmpty {
      lines += TerminalTable(table, width: width).lines(heading: heading)
      rest = blocks.dropFirst()
    } else if !heading.isEmpty {
      lines += TerminalText.wrap(heading, to: width).map { StyledLine($0, .strong) }
    }
    let indent = heading.isEmpty ? 0 : 2
    return lines + rest.flatMap { block($0, indent: indent) }
  }

  /// A heading in capitals up to its first comma, so that what qualifies it stays quiet.
  private static func capitals(_ heading: String) -> String {
    let name = heading.prefix { $0 != "," }
    return name.uppercased() + heading.dropFirst(name.count)
  }

  private func hanging(_ heading: String, _ blocks: [Block]) -> [StyledLine] {
    let indent = TerminalText.width(heading) + 2
    guard indent <= width / 3 else {
      let lines = TerminalText.wrap(heading, to: width).map { StyledLine($0, .strong) }
      return lines + blocks.flatMap { block($0, indent: 2) }
    }
    let body = blocks.flatMap { block($0, indent: indent) }
    guard let first = body.first else { return [] }
    guard let headed = first.headed(by: heading, .strong) else {
      return [StyledLine(heading, .strong)] + body
    }
    return [headed] + body.dropFirst()
  }

  /// The blocks that a terminal shows, without their audience.
  ///
  /// Charts are for pages.
  private func visible(_ block: Block) -> [Block] {
    switch block {
    case .only(.terminal, let inner): visible(inner)
    case .only(.page, _), .chart: []
    case .notes(let notes): notes.isEmpty ? [] : [block]
    case .verdicts(let rows): rows.isEmpty ? [] : [block]
    case .highlights(let rows): rows.isEmpty ? [] : [block]
    case .commands(let rows): rows.isEmpty ? [] : [block]
    case .paragraph, .table: [block]
    }
  }

  private func block(_ block: Block, indent: Int) -> [StyledLine] {
    switch block {
    case .paragraph(let text): return wrapped(text, indent: indent)
    case .notes(let notes): return notes.flatMap { wrapped($0, indent: indent, hang: 2) }
    case .verdicts(let rows): return TerminalVerdicts(rows, width: width).lines()
    case .highlights(let rows): return highlights(rows)
    case .commands(let commands): return self.commands(commands, indent: indent)
    case .table(let table):
      let caption = table.caption.isEmpty ? nil : "  " + TerminalText.safe(table.caption)
      return TerminalTable(table, width: width).lines(heading: caption)
    case .chart, .only: return []
    }
  }

  private func wrapped(
    _ text: String, _ tone: Tone = .plain, indent: Int = 0, hang: Int = 0
  ) -> [StyledLine] {
    let pieces = TerminalText.wrap(TerminalText.safe(text), to: width - indent - hang)
    return pieces.enumerated().map { index, piece in
      StyledLine(piece, tone, indent: indent + (index == 0 ? 0 : hang))
    }
  }

  private func highlights(_ rows: [Highlight]) -> [StyledLine] {
    let table = Table(
      id: "highlights",
      columns: [Column("", .label), Column("", .reading(.interval)), Column("", .note)],
      rows: rows.map { Row([.text($0.label), .reading($0.reading), .text($0.remark)]) })
    return TerminalTable(table, width: width, showsTitles: false).lines(heading: nil)
  }

  private func commands(_ commands: [Command], indent: Int) -> [StyledLine] {
    commands.flatMap { command -> [StyledLine] in
      let purpose = command.purpose.isEmpty ? [] : wrapped(command.purpose, indent: indent)
      let start = indent + 2
      let pieces = TerminalText.wrap(TerminalText.safe(command.line), to: width - start - 4)
      return purpose
        + pieces.enumerated().map { index, piece in
          // A backslash lets a broken command be pasted as it stands.
          let end = index + 1 < pieces.count ? " \\" : ""
          return StyledLine(piece + end, .plain, indent: start + (index == 0 ? 0 : 2))
        }
    }
  }
}
