import Quantities

/// One recorded request.
package struct TraceRow: BitwiseCopyable {
  /// Time since the first request of the trace, after speed and loops.
  package var at = Instant.start
  /// Items to predict on.
  package var items: Int32 = 1
  /// Tokens of the prompt.
  package var prompt: Int32 = 0
  /// Tokens of the answer.
  package var output: Int32 = 0
}

/// Reads the requests of a trace one after the other, again and again if it loops.
package struct TraceReader {
  private let replay: TraceReplay
  private var rows: TraceRows
  private var columns = Columns()
  /// Nanoseconds of the first row, of the row before, and of the sum of gaps.
  private var firstTime: Int64?
  private var lastTime: Int64 = 0
  /// Recorded nanoseconds that earlier loops took.
  private var offset: Int64 = 0
  private var rowsInLoop: Int64 = 0
  private var isOver = false

  private struct Columns {
    var time = 0
    var items: Int?
    var prompt: Int?
    var output: Int?
    var needed = 1
  }

  private static let tokenLimit: Int64 = 100_000_000
  private static let azureHeader = "TIMESTAMP,ContextTokens,GeneratedTokens"

  /// Opens the trace and reads its header.
  package init(_ replay: TraceReplay) throws {
    self.replay = replay
    rows = TraceRows(try replay.open(), file: replay.file)
    try readHeader()
  }

  /// The next request, nil after the last.
  package mutating func next() throws -> TraceRow? {
    if isOver { return nil }
    if try !rows.next() {
      if rowsInLoop == 0 { throw rows.error(.empty) }
      guard replay.loops else {
        isOver = true
        return nil
      }
      try startAgain()
      if try !rows.next() { throw rows.error(.empty) }
    }
    if rows.fields.count < columns.needed {
      throw rows.error(.truncatedRow(fields: rows.fields.count, needed: columns.needed))
    }
    var row = TraceRow()
    row.at = try time()
    row.items = max(1, try count(columns.items, "items") ?? 1)
    row.prompt = try count(columns.prompt, "prompt") ?? 0
    row.output = try count(columns.output, "output") ?? 0
    rowsInLoop += 1
    return row
  }

  private mutating func startAgain() throws {
    // The gap between the loops is the mean gap of the trace; a trace of one instant repeats each
    // second.
    let span = lastTime - (firstTime ?? 0)
    let gap = rowsInLoop > 1 ? span / (rowsInLoop - 1) : 0
    let (sum, overflow) = offset.addingReportingOverflow(
      span + (span == 0 ? 1_000_000_000 : max(gap, 1)))
    if overflow {
      isOver = true
      return
    }
    offset = sum
    firstTime = nil
    lastTime = 0
    rowsInLoop = 0
    rows = TraceRows(try replay.open(), file: replay.file)
    try readHeader()
  }

  private mutating func readHeader() throws(TraceError) {
    guard try rows.next() else { throw rows.error(.empty) }
    let names = rows.fields.map { rows.text($0) }
    switch replay.format {
    case .azureLLM:
      guard names == Self.azureHeader.split(separator: ",").map(String.init) else {
        throw rows.error(.unexpectedHeader(expected: Self.azureHeader))
      }
      columns = Columns(time: 0, items: nil, prompt: 1, output: 2, needed: 3)
    case .csv(let wanted):
      let rows = rows
      func index(_ name: String) throws(TraceError) -> Int {
        guard let index = names.firstIndex(of: name) else { throw rows.error(.missingColumn(name)) }
        return index
      }
      columns.time = try index(wanted.time)
      if let name = wanted.items { columns.items = try index(name) }
      if let name = wanted.prompt { columns.prompt = try index(name) }
      if let name = wanted.output { columns.output = try index(name) }
      columns.needed =
        1 + max(columns.time, columns.items ?? 0, columns.prompt ?? 0, columns.output ?? 0)
    }
  }

  private mutating func time() throws(TraceError) -> Instant {
    let field = rows.fields[columns.time]
    var isGap = false
    if case .csv(let wanted) = replay.format { isGap = wanted.timeIsGap }
    // Before the first request there is none to count a gap from, so tools leave it empty.
    let isFirstGap = isGap && rowsInLoop == 0 && field.isEmpty
    let value =
      isFirstGap ? 0 : try checked(TraceNumbers.time(rows.bytes[field]), field, "time")
    if isGap {
      // The first gap counts from the start of the trace.
      if firstTime == nil { firstTime = 0 }
      let (sum, overflow) = lastTime.addingReportingOverflow(value)
      if overflow { throw rows.error(.tooLarge(column: "time", text: rows.text(field)), at: field) }
      lastTime = sum
    } else {
      if firstTime == nil {
        firstTime = value
        lastTime = value
      }
      if value < lastTime { throw rows.error(.timeGoesBack, at: field) }
      lastTime = value
    }
    let (since, overflow) = (lastTime - (firstTime ?? 0)).addingReportingOverflow(offset)
    if overflow { throw rows.error(.tooLarge(column: "time", text: rows.text(field)), at: field) }
    if replay.speed == 1 { return Instant(nanoseconds: since) }
    let scaled = Double(since) / replay.speed
    // What lies beyond every horizon never comes.
    return scaled < 0x1p62 ? Instant(nanoseconds: Int64(scaled.rounded())) : .never
  }

  private func count(_ column: Int?, _ name: String) throws(TraceError) -> Int32? {
    guard let column else { return nil }
    let field = rows.fields[column]
    let reading = TraceNumbers.count(rows.bytes[field], limit: Self.tokenLimit)
    return Int32(try checked(reading, field, name))
  }

  private func checked(
    _ reading: TraceNumbers.Reading, _ field: Range<Int>, _ column: String
  ) throws(TraceError) -> Int64 {
    let text = rows.text(field)
    switch reading {
    case .value(let value): return value
    case .malformed: throw rows.error(.malformed(column: column, text: text), at: field)
    case .negative: throw rows.error(.negative(column: column, text: text), at: field)
    case .notFinite: throw rows.error(.notFinite(column: column, text: text), at: field)
    case .tooLarge: throw rows.error(.tooLarge(column: column, text: text), at: field)
    }
  }
}
