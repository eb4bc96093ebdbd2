import MLSystem
import Quantities
import Randomness
import Testing

/// Recorded arrivals: what is read, and how mistakes are reported.
@Suite struct TraceTests {
  private let azure = "TIMESTAMP,ContextTokens,GeneratedTokens\n"

  private func rows(
    _ bytes: [UInt8], _ format: TraceFormat = .azureLLM, speed: Double = 1, loops: Bool = false,
    limit: Int = 100, chunk: Int = 7
  ) throws -> [TraceRow] {
    var reader = try TraceReader(
      TraceReplay(
        open: { MemoryBytes(bytes: bytes, chunk: chunk) }, format: format, file: "trace.csv",
        speed: speed, loops: loops))
    var rows: [TraceRow] = []
    while rows.count < limit, let row = try reader.next() { rows.append(row) }
    return rows
  }

  private func rows(
    _ text: String, _ format: TraceFormat = .azureLLM, speed: Double = 1, loops: Bool = false,
    limit: Int = 100
  ) throws -> [TraceRow] {
    try rows(Array(text.utf8), format, speed: speed, loops: loops, limit: limit)
  }

  private let csv = TraceFormat.csv(TraceColumns(time: "t", items: "n"))

  @Test(arguments: ["\n", "\r\n"])
  func azureRowsAreRead(_ end: String) throws {
    let lines = [
      "TIMESTAMP,ContextTokens,GeneratedTokens", "2023-11-16 18:15:46.6805900,374,44",
      "2023-11-16 18:15:50.9951690,396,109", "2023-11-17 00:00:00.0000001,1,1",
    ]
    let rows = try rows(lines.joined(separator: end))
    #expect(rows.map(\.at.nanoseconds) == [0, 4_314_579_000, 20_653_319_410_100])
    #expect(rows.map(\.prompt) == [374, 396, 1])
    #expect(rows.map(\.output) == [44, 109, 1])
  }

  @Test func timesMayBeSecondsGapsOrZoned() throws {
    #expect(try rows("t,n\n5,1\n7.25,2\n", csv).map(\.milliseconds) == [0, 2250])
    #expect(try rows("n,t\n1,1.5e3\n2,1501.5\n", csv).map(\.milliseconds) == [0, 1500])
    let gaps = TraceFormat.csv(TraceColumns(time: "gap", timeIsGap: true))
    #expect(try rows("gap\n5\n0\n2.5", gaps).map(\.milliseconds) == [5000, 5000, 7500])
    let gapsOf = TraceFormat.csv(TraceColumns(time: "gap", timeIsGap: true, items: "n"))
    #expect(try rows("n,gap\n1,\n1,2.5\n", gapsOf).map(\.milliseconds) == [0, 2500])
    #expect(throws: TraceError.self) { try rows("n,gap\n1,\n1,\n", gapsOf) }
    let zoned = "t,n\n2024-03-01T00:00:00+01:00,1\n2024-02-29T23:00:01Z,1\n\"2024-02-29 23:01\",1\n"
    #expect(try rows(zoned, csv).map(\.milliseconds) == [0, 1000, 60000])
  }

  @Test func speedAndLoopsStretchAndRepeat() throws {
    let text = "t,n\n0,1\n1,2\n3,3\n"
    #expect(try rows(text, csv, speed: 2).map(\.milliseconds) == [0, 500, 1500])
    // The loops are one mean gap apart: 1.5 s, so the second starts at 4.5 s.
    let looped = try rows(text, csv, loops: true, limit: 7)
    #expect(looped.map(\.milliseconds) == [0, 1000, 3000, 4500, 5500, 7500, 9000])
    #expect(looped.map(\.items) == [1, 2, 3, 1, 2, 3, 1])
  }

  @Test func blankLinesQuotesAndMarksAreLetThrough() throws {
    let text = "\u{FEFF}t , \"n\"\n\n 0 ,\"5\"\n   \n1,6.0\n\n"
    let rows = try rows(text, csv)
    #expect(rows.map(\.items) == [5, 6])
  }

