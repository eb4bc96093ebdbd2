/// Why a text is not the quantity that is wanted, where in the text, and what to write instead.
public struct QuantityError: Error, Hashable, Sendable {
  /// The kind of mistake, for the codes of diagnostics.
  public enum Kind: Hashable, Sendable {
    /// There is no number, or something follows that cannot be read.
    case malformed
    /// A number without a unit where one is needed.
    case missingUnit
    /// A unit that nobody knows.
    case unknownUnit
    /// A quantity of another dimension.
    case wrongDimension
    /// A change in percent, which may mean points or a factor.
    case ambiguous
    /// Below zero, above the range, or too small to be told from zero.
    case outOfRange
  }

  /// The kind of mistake.
  public let kind: Kind
  /// Where in the text, as offsets of UTF-8 bytes.
  public let range: Range<Int>
  /// The cause, in lower case and without a full stop: "needs a unit".
  public let reason: String
  /// What to do, if that is known: `write "200 ms" or "200 s"`.
  public let suggestion: String?

  /// A mistake at `range`.
  public init(_ kind: Kind, at range: Range<Int>, _ reason: String, suggestion: String? = nil) {
    self.kind = kind
    self.range = range
    self.reason = reason
    self.suggestion = suggestion
  }
}

/// What a text can be a quantity of.
public enum QuantityDimension: String, Hashable, Sendable, CaseIterable {
  /// A length of time.
  case duration
  /// A number per time.
  case rate
  /// An amount of money.
  case money
  /// An amount of money per something.
  case price
  /// A number of bytes.
  case bytes
  /// A number of bytes per second.
  case byteRate
  /// A share or a growth in percent.
  case percent
  /// A share per time.
  case percentPerTime
  /// A change of a share in percentage points.
  case points
  /// A change by multiplication.
  case factor
  /// A number of standard deviations.
  case standardDeviations
  /// A number of things.
  case count
  /// A date, or a date and time.
  case date
  /// A time of day.
  case timeOfDay

  /// The dimension with its article, as messages name it.
  public var name: String {
    switch self {
    case .duration: "a duration"
    case .rate: "a rate"
    case .money: "an amount of money"
    case .price: "a price"
    case .bytes: "a size in bytes"
    case .byteRate: "a rate in bytes"
    case .percent: "a percentage"
    case .percentPerTime: "a percentage per time"
    case .points: "a change in points"
    case .factor: "a factor"
    case .standardDeviations: "a number of standard deviations"
    case .count: "a count"
    case .date: "a date"
    case .timeOfDay: "a time of day"
    }
  }

  /// How the number `number` (its digits as written) would be written in this dimension.
  public func suggestion(for number: String) -> String {
    let forms: [String]
    switch self {
    case .duration: forms = ["\(number) ms", "\(number) s"]
    case .rate: forms = ["\(number)/s", "\(number)/min"]
    case .money: forms = ["$\(number)"]
    case .price: forms = ["$\(number)/month", "$\(number)/h"]
    case .bytes: forms = ["\(number) GB", "\(number) GiB"]
    case .byteRate: forms = ["\(number) GB/s"]
    case .percent: forms = ["\(number) %"]
    case .percentPerTime: forms = ["\(number) %/month"]
    case .points: forms = ["+\(number) pp"]
    case .factor: forms = ["\(number)x"]
    case .standardDeviations: forms = ["\(number) sd"]
    case .count: forms = ["\(number)"]
    case .date: forms = ["2027-01-04", "2027-01-04T09:00"]
    case .timeOfDay: forms = ["09:00"]
    }
    return "write " + forms.map { "\"\($0)\"" }.joined(separator: " or ")
  }
}
