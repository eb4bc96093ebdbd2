/// A source line as a terminal shows it: tabs spread, hidden characters escaped, and a line that is
/// too long cut around the place that matters.
struct SourceLineView {
  /// What is printed.
  let text: String
  /// Offset in the file and first cell of each scalar that is shown, then one entry for the end.
  private let marks: [(offset: Int, cell: Int)]

  private static let tabStop = 4
  private static let ellipsis = "..."

  /// The line that holds the start of `focus`, in at most `width` cells.
  init(file: SourceFile, focus: Range<Int>, width: Int) {
    let line = file.lineRange(of: focus.lowerBound)
    // A line of a megabyte is cut to the neighbourhood of the place before it is looked at.
    let start = Self.boundary(file, max(line.lowerBound, focus.lowerBound - 4 * width))
    let end = Self.boundary(file, min(line.upperBound, focus.lowerBound + 4 * width))
    var pieces: [(text: String, offset: Int, cell: Int, width: Int)] = []
    var cell = 0
    var offset = start
    for scalar in file.text(start..<max(start, end)).unicodeScalars {
      if scalar == "\u{FEFF}", offset == 0 {
        offset += 3
        continue
      }
      let tab = Self.tabStop - cell % Self.tabStop
      let isTab = scalar == "\t"
      let shown = isTab ? String(repeating: " ", count: tab) : VisibleText.shown(scalar)
      let cells = isTab ? tab : VisibleText.width(of: scalar)
      pieces.append((shown, offset, cell, cells))
      cell += cells
      offset += UTF8.width(scalar)
    }
    let total = cell
    let caret = pieces.last { $0.offset <= focus.lowerBound }?.cell ?? 0
    let isCut = start > line.lowerBound || end < line.upperBound || total > width
    var low = 0
    var high = total
    if isCut {
      let room = width - 2 * Self.ellipsis.count
      low = max(0, min(caret - room / 3, total - room))
      high = min(total, low + room)
    }
    let before = low > 0 || start > line.lowerBound ? Self.ellipsis : ""
    let after = high < total || end < line.upperBound ? Self.ellipsis : ""
    let kept = pieces.filter { $0.cell >= low && $0.cell + $0.width <= high }
    let shift = before.utf8.count - (kept.first?.cell ?? 0)
    text = before + kept.map(\.text).joined() + after
    let last = kept.last.map { ($0.offset + 1, $0.cell + $0.width + shift) }
    marks = kept.map { ($0.offset, $0.cell + shift) } + [last ?? (offset, before.utf8.count)]
  }

  /// The cells that a stretch of the file takes in this line, at least one.
  func cells(of offsets: Range<Int>) -> Range<Int> {
    let end = marks[marks.count - 1].cell
    let first = marks.first { $0.offset >= offsets.lowerBound }?.cell ?? end
    let last = marks.first { $0.offset >= offsets.upperBound }?.cell ?? end
    return first..<max(first + 1, last)
  }

  /// The offset moved back to the start of a scalar.
  private static func boundary(_ file: SourceFile, _ offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < file.bytes.count, file.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
