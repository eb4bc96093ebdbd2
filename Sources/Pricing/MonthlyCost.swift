import Quantities

/// What a run costs per calendar month, with the basis on which that was worked out.
///
/// - A run shorter than the calendar month in which it starts is extended to it:
///   recurring cost · length of the month / length of the run. One-off costs are not scaled.
/// - A longer run is averaged over the calendar months that it covers, parts of a month counting
///   by their share of it; one-off costs are spread over them.
/// - What has a price by the month costs that price, whatever the run covers of a month.
public struct MonthlyCost: Hashable, Sendable {
  /// Recurring cost per month.
  public var recurring: Money
  /// One-off cost per month; the whole of it where the run is shorter than a month.
  public var oneOff: Money
  /// How many charges have no known price.
  public var unknownRows: Int
  /// Whether the recurring cost of a shorter run was extended to a month.
  public var isExtended: Bool
  /// The basis in words, for reports.
  public var basis: String

  /// Both parts together.
  public var total: Money { recurring + oneOff }

  /// The monthly cost of a total over the run of a calendar.
  ///
  /// - Parameter isByTheMonth: whether every charge of the total has a price by the calendar month,
  ///   of which a run that reaches into a second one has parts of two lengths.
  public init(
    _ total: LedgerTotal, over calendar: BillingCalendar, isByTheMonth: Bool = false
  ) {
    unknownRows = total.unknownRows
    let month = calendar.start.lengthOfMonth
    if calendar.horizon < month && !isByTheMonth {
      recurring = total.recurring.times(
        Int128(month.nanoseconds), over: Int128(calendar.horizon.nanoseconds))
      oneOff = total.oneOff
      isExtended = true
      basis =
        "a month of \(calendar.start.daysInMonth) days, extended from a shorter run; "
        + "one-off costs are not scaled"
      return
    }
    // The least common multiple of 28, 29, 30 and 31 makes every share of a month whole.
    let common: Int128 = 377_580
    var covered: Int128 = 0
    for part in calendar.months {
      covered += Int128(part.span.nanoseconds) * (common / Int128(part.first.daysInMonth))
    }
    let whole = common * 86_400_000_000_000
    recurring = total.recurring.times(whole, over: covered)
    oneOff = total.oneOff.times(whole, over: covered)
    isExtended = false
    basis =
      covered == whole
      ? "one calendar month" : "the mean of the calendar months of the run"
  }
}

/// What one unit of output costs.
public struct UnitCost: Hashable, Sendable {
  /// The known cost of `scale` units, or nil where nothing was produced.
  public var known: Money?
  /// How many units it is for, such as 1,000 predictions.
  public var scale: Int64
  /// How many charges have no known price.
  public var unknownRows: Int

  /// The cost of `scale` of the `count` units that a total paid for, rounded once to the
  /// nano-dollar.
  public init(_ total: LedgerTotal, count: Int64, scale: Int64) {
    precondition(count >= 0 && scale > 0, "units are counted")
    known = count == 0 ? nil : total.known.times(Int128(scale), over: Int128(count))
    self.scale = scale
    unknownRows = total.unknownRows
  }

  /// The cost of 1,000 predictions.
  public static func perThousand(_ total: LedgerTotal, count: Int64) -> UnitCost {
    UnitCost(total, count: count, scale: 1000)
  }

  /// The cost of a million tokens.
  public static func perMillion(_ total: LedgerTotal, count: Int64) -> UnitCost {
    UnitCost(total, count: count, scale: 1_000_000)
  }
}
