import Syntax
import TestSupport
import Testing

@Suite struct SyntaxErrorTests {
  @Test func `reports all mistakes of a file at once`() {
    expect(
      """
      {
        horizon: «1»30d,
        seed: 1«2»
        «3»gpu-ranker: {},
        replicas: «4»NaN,
        rate: 'x' «5»@,
        list: [1,, 2],
        rest: 1,
      }
      """.replacing(",,", with: ",«6»,"),
      Finding(1, .unquotedText, "the quantity `30d` needs quotes", help: "write \"30d\""),
      Finding(2, .missingComma, "a comma is missing here", help: "write `,`"),
      Finding(3, .unquotedKey, "the key `gpu-ranker` needs quotes", help: "write \"gpu-ranker\""),
      Finding(4, .notFinite, "`NaN` is no quantity: numbers are finite"),
      Finding(5, .unexpectedText, "`@` cannot stand here"),
      Finding(6, .missingValue, "nothing stands before this comma"))
  }

  @Test func `refuses infinities`() {
    expect(
      "{ a: «1»Infinity, b: «2»-Infinity, c: «3»+NaN }",
      Finding(
        1, .notFinite, "`Infinity` is no quantity: numbers are finite",
        help: "leave the key out to have no limit"),
      Finding(
        2, .notFinite, "`-Infinity` is no quantity: numbers are finite",
        help: "leave the key out to have no limit"),
      Finding(3, .notFinite, "`+NaN` is no quantity: numbers are finite"))
  }

  @Test func `refuses numbers that are none`() {
    expect(
      "[«1»012, «2»1_000, «3»0x, «4»1e, «5»1e400, «6»--1, "
        + "«7»1.2.3, «8»., «9»-1e999]",
      Finding(1, .badNumber, "`012` is no number", help: "write 12"),
      Finding(2, .badNumber, "`1_000` is no number", help: "write 1000"),
      Finding(3, .badNumber, "`0x` is no number", help: "write \"0x\""),
      Finding(4, .badNumber, "`1e` is no number", help: "write \"1e\""),
      Finding(5, .numberTooLarge, "the number `1e400` is too large to be kept"),
      Finding(6, .badNumber, "`--1` is no number"),
      Finding(7, .badNumber, "`1.2.3` is no number"),
      Finding(8, .badNumber, "`.` is no number"),
      Finding(9, .numberTooLarge, "the number `-1e999` is too large to be kept"))
  }

  @Test func `explains bare words and quantities`() {
    expect(
      "{ a: «1»spot, b: «2»250 ms, c: «3»$480/month, "
        + "d: «4»True, e: «5»99.9 % , f: «6»5k/s }",
      Finding(1, .unquotedText, "`spot` needs quotes", help: "write \"spot\""),
      Finding(2, .unquotedText, "the quantity `250 ms` needs quotes", help: "write \"250 ms\""),
      Finding(3, .unquotedText, "`$480/month` needs quotes", help: "write \"$480/month\""),
      Finding(4, .unquotedText, "`True` needs quotes", help: "write true"),
      Finding(5, .unquotedText, "the quantity `99.9 %` needs quotes", help: "write \"99.9 %\""),
      Finding(6, .unquotedText, "the quantity `5k/s` needs quotes", help: "write \"5k/s\""))
  }

  @Test func `points both places of a doubled key out`() throws {
    let source = MarkedSource("{ «1»seed: 1, horizon: '1h', «2»'seed': 2 }")
    let diagnostics = parse(source.text).diagnostics.list
    #expect(diagnostics.map(\.message) == ["key `seed` is there twice"])
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.primary?.range.start == source.marks[2])
    #expect(diagnostic.secondary.map(\.range.start) == [source.marks[1]])
  }

  @Test func `locates what is never closed at its start`() {
    expect(
      "{ a: «1»'never\n  b: 2 }",
      Finding(1, .unterminatedString, "this text is never closed", help: "end it with `'`"))
    expect(
      "{ a: 1, «1»/* never\n  b: 2 }",
      Finding(1, .unterminatedComment, "this comment is never closed"))
    expect("«1»{ a: 1, b: 2", Finding(1, .unclosedBracket, "`{` is never closed"))
    expect("{ a: «1»[1, 2", Finding(1, .unclosedBracket, "`[` is never closed"))
  }

  @Test func `sorts wrong brackets out`() {
    expect(
      "{ a: [1, 2«1»}, b: 3 }", Finding(1, .wrongBracket, "`[` is closed by `}`"))
    expect("[1, { a: 1 «1»], 2]", Finding(1, .wrongBracket, "`{` is closed by `]`"))
    expect("[1, 2]«1»] ", Finding(1, .textAfterEnd, "text after the end of the value"))
  }

  @Test func `refuses broken escapes`() {
    expect(
      #"['«1»\x4', '«2»\u12', '«3»\uD800', '«4»\1', '«5»\uD800\u0041']"#,
      Finding(1, .badEscape, "`\\x` needs 2 hexadecimal digits"),
      Finding(2, .badEscape, "`\\u` needs 4 hexadecimal digits"),
      Finding(3, .badEscape, "half of a surrogate pair stands for no character"),
      Finding(
        4, .badEscape, "a backslash before a digit is no escape",
        help: "write `\\xHH` or `\\uHHHH`"),
      Finding(5, .badEscape, "half of a surrogate pair stands for no character"))
  }

  @Test func `explains habits of other languages`() {
    expect(
      "{\n  «1»# a comment\n  a «2»= 1,\n  b: 2«3»;\n  c: «4»“x”,\n}",
      Finding(
        1, .unexpectedText, "`#` begins no comment", help: "comments begin with `//`"),
      Finding(2, .missingColon, "a key is followed by `:`, not by `=`", help: "write `:`"),
      Finding(
        3, .missingComma, "a comma separates the parts, not `;`", help: "write `,`"),
      Finding(4, .unexpectedText, "`“` is no quote of JSON5", help: "write `\"`"))
  }

  @Test func `finds missing colons and values`() {
    expect(
      "{ «1»a, «2»b: , c: 3, «3»d: }",
      Finding(1, .missingColon, "no `:` after the key `a`"),
      Finding(2, .missingValue, "the key `b` has no value"),
      Finding(3, .missingValue, "the key `d` has no value"))
    expect(
      "«2»{ a: 1, «1»b", Finding(2, .unclosedBracket, "`{` is never closed"),
      Finding(1, .missingColon, "no `:` after the key `b`"))
  }

  @Test func `refuses what holds nothing or goes on after its end`() {
    expect("«1»", Finding(1, .emptyFile, "the file holds nothing"))
    expect("  // only a comment«1»", Finding(1, .emptyFile, "the file holds nothing"))
    expect("{ } «1»{ }", Finding(1, .textAfterEnd, "text after the end of the value"))
  }

  @Test func `stops after twenty errors and says so`() {
    let (_, diagnostics, _) = parse("[" + String(repeating: "@,", count: 1_000) + "]")
    #expect(diagnostics.errorCount == 20)
  }
}
