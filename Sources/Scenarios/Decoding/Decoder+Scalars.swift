import Quantities
import Syntax

extension Decoder {
  /// A value that was read, or why it was not.
  enum Reading {
    case value(Setting.Content)
    case mistake(Diagnostic)
  }

  /// Decodes a value that is no list, object or spread.
  mutating func decodeScalar(
    _ node: SyntaxNode, _ type: ValueType, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let content: Setting.Content
    switch read(node, type, place) {
    case .value(let value): content = value
    case .mistake(let diagnostic):
      diagnostics.add(diagnostic)
      content = .absent("")
    }
    if case .text(let name) = content {
      switch type {
      case .reference(let kinds):
        references.append(
          Reference(name: name, kinds: kinds, range: node.range, path: place.path))
      case .row(let kind): rows.append(RowReference(name: name, kind: kind, range: node.range))
      default: break
      }
    }
    return Setting(
      content: content, range: node.range, path: place.path, origin: origin, json: node.json)
  }

  private func read(_ node: SyntaxNode, _ type: ValueType, _ place: Place) -> Reading {
    switch type {
    case .text, .reference, .row, .path:
      guard let text = node.string else { return wrong(node, type, place) }
      guard (1...4_096).contains(text.utf8.count) else {
        return .mistake(
          Diagnostic(
            .outOfRange,
            text.isEmpty ? "`\(place.key)` is empty" : "`\(place.key)` is longer than 4,096 bytes",
            at: node.range))
      }
      return .value(.text(text))
    case .flag:
      guard case .bool(let flag) = node.value else { return wrong(node, type, place) }
      return .value(.flag(flag))
    case .choice(let words): return choice(node, words, place)
    case .number(let range):
      guard let number = node.number else { return wrong(node, type, place) }
      return inRange(number.value, range, node, place) { ShortestNumber.text($0) }
    case .whole(let range): return whole(node, range, place)
    case .quantity(let dimension, let range):
      return quantity(node, dimension, range, place)
    case .money:
      return parsed(node, type, place, .money) { text throws(QuantityError) in
        let amount = try QuantityParser.money(text)
        if amount < .zero { throw Self.negative(text) }
        return .money(amount)
      }
    case .price(let bases): return price(node, bases, place)
    case .calendar:
      guard node.string != nil else { return wrong(node, type, place) }
      return parsed(node, type, place, .date) { text throws(QuantityError) in
        .calendar(try QuantityParser.calendarInstant(text))
      }
    case .spread, .list, .tuple, .map, .shares, .object, .kinds, .either, .patch:
      preconditionFailure("\(place.path) is no scalar")
    }
  }

  private func choice(_ node: SyntaxNode, _ words: [String], _ place: Place) -> Reading {
    guard let text = node.string else { return wrong(node, .choice(words), place) }
    guard words.contains(text) else {
      return .mistake(
        Diagnostic(
          .unknownChoice, "\(VisibleText.quoted(text)) is no choice of `\(place.key)`",
          at: node.range, help: Self.didYouMean(text, words),
          notes: [.init("choices: \(words.joined(separator: ", "))")]))
    }
    return .value(.text(text))
  }

