import Quantities
import Testing

/// Every record of a text, read from chunks of a given size.
private func records(_ text: String, chunk: Int = .max) throws -> [[String]] {
  var reader = DelimitedTextReader()
  var rows: [[String]] = []
  let bytes = Array(text.utf8)
  var start = 0
  func drain() throws {
    while try reader.advance() {
      rows.append(try (0..<reader.fieldCount).map { try reader.text($0) })
    }
  }
  while start < bytes.count {
    let end = chunk < bytes.count - start ? start + chunk : bytes.count
    reader.append(Array(bytes[start..<end]))
    try drain()
    start = end
  }
  reader.finish()
  try drain()
  return rows
}

@Suite struct DelimitedTextTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func everyLineEndSeparatesRecords(end: String) throws {
    let text = ["a,b", "1,2", "3,4"].joined(separator: end)
    #expect(try records(text) == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try records(text + end) == [["a", "b"], ["1", "2"], ["3", "4"]])
  }

  @Test func quotesFollowTheStandard() throws {
    let text = "name,note\n\"a, b\",\"he said \"\"no\"\"\"\n\"two\nlines\",\"\"\n"
    #expect(
      try records(text) == [["name", "note"], ["a, b", "he said \"no\""], ["two\nlines", ""]])
  }

  @Test func cutsBetweenChunksDoNotShow() throws {
    let text = "\u{FEFF}a,b\r\n\"x\r\ny\",\"q\"\"q\"\r\n\r\n\"\",z\r\nlast,ü"
    let whole = try records(text)
    #expect(whole == [["a", "b"], ["x\r\ny", "q\"q"], ["", "z"], ["last", "ü"]])
    for chunk in 1...text.utf8.count { #expect(try records(text, chunk: chunk) == whole) }
  }

  /// Any text, right or wrong, reads alike whole and in chunks: the same records, the same error.
  @Test func randomTextsReadAlikeInChunks() {
    let alphabet = Array("ab,,\"\"\r\n\n".utf8)
    var state: UInt64 = 7
    for _ in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int((state >> 33) % UInt64(alphabet.count))])
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let whole = Result { try records(text) }
      for chunk in [1, 2, 3, 7] {
        let parts = Result { try records(text, chunk: chunk) }
        switch (whole, parts) {
        case (.success(let a), .success(let b)): #expect(a == b, "\(text.debugDescription)")
        case (.failure(let a), .failure(let b)):
          #expect("\(a)" == "\(b)", "\(text.debugDescription)")
        default: Issue.record("\(text.debugDescription) in chunks of \(chunk)")
        }
      }
    }
  }

  @Test func emptyFieldsAndLinesAreKeptApart() throws {
    #expect(try records("a,b\n,\n\n1,\n") == [["a", "b"], ["", ""], ["1", ""]])
    #expect(try records("") == [])
    #expect(try records("\n\r\n\n") == [])
  }

  @Test(arguments: [
    ("a,b\n1,\"2\n", 2, 3, DelimitedTextError.Reason.unclosedQuote),
    ("a,b\n\"1\"x,2\n", 2, 4, .textAfterQuote),
    ("a,b\n1,2\"\n", 2, 4, .quoteInsideField),
    ("a,b\n1,\0\n", 2, 3, .zeroByte),
    ("a,b\n\"x\ny\0\",2\n", 3, 2, .zeroByte),
    ("a,b\n\"x\ny\",\"2\n", 3, 4, .unclosedQuote),
  ])
  func brokenTextNamesItsPlace(
    text: String, line: Int, column: Int, reason: DelimitedTextError.Reason
  ) {
    #expect(throws: DelimitedTextError(line: line, column: column, reason: reason)) {
      try records(text)
    }
  }

  @Test func limitsHold() {
    #expect(throws: DelimitedTextError(line: 1, column: 1, reason: .recordTooLong(limit: 8))) {
      var reader = DelimitedTextReader(text: "123456789", limits: .init(recordBytes: 8))
      _ = try reader.advance()
    }
    #expect(throws: DelimitedTextError(line: 1, column: 5, reason: .tooManyFields(limit: 2))) {
      var reader = DelimitedTextReader(text: "a,b,cd", limits: .init(fields: 2))
      while try reader.advance() {}
    }
  }

  @Test func fieldsAreTypedAndTheirErrorsLocated() throws {
    var reader = DelimitedTextReader(text: " 12 ,-0.1,1e3,nan,inf,x,,99999999999999999999\n")
    #expect(try reader.advance())
    #expect(try reader.integer(0, column: "n") == 12)
    #expect(try reader.number(1, column: "n") == -0.1)
    #expect(try reader.number(2, column: "n") == 1000)
    #expect(try reader.optionalNumber(6, column: "n") == nil)
    for (field, reason) in [
      (3, DelimitedTextError.Reason.notFinite(column: "n", text: "nan")),
      (4, .notFinite(column: "n", text: "inf")),
      (5, .notANumber(column: "n", text: "x")),
      (6, .emptyField(column: "n")),
    ] {
      #expect(throws: reader.error(field, reason)) { try reader.number(field, column: "n") }
    }
    #expect(throws: DelimitedTextError.self) { try reader.integer(7, column: "n") }
    #expect(throws: DelimitedTextError.self) {
      try reader.number(1, column: "n", in: 0...1)
    }
    #expect(reader.error(5, .zeroByte).column == 23)
  }

  @Test func shortDecimalsAreCorrectlyRounded() throws {
    for text in ["0.1", "123456.789012", "0.000001", "55.04", "999999999999999", "-7.25", "5."] {
      var reader = DelimitedTextReader(text: text)
      #expect(try reader.advance())
      let padded = text.hasSuffix(".") ? text + "0" : text
      #expect(try reader.number(0, column: "n") == Double(padded))
    }
  }

  @Test func invalidEncodingIsNamed() throws {
    var reader = DelimitedTextReader()
    reader.append([0x61, 0x2C, 0xFF, 0xFE])
    reader.finish()
    #expect(try reader.advance())
    #expect(throws: DelimitedTextError(line: 1, column: 3, reason: .invalidEncoding)) {
      try reader.text(1)
    }
  }

  @Test func headersAreChecked() throws {
    var reader = DelimitedTextReader(text: "a,b\n")
    let header = try DelimitedTextHeader(reading: &reader)
    #expect(try header.require("b") == 1)
    #expect(throws: DelimitedTextError(line: 1, column: 1, reason: .missingColumn("c"))) {
      try header.require("c")
    }
    #expect(throws: DelimitedTextError(line: 1, column: 1, reason: .emptyText)) {
      var empty = DelimitedTextReader(text: "")
      _ = try DelimitedTextHeader(reading: &empty)
    }
    #expect(throws: DelimitedTextError(line: 1, column: 3, reason: .duplicateColumn("a"))) {
      var twice = DelimitedTextReader(text: "a,a\n")
      _ = try DelimitedTextHeader(reading: &twice)
    }
  }
}

@Suite struct DelimitedTextWriterTests {
  @Test func whatIsWrittenReadsBack() throws {
    let rows = [["a", "b, c", "say \"x\""], ["", " blank ", "two\r\nlines"], ["ü", "1", "-"]]
    let text = rows.map(DelimitedTextWriter.record).joined()
    #expect(text.hasPrefix("a,\"b, c\",\"say \"\"x\"\"\"\n"))
    var reader = DelimitedTextReader(text: text)
    for row in rows {
      #expect(try reader.advance())
      let fields = (0..<reader.fieldCount).map {
        String(decoding: reader.bytes($0), as: UTF8.self)
      }
      #expect(fields == row)
    }
    #expect(try !reader.advance())
  }
}
