/// Reads the rows of a comma-separated file from a source of bytes, one at a time.
///
/// It holds one chunk, whatever the length of the file, and splits on bytes: CR LF is one
/// `Character` in Swift, so a split of text on "\n" would not see the ends of such rows.
package struct TraceRows {
  /// Longer rows are refused: a row of a trace has some dozens of bytes.
  package static let rowLimit = 4096
  private static let chunk = 65_536

  private let source: any TraceBytes
  private let file: String
  private var buffer = [UInt8](repeating: 0, count: TraceRows.chunk)
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// The number of the latest row, from 1.
  private(set) var line = 0
  /// The bytes of the latest row without its end.
  private(set) var row: Range<Int> = 0..<0
  /// The fields of the latest row, ranges of `bytes` without surrounding spaces and quotes.
  private(set) var fields: [Range<Int>] = []
  /// The chunk that the ranges point into.
  var bytes: [UInt8] { buffer }

  /// The rows of `source`; `file` is its name in errors.
  init(_ source: any TraceBytes, file: String) {
    self.source = source
    self.file = file
  }

  /// Moves to the next row that is not blank; false at the end.
  mutating func next() throws(TraceError) -> Bool {
    while true {
      guard let length = try rowLength() else { return false }
      line += 1
      row = start..<(start + length)
      start = min(start + length + 1, end)
      if row.last.map({ buffer[$0] == 13 }) == true { row.removeLast() }
      if line == 1, row.count >= 3,
        buffer[row.lowerBound..<row.lowerBound + 3] == [0xEF, 0xBB, 0xBF]
      {
        row = row.lowerBound + 3..<row.upperBound
      }
      if row.contains(where: { buffer[$0] > 32 }) { break }
    }
    try split()
    return true
  }

  /// The text of a range, shortened, for an error.
  func text(_ range: Range<Int>) -> String {
    let shown = range.prefix(40)
    let text = String(decoding: buffer[shown.startIndex..<shown.endIndex], as: UTF8.self)
    return shown.count < range.count ? text + "…" : text
  }

  /// An error at the first byte of `range`, or at the row.
  func error(_ cause: TraceError.Cause, at range: Range<Int>? = nil) -> TraceError {
    let column = range.map { $0.lowerBound - row.lowerBound + 1 } ?? 1
    return TraceError(file: file, line: max(line, 1), column: column, cause: cause)
  }

  /// The number of bytes before the next end of row, reading on as needed; nil at the end.
  private mutating func rowLength() throws(TraceError) -> Int? {
    var searched = start
    while true {
      while searched < end {
        if buffer[searched] == 10 { return searched - start }
        searched += 1
      }
      let length = end - start
      if length > Self.rowLimit {
        line += 1
        row = start..<end
        throw error(.rowTooLong(limit: Self.rowLimit))
      }
      if isAtEnd { return length > 0 ? length : nil }
      if start > 0 {
        for i in 0..<length { buffer[i] = buffer[start + i] }
        start = 0
        end = length
        searched = length
      }
      try fill()
    }
  }

  private mutating func fill() throws(TraceError) {
    let count: Int
    do {
      let used = end
      count = try buffer.withUnsafeMutableBytes { bytes in
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[used...]))
      }
    } catch {
      line += 1
      row = 0..<0
      throw self.error(.unreadable(String(describing: error)))
    }
    if count == 0 { isAtEnd = true }
    end += count
  }

  private mutating func split() throws(TraceError) {
    fields.removeAll(keepingCapacity: true)
    var first = row.lowerBound
    for i in row {
      let byte = buffer[i]
      if byte < 32 && byte != 9 || byte == 127 {
        throw error(.binary(byte: byte), at: i..<i + 1)
      }
      if byte == 44 {
        fields.append(trimmed(first..<i))
        first = i + 1
      }
    }
    fields.append(trimmed(first..<row.upperBound))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, buffer[low] == 32 || buffer[low] == 9 { low += 1 }
    while low < high, buffer[high - 1] == 32 || buffer[high - 1] == 9 { high -= 1 }
    if high - low >= 2, buffer[low] == 34, buffer[high - 1] == 34 {
      low += 1
      high -= 1
    }
    return low..<high
  }
}
