/// A text with numbered marks «1», «2» at the places where something is expected.
///
/// The marks are taken out of the text; position and message of a finding can so be asserted
/// together, and the test stays readable.
package struct MarkedSource: Sendable {
  /// The text without its marks.
  package var text: String
  /// The byte offset of each mark in that text.
  package var marks: [Int: Int]

  /// Takes the marks out of a text.
  package init(_ marked: String) {
    var plain: [UInt8] = []
    marks = [:]
    var rest = Substring(marked)
    while let open = rest.firstIndex(of: "«"), let close = rest[open...].firstIndex(of: "»") {
      plain += Array(rest[..<open].utf8)
      if let number = Int(rest[rest.index(after: open)..<close]) { marks[number] = plain.count }
      rest = rest[rest.index(after: close)...]
    }
    text = String(decoding: plain + Array(rest.utf8), as: UTF8.self)
  }
}
