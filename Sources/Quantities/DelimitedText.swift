/// Reads delimited text (RFC 4180: commas, quoted fields, doubled quotes) from chunks of bytes.
///
/// The reader is pulled, one record at a time, and keeps only the bytes of the chunks that have not
/// been read yet, so the memory it takes does not grow with the length of the text:
///
///     var reader = DelimitedTextReader()
///     while let chunk = source.nextChunk() {
///       reader.append(chunk)
///       while try reader.advance() { use(reader) }
///     }
///     reader.finish()
///     while try reader.advance() { use(reader) }
///
/// It works on bytes, never on `Character`s: CR LF is one `Character`, so text split on "\n" can
/// silently yield one row. LF, CR LF and a lone CR end a record. Empty lines are skipped, as is a
/// byte order mark at the start. A zero byte, a quote inside an unquoted field and text after a
/// closing quote are errors, for such text is not delimited text.
///
/// No allocation per record once the buffers have grown to the longest record.
public struct DelimitedTextReader: Sendable {
  /// The byte between two fields.
  public let delimiter: UInt8
  /// What a text may not exceed.
  public let limits: DelimitedTextLimits
  /// The line on which the current record starts, counted from 1.
  public private(set) var line = 0
  /// The number of records read so far, including the header.
  public private(set) var recordCount = 0

  // Bytes that have been appended and not consumed: `pending[position...]`.
  private var pending: [UInt8] = []
  private var position = 0
  private var isFinished = false
  private var isAtStart = true
  private var nextLine = 1
  // The fields of the current record, unquoted, one after the other.
  private(set) var content: [UInt8] = []
  private var ends: [Int] = []
  private var columns: [Int] = []
  // The byte of the pending text up to which the next record is known to be incomplete.
  private var scanned = 0
  private var scannedInsideQuotes = false

  /// A reader with nothing to read yet.
  public init(delimiter: UInt8 = UInt8(ascii: ","), limits: DelimitedTextLimits = .init()) {
    self.delimiter = delimiter
    self.limits = limits
  }

  /// A reader of a whole text.
  public init(
    text: String, delimiter: UInt8 = UInt8(ascii: ","), limits: DelimitedTextLimits = .init()
  ) {
    self.init(delimiter: delimiter, limits: limits)
    append(Array(text.utf8))
    finish()
  }

  /// Hands over the next bytes of the text; a record may be split anywhere between two chunks.
  public mutating func append(_ bytes: [UInt8]) {
    precondition(!isFinished, "bytes were appended after the end of the text")
    if position > 0 {
      pending.removeSubrange(..<position)
      scanned = max(0, scanned - position)
      position = 0
    }
    pending.append(contentsOf: bytes)
  }

  /// Says that no further bytes come, so the last record needs no line end.
  public mutating func finish() { isFinished = true }

  /// The number of fields of the current record.
  public var fieldCount: Int { ends.count }

  /// The column of the first byte of a field, counted in bytes from 1 on its own line.
  public func column(_ field: Int) -> Int { columns[field] }

  /// The bytes of a field, without its quotes.
  public func bytes(_ field: Int) -> ArraySlice<UInt8> { content[range(field)] }

  /// Where a field stands in `content`.
  private func range(_ field: Int) -> Range<Int> {
    (field == 0 ? 0 : ends[field - 1])..<ends[field]
  }

  /// Where a field stands in `content`, without blanks around it.
  func trimmedRange(_ field: Int) -> Range<Int> {
    let range = range(field)
    let bytes = content.span
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
    while low < high, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
    return low..<high
  }

  /// Whether a field has no bytes but blanks.
  public func isEmpty(_ field: Int) -> Bool { trimmedRange(field).isEmpty }

  /// Moves to the next record.
  ///
  /// - Returns: `false` where the appended bytes hold no further whole record (append more, or
  ///   after `finish` the text is at its end).
  /// - Complexity: linear in the length of the record, however the text was cut into chunks.
  public mutating func advance() throws(DelimitedTextError) -> Bool {
    if isAtStart, !skipByteOrderMark() { return false }
    while position < pending.count {
      guard let end = try endOfRecord() else { return false }
      let start = position
      position = end.next
      scanned = end.next
      scannedInsideQuotes = false
      if end.content == start {
        nextLine += 1
        continue
      }
      try split(start..<end.content)
      recordCount += 1
      nextLine += 1
      return true
    }
    return false
  }

