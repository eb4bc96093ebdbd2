/// Makes text from strangers safe and aligned on a terminal.
package enum VisibleText {
  /// The text with control, direction-changing and invisible scalars written as `\u{…}`.
  package static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text in back quotes, escaped and cut to a length that fits a message.
  package static func quoted(_ text: String, limit: Int = 48) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return "`\(escaped(text))`" }
    return "`\(escaped(String(String.UnicodeScalarView(scalars.prefix(limit - 3)))))...`"
  }

  /// How a scalar is shown: itself, or its escape.
  static func shown(_ scalar: Unicode.Scalar) -> String {
    isHidden(scalar) ? escape(scalar) : String(Character(scalar))
  }

  /// The number of terminal cells that a scalar takes, after escaping.
  static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII, !isHidden(scalar) { return 1 }
    if isHidden(scalar) { return escape(scalar).utf8.count }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      return true
    default: return false
    }
  }
}
