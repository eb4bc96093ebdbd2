import Experiments
import Randomness
import Reports
import Testing

/// No line is wider than the terminal, whatever the report holds.
@Suite struct WidthTests {
  @Test func randomReportsKeepTheWidth() {
    for seed in UInt64(0)..<150 {
      var maker = ReportMaker(seed: seed)
      let report = maker.report()
      for width in [24, 31, 60, 80, 200] {
        let text = TerminalRenderer(width: width).render(report)
        let widest = text.split(separator: "\n").map { TerminalText.width(String($0)) }.max() ?? 0
        #expect(widest <= width, "seed \(seed), width \(width)")
        #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") }, "seed \(seed)")
      }
    }
  }

  /// Splitting and wrapping move text but lose none of it.
  @Test func randomReportsKeepEveryCharacter() {
    for seed in UInt64(0)..<150 {
      var maker = ReportMaker(seed: seed)
      let table = maker.table()
      let wide = Set(letters(TerminalTable(table, width: 2_000).lines(heading: nil)))
      for width in [24, 60, 80] {
        let narrow = TerminalTable(table, width: width).lines(heading: nil)
        #expect(wide.isSubset(of: Set(letters(narrow))), "seed \(seed), width \(width)")
      }
      let report = maker.report()
      #expect(!HTMLRenderer().render(report).isEmpty)
      #expect(!MarkdownRenderer().render(report).isEmpty)
      #expect(!CSVRenderer().render(report).isEmpty)
    }
  }

  /// The marker words of a table: each cell holds one that no other cell has.
  private func letters(_ lines: [StyledLine]) -> [String] {
    lines.flatMap { line in
      line.text(inColour: false).split { $0 == " " || $0 == ":" }.map(String.init)
        .filter { $0.hasPrefix("#") }
    }
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("", 5, [""]), ("a bcdefgh i", 4, ["a", "bcde", "fgh", "i"]),
    ("\u{4E2D}\u{6587}\u{5B57}", 4, ["\u{4E2D}\u{6587}", "\u{5B57}"]),
  ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(TerminalText.wrap(text, to: width) == lines)
  }

  @Test(arguments: [
    ("plain", 5), ("\u{4E2D}\u{6587}", 4), ("e\u{301}", 1), ("\u{1F680}", 2), ("\u{E9}", 1),
  ])
  func columnsOfText(text: String, width: Int) {
    #expect(TerminalText.width(text) == width)
  }

  @Test func aCommandTooLongForALineCanStillBePasted() {
    let report = Report(
      title: "t", banner: Banner(verdict: nil, sentence: "s"),
      sections: [
        Section(
          id: "next", heading: "Next",
          blocks: [.commands([Command("", "towtank run a.json5 --set x.y=1 --seed 12345")])])
      ])
    let lines = TerminalRenderer(width: 30).render(report).split(separator: "\n")
    let expected = ["    towtank run a.json5 \\", "      --set x.y=1 --seed \\", "      12345"]
    #expect(lines.suffix(3).map(String.init) == expected)
  }
}

/// Random reports from a seed.
struct ReportMaker {
  private var stream: RandomStream
  private var marks = 0

  init(seed: UInt64) {
    stream = RandomStream(seed: seed)
  }

  private mutating func below(_ bound: Int) -> Int { Int(stream.next() % UInt64(bound)) }

  private mutating func word() -> String {
    let alphabets = ["abcdefgh.-_", "\u{4E2D}\u{6587}\u{5B57}", "e\u{301}\u{1F680}x", "\u{1B}\tz"]
    let letters = Array(alphabets[below(4)])
    return String((0...below(below(8) == 0 ? 60 : 9)).map { _ in letters[below(letters.count)] })
  }

  private mutating func words(_ count: Int) -> String {
    (0..<below(count + 1)).map { _ in word() }.joined(separator: " ")
  }

  private mutating func number() -> Double {
    let size = Double(below(2_000) - 1_000)
    return size * [1e-9, 1e-3, 1, 1e3, 1e9, 1e18][below(6)]
  }

  private mutating func unit() -> Unit {
    [.seconds, .ratio, .points, .dollars(""), .dollars("/month"), .number("requests/s")][below(6)]
  }

  mutating func reading() -> Reading {
    let (value, half) = (number(), number().magnitude)
    let bounds = Reading.Bounds(value - half, value + half)
    switch below(5) {
    case 0: return .exact(value, unit())
    case 1: return .unknown(unit())
    case 2: return .simulated(value, nil, unit())
    case 3: return .simulated(value, bounds, unit()).asDifference
    default: return .simulated(value, bounds, range: bounds, unit())
    }
  }

  private mutating func cell(_ role: Column.Role) -> Cell {
    switch role {
    case .reading: return .reading(reading())
    case .label, .text, .note:
      marks += 1
      return .text("#\(marks) " + words(6))
    }
  }

  mutating func table() -> Table {
    let spreads: [Spread] = [.value, .interval, .intervalAndRange, .stacked]
    var columns = [Column("", .label)]
    for _ in 0..<below(9) {
      let roles: [Column.Role] = [.text, .note, .reading(spreads[below(4)]), .reading(.interval)]
      columns.append(Column(words(3), roles[below(4)], unit: below(3) == 0 ? .seconds : nil))
    }
    var rows: [Row] = []
    for _ in 0..<below(6) {
      var cells: [Cell] = []
      for column in columns { cells.append(cell(column.role)) }
      rows.append(Row(cells, [.plain, .total, .faint][below(3)], depth: below(4)))
    }
    return Table(id: "t", caption: words(2), columns: columns, rows: rows)
  }

  private mutating func block() -> Block {
    let outcome = Outcome.allCases[below(3)]
    switch below(7) {
    case 0: return .paragraph(words(40))
    case 1: return .highlights([Highlight(words(4), reading(), remark: words(9))])
    case 2: return .notes([words(30), words(3)])
    case 3:
      return .verdicts([
        VerdictRow(
          outcome, words(9), qualifier: words(5), reading: reading(), remark: words(9),
          detail: words(9)),
        VerdictRow(.met, word(), reading: reading()),
      ])
    case 4: return .commands([Command(words(9), words(20))])
    case 5: return .only([.terminal, .page][below(2)], .table(table()))
    default: return .table(table())
    }
  }

  mutating func report() -> Report {
    var sections: [Section] = []
    for index in 0..<below(5) {
      var blocks: [Block] = []
      for _ in 0..<below(4) { blocks.append(block()) }
      let layout: Section.Layout = below(3) == 0 ? .hanging : .block
      sections.append(
        Section(id: "s\(index)", heading: words(4), layout: layout, blocks: blocks))
    }
    return Report(
      title: words(20),
      banner: Banner(
        verdict: .undecided, sentence: words(30), remark: words(3), basis: [words(30)]),
      sections: sections)
  }
}
