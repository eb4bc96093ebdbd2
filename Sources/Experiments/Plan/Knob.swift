import Quantities

/// A setting that a plan may turn, and the values that it may have.
package struct Knob: Sendable, Hashable {
  /// A path of the scenario, such as `services.ranker.replicas`; `variant` chooses among variants.
  package var path: String
  /// As they would be written after `--set PATH=`.
  package var values: [String]

  /// The most values of one knob.
  package static let valueLimit = 1_000

  package init(path: String, values: [String]) {
    precondition(!values.isEmpty, "a knob has a value")
    self.path = path
    self.values = values
  }

  /// A knob of words such as `services.ranker.replicas=2..12:2` or `hardware.gpu.instance=a,b`.
  ///
  /// - Throws: `KnobError` for what is no path with values.
  package init(_ text: String) throws(KnobError) {
    guard let split = text.firstIndex(of: "="), split > text.startIndex else {
      throw KnobError("\"\(text)\" is no PATH=VALUES", help: "write services.NAME.replicas=2..8")
    }
    try self.init(path: String(text[..<split]), words: String(text[text.index(after: split)...]))
  }

  private init(path: String, words: String) throws(KnobError) {
    var values: [String] = []
    for part in Self.parts(words) {
      guard !part.isEmpty else {
        throw KnobError("`\(path)` has an empty value", help: "write \(path)=1,2,4")
      }
      for value in try Self.range(part, path) ?? [part] where !values.contains(value) {
        values.append(value)
      }
    }
    guard values.count <= Self.valueLimit else {
      throw KnobError("`\(path)` has more than \(Self.valueLimit) values", help: "give it a step")
    }
    self.init(path: path, values: values)
  }

  /// The text cut at commas that stand in no brackets and no quotes.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{(".contains(character) {
        depth += 1
      } else if "]})".contains(character) {
        depth -= 1
      }
      if character == ",", depth == 0, quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { part in
      let start = part.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The values of `2..12`, `2..12:2` or `5ms..20ms:5ms`; nil for what is no range.
  private static func range(_ text: String, _ path: String) throws(KnobError) -> [String]? {
    guard !text.hasPrefix("{"), !text.hasPrefix("["), !text.hasPrefix("\""),
      let dots = text.firstRange(of: "..")
    else { return nil }
    let rest = text[dots.upperBound...]
    let colon = rest.firstIndex(of: ":")
    let low = number(text[..<dots.lowerBound])
    let high = number(rest[..<(colon ?? rest.endIndex)])
    let step = colon.map { number(rest[rest.index(after: $0)...]) } ?? (1, high?.unit ?? "")
    let help = "write \(path)=2..12 or \(path)=2..12:2"
    guard let low, let high, let step, low.unit.isEmpty || low.unit == high.unit,
      step.unit.isEmpty || step.unit == high.unit
    else { throw KnobError("\"\(text)\" is no range of `\(path)`", help: help) }
    guard step.value > 0, high.value >= low.value,
      (high.value - low.value) / step.value < Double(valueLimit)
    else { throw KnobError("\"\(text)\" has no end or no values", help: help) }
    let count = Int(((high.value - low.value) / step.value + 1e-9).rounded(.down))
    return (0...count).map { index in
      QuantityFormatter.shortest(low.value + Double(index) * step.value, significant: 12)
        + high.unit
    }
  }

  /// A number and what follows it.
  private static func number(_ text: Substring) -> (value: Double, unit: String)? {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    guard let value = Double(digits) else { return nil }
    return (value, String(text.dropFirst(digits.count)))
  }
}

/// What is wrong with the words of a knob.
package struct KnobError: Error, Sendable {
  package var message: String
  package var help: String

  init(_ message: String, help: String) {
    self.message = message
    self.help = help
  }
}

/// All combinations of the values of some knobs, the last knob turning fastest.
package struct PlanSpace: Sendable {
  /// The path under which a knob names variants.
  package static let variantPath = "variant"
  /// The most combinations of a plan.
  package static let limit = 5_000

  package var knobs: [Knob]
  /// The number of combinations.
  package let count: Int

  /// - Throws: `KnobError` without a knob, for a path given twice, for more than `limit`
  ///   combinations.
  package init(_ knobs: [Knob]) throws(KnobError) {
    guard !knobs.isEmpty else {
      throw KnobError("nothing to choose", help: "write --knob services.NAME.replicas=2..8")
    }
    var count = 1
    for (index, knob) in knobs.enumerated() {
      if knobs[..<index].contains(where: { $0.path == knob.path }) {
        throw KnobError("`\(knob.path)` is turned twice", help: "give all its values in one")
      }
      count *= knob.values.count
      guard count <= Self.limit else {
        throw KnobError(
          "there are more than \(Self.limit) combinations", help: "leave values or knobs out")
      }
    }
    self.knobs = knobs
    self.count = count
  }

  /// The value of each knob in a combination.
  package func values(of index: Int) -> [String] {
    var rest = index
    var values: [String] = []
    for knob in knobs.reversed() {
      values.append(knob.values[rest % knob.values.count])
      rest /= knob.values.count
    }
    return values.reversed()
  }

  /// The settings of a combination, in the words of `--set`.
  package func settings(of index: Int) -> [String] {
    zip(knobs, values(of: index)).filter { $0.0.path != Self.variantPath }
      .map { "\($0.0.path)=\($0.1)" }
  }

  /// The variant that a combination stands on; nil where no knob names one.
  package func variant(of index: Int) -> String? {
    zip(knobs, values(of: index)).first { $0.0.path == Self.variantPath }?.1
  }
}
