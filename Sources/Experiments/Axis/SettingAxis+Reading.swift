import Quantities
import Randomness
import Syntax

extension SettingAxis {
  /// The most values that one axis may have.
  package static let valueLimit = 10_000

  /// Reads `PATH=VALUES`: values and ranges separated by commas.
  ///
  /// `2..12` are whole numbers, `2..12:2` has a step, `1..64:x2` a factor, `0.1..10:log5` five
  /// values in equal factors, `0..1:lin5` five in equal differences; `0.5..2` and `1..100:log` are
  /// for designs that draw points. Ends and steps take units: `100..2k/s:100`.
  /// - Throws: the mistakes of the text, with their places in it.
  package static func read(
    _ text: String, option: String = "--vary"
  ) throws(DiagnosticsError) -> SettingAxis {
    try read(text, option) { $0.read() }
  }

  /// Reads `PATH=LOW..HIGH` or `PATH=LOW..HIGH:log`: everything between two ends, whole numbers
  /// too.
  ///
  /// - Throws: the mistakes of the text, with their places in it.
  package static func readRange(
    _ text: String, option: String
  ) throws(DiagnosticsError) -> SettingAxis {
    try read(text, option) { $0.readRange() }
  }

  private static func read(
    _ text: String, _ option: String, _ taken: (inout AxisReader) -> SettingAxis?
  ) throws(DiagnosticsError) -> SettingAxis {
    var reader = AxisReader(text, option: option)
    let axis = taken(&reader)
    guard let axis, !reader.diagnostics.hasErrors else {
      throw DiagnosticsError(reader.diagnostics, in: reader.sources)
    }
    return axis
  }
}

/// Takes the text of an axis apart.
private struct AxisReader {
  private let bytes: [UInt8]
  private let file: FileID
  private(set) var sources = SourceMap()
  private(set) var diagnostics = Diagnostics()

  init(_ text: String, option: String) {
    bytes = Array(text.utf8)
    file = sources.add(SourceFile(name: option, text: text))
  }

  private struct Piece {
    var text: String
    var range: Range<Int>
  }

  mutating func read() -> SettingAxis? {
    guard let split = split() else { return nil }
    let path = String(decoding: bytes[..<split], as: UTF8.self)
    let pieces = self.pieces(from: split + 1)
    var values: [String] = []
    for piece in pieces {
      guard !piece.text.isEmpty else {
        report("a value is missing between two commas", piece.range)
        continue
      }
      switch range(piece) {
      case .values(let more): add(more, of: piece, to: &values)
      case .continuous(let range):
        guard pieces.count == 1 else {
          report(
            "a range without steps stands alone", piece.range,
            help: "give it a step: \(piece.text):lin5")
          continue
        }
        return SettingAxis(path: path, levels: .continuous(range))
      case nil: break
      }
    }
    return SettingAxis(path: path, levels: .values(values))
  }

  /// Whole numbers between two ends are a range here too.
  mutating func readRange() -> SettingAxis? {
    guard let split = split() else { return nil }
    let pieces = pieces(from: split + 1)
    guard pieces.count == 1, let (low, high, spacing) = ends(pieces[0]),
      spacing == nil || spacing?.text == "log"
    else {
      if !diagnostics.hasErrors {
        report(
          "an input goes from one end to another", (split + 1)..<bytes.count,
          help: "write PATH=LOW..HIGH, or PATH=LOW..HIGH:log for equal factors")
      }
      return nil
    }
    var range = AxisRange(low: low, high: high, isLogarithmic: false)
    if let spacing {
      guard case .continuous(let factors)? = steps(low, high, spacing) else { return nil }
      range = factors
    }
    return SettingAxis(
      path: String(decoding: bytes[..<split], as: UTF8.self), levels: .continuous(range))
  }

  private mutating func split() -> Int? {
    guard let split = bytes.firstIndex(of: UInt8(ascii: "=")), split > 0, split + 1 < bytes.count
    else {
      report(
        "an axis is PATH=VALUES", 0..<bytes.count, help: "write services.ranker.replicas=2..12")
      return nil
    }
    return split
  }

  private mutating func add(_ more: [String], of piece: Piece, to values: inout [String]) {
    for value in more {
      guard !values.contains(value) else {
        report("\(VisibleText.quoted(value)) is given twice", piece.range)
        return
      }
      guard values.count < SettingAxis.valueLimit else {
        report("more than \(SettingAxis.valueLimit) values", piece.range)
        return
      }
      values.append(value)
    }
  }

  /// The parts between commas that stand in no bracket and no quotes.
  private func pieces(from start: Int) -> [Piece] {
    var pieces: [Piece] = []
    var first = start
    var depth = 0
    var quote: UInt8?
    for index in start...bytes.count {
      let byte = index < bytes.count ? bytes[index] : UInt8(ascii: ",")
      if let open = quote, index < bytes.count {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth <= 0 || index == bytes.count:
        pieces.append(trimmed(first..<index))
        first = index + 1
      default: break
      }
    }
    return pieces
  }

  private func trimmed(_ range: Range<Int>) -> Piece {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, bytes[low] == 0x20 { low += 1 }
    while high > low, bytes[high - 1] == 0x20 { high -= 1 }
    return Piece(text: String(decoding: bytes[low..<high], as: UTF8.self), range: low..<high)
  }

