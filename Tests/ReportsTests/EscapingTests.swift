import Experiments
import Reports
import Testing

/// Scenario names and titles come from strangers; none of them may act in any medium.
@Suite struct EscapingTests {
  static let hostile =
    "<script>alert(1)</script> \u{1B}[2J\u{7}\u{9B}31m \u{202E}gnirts | ` * _ [x](javascript:y) "
    + "=cmd|' /C calc'!A0 \"quoted\" & 'single' \r\n# heading \u{0} @someone ![i](data:z)"

  static let report = Report(
    title: hostile,
    banner: Banner(verdict: .met, sentence: hostile, remark: hostile, basis: [hostile]),
    sections: [
      Section(
        id: hostile, heading: hostile,
        blocks: [
          .paragraph(hostile), .notes([hostile]), .commands([Command(hostile, hostile)]),
          .highlights([
            Highlight(hostile, .exact(1, .number(hostile)), remark: hostile)
          ]),
          .verdicts([
            VerdictRow(
              .met, hostile, qualifier: hostile,
              reading: .unknown(.number("")).saying(hostile), remark: hostile, detail: hostile)
          ]),
          .table(
            Table(
              id: hostile, caption: hostile,
              columns: [Column(hostile, .label), Column(hostile, .note)],
              rows: [Row([.text(hostile), .text(hostile)])])),
          .chart(
            Chart(
              id: hostile, title: hostile, subtitle: hostile,
              content: .bars(
                BarChart(
                  unit: .number(hostile), parts: [hostile, hostile],
                  bars: [.init(hostile, [1, 2])])))),
          .chart(
            Chart(
              id: hostile, title: hostile, subtitle: hostile,
              content: .incidents(
                IncidentChart(
                  length: 10,
                  lanes: [.init(hostile, [.init(from: 1, to: 9, hostile)])])))),
        ])
    ])

  @Test(arguments: [80, 24])
  func aTerminalSeesNoControlCharacter(width: Int) {
    let text = TerminalRenderer(width: width).render(Self.report)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !TerminalText.isUnsafe($0) })
    #expect(text.contains("\\u{1B}[2J"))
  }

  @Test func aPageHoldsNoForeignMarkup() {
    let page = HTMLRenderer().render(Self.report)
    #expect(!page.contains("<script"))
    #expect(!page.contains("alert(1)<"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || !TerminalText.isUnsafe($0) })
    // Every attribute value that user text reaches is an identifier.
    #expect(page.contains("id=\"script-alert-1-script-2j-31m-gnirts"))
  }

  @Test func aPageLoadsNothing() {
    for report in [Self.report, SampleReport.report] {
      let page = HTMLRenderer().render(report)
      #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
      #expect(!page.contains("src="))
      #expect(!page.contains("http:") && !page.contains("https:"))
      #expect(!page.contains("@import") && !page.contains("<link"))
    }
  }

  @Test func everyPictureHasTitleDescriptionAndNumbers() {
    let page = HTMLRenderer().render(SampleReport.report)
    let pictures = page.components(of: "role=\"img\"")
    #expect(pictures == 6)
    #expect(page.components(of: "<desc id=") == pictures)
    #expect(page.components(of: "<title id=") == pictures)
    #expect(page.components(of: "<details>") == pictures)
  }

  @Test func markdownStaysText() {
    // Commands stand in a fence, where nothing is markup.
    let text = MarkdownRenderer().render(Self.report)
      .replacing(MarkdownText.fenced(Self.hostile), with: "")
    #expect(!text.contains("<script"))
    #expect(text.contains("&lt;script&gt;"))
    #expect(text.contains("\\[x\\](javascript:y)"))
    #expect(!text.contains("@someone"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("# heading") })
  }

  @Test(arguments: [
    ("- item", "\\- item"), ("-5 to 3", "-5 to 3"), ("---", "\\---"), ("1. one", "1\\. one"),
    ("1.5 ms", "1.5 ms"), ("a | b", "a \\| b"), ("<b>&", "&lt;b&gt;&amp;"),
  ])
  func markdownText(text: String, escaped: String) {
    #expect(MarkdownText.safe(text) == escaped)
  }

  @Test func fileNamesStayInTheirFolderAndApart() {
    let table = Table(id: "../../etc/passwd", columns: [Column("", .label)], rows: [])
    let report = Report(
      title: "t", banner: Banner(verdict: nil, sentence: "s"),
      sections: [
        Section(id: "a", heading: "a", blocks: [.table(table), .table(table), .table(table)])
      ])
    let names = CSVRenderer().files(report).map(\.name)
    #expect(names == ["etc-passwd.csv", "etc-passwd-2.csv", "etc-passwd-3.csv"])
  }

  @Test func aFenceOutgrowsTheBackticksInIt() {
    #expect(MarkdownText.fenced("a ```` b") == "`````sh\na ```` b\n`````")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-2.5", "-2.5"), ("@x", "'@x"), ("a,b", "\"a,b\""),
    ("say \"hi\"", "\"say \"\"hi\"\"\""), ("\t=x", "\"'\t=x\""), ("-x", "'-x"), ("", ""),
    ("two\nlines", "\"two\nlines\""),
  ])
  func commaSeparatedFields(text: String, field: String) {
    #expect(CSVText.field(text) == field)
  }
}

extension String {
  /// How often a text occurs.
  func components(of text: String) -> Int {
    var count = 0
    var rest = Substring(self)
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
