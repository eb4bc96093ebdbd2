import Experiments
import Quantities
import Statistics
import Testing

@Suite("Detection on a user's stream")
struct DetectionTests {
  /// A reader of a text that arrives in pieces of a few bytes.
  private static func reader(
    _ text: String, _ choice: SeriesChoice = .only, piece: Int = 7
  ) throws -> SeriesReader {
    var rest = ArraySlice(Array(text.utf8))
    return try SeriesReader(choice) {
      guard !rest.isEmpty else { return nil }
      let chunk = Array(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      return chunk
    }
  }

  private static func values(_ text: String, _ choice: SeriesChoice = .only) throws -> [[Double]] {
    var reader = try reader(text, choice)
    var rows: [[Double]] = []
    var row: [Double] = []
    while try reader.next(into: &row) { rows.append(row) }
    return rows
  }

  // MARK: Reading

  @Test("One number a line, and the only column of numbers")
  func columns() throws {
    #expect(try Self.values("1\n2.5\n-3\n") == [[1], [2.5], [-3]])
    #expect(try Self.values("day,value\nmon,1\r\ntue,2\r\n") == [[1], [2]])
    #expect(try Self.values("a,b\n1,true\n2,False\n", .columns(["b", "a"])) == [[1, 1], [0, 2]])
    #expect(try Self.values("1,2\n3,4\n", .columns(["2"])) == [[2], [4]])
    #expect(try Self.reader("7").names == ["value"])
  }

  @Test("Errors of predictions: numbers by value, labels by text, scores by their cut")
  func errors() throws {
    let choice = SeriesChoice.errors(predictions: "p", truth: "y", cut: nil)
    #expect(try Self.values("p,y\n1,1.0\n0,1\ncat,cat\ncat,dog\n", choice) == [[0], [1], [0], [1]])
    let scores = SeriesChoice.errors(predictions: "p", truth: "y", cut: 0.5)
    #expect(try Self.values("p,y\n0.5,1\n0.49,1\n0.2,false\n", scores) == [[0], [1], [0]])
  }

  @Test(
    "What cannot be read is told with its place",
    arguments: [
      ("", 1, 1), ("value\n", 2, 1), ("v\n1\nx\n", 3, 1), ("a,v\nm,1\nm,nan\n", 3, 3),
      ("a,v\nm,1\nm\n", 3, 1), ("a,v\nm,1\nm,\n", 3, 3), ("a,a\n1,2\n", 1, 3),
      ("v\n1\n\"2\n", 3, 1), ("v\n1\n1e999\n", 3, 1),
    ])
  func places(text: String, line: Int, column: Int) throws {
    let error = try #require(throws: DelimitedTextError.self) { try Self.values(text) }
    #expect(error.line == line && error.column == column)
  }

  @Test("A choice that does not fit the table")
  func mismatches() throws {
    let several = SeriesReader.Mismatch.severalColumns(["a", "b"])
    #expect(throws: several) { try Self.values("a,b\n1,2\n") }
    let none = SeriesReader.Mismatch.severalColumns([])
    #expect(throws: none) { try Self.values("a\nx\n") }
    let missing = SeriesReader.Mismatch.noColumn("c", known: ["a", "b"])
    #expect(throws: missing) { try Self.values("a,b\n1,2\n", .columns(["c"])) }
  }

  @Test("A detector of errors refuses other values at their place")
  func notAnError() throws {
    var run = DetectionRun(try Self.reader("k,v\na,1\nb,2\n"), [try DetectorChoice("ddm")])
    let error = try #require(throws: DelimitedTextError.self) { try run.findings(file: "f") }
    #expect(error.line == 3 && error.column == 3)
    #expect(error.message == "`v` must be 0 (right) or 1 (wrong) for ddm, not `2`")
    var shares = DetectionRun(try Self.reader("v\n0.25\n1.5\n"), [try DetectorChoice("hddm-a")])
    #expect(throws: DelimitedTextError.self) { try shares.findings(file: "f") }
  }

  // MARK: Choosing

  @Test("A choice is read back from its text", arguments: DetectorKind.allCases)
  func choices(kind: DetectorKind) throws {
    let standard = try DetectorChoice(kind.name)
    #expect(kind.problem(in: standard.values) == nil)
    #expect(standard.text == kind.name && standard.values.count == kind.parameters.count)
    let texts = [
      "adwin:delta=0.05,clock=1", "page-hinkley:lambda=15,direction=up", "hddm-a:sides=two",
      "psi:alpha=0.05", "ks:alpha=0.001",
    ]
    for text in texts { #expect(try DetectorChoice(text).text == text) }
  }

  @Test(
    "A choice that there is not",
    arguments: [
      ("adwn", "no detector `adwn`", "did you mean `adwin`?"),
      ("adwin:detla=1", "adwin has no setting `detla`", "did you mean `delta`?"),
      ("adwin:delta", "adwin: `delta` is no key=value", "adwin takes delta, clock"),
      ("adwin:", "adwin: `` is no key=value", "adwin takes delta, clock"),
      ("adwin:delta=2", "adwin: `delta` must be a number from 1e-12 to 0.5, not `2`", "delta is"),
      ("cusum:direction=left", "`direction` must be up or down or both", "direction is"),
      ("eddm:warning=0.5", "eddm: `warning` must not be less than `alarm`", "eddm takes warm"),
    ])
  func badChoices(text: String, message: String, help: String) throws {
    let problem = try #require(throws: DetectorChoice.Problem.self) { try DetectorChoice(text) }
    #expect(problem.message.contains(message) && problem.help.hasPrefix(help))
  }

  // MARK: Findings

  /// The stream of the tests of `Statistics`, whose alarms are those of River 0.26.1.
  private static let bits: [Int] = {
    var state: UInt64 = 11
    return [0.2, 0.4, 0.05, 0.3].flatMap { chance in
      (0..<1000).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53 < chance ? 1 : 0
      }
    }
  }()

  @Test("Alarms with rows, lines and means")
  func findings() throws {
    let text = "error\n" + Self.bits.map { "\($0)\n" }.joined()
    let choices = [try DetectorChoice("hddm-a:sides=two"), try DetectorChoice("eddm:warm=50")]
    var run = DetectionRun(try Self.reader(text, piece: 1000), choices)
    let findings = try run.findings(file: "bits.csv", measuresFalseAlarms: false)
    #expect(findings.rows == 4000 && findings.tracks.count == 2)
    let track = findings.tracks[0]
    // River counts from 0; the header is line 1.
    #expect(track.listed.map(\.row) == [1037, 2078, 3096])
    #expect(track.listed.map(\.line) == [1038, 2079, 3097])
    #expect(track.warnings == 8 && track.lastRow == 3096 && track.falseAlarms == nil)
    let first = Double(Self.bits[..<1037].reduce(0, +)) / 1037
    #expect((track.listed[0].before - first).magnitude < 1e-12)
    let last = Double(Self.bits[3096...].reduce(0, +)) / 904
    #expect((try #require(track.listed[2].after) - last).magnitude < 1e-12)
    #expect(track.listed[0].after == track.listed[1].before)
    #expect(findings.alarms == findings.tracks.reduce(0) { $0 + $1.alarms })
    let picture = findings.series[0].picture
    #expect(picture.width == 32 && picture.means.count == 125)
    #expect((picture.means.reduce(0, +) * 32 - 943).magnitude < 1e-9)
  }

  /// CUSUM with a known law alarms once in 465 independent normal items (Lucas & Crosier 1982).
  ///
  /// 2,000 normal quantiles shuffled 200 times have 860 runs, so five standard errors are 17 %: a
  /// false alarm of this test has a chance below 1e-5.
  @Test("The rate of false alarms on shuffled copies is that of theory")
  func falseAlarms() throws {
    let values = (0..<2000).map { Self.normalQuantile((Double($0) + 0.5) / 2000) }
    let rate = try #require(
      FalseAlarms(try DetectorChoice("cusum:sd=1"), sample: values, length: 2000))
    #expect(rate.copies == 200 && rate.rows == 400_000)
    // The first run of each copy begins at 0 as all others do; the last is cut off.
    let exact = 400_000.0 / 465
    #expect((Double(rate.alarms) / exact - 1).magnitude < 0.2)
    #expect(rate.expected.low < rate.expected.estimate && rate.expected.estimate < 5)
    #expect(FalseAlarms(try DetectorChoice("adwin"), sample: [1], length: 1) == nil)
  }

  /// The root of a quantile of the chi-square law with one degree, with its sign.
  private static func normalQuantile(_ p: Double) -> Double {
    let x = ChiSquare.quantile(abs(2 * p - 1), degrees: 1).squareRoot()
    return p < 0.5 ? -x : x
  }
}
