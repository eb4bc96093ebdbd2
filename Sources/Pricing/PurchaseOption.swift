import Quantities

/// How something is bought.
public enum PurchaseOption: Hashable, Sendable {
  /// Machines by the hour, without obligation.
  case onDemand
  /// Machines that the cloud may take back.
  case spot
  /// Machines paid for a term, used or not.
  case committed(CommitmentTerm)
  /// Something counted: tokens, labels, gigabytes.
  case perUnit
  /// A price per calendar month.
  case fixed
  /// A cost that arises once, whatever the length of the run.
  case oneOff

  /// The option in the words of reports.
  public var text: String {
    switch self {
    case .onDemand: "on demand"
    case .spot: "spot"
    case .committed(let term): "committed, \(term.text)"
    case .perUnit: "per unit"
    case .fixed: "fixed"
    case .oneOff: "one-off"
    }
  }
}

/// For how long machines are committed.
public enum CommitmentTerm: Hashable, Sendable, CaseIterable {
  /// One year.
  case oneYear
  /// Three years.
  case threeYears

  /// The term as scenarios write it.
  public var text: String {
    switch self {
    case .oneYear: "1 year"
    case .threeYears: "3 years"
    }
  }

  /// Reads a term as scenarios write it.
  public init?(_ text: String) {
    guard let term = Self.allCases.first(where: { $0.text == text }) else { return nil }
    self = term
  }

  /// Hours of the term, by years of 365 days.
  public var hours: Int64 {
    switch self {
    case .oneYear: 8760
    case .threeYears: 26_280
    }
  }
}

/// A price with where it comes from, or the statement that it is unknown.
public struct PriceQuote: Hashable, Sendable {
  /// The price of one unit, or nil: unknown, which is never 0.
  public var price: UnitPrice?
  /// The row of a price table that it came from, or the place in the scenario.
  public var row: String
  /// The day of the price as `2026-07-20`, or empty.
  public var date: String
  /// Whether the price was computed from others rather than quoted.
  public var isDerived: Bool

  /// A price, or an unknown one, with its source.
  public init(_ price: UnitPrice?, row: String, date: String = "", isDerived: Bool = false) {
    self.price = price
    self.row = row
    self.date = date
    self.isDerived = isDerived
  }
}

/// How time is counted: rounded up to the increment, at least the minimum.
public struct BillingRule: Hashable, Sendable {
  /// Time is rounded up to a multiple of this.
  public var increment: Duration
  /// A started machine costs at least this.
  public var minimum: Duration

  /// A rule; both lengths are at least 0, and an increment of 0 rounds nothing.
  public init(increment: Duration, minimum: Duration) {
    precondition(increment >= .zero && minimum >= .zero, "billed time does not run back")
    self.increment = increment
    self.minimum = minimum
  }

  /// Time as it is used, to the nanosecond.
  public static let exact = BillingRule(increment: .zero, minimum: .zero)

  /// The time that is paid for `used`.
  public func billed(_ used: Duration) -> Duration {
    let least = max(used, minimum)
    guard increment > .zero else { return least }
    let rest = least.nanoseconds % increment.nanoseconds
    return rest == 0
      ? least : Duration(nanoseconds: least.nanoseconds + increment.nanoseconds - rest)
  }
}