  private func whole(
    _ node: SyntaxNode, _ range: ClosedRange<Int>, _ place: Place
  ) -> Reading {
    if node.string != nil {
      let reading = parsed(node, .whole(range), place, .count) { text throws(QuantityError) in
        .number(Double(try QuantityParser.wholeNumber(text)))
      }
      guard case .value(.number(let value)) = reading else { return reading }
      return inRange(value, Self.bounds(range), node, place) { QuantityFormatter.count($0) }
    }
    guard let number = node.number else { return wrong(node, .whole(range), place) }
    guard number.value == number.value.rounded() else {
      return .mistake(
        Diagnostic(.notWhole, "`\(place.key)` must be a whole number", at: node.range))
    }
    // A seed beyond 2^53 must not lose bits unseen.
    if let integer = number.integer, integer.magnitude > 1 << 53, range.contains(integer) {
      return .mistake(
        Diagnostic(.outOfRange, "`\(place.key)` must be at most 2^53", at: node.range))
    }
    return inRange(number.value, Self.bounds(range), node, place) { QuantityFormatter.count($0) }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> ClosedRange<Double> {
    Double(range.lowerBound)...min(Double(range.upperBound), 0x1p53)
  }

  /// Reads a quantity in the base unit of its dimension and holds it to its range.
  func quantity(
    _ node: SyntaxNode, _ dimension: Dimension, _ range: ClosedRange<Double>, _ place: Place
  ) -> Reading {
    let reading: Reading
    if let number = node.number {
      guard dimension.takesBareNumber else {
        let digits = sources.text(node.range)
        let text = digits.utf8.count <= 24 ? digits : ShortestNumber.text(number.value)
        return .mistake(
          Diagnostic(
            .missingUnit, "`\(place.key)` needs a unit", at: node.range,
            help: dimension.quantity.suggestion(for: text)))
      }
      reading = .value(.number(number.value))
    } else {
      reading = parsed(node, .quantity(dimension, range), place, dimension.quantity) {
        text throws(QuantityError) in .number(try dimension.value(of: text))
      }
    }
    guard case .value(.number(let value)) = reading else { return reading }
    return inRange(value, range, node, place) { dimension.text($0) }
  }

  private func price(_ node: SyntaxNode, _ bases: [PriceBasis], _ place: Place) -> Reading {
    parsed(node, .price(per: bases), place, .price) { text throws(QuantityError) in
      let price = try QuantityParser.price(text)
      for basis in bases {
        guard let amount = basis.amount(of: price) else { continue }
        if amount < .zero, basis != .outcome { throw Self.negative(text) }
        return .money(amount)
      }
      let wanted = bases.map(\.phrase).joined(separator: " or ")
      throw QuantityError(
        .wrongDimension, at: 0..<text.utf8.count, "takes a price \(wanted)")
    }
  }

  private static func negative(_ text: String) -> QuantityError {
    QuantityError(.outOfRange, at: 0..<text.utf8.count, "must not be negative")
  }

  /// Reads a text with one of the parsers of quantities and locates its mistake within the text.
  private func parsed(
    _ node: SyntaxNode, _ type: ValueType, _ place: Place, _ dimension: QuantityDimension,
    _ parse: (String) throws(QuantityError) -> Setting.Content
  ) -> Reading {
    guard let text = node.string else {
      guard node.number != nil else { return wrong(node, type, place) }
      return .mistake(
        Diagnostic(
          .missingUnit, "`\(place.key)` needs a unit", at: node.range,
          help: dimension.suggestion(for: sources.text(node.range))))
    }
    do {
      return .value(try parse(text))
    } catch {
      let starts = ["needs ", "is ", "must ", "takes "]
      let joins = starts.contains { error.reason.hasPrefix($0) } ? " " : ": "
      let offsets = error.range.clamped(to: 0..<text.utf8.count)
      return .mistake(
        Diagnostic(
          error.code(dimension), "`\(place.key)`\(joins)\(VisibleText.escaped(error.reason))",
          at: offsets.isEmpty ? node.range : node.rangeInString(offsets),
          help: error.suggestion.map(VisibleText.escaped)))
    }
  }

  private func inRange(
    _ value: Double, _ range: ClosedRange<Double>, _ node: SyntaxNode, _ place: Place,
    _ text: (Double) -> String
  ) -> Reading {
    guard !range.contains(value) else { return .value(.number(value)) }
    let bound =
      value < range.lowerBound
      ? "at least \(text(range.lowerBound))" : "at most \(text(range.upperBound))"
    return .mistake(
      Diagnostic(.outOfRange, "`\(place.key)` must be \(bound)", at: node.range))
  }

  private func wrong(_ node: SyntaxNode, _ type: ValueType, _ place: Place) -> Reading {
    .mistake(
      Diagnostic(
        .wrongType, "`\(place.key)` takes \(type.phrase), not \(node.value.kindName)",
        at: node.range))
  }

  /// Decodes `{ name: share, … }`, whose shares add up to 100 %.
  mutating func decodeShares(
    _ node: SyntaxNode, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let map = decode(
      node, .map(nil, .quantity(.share, 0...1)), place, origin)
    let sum = map.members.reduce(0) { $0 + ($1.value.number ?? .nan) }
    if sum.isFinite, abs(sum - 1) > 1e-6 {
      let text = QuantityFormatter.shortest(sum * 100, significant: 6)
      diagnostics.add(
        Diagnostic(
          .badShares, "the shares of `\(place.key)` add up to \(text) %, not 100 %",
          at: node.range))
    }
    return map
  }
}

extension QuantityError {
  /// The code of the diagnostic for this mistake.
  fileprivate func code(_ dimension: QuantityDimension) -> DiagnosticCode {
    switch kind {
    case .malformed, .unknownUnit: dimension == .date ? .badDate : .badQuantity
    case .missingUnit: .missingUnit
    case .wrongDimension: .wrongDimension
    case .ambiguous: .ambiguousChange
    case .outOfRange: dimension == .date ? .badDate : .outOfRange
    }
  }
}