  /// - Returns: `false` where more bytes are needed to know whether there is a mark.
  private mutating func skipByteOrderMark() -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let head = pending[position...].prefix(mark.count)
    if head.count < mark.count, !isFinished, mark.starts(with: head) { return false }
    if head.elementsEqual(mark) { position += mark.count }
    isAtStart = false
    return true
  }

  /// The end of the record that starts at `position`: the end of its content and of its line.
  private mutating func endOfRecord() throws(DelimitedTextError) -> (content: Int, next: Int)? {
    let longest = position + limits.recordBytes
    let (index, isInside) = nextLineEnd(limit: longest + 1)
    scanned = index
    scannedInsideQuotes = isInside
    if index > longest {
      throw DelimitedTextError(
        line: nextLine, column: 1, reason: .recordTooLong(limit: limits.recordBytes))
    }
    if index == pending.count { return isFinished ? (index, index) : nil }
    let isReturn = pending[index] == 0x0D
    // What follows a CR decides whether it is a line end alone.
    if isReturn, index + 1 == pending.count, !isFinished { return nil }
    let isPair = isReturn && index + 1 < pending.count && pending[index + 1] == 0x0A
    return (index, index + (isPair ? 2 : 1))
  }

  /// The next LF or CR outside quotes, at most up to `limit`, and whether that is inside quotes.
  private func nextLineEnd(limit: Int) -> (index: Int, isInside: Bool) {
    let bytes = pending.span
    let end = min(bytes.count, limit)
    var index = max(scanned, position)
    var isInside = scannedInsideQuotes
    while index < end {
      let byte = bytes[index]
      if byte == 0x22 {
        // A doubled quote leaves and enters again; a quote inside a plain field is refused later.
        let opens =
          index == position || bytes[index - 1] == delimiter || bytes[index - 1] == 0x22
        isInside = !isInside && opens
      } else if byte == 0x0A || byte == 0x0D, !isInside {
        break
      }
      index += 1
    }
    return (index, isInside)
  }

  /// Splits the bytes of one record into fields.
  private mutating func split(_ range: Range<Int>) throws(DelimitedTextError) {
    content.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    columns.removeAll(keepingCapacity: true)
    line = nextLine
    var lineStart = range.lowerBound
    var index = range.lowerBound
    while true {
      let column = index - lineStart + 1
      guard columns.count < limits.fields else {
        throw DelimitedTextError(
          line: nextLine, column: column, reason: .tooManyFields(limit: limits.fields))
      }
      columns.append(column)
      if index < range.upperBound, pending[index] == 0x22 {
        index = try quotedField(from: index, to: range.upperBound, lineStart: &lineStart)
      } else {
        index = try plainField(from: index, to: range.upperBound, lineStart: lineStart)
      }
      ends.append(content.count)
      if index == range.upperBound { return }
      index += 1
    }
  }

  private mutating func plainField(
    from start: Int, to end: Int, lineStart: Int
  ) throws(DelimitedTextError) -> Int {
    let stop = endOfPlainField(from: start, to: end)
    if stop < end, pending[stop] != delimiter {
      throw DelimitedTextError(
        line: nextLine, column: stop - lineStart + 1,
        reason: pending[stop] == 0 ? .zeroByte : .quoteInsideField)
    }
    content.append(contentsOf: pending[start..<stop])
    return stop
  }

  /// The next delimiter, or the next byte that must not stand in a plain field, or `end`.
  private func endOfPlainField(from start: Int, to end: Int) -> Int {
    let bytes = pending.span
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte == delimiter || byte == 0x22 || byte == 0 { break }
      index += 1
    }
    return index
  }

  private mutating func quotedField(
    from start: Int, to end: Int, lineStart: inout Int
  ) throws(DelimitedTextError) -> Int {
    let opening = (line: nextLine, column: start - lineStart + 1)
    var index = start + 1
    while index < end {
      let byte = pending[index]
      index += 1
      if byte == 0x22 {
        if index < end, pending[index] == 0x22 {
          content.append(byte)
          index += 1
          continue
        }
        guard index == end || pending[index] == delimiter else {
          throw DelimitedTextError(
            line: nextLine, column: index - lineStart + 1, reason: .textAfterQuote)
        }
        return index
      }
      if byte == 0 {
        throw DelimitedTextError(line: nextLine, column: index - lineStart, reason: .zeroByte)
      }
      let isPairStart = byte == 0x0D && index < end && pending[index] == 0x0A
      if byte == 0x0A || (byte == 0x0D && !isPairStart) {
        nextLine += 1
        lineStart = index
      }
      content.append(byte)
    }
    throw DelimitedTextError(line: opening.line, column: opening.column, reason: .unclosedQuote)
  }
}

/// What a delimited text may not exceed; it comes from strangers.
public struct DelimitedTextLimits: Hashable, Sendable {
  /// The longest record in bytes.
  public var recordBytes: Int
  /// The most fields of a record.
  public var fields: Int

  /// Limits that no sensible table reaches.
  public init(recordBytes: Int = 1 << 20, fields: Int = 4096) {
    self.recordBytes = recordBytes
    self.fields = fields
  }
}
