import Syntax
import TestSupport
import Testing

@Suite struct DiagnosticRendererTests {
  private func render(
    _ marked: String, _ diagnostic: (Int, Int, FileID) -> Diagnostic, isColored: Bool = false
  ) -> String {
    let source = MarkedSource(marked)
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "my.json5", text: source.text))
    let made = diagnostic(source.marks[1] ?? 0, source.marks[2] ?? 0, file)
    return DiagnosticRenderer(sources, isColored: isColored).text(made)
  }

  @Test func `has the form of the specification`() {
    let text = String(repeating: "\n", count: 20) + "      timeout: «1»200«2»,\n"
    let rendered = render(text) { start, end, file in
      Diagnostic(
        .missingUnit, "`timeout` needs a unit",
        at: SourceRange(file: file, start: start, end: end), help: "write \"200 ms\" or \"200 s\"")
    }
    #expect(
      rendered == """
        error[E0203]: `timeout` needs a unit
          --> my.json5:21:16
           |
        21 |       timeout: 200,
           |                ^^^
        help: write "200 ms" or "200 s"

        """)
  }

  @Test func `shows two places and a note`() {
    let rendered = render("{\n  «1»seed: 1,\n  a: 2,\n  b: 3,\n  «2»seed: 4,\n}\n") {
      first, second, file in
      Diagnostic(
        .duplicateKey, "key `seed` is there twice",
        at: SourceRange(file: file, start: second, end: second + 4), label: "again here",
        secondary: [.init(SourceRange(file: file, start: first, end: first + 4), "first here")],
        notes: [.init("the file begins", at: SourceRange(file: file, start: 0, end: 1))])
    }
    #expect(
      rendered == """
        error[E0101]: key `seed` is there twice
          --> my.json5:5:3
          |
        2 |   seed: 1,
          |   ---- first here
        ...
        5 |   seed: 4,
          |   ^^^^ again here
        note: the file begins at my.json5:1:1

        """)
  }

  @Test func `counts scalars, spreads tabs, escapes what is hidden`() {
    let rendered = render("{\t'日本e\u{301}\u{202E}': «1»@«2» }") { start, end, file in
      Diagnostic(
        .unexpectedText, "`@` cannot stand here",
        at: SourceRange(file: file, start: start, end: end))
    }
    // The columns before the caret: { tab ' 日 本 e ◌́ RLO ' : space.
    #expect(
      rendered == """
        error[E0010]: `@` cannot stand here
          --> my.json5:1:12
          |
        1 | {   '日本e\u{301}\\u{202e}': @ }
          |                      ^

        """)
  }

  @Test(arguments: [0, 10, 60, 200, 4_990, 4_999])
  func `cuts a long line around the caret to 80 columns`(offset: Int) throws {
    var sources = SourceMap()
    let digits = (0..<5_000).map { String($0 % 10) }.joined()
    let file = sources.add(SourceFile(name: "my.json5", text: digits))
    let range = SourceRange(file: file, start: offset, end: offset + 1)
    let text = DiagnosticRenderer(sources).text(Diagnostic(.badNumber, "wrong", at: range))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 80 })
    let caret = try #require(lines[4].firstIndex(of: "^"))
    let column = lines[4].distance(from: lines[4].startIndex, to: caret)
    #expect(Array(lines[3])[column] == Character(String(offset % 10)))
  }

  @Test func `colours only on demand`() {
    let make: (Int, Int, FileID) -> Diagnostic = { _, _, file in
      Diagnostic(.badNumber, "wrong", at: SourceRange(file: file, start: 0, end: 1), help: "none")
    }
    #expect(!render("x", make).utf8.contains(0x1B))
    #expect(render("x", make, isColored: true).hasPrefix("\u{1B}[1;31merror[E0018]\u{1B}[0m"))
  }

  @Test func `closes with a count and where to read more`() {
    let (_, diagnostics, sources) = parse("[@, #\n, 012]")
    let renderer = DiagnosticRenderer(sources)
    #expect(
      renderer.summary(diagnostics, in: "my.json5", consequence: "nothing was run")
        == "3 errors in my.json5; nothing was run. `towtank explain E0018` tells more.\n")
  }

  @Test func `has a JSON form`() {
    let (_, diagnostics, sources) = parse("{ a: 1, a: 2 }")
    #expect(
      DiagnosticRenderer(sources).json(diagnostics).text(.compact)
        == #"[{"code":"E0101","severity":"error","message":"key `a` is there twice","#
        + #""at":{"file":"my.json5","line":1,"column":9,"endLine":1,"endColumn":10,"#
        + #""label":"again here"},"also":[{"file":"my.json5","line":1,"column":3,"endLine":1,"#
        + #""endColumn":4,"label":"first here"}],"help":"take one of them away"}]"#)
  }
}
