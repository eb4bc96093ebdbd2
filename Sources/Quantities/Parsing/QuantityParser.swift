/// Text with a unit to a typed value, or a `QuantityError` that says where and why not.
///
/// The language: a number, an optional decimal prefix (`k`, `M`, `G`, `T`) glued to counts and
/// money, an optional space, a unit. Units are case-sensitive. Nothing depends on a locale.
public enum QuantityParser {
  /// A duration, 0 or more: "250 ms", "9 us", "30d", "6h", "1 week", "1h 30min", "1 year" (365
  /// days).
  public static func duration(_ text: String) throws(QuantityError) -> Duration {
    try reading(text, as: .duration, Reader.duration)
  }

  /// A time after the start: "9d 20:00", "11d 09:00:30", "20:00" or any duration.
  public static func offset(_ text: String) throws(QuantityError) -> Duration {
    try reading(text, as: .duration, Reader.offset)
  }

  /// A time of day as the time since midnight: "02:00", "23:59:30".
  public static func timeOfDay(_ text: String) throws(QuantityError) -> Duration {
    try reading(text, as: .timeOfDay, Reader.timeOfDay)
  }

  /// A rate, 0 or more: "5k/s", "300k/day", "60k rows/s" if `nouns` has "rows".
  public static func rate(
    _ text: String, of nouns: [String] = []
  ) throws(QuantityError) -> Rate {
    try reading(text, as: .rate) { scanner throws(QuantityError) in
      try Reader.rate(&scanner, nouns)
    }
  }

  /// An amount of money: "$5k", "-$4", "$0.012".
  public static func money(_ text: String) throws(QuantityError) -> Money {
    try reading(text, as: .money, Reader.money)
  }

  /// An amount of money per something: "$480/month", "$2.49/h", "-$4/wrong", "$3/1M tokens".
  public static func price(_ text: String) throws(QuantityError) -> Price {
    try reading(text, as: .price, Reader.price)
  }

  /// A size, 0 or more: "80 GB", "24 GiB".
  public static func bytes(_ text: String) throws(QuantityError) -> ByteCount {
    try reading(text, as: .bytes, Reader.bytes)
  }

  /// Bytes per second: "3.35 TB/s".
  public static func byteRate(_ text: String) throws(QuantityError) -> Rate {
    try reading(text, as: .byteRate, Reader.byteRate)
  }

  /// A percentage of any size, as a ratio: "-8 %" is -0.08.
  public static func percent(_ text: String) throws(QuantityError) -> Double {
    try reading(text, as: .percent, Reader.percent)
  }

  /// A share of a whole: "99.9 %", or a bare number in 0...1.
  public static func ratio(_ text: String) throws(QuantityError) -> Ratio {
    try reading(text, as: .percent, Reader.ratio)
  }

  /// Growth, as a ratio per unit of the calendar: "8 %/month", "1.5 %/week".
  public static func percentPerTime(_ text: String) throws(QuantityError) -> RatioPerTime {
    try reading(text, as: .percentPerTime, Reader.percentPerTime)
  }

  /// A change of a share in percentage points, as a difference of ratios: "+3 pp" is 0.03.
  public static func points(_ text: String) throws(QuantityError) -> Double {
    try reading(text, as: .points, Reader.points)
  }

  /// A factor, above 0: "5x", "0.5x".
  public static func factor(_ text: String) throws(QuantityError) -> Double {
    try reading(text, as: .factor, Reader.factor)
  }

  /// A number of standard deviations: "0.5 sd".
  public static func standardDeviations(_ text: String) throws(QuantityError) -> Double {
    try reading(text, as: .standardDeviations, Reader.standardDeviations)
  }

  /// A number of things, 0 or more: "100M", "1.2M", "512", "100M rows" if `nouns` has "rows".
  public static func count(
    _ text: String, of nouns: [String] = []
  ) throws(QuantityError) -> Double {
    try reading(text, as: .count) { scanner throws(QuantityError) in
      try Reader.count(&scanner, nouns)
    }
  }

  /// A whole number of things, 0 or more, that fits 64 bits.
  public static func wholeNumber(
    _ text: String, of nouns: [String] = []
  ) throws(QuantityError) -> Int64 {
    try reading(text, as: .count) { scanner throws(QuantityError) in
      try Reader.wholeNumber(&scanner, nouns)
    }
  }

  /// A date, or a date and time: "2027-01-04", "2027-01-04T09:00Z", "2027-01-04 09:00+02:00".
  public static func calendarInstant(_ text: String) throws(QuantityError) -> CalendarInstant {
    try reading(text, as: .date, Reader.calendarInstant)
  }

  /// The mistake of a bare number, whose digits were `number`, where `dimension` is wanted.
  public static func missingUnit(_ number: String, for dimension: QuantityDimension)
    -> QuantityError
  {
    QuantityError(
      .missingUnit, at: 0..<number.utf8.count, "needs a unit",
      suggestion: dimension.suggestion(for: number))
  }
}

extension QuantityParser {
  typealias Reading<Value> = (inout TextScanner) throws(QuantityError) -> Value

  /// Reads the whole text, spaces around it aside; a failure is explained by what the text is
  /// instead.
  private static func reading<Value>(
    _ text: String, as dimension: QuantityDimension, _ read: Reading<Value>
  ) throws(QuantityError) -> Value {
    do {
      return try whole(text, read)
    } catch {
      switch error.kind {
      case .outOfRange, .ambiguous, .missingUnit: throw error
      case .malformed, .unknownUnit, .wrongDimension: break
      }
      guard let other = self.dimension(of: text), other != dimension else { throw error }
      throw QuantityError(
        .wrongDimension, at: 0..<text.utf8.count,
        "\(dimension.name) is wanted, this is \(other.name)", suggestion: error.suggestion)
    }
  }

  private static func whole<Value>(
    _ text: String, _ read: Reading<Value>
  ) throws(QuantityError) -> Value {
    var scanner = TextScanner(text)
    scanner.skipSpaces()
    if scanner.isAtEnd {
      throw QuantityError(.malformed, at: 0..<scanner.bytes.count, "is empty")
    }
    let value = try read(&scanner)
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      let range = scanner.position..<scanner.bytes.count
      throw QuantityError(.malformed, at: range, "cannot read `\(scanner.text(range))`")
    }
    return value
  }

  /// What the text is a quantity of; nil if of nothing.
  static func dimension(of text: String) -> QuantityDimension? {
    func fits<Value>(_ read: Reading<Value>) -> Bool { (try? whole(text, read)) != nil }
    if fits(Reader.duration) { return .duration }
    if fits(Reader.money) { return .money }
    if fits(Reader.price) { return .price }
    if fits(Reader.bytes) { return .bytes }
    if fits(Reader.byteRate) { return .byteRate }
    if fits(Reader.percent) { return .percent }
    if fits(Reader.percentPerTime) { return .percentPerTime }
    if fits(Reader.points) { return .points }
    if fits(Reader.factor) { return .factor }
    if fits(Reader.standardDeviations) { return .standardDeviations }
    if fits(Reader.anyCount) { return .count }
    if fits(Reader.anyRate) { return .rate }
    if fits(Reader.calendarInstant) { return .date }
    if fits(Reader.offset) { return .timeOfDay }
    return nil
  }
}
