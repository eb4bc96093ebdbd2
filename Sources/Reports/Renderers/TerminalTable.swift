/// Sets a grid in lines of a given width: shrinks free text first, then splits the columns over
/// several tables, and at last writes each row as a list.
package struct TerminalTable {
  private let grid: Grid
  private let width: Int
  private let indent = 2
  private let gap = 2

  /// A table that may be `width` columns wide.
  package init(_ table: Table, width: Int, showsTitles: Bool = true) {
    var grid = Grid(table).mapText(TerminalText.safe)
    if !showsTitles || !table.hasHeader {
      for column in grid.columns.indices { grid.columns[column].title = "" }
    }
    self.grid = grid
    self.width = width
  }

  /// The lines.
  ///
  /// A heading stands over the labels, on the line of the column titles where they leave it room
  /// and on its own otherwise.
  package func lines(heading: String?) -> [StyledLine] {
    precondition(!grid.columns.isEmpty, "a table has columns")
    let labels = grid.columns.prefix { $0.kind == .label }.count
    var lines: [StyledLine] = []
    for (part, chosen) in parts(labels: labels).enumerated() {
      guard let widths = fit(chosen) ?? fit(chosen, leastText: 12, leastLabel: 12) else {
        if let heading, part == 0 {
          lines += TerminalText.wrap(heading, to: width).map { StyledLine($0, .strong) }
        }
        return lines + list()
      }
      let heading = part == 0 ? heading : heading.map { $0 + " (continued)" }
      lines += header(chosen, widths, labels: labels, heading: heading)
      for row in grid.rows { lines += self.row(row, chosen, widths) }
    }
    return lines
  }

  // MARK: sharing the width

  /// The columns in groups that fit side by side; every group starts with the labels.
  private func parts(labels: Int) -> [[Int]] {
    let all = Array(grid.columns.indices)
    if fit(all) != nil { return [all] }
    var parts: [[Int]] = []
    var current = Array(0..<labels)
    for unit in units(from: labels) {
      if current.count > labels, fit(current + unit) == nil {
        parts.append(current)
        current = Array(0..<labels)
      }
      current += unit
    }
    return parts + [current]
  }

  /// Columns that must stay together: a value with its interval and range.
  private func units(from start: Int) -> [[Int]] {
    var units: [[Int]] = []
    for column in start..<grid.columns.count {
      switch grid.columns[column].kind {
      case .interval, .range:
        if units.isEmpty { units.append([column]) } else { units[units.count - 1].append(column) }
      case .label, .text, .note, .value: units.append([column])
      }
    }
    return units
  }

  /// Widths of the chosen columns so that they fit, or `nil` when they cannot.
  ///
  /// Words stay whole where that fits. Those of free text are broken before a table is, those of
  /// labels only where no table is left to break.
  private func fit(_ chosen: [Int]) -> [Int]? {
    fit(chosen, leastText: 24, leastLabel: 24) ?? fit(chosen, leastText: 12, leastLabel: 24)
  }

  private func fit(_ chosen: [Int], leastText: Int, leastLabel: Int) -> [Int]? {
    let room = width - indent - gap * max(0, chosen.count - 1)
    let natural = chosen.map { naturalWidth($0) }
    let least = zip(chosen, natural).map { min(minimalWidth($0, leastText, leastLabel), $1) }
    guard least.reduce(0, +) <= room else { return nil }
    var widths = natural
    while widths.reduce(0, +) > room {
      // The widest column that can still give loses one column of text.
      var widest: Int?
      for index in widths.indices where widths[index] > least[index] {
        if let best = widest, rank(chosen, widths, index) <= rank(chosen, widths, best) { continue }
        widest = index
      }
      guard let widest else { return nil }
      widths[widest] -= 1
    }
    return widths
  }

  /// Notes give before labels, and the widest before the others.
  private func rank(_ chosen: [Int], _ widths: [Int], _ index: Int) -> Int {
    switch grid.columns[chosen[index]].kind {
    case .note: widths[index] + width
    case .label, .text, .value, .interval, .range: widths[index]
    }
  }

  private func naturalWidth(_ column: Int) -> Int {
    grid.rows.reduce(TerminalText.width(grid.columns[column].title)) { widest, row in
      row.cells[column].lines.reduce(widest) {
        max($0, TerminalText.width($1) + depth(row, column))
      }
    }
  }

  private func minimalWidth(_ column: Int, _ leastText: Int, _ leastLabel: Int) -> Int {
    let title = TerminalText.longestWord(grid.columns[column].title)
    switch grid.columns[column].kind {
    case .label: return min(max(14, longestWord(column)), leastLabel)
    case .note: return min(max(14, longestWord(column)), leastText)
    case .text: return max(12, min(longestWord(column), min(16, leastText)))
    case .value, .interval, .range:
      return grid.rows.reduce(title) { widest, row in
        row.cells[column].lines.reduce(widest) { max($0, TerminalText.width($1)) }
      }
    }
  }

  private func longestWord(_ column: Int) -> Int {
    grid.rows.reduce(0) { longest, row in
      row.cells[column].lines.reduce(longest) { max($0, TerminalText.longestWord($1)) }
    }
  }

  private func depth(_ row: Grid.Row, _ column: Int) -> Int {
    column == 0 ? row.depth * 2 : 0
  }

  // MARK: setting the lines

  private func header(
    _ chosen: [Int], _ widths: [Int], labels: Int, heading: String?
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    let leading = chosen.prefix { grid.columns[$0].title.isEmpty }.count
    let room =
      widths.prefix(leading).reduce(0, +) + gap * max(0, leading - 1) + indent
    var merged: String?
    if let heading {
      if leading > 0, leading < chosen.count, TerminalText.width(heading) <= room {
        merged = heading
      } else {
        lines = TerminalText.wrap(heading, to: width).map { StyledLine($0, .strong) }
      }
    }
    guard chosen.contains(where: { !grid.columns[$0].title.isEmpty }) else { return lines }
    let titles = zip(chosen, widths).map { column, width in
      TerminalText.wrap(grid.columns[column].title, to: max(width, 2))
    }
    let height = titles.reduce(0) { max($0, $1.count) }
    for level in 0..<height {
      var line = StyledLine()
      if level == height - 1, let merged { line.append(merged, .strong) }
      // Titles stand on the line of the values: short ones at the bottom.
      place(chosen, widths, into: &line) { index in
        let missing = height - titles[index].count
        return level < missing ? ("", .plain) : (titles[index][level - missing], .faint)
      }
      lines.append(line)
    }
    return lines
  }

  private func row(_ row: Grid.Row, _ chosen: [Int], _ widths: [Int]) -> [StyledLine] {
    let cells = zip(chosen, widths).map { column, width -> [String] in
      let depth = min(depth(row, column), max(width - 4, 0))
      let pad = String(repeating: " ", count: depth)
      return row.cells[column].lines.flatMap { line in
        TerminalText.wrap(line, to: max(width - depth, 2)).map { $0.isEmpty ? "" : pad + $0 }
      }
    }
    let height = cells.reduce(1) { max($0, $1.count) }
    return (0..<height).map { level in
      var line = StyledLine()
      place(chosen, widths, into: &line) { index in
        let text = level < cells[index].count ? cells[index][level] : ""
        return (text, tone(row, chosen[index], level))
      }
      return line
    }
  }

  private func tone(_ row: Grid.Row, _ column: Int, _ level: Int) -> Tone {
    let tone = row.cells[column].tone
    guard tone == .plain else { return tone }
    switch row.emphasis {
    case .plain: return level > 0 && grid.columns[column].kind == .value ? .faint : .plain
    case .total: return .strong
    case .faint: return .faint
    }
  }

  private func place(
    _ chosen: [Int], _ widths: [Int], into line: inout StyledLine,
    text: (Int) -> (String, Tone)
  ) {
    var start = indent
    for (index, column) in chosen.enumerated() {
      let (text, tone) = text(index)
      if !text.isEmpty {
        let slack = widths[index] - TerminalText.width(text)
        line.pad(to: grid.columns[column].isRightAligned ? start + max(slack, 0) : start)
        line.append(text, tone)
      }
      start += widths[index] + gap
    }
  }

  /// Each row as a list of its cells, for a width that no table fits.
  private func list() -> [StyledLine] {
    var lines: [StyledLine] = []
    for row in grid.rows {
      for (column, cell) in zip(grid.columns, row.cells) where !cell.isEmpty {
        let isLabel = column.kind == .label
        let start = isLabel ? indent : indent + 2
        let title = isLabel || column.title.isEmpty ? "" : column.title + ": "
        let text = title + cell.lines.filter { !$0.isEmpty }.joined(separator: " ")
        for piece in TerminalText.wrap(text, to: width - start) {
          lines.append(StyledLine(piece, isLabel ? .strong : .plain, indent: start))
        }
      }
    }
    return lines
  }
}

extension Grid {
  /// The same grid with every text changed.
  func mapText(_ change: (String) -> String) -> Grid {
    var copy = self
    for column in copy.columns.indices {
      copy.columns[column].title = change(copy.columns[column].title)
    }
    for row in copy.rows.indices {
      for cell in copy.rows[row].cells.indices {
        copy.rows[row].cells[cell].lines = copy.rows[row].cells[cell].lines.map(change)
      }
    }
    return copy
  }
}
