import Experiments

/// Sets promises with what was found: mark, promise, value and interval in columns, remarks beside
/// them where they fit and beneath where they do not.
struct TerminalVerdicts {
  private let rows: [VerdictRow]
  private let width: Int
  private let promiseStart = 8
  private let gap = 2

  init(_ rows: [VerdictRow], width: Int) {
    self.rows = rows
    self.width = width
  }

  func lines() -> [StyledLine] {
    let texts = rows.map { row in
      let text = row.reading.text
      return (value: TerminalText.safe(text.value), interval: TerminalText.safe(text.interval))
    }
    let value = texts.reduce(0) { max($0, TerminalText.width($1.value)) }
    let interval = texts.reduce(0) { max($0, TerminalText.width($1.interval)) }
    let natural = rows.reduce(4) { widest, row in
      let promise = TerminalText.width(TerminalText.safe(row.promise))
      return max(widest, promise, TerminalText.width(TerminalText.safe(row.qualifier)) + 2)
    }
    let room = width - promiseStart - 2 * gap - value - interval
    let promise = min(natural, room)
    return zip(rows, texts).flatMap { row, text in
      promise >= min(natural, 14)
        ? inColumns(row, text.value, text.interval, promise: promise, value: value)
        : inList(row, text.value + " " + text.interval)
    }
  }

  private func inColumns(
    _ row: VerdictRow, _ value: String, _ interval: String, promise: Int, value valueWidth: Int
  ) -> [StyledLine] {
    let valueStart = promiseStart + promise + gap
    var left = TerminalText.wrap(TerminalText.safe(row.promise), to: max(promise, 2))
    let first = left.removeFirst()
    let qualifier = TerminalText.safe(row.qualifier)
    if !qualifier.isEmpty {
      left += TerminalText.wrap(qualifier, to: max(promise - 2, 2)).map { "  " + $0 }
    }
    var line = StyledLine(row.verdict.mark, Tone(row.verdict), indent: 2)
    line.pad(to: promiseStart)
    line.append(first)
    line.pad(to: valueStart + valueWidth - TerminalText.width(value))
    line.append(value, .strong)
    if !interval.isEmpty {
      line.pad(to: valueStart + valueWidth + gap)
      line.append(interval)
    }
    var beneath: [String] = []
    let remark = TerminalText.safe(row.remark)
    if !remark.isEmpty {
      if line.width + gap + TerminalText.width(remark) <= width {
        line.append("  " + remark, Tone(row.verdict))
      } else {
        beneath.append(remark)
      }
    }
    if !row.detail.isEmpty { beneath.append(TerminalText.safe(row.detail)) }
    return [line] + under(left, beneath, from: valueStart)
  }

  /// What is left of the promise on the left, remarks on the right, or one under the other where
  /// the right side is too narrow for reading.
  private func under(_ left: [String], _ right: [String], from start: Int) -> [StyledLine] {
    guard width - start >= 20 else {
      let inset = promiseStart + 2
      let remarks = right.flatMap { TerminalText.wrap($0, to: width - inset) }
      return left.map { StyledLine($0, .plain, indent: promiseStart) }
        + remarks.map { StyledLine($0, .faint, indent: inset) }
    }
    let remarks = right.flatMap { TerminalText.wrap($0, to: width - start) }
    return (0..<max(left.count, remarks.count)).map { level in
      var line = StyledLine()
      line.pad(to: promiseStart)
      if level < left.count { line.append(left[level]) }
      if level < remarks.count {
        line.pad(to: start)
        line.append(remarks[level], .faint)
      }
      return line
    }
  }

  private func inList(_ row: VerdictRow, _ found: String) -> [StyledLine] {
    let texts = [row.promise, row.qualifier, found, row.remark, row.detail]
    let pieces = texts.filter { !$0.isEmpty }.flatMap {
      TerminalText.wrap(TerminalText.safe($0), to: width - promiseStart)
    }
    return pieces.enumerated().map { index, piece in
      var line = StyledLine(index == 0 ? row.verdict.mark : "", Tone(row.verdict), indent: 2)
      line.pad(to: promiseStart)
      line.append(piece)
      return line
    }
  }
}