  /// What a piece stands for: a value, or a range with or without steps; nil where it was reported.
  private mutating func range(_ piece: Piece) -> SettingAxis.Levels? {
    guard dots(piece) != nil else { return .values([piece.text]) }
    guard let (low, high, spacing) = ends(piece) else { return nil }
    return steps(low, high, spacing)
  }

  /// Where the two dots of a range stand; nil in what is no range.
  private func dots(_ piece: Piece) -> Int? {
    let part = bytes[piece.range]
    guard let first = part.first, !"\"'[{".utf8.contains(first) else { return nil }
    return part.indices.dropLast().first {
      part[$0] == UInt8(ascii: ".") && part[$0 + 1] == UInt8(ascii: ".")
    }
  }

  /// The ends of a range in one unit and what stands after the colon; nil where it was reported or
  /// is none.
  private mutating func ends(
    _ piece: Piece
  ) -> (low: AxisNumber, high: AxisNumber, spacing: Piece?)? {
    guard let dots = dots(piece) else { return nil }
    let end = piece.range.upperBound
    let colon = bytes[dots..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
    let low = trimmed(piece.range.lowerBound..<dots)
    let high = trimmed((dots + 2)..<colon)
    guard var from = AxisNumber(low.text), var to = AxisNumber(high.text) else {
      let bad = AxisNumber(low.text) == nil ? low : high
      report(
        "the end of a range is a number, not \(VisibleText.quoted(bad.text))",
        bad.range.isEmpty ? piece.range : bad.range, help: "write 2..12 or 100/s..500/s:100/s")
      return nil
    }
    from.complete(by: to)
    to.complete(by: from)
    guard from.hasUnit(of: to) else {
      report("the ends of a range have one unit", piece.range)
      return nil
    }
    guard from.value < to.value else {
      report("a range goes up", piece.range, help: "write \(high.text)..\(low.text)")
      return nil
    }
    return (from, to, colon < end ? trimmed((colon + 1)..<end) : nil)
  }

  private mutating func steps(
    _ low: AxisNumber, _ high: AxisNumber, _ spacing: Piece?
  ) -> SettingAxis.Levels? {
    guard let spacing else {
      let isWhole = low.isBare && low.value.isWhole && high.value.isWhole
      guard isWhole else {
        return .continuous(AxisRange(low: low, high: high, isLogarithmic: false))
      }
      return values(low, high, step: 1, at: 0..<bytes.count)
    }
    let text = spacing.text
    if text.hasPrefix("log") || text.hasPrefix("x"), low.value <= 0 {
      report("equal factors need a range above 0", spacing.range)
      return nil
    }
    if text == "log" {
      return .continuous(AxisRange(low: low, high: high, isLogarithmic: true))
    }
    for (word, isLogarithmic) in [("log", true), ("lin", false)] where text.hasPrefix(word) {
      guard let count = Int(text.dropFirst(3)), (2...SettingAxis.valueLimit).contains(count) else {
        report("\(word) takes a number of values from 2", spacing.range, help: "write :\(word)5")
        return nil
      }
      let range = AxisRange(low: low, high: high, isLogarithmic: isLogarithmic)
      let isWhole = low.isBare && low.value.isWhole && high.value.isWhole && isLogarithmic
      var values: [String] = []
      for place in 0..<count {
        let number = range.number(at: Double(place) / Double(count - 1))
        let value = low.text(isWhole ? number.rounded() : number)
        if !values.contains(value) { values.append(value) }
      }
      return .values(values)
    }
    if text.hasPrefix("x") {
      guard let factor = AxisNumber(String(text.dropFirst())), factor.isBare, factor.value > 1
      else {
        report("a factor is above 1", spacing.range, help: "write :x2")
        return nil
      }
      return values(low, high, factor: factor.value, at: spacing.range)
    }
    var step = AxisNumber(text)
    step?.complete(by: low)
    guard let step, step.value > 0, step.hasUnit(of: low) else {
      report(
        "a step is a number above 0 in the unit of the ends", spacing.range,
        help: "write a step, :x2 for a factor, :lin5 or :log5 for a number of values")
      return nil
    }
    return values(low, high, step: step.value, at: spacing.range)
  }

  private mutating func values(
    _ low: AxisNumber, _ high: AxisNumber, step: Double = 0, factor: Double = 1,
    at range: Range<Int>
  ) -> SettingAxis.Levels? {
    var values: [String] = []
    var place = 0
    // The last value may miss the end by what rounding does.
    let end = high.value + (high.value - low.value) * 1e-9
    var power = 1.0
    while true {
      let number = factor > 1 ? low.value * power : low.value + Double(place) * step
      guard number <= end else { return .values(values) }
      guard values.count < SettingAxis.valueLimit else {
        report("more than \(SettingAxis.valueLimit) values", range)
        return nil
      }
      let value = low.text(number)
      guard values.last != value else {
        report("the values differ by less than their sixth digit", range)
        return nil
      }
      values.append(value)
      place += 1
      power *= factor
    }
  }

  private mutating func report(_ message: String, _ range: Range<Int>, help: String? = nil) {
    diagnostics.add(
      Diagnostic(
        .badAxis, message,
        at: SourceRange(file: file, start: range.lowerBound, end: range.upperBound), help: help))
  }
}

extension Double {
  /// Whether it is a whole number that a Double holds exactly.
  fileprivate var isWhole: Bool { self == rounded() && magnitude < 1e15 }
}
