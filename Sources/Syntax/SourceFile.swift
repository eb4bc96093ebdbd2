/// A text that was read, with the table that turns byte offsets into lines and columns.
///
/// Lines end at LF, CR, CR LF, U+2028 and U+2029, as JSON5 has it. Columns count Unicode scalars.
package struct SourceFile: Sendable {
  /// How messages call the file: its path as the user wrote it, or `--set`.
  package let name: String
  /// The bytes, exactly as read.
  package let bytes: [UInt8]
  /// The number of the first line, other than 1 where only a piece of a long file is held.
  package let firstLine: Int
  private let lineStarts: [Int]

  /// Keeps the bytes and finds the lines.
  ///
  /// - Complexity: linear.
  package init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
    self.lineStarts = Self.starts(of: bytes)
  }

  /// Keeps a text that is already a `String`.
  package init(name: String, text: String, firstLine: Int = 1) {
    self.init(name: name, bytes: Array(text.utf8), firstLine: firstLine)
  }

  private static func starts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let length = lineBreak(in: bytes, at: index)
      if length > 0 {
        index += length
        starts.append(index)
      } else {
        index += 1
      }
    }
    return starts
  }

  /// The length in bytes of the line break at an offset, 0 where there is none.
  static func lineBreak(in bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xE2:
      let separator =
        index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
      return separator ? 3 : 0
    default: return 0
    }
  }
}

/// A place in a text as people count: both from 1.
package struct SourceLocation: Hashable, Sendable {
  /// The line, from 1.
  package var line: Int
  /// The column in Unicode scalars, from 1.
  package var column: Int
}

extension SourceFile {
  /// The line and column of a byte offset.
  ///
  /// - Complexity: O(log lines + length of the line).
  package func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    var column = 1
    for byte in bytes[lineStarts[line]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    // A byte order mark has no width and no column.
    if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]), offset >= 3 { column -= 1 }
    return SourceLocation(line: line + firstLine, column: column)
  }

  /// The bytes of the line that holds an offset, without its line break.
  package func lineRange(of offset: Int) -> Range<Int> {
    let line = lineIndex(of: min(max(offset, 0), bytes.count))
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    if line + 1 < lineStarts.count {
      end -= 1
      if bytes[end] & 0xFE == 0xA8, end >= start + 2, bytes[end - 1] == 0x80 {
        end -= 2
      } else if bytes[end] == 0x0A, end > start, bytes[end - 1] == 0x0D {
        end -= 1
      }
    }
    return start..<max(start, end)
  }

  /// From a place, counted in bytes from 1, to the end of its line.
  package func range(ofLine line: Int, column: Int, in file: FileID) -> SourceRange {
    let index = min(max(line - firstLine, 0), lineStarts.count - 1)
    let whole = lineRange(of: lineStarts[index])
    let start = min(whole.lowerBound + max(column - 1, 0), whole.upperBound)
    return SourceRange(file: file, start: start, end: max(whole.upperBound, start))
  }

  /// The text of a stretch of bytes; what is not UTF-8 is replaced.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
