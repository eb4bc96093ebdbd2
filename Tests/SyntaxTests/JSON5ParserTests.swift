import Syntax
import TestSupport
import Testing

@Suite struct JSON5ParserTests {
  @Test func `reads what JSON5 adds to JSON`() {
    let text = """
      // a comment
      { /* another */ $schema: 'single', "quoted": "double", _a1: [1, 2, ], ünï: null,
        hex: 0xFF, half: .5, five: 5., plus: +3, minus: -0x10, exp: 1e3, big: 12e-3, }
      """
    #expect(
      json(text)
        == #"{"$schema":"single","quoted":"double","_a1":[1,2],"ünï":null,"hex":255,"half":0.5,"#
        + #""five":5,"plus":3,"minus":-16,"exp":1000,"big":0.012}"#)
  }

  @Test func `reads escapes`() {
    #expect(json(#"'\n\t\\\'\"\x41\u00e9\uD83D\uDE00\q'"#) == "\"\\n\\t\\\\'\\\"Aé😀q\"")
    #expect(json("'one \\\n two \\\r\n three \\\u{2028}four'") == "\"one  two  three four\"")
    #expect(json(#"{ \u0061b: 1 }"#) == #"{"ab":1}"#)
  }

  @Test(arguments: ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"])
  func `ends comments and lines at every line break`(lineBreak: String) {
    let text = "// one\(lineBreak){ // two\(lineBreak)  a: 1,\(lineBreak)  b: @\(lineBreak)}"
    let (_, diagnostics, sources) = parse(text)
    #expect(diagnostics.list.count == 1)
    #expect(diagnostics.list.first?.primary.map { sources.place($0.range) } == "my.json5:4:6")
  }

  @Test func `skips a byte order mark and does not count it as a column`() {
    #expect(json("\u{FEFF}{ a: 1 }") == #"{"a":1}"#)
    let (_, diagnostics, sources) = parse("\u{FEFF}{ a: @ }")
    #expect(diagnostics.list.first?.primary.map { sources.place($0.range) } == "my.json5:1:6")
  }

  @Test func `knows ranges in bytes`() throws {
    let text = "{ \"é\": [ 'ü', 12 ] }"
    let (tree, _, sources) = parse(text)
    let member = try #require(tree?.object?["é"])
    #expect(sources.text(member.keyRange) == "\"é\"")
    #expect(sources.text(member.value.range) == "[ 'ü', 12 ]")
    #expect(member.value.array.map { $0.map { sources.text($0.range) } } == ["'ü'", "12"])
  }

  @Test func `points into strings without escapes only`() throws {
    let (tree, _, sources) = parse(#"["5 parsecs", "5\u0020parsecs"]"#)
    let elements = try #require(tree?.array)
    #expect(sources.text(elements[0].rangeInString(2..<9)) == "parsecs")
    #expect(sources.text(elements[1].rangeInString(2..<9)) == #""5\u0020parsecs""#)
  }

  @Test func `keeps whole numbers exactly`() throws {
    let (tree, _, _) = parse("[9007199254740993, 1e6, 0x7FFFFFFFFFFFFFFF, 2.5, 1e300]")
    let numbers = try #require(tree?.array).map { $0.number?.integer }
    #expect(numbers == [9_007_199_254_740_993, 1_000_000, .max, nil, nil])
  }

  @Test func `takes a nesting of 200 and refuses 201`() {
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(parse(deep).diagnostics.list.isEmpty)
    #expect(parse("[\(deep)]").diagnostics.list.map(\.code) == [.nestedTooDeeply])
  }

  @Test(arguments: ["[", "{a:", "[{a:"])
  func `gives one error for 200,000 open brackets`(opening: String) {
    let (_, diagnostics, sources) = parse(String(repeating: opening, count: 200_000))
    #expect(
      diagnostics.list.map(\.message) == ["objects and lists are nested more than 200 deep"])
    let column = opening == "[{a:" ? 401 : 200 * opening.count + 1
    #expect(
      diagnostics.list.first?.primary.map { sources.place($0.range) } == "my.json5:1:\(column)")
  }

  @Test func `takes time in proportion to the length`() {
    // Ten times the text may take at most forty times as long; a quadratic parser takes a hundred.
    func seconds(_ count: Int) -> Double {
      let members = (0..<count).map { "k\($0): [1, 'two', { three: 3 }]," }
      let text = "{" + members.joined(separator: "\n") + "}"
      let clock = ContinuousClock()
      let times = (0..<3).map { _ in
        clock.measure { #expect(parse(text).diagnostics.list.isEmpty) }
      }
      return (times.min() ?? .zero) / .seconds(1)
    }
    // A machine that does other work beside may spoil a measurement, never all of them.
    #expect((0..<5).contains { _ in seconds(5_000) < 40 * seconds(500) })
  }
}
