import Experiments

/// Text for a terminal: made safe, measured in columns, and wrapped.
package enum TerminalText {
  /// The text with every control character, line break and direction override made visible, so
  /// that a name in a scenario cannot move the cursor or reorder a line.
  static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || scalar == "\r" {
        safe += " "
      } else if isUnsafe(scalar) {
        safe += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// Whether a scalar steers instead of showing: controls, line separators, direction marks,
  /// invisible fillers, and what is unassigned or private.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20, scalar.value < 0x7F { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      return true
    default: return false
    }
  }

  /// The columns that a text takes: none for marks, two for wide characters.
  package static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The columns that a scalar takes.
  ///
  /// Counting scalars, not characters, errs on the wide side for joined sequences, so that a line
  /// is never wider than meant.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23F3, 0x25FD...0x25FE,
      0x2600...0x27BF, 0x2B1B...0x2B55, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1AFF0...0x1B2FF, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text in lines of at most `width` columns, broken at spaces and, where a word is longer
  /// than a line, within it.
  ///
  /// The text must be safe and `width` at least 2.
  package static func wrap(_ text: String, to width: Int) -> [String] {
    precondition(width >= 2, "a line needs room for a wide character")
    if self.width(text) <= width { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      for (index, piece) in pieces(of: String(word), width: width).enumerated() {
        let size = self.width(piece)
        if index == 0, !line.isEmpty, used + 1 + size <= width {
          line += " " + piece
          used += 1 + size
        } else {
          if !line.isEmpty { lines.append(line) }
          line = piece
          used = size
        }
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The width of the longest word.
  static func longestWord(_ text: String) -> Int {
    text.split(separator: " ").reduce(0) { max($0, width(String($1))) }
  }

  private static func pieces(of word: String, width: Int) -> [String] {
    if self.width(word) <= width { return [word] }
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var used = 0
    for scalar in word.unicodeScalars {
      let size = self.width(scalar)
      if used + size > width {
        pieces.append(String(piece))
        piece = String.UnicodeScalarView()
        used = 0
      }
      piece.append(scalar)
      used += size
    }
    pieces.append(String(piece))
    return pieces
  }
}

/// How a stretch of terminal text is set.
///
/// Words and signs say the same without it.
enum Tone: Hashable, Sendable {
  case plain
  case strong
  case faint
  case good
  case bad
  case doubtful

  init(_ outcome: Outcome) {
    switch outcome {
    case .met: self = .good
    case .breached: self = .bad
    case .undecided: self = .doubtful
    }
  }

  var code: String {
    switch self {
    case .plain: ""
    case .strong: "\u{1B}[1m"
    case .faint: "\u{1B}[2m"
    case .good: "\u{1B}[32m"
    case .bad: "\u{1B}[1;31m"
    case .doubtful: "\u{1B}[33m"
    }
  }
}

/// A line of stretches, measured as it grows.
package struct StyledLine {
  private(set) var width = 0
  private var stretches: [(text: String, tone: Tone)] = []

  init() {}

  init(_ text: String, _ tone: Tone = .plain, indent: Int = 0) {
    pad(to: indent)
    append(text, tone)
  }

  mutating func append(_ text: String, _ tone: Tone = .plain) {
    guard !text.isEmpty else { return }
    stretches.append((text, tone))
    width += TerminalText.width(text)
  }

  mutating func pad(to column: Int) {
    if column > width { append(String(repeating: " ", count: column - width)) }
  }

  /// The line with a heading over its leading spaces; `nil` where they do not leave it room.
  func headed(by heading: String, _ tone: Tone) -> StyledLine? {
    let room = TerminalText.width(heading) + 2
    guard let first = stretches.first, first.text.count >= room,
      first.text.allSatisfy({ $0 == " " })
    else { return nil }
    var line = StyledLine(heading, tone)
    line.pad(to: first.text.count)
    for stretch in stretches.dropFirst() { line.append(stretch.text, stretch.tone) }
    return line
  }

  /// The line without spaces at its end.
  package func text(inColour: Bool) -> String {
    var kept = stretches
    while let last = kept.last {
      let trimmed = last.text.reversed().drop { $0 == " " }
      kept.removeLast()
      if trimmed.isEmpty { continue }
      kept.append((String(trimmed.reversed()), last.tone))
      break
    }
    return kept.map { stretch in
      guard inColour, stretch.tone != .plain else { return stretch.text }
      return stretch.tone.code + stretch.text + "\u{1B}[0m"
    }.joined()
  }
}
