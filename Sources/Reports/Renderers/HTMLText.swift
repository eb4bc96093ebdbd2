/// Text made safe for HTML.
enum HTMLText {
  /// The text with markup escaped and control characters replaced, for content and attributes.
  static func safe(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      case "\n", "\t", "\r": safe += " "
      default:
        if TerminalText.isUnsafe(scalar) {
          safe += "\u{FFFD}"
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe
  }

  /// A name that may stand in an `id`: lower-case letters, digits and hyphens.
  static func identifier(_ text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
      case "A"..."Z": name += String(scalar).lowercased()
      default: if !name.isEmpty, !name.hasSuffix("-") { name += "-" }
      }
    }
    return name.isEmpty ? "part" : name
  }
}
