import Quantities
import Syntax

extension Dimension {
  /// The dimension as the parsers of quantities call it.
  var quantity: QuantityDimension {
    switch self {
    case .duration, .offset: .duration
    case .rate, .rowRate: .rate
    case .share: .percent
    case .growth: .percentPerTime
    case .factor: .factor
    case .points: .points
    case .deviations: .standardDeviations
    case .count, .tokens: .count
    }
  }

  /// Whether a number without a unit is a value: counts and ratios.
  var takesBareNumber: Bool {
    switch self {
    case .share, .count, .tokens: true
    case .duration, .offset, .rate, .rowRate, .growth, .factor, .points, .deviations: false
    }
  }

  /// Words that may stand between number and time, or after a count.
  private var nouns: [String] {
    switch self {
    case .rate: ["requests", "request", "req", "calls"]
    case .rowRate, .count: ["rows", "row", "items", "labels"]
    case .tokens: ["tokens", "token"]
    case .duration, .offset, .share, .growth, .factor, .points, .deviations: []
    }
  }

  /// The value of a text in the base unit.
  func value(of text: String) throws(QuantityError) -> Double {
    switch self {
    case .duration: Self.seconds(try QuantityParser.duration(text))
    case .offset: Self.seconds(try QuantityParser.offset(text))
    case .rate, .rowRate: try QuantityParser.rate(text, of: nouns).perSecond
    case .share: try QuantityParser.ratio(text).value
    case .growth: try Self.perMonth(try QuantityParser.percentPerTime(text), text)
    case .factor: try QuantityParser.factor(text)
    case .points: try QuantityParser.points(text)
    case .deviations: try QuantityParser.standardDeviations(text)
    case .count, .tokens: try QuantityParser.count(text, of: nouns)
    }
  }

  /// The seconds nearest to a duration: a division rounds once, where a product with 1e-9 rounds
  /// twice.
  static func seconds(_ duration: Duration) -> Double { Double(duration.nanoseconds) / 1e9 }

  /// Growth per month of 365.25/12 days; other units would have to be compounded.
  private static func perMonth(
    _ growth: RatioPerTime, _ text: String
  ) throws(QuantityError) -> Double {
    guard growth.per == .month else {
      throw QuantityError(
        .wrongDimension, at: 0..<text.utf8.count, "is told per month",
        suggestion: "write \"8 %/month\"")
    }
    return growth.ratio
  }

  /// A value as it would be written.
  func text(_ value: Double) -> String {
    switch self {
    case .duration, .offset: QuantityFormatter.exact(Duration(ifFits: value) ?? .longest)
    case .rate, .rowRate: QuantityFormatter.shortest(value, significant: 6) + "/s"
    case .share: QuantityFormatter.shortest(value * 100, significant: 8) + " %"
    case .growth: QuantityFormatter.shortest(value * 100, significant: 6) + " %/month"
    case .factor: QuantityFormatter.shortest(value, significant: 6) + "x"
    case .points: QuantityFormatter.shortest(value * 100, significant: 6) + " pp"
    case .deviations: QuantityFormatter.shortest(value, significant: 6) + " sd"
    case .count, .tokens: QuantityFormatter.count(value)
    }
  }

  /// With its article and an example: `a duration such as "250 ms"`.
  var phrase: String {
    switch self {
    case .duration: "a duration such as \"250 ms\""
    case .offset: "a time after the start such as \"9d 20:00\""
    case .rate: "a rate such as \"5k/s\""
    case .rowRate: "a rate such as \"60k rows/s\""
    case .share: "a share such as \"99.9 %\""
    case .growth: "a growth such as \"8 %/month\""
    case .factor: "a factor such as \"5x\""
    case .points: "a change in points such as \"+3 pp\""
    case .deviations: "a shift such as \"0.5 sd\""
    case .count: "a count such as \"100M\""
    case .tokens: "a number of tokens"
    }
  }
}

extension PriceBasis {
  /// "per month".
  var phrase: String {
    switch self {
    case .hour: "per hour such as \"$2.49/h\""
    case .month: "per month such as \"$480/month\""
    case .call: "per call such as \"$0.0001/call\""
    case .outcome: "per outcome such as \"$0.02/click\""
    }
  }

  /// The amount for one unit of this basis, nil if the price is for something else.
  func amount(of price: Price) -> Money? {
    let one = price.unitPrice.perUnit
    switch self {
    case .hour: return price.calendarUnit == .hour ? one : nil
    case .month: return price.calendarUnit == .month ? one : nil
    case .call: return ["call", "calls", "request", "requests"].contains(price.unit) ? one : nil
    case .outcome: return price.calendarUnit == nil ? one : nil
    }
  }
}

extension ValueType {
  /// With its article, for messages: "a whole number".
  var phrase: String {
    switch self {
    case .text: "a text"
    case .flag: "true or false"
    case .number: "a number"
    case .whole: "a whole number"
    case .quantity(let dimension, _): dimension.phrase
    case .spread(let dimension, _): dimension.phrase + " or a spread"
    case .money: "an amount of money such as \"$0.01\""
    case .price(let bases): "a price " + bases.map(\.phrase).joined(separator: " or ")
    case .calendar: "a date such as \"2027-01-04\""
    case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: " or ")
    case .reference(let kinds): "the name of " + kinds.map(\.phrase).joined(separator: " or ")
    case .row: "the name of a row of the catalogue"
    case .path: "the path of a file"
    case .list: "a list"
    case .tuple(let types): "[" + types.map(\.phrase).joined(separator: ", ") + "]"
    case .map, .object, .kinds, .patch: "an object"
    case .shares: "named shares"
    case .either(let types): types.map(\.phrase).joined(separator: " or ")
    }
  }

  /// Whether a value has the shape that this type is written in.
  func fits(_ node: SyntaxNode) -> Bool {
    switch self {
    case .text, .money, .price, .calendar, .choice, .reference, .row, .path: node.string != nil
    case .flag: if case .bool = node.value { true } else { false }
    case .number: node.number != nil
    case .whole: node.number != nil || node.string != nil
    case .quantity(let dimension, _):
      node.string != nil || node.number != nil && dimension.takesBareNumber
    case .spread(let dimension, _):
      node.string != nil || node.object != nil || node.number != nil && dimension.takesBareNumber
    case .list, .tuple: node.array != nil
    case .map, .shares, .patch: node.object != nil
    case .object(let name):
      node.object != nil
        || (node.string != nil && !ScenarioSchema.object(name).presets.isEmpty)
    case .kinds: node.object != nil || node.string != nil
    case .either(let types): types.contains { $0.fits(node) }
    }
  }
}
