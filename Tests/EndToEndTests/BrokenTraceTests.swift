import CommandLineTool
import Testing

/// Recorded traffic with a mistake: the run ends at its place, with nothing printed or written.
@Suite struct BrokenTraceTests {
  /// A trace and the place and words of its mistake.
  struct Broken: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var code: String
    var place: String
    var message: String

    init(_ name: String, _ text: String, _ code: String, at place: String, _ message: String) {
      self.name = name
      self.text = text
      self.code = code
      self.place = place
      self.message = message
    }

    var testDescription: String { name }
  }

  private static let head = "TIMESTAMP,ContextTokens,GeneratedTokens"
  private static let row = "2023-11-16 18:15:46.6805900,374,44"

  static let azure: [Broken] = [
    Broken("empty", "", "E0405", at: "1:1", "the trace has no requests"),
    Broken("blank", "\n \n\r\n", "E0405", at: "3:1", "the trace has no requests"),
    Broken("only a header", "\(head)\n", "E0405", at: "1:1", "the trace has no requests"),
    Broken("no header", "\(row)\n", "E0401", at: "1:1", "the header is not `\(head)`"),
    Broken(
      "a missing column", "TIMESTAMP,ContextTokens\n2023-11-16 18:15:46,3\n", "E0401", at: "1:1",
      "the header is not `\(head)`"),
    Broken(
      "semicolons", "TIMESTAMP;ContextTokens;GeneratedTokens\n", "E0401", at: "1:1",
      "the header is not `\(head)`"),
    Broken(
      "a row cut short", "\(head)\n\(row)\n2023-11-16 18:15:4", "E0403", at: "3:1",
      "the row has 1 of the 3 fields that are needed"),
    Broken(
      "a row cut short, CR LF", "\(head)\r\n\(row)\r\n2023-11-16 18:15:48,7\r\n", "E0403",
      at: "3:1", "the row has 2 of the 3 fields that are needed"),
    Broken(
      "a second cut short", "\(head)\n2023-11-16 18:15:4,1,1\n", "E0402", at: "2:1",
      "`2023-11-16 18:15:4` is not a value of `time`"),
    Broken(
      "no such day", "\(head)\n2023-02-29 00:00:00,1,1\n", "E0402", at: "2:1",
      "`2023-02-29 00:00:00` is not a value of `time`"),
    Broken(
      "no such month", "\(head)\n2023-13-01 00:00:00,1,1\n", "E0402", at: "2:1",
      "`2023-13-01 00:00:00` is not a value of `time`"),
    Broken(
      "a year beyond reason", "\(head)\n9999-12-31 00:00:00,1,1\n", "E0402", at: "2:1",
      "`time` is too large: 9999-12-31 00:00:00"),
    Broken(
      "time going back", "\(head)\n\(row)\n2023-11-16 18:15:46.6805899,1,1\n", "E0404", at: "3:1",
      "the time is earlier than that of the row before"),
    Broken(
      "NaN", "\(head)\n2023-11-16 18:15:46,NaN,1\n", "E0402", at: "2:21",
      "`prompt` is not a finite number: NaN"),
    Broken(
      "infinity", "\(head)\n2023-11-16 18:15:46,1,-inf\n", "E0402", at: "2:23",
      "`output` is not a finite number: -inf"),
    Broken(
      "negative", "\(head)\n2023-11-16 18:15:46,-374,1\n", "E0402", at: "2:21",
      "`prompt` is negative: -374"),
    Broken(
      "huge", "\(head)\n2023-11-16 18:15:46,1,99999999999999999999\n", "E0402", at: "2:23",
      "`output` is too large: 99999999999999999999"),
    Broken(
      "too many tokens for a request", "\(head)\n2023-11-16 18:15:46,100000001,1\n", "E0402",
      at: "2:21", "`prompt` is too large: 100000001"),
    Broken(
      "half a token", "\(head)\n2023-11-16 18:15:46,1.5,1\n", "E0402", at: "2:21",
      "`1.5` is not a value of `prompt`"),
    Broken(
      "an empty field", "\(head)\n2023-11-16 18:15:46,,1\n", "E0402", at: "2:21",
      "`` is not a value of `prompt`"),
    Broken(
      "binary", "\(head)\n\(row)\n\u{1}\u{2},3,4\n", "E0402", at: "3:1",
      "byte 1 is not text; is this a CSV file?"),
    Broken(
      "a row without end", "\(head)\n" + String(repeating: "7", count: 200_000), "E0403",
      at: "2:1", "the row is longer than 4096 bytes"),
  ]

  static let generic: [Broken] = [
    Broken("a missing column", "t,m\n1,2\n", "E0401", at: "1:1", "the header has no column `n`"),
    Broken("a missing time", "n\n1\n", "E0401", at: "1:1", "the header has no column `t`"),
    Broken(
      "a row cut short", "t,n\n1,2\n3\n", "E0403", at: "3:1",
      "the row has 1 of the 2 fields that are needed"),
    Broken(
      "a text for a number", "t,n\n1,2\n3, two\n", "E0402", at: "3:4",
      "`two` is not a value of `items`"),
    Broken(
      "a text for a time", "t,n\nnoon,2\n", "E0402", at: "2:1", "`noon` is not a value of `time`"),
    Broken("NaN", "t,n\nnan,2\n", "E0402", at: "2:1", "`time` is not a finite number: nan"),
    Broken("negative", "t,n\n-1,2\n", "E0402", at: "2:1", "`time` is negative: -1"),
    Broken("huge", "t,n\n1e300,2\n", "E0402", at: "2:1", "`time` is too large: 1e300"),
    Broken(
      "many digits", "t,n\n123456789012345678901234567890,2\n", "E0402", at: "2:1",
      "`time` is too large: 123456789012345678901234567890"),
    Broken(
      "time going back", "t,n\r\n1,2\r\n0.999999999,2\r\n", "E0404", at: "3:1",
      "the time is earlier than that of the row before"),
    Broken(
      "a control character", "t,n\n0,1\n1,\u{9B}31m\n", "E0402", at: "3:3",
      #"`\u{9b}31m` is not a value of `items`"#),
  ]

  private func expect(_ broken: Broken, _ trace: String) async throws {
    let place = try Workplace(["replay.json5": Sample.replay(trace), "trace.csv": broken.text])
    let run = await place.tool("run", "@replay.json5", "--out", "@out", "--jobs", "2")
    #expect(run.code == .invalidInput)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("error[\(broken.code)]: \(broken.message)"), "\(run.errors)")
    #expect(run.errors.contains("\n  --> trace.csv:\(broken.place)\n"), "\(run.errors)")
    #expect(place.names == ["replay.json5", "trace.csv"])
  }

  @Test(arguments: azure)
  func `an Azure trace`(broken: Broken) async throws {
    try await expect(broken, #"format: "azure-llm""#)
  }

  @Test(arguments: generic)
  func `a generic trace`(broken: Broken) async throws {
    try await expect(broken, #"columns: { time: "t", items: "n" }"#)
  }

  @Test func `bytes that are no UTF-8 are located too`() async throws {
    let place = try Workplace([
      "replay.json5": Sample.replay(#"columns: { time: "t", items: "n" }"#)
    ])
    try place.write(Array("t,n\n".utf8) + [0xFF, 0xFE] + Array(",2\n".utf8), "trace.csv")
    let run = await place.tool("run", "@replay.json5")
    #expect(run.code == .invalidInput)
    #expect(run.errors.contains("is not a value of `time`\n  --> trace.csv:2:1\n"))
    #expect(run.output == "")
  }

  /// The first mistake is named even where a later replication would meet it first.
  @Test func `the message does not depend on the number of workers`() async throws {
    let place = try Workplace([
      "replay.json5": Sample.replay(#"columns: { time: "t", items: "n" }"#),
      "trace.csv": "t,n\n1,2\n2,x\n3,y\n",
    ])
    let one = await place.tool("run", "@replay.json5", "--jobs", "1")
    let two = await place.tool("run", "@replay.json5", "--jobs", "8")
    #expect(one.errors == two.errors)
    #expect(one.errors.contains("trace.csv:3:3"))
  }

  @Test func `a trace that is not there is exit 66 and says where to look`() async throws {
    let place = try Workplace(["replay.json5": Sample.replay()])
    let run = await place.tool("run", "@replay.json5")
    #expect(run.code == .missingInput)
    #expect(run.errors.contains("cannot read `trace.csv`: no such file\n  --> replay.json5:4:38\n"))
    #expect(run.errors.contains("help: give its folder with --data or TOWTANK_DATA\n"))
    #expect(run.output == "")
  }

  @Test func `a trace is found beneath --data and TOWTANK_DATA`() async throws {
    let place = try Workplace([
      "here/replay.json5": Sample.replay(), "there/trace.csv": "\(Self.head)\n\(Self.row)\n",
    ])
    let option = await place.tool("run", "@here/replay.json5", "--data", "@there", "--json")
    #expect(option.code == .success)
    let variable = await place.tool(
      "run", "@here/replay.json5", "--json", variables: ["TOWTANK_DATA": place.path("there")])
    #expect(variable.output == option.output)
    let nowhere = await place.tool("run", "@here/replay.json5", "--data", "@nowhere")
    #expect(nowhere.code == .missingInput)
    #expect(nowhere.errors.contains("is not a folder"))
  }
}