  @Test(arguments: [
    ("", 1, 1, "the trace has no requests"),
    ("time,tokens\n", 1, 1, "the header is not `TIMESTAMP,ContextTokens,GeneratedTokens`"),
    ("%", 1, 1, "the trace has no requests"),
    ("%2023-11-16 18:15:46,374\n", 2, 1, "the row has 2 of the 3 fields that are needed"),
    ("%yesterday,374,44\n", 2, 1, "`yesterday` is not a value of `time`"),
    ("%2023-13-16 18:15:46,374,44\n", 2, 1, "`2023-13-16 18:15:46` is not a value of `time`"),
    ("%2023-11-16 18:15:46,,44\n", 2, 21, "`` is not a value of `prompt`"),
    ("%2023-11-16 18:15:46,374,4x\n", 2, 25, "`4x` is not a value of `output`"),
    ("%2023-11-16 18:15:46,374,4.5\n", 2, 25, "`4.5` is not a value of `output`"),
    ("%2023-11-16 18:15:46,-374,44\n", 2, 21, "`prompt` is negative: -374"),
    ("%2023-11-16 18:15:46,NaN,44\n", 2, 21, "`prompt` is not a finite number: NaN"),
    ("%2023-11-16 18:15:46,-inf,44\n", 2, 21, "`prompt` is not a finite number: -inf"),
    ("%2023-11-16 18:15:46,1e300,44\n", 2, 21, "`prompt` is too large: 1e300"),
    (
      "%2023-11-16 18:15:46,99999999999999999999,4\n", 2, 21,
      "`prompt` is too large: 99999999999999999999"
    ),
    ("%9999-11-16 18:15:46,3,4\n", 2, 1, "`time` is too large: 9999-11-16 18:15:46"),
    (
      "%2023-11-16 18:15:46,3,4\r\n2023-11-16 18:15:45,3,4\r\n", 3, 1,
      "the time is earlier than that of the row before"
    ),
    ("%2023-11-16 18:15:46,3,\u{1}4\n", 2, 23, "byte 1 is not text; is this a CSV file?"),
  ])
  func mistakesAreLocated(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let full = text.replacing("%", with: azure)
    let error = #expect(throws: TraceError.self) { try rows(full) }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.message == message)
    #expect(error?.file == "trace.csv")
  }

  @Test func missingColumnsAndLongRowsAreReported() {
    let missing = #expect(throws: TraceError.self) { try rows("a,b\n1,2\n", csv) }
    #expect(missing?.cause == .missingColumn("t"))
    let long = "t,n\n" + String(repeating: "1", count: 10_000)
    let error = #expect(throws: TraceError.self) { try rows(long, csv) }
    #expect(error?.cause == .rowTooLong(limit: TraceRows.rowLimit))
    #expect(error?.line == 2)
    let binary = #expect(throws: TraceError.self) {
      try rows((0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 37) }, csv)
    }
    #expect(binary?.line == 1)
  }

  @Test func aMistakeFoundOnTheWayEndsTheRun() {
    var users = Fixture.stream()
    users.arrivals = .trace(
      TraceReplay(
        open: { MemoryBytes("t\n0\n1\n2\nx\n") }, format: .csv(TraceColumns(time: "t")),
        file: "late.csv"))
    let model = Fixture.system([users], [Fixture.lookup(latency: .constant(0.1))], horizon: 10)
    let error = #expect(throws: TraceError.self) { try model.simulate(seed: 1, replication: 0) }
    #expect(error?.description == "late.csv:5:1: `x` is not a value of `time`")
  }

  @Test func chunksOfAnySizeGiveTheSameRows() throws {
    var text = azure
    for i in 0..<50 {
      text += "2023-11-16 18:15:\(10 + i).\(i)00,\(i * 37 + 1),\(i + 1)\r\n"
    }
    let whole = try rows(Array(text.utf8), chunk: 1 << 20)
    #expect(whole.count == 50)
    for chunk in [1, 2, 3, 64] {
      let parts = try rows(Array(text.utf8), chunk: chunk)
      #expect(parts.map(\.at) == whole.map(\.at))
      #expect(parts.map(\.prompt) == whole.map(\.prompt))
    }
  }
}

extension TraceRow {
  fileprivate var milliseconds: Int64 { at.nanoseconds / 1_000_000 }
}
