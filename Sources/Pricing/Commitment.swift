import Quantities

/// The arithmetic of a commitment against the price on demand.
public struct Commitment: Hashable, Sendable {
  /// The price of an hour on demand.
  public var onDemand: UnitPrice
  /// The recurring price of a committed hour.
  public var hourly: UnitPrice
  /// What is paid at the start of the term.
  public var upfront: Money
  /// Hours of the term.
  public var termHours: Int64

  /// A commitment for a term of positive length.
  public init(
    onDemand: UnitPrice, hourly: UnitPrice, upfront: Money = .zero, termHours: Int64
  ) {
    precondition(termHours > 0, "a term has a length")
    self.onDemand = onDemand
    self.hourly = hourly
    self.upfront = upfront
    self.termHours = termHours
  }

  /// The price of a committed hour with its share of the upfront payment, to the pico-dollar.
  public var effectiveHourly: UnitPrice {
    UnitPrice(hourly.perUnit + UnitPrice(upfront, per: termHours).perUnit)
  }

  /// The share of the committed hours that must be used for the commitment to pay; above 1 it never
  /// does.
  public var breakEvenUtilisation: Double { effectiveHourly.perUnit / onDemand.perUnit }

  /// The share of the price on demand that is saved when every hour is used.
  public var savingAtFullUse: Double { 1 - breakEvenUtilisation }

  /// The effective price of an hour that is used, when only a share of them is.
  ///
  /// - Parameter utilisation: above 0, at most 1.
  public func effectiveRate(utilisation: Double) -> UnitPrice {
    precondition(utilisation > 0 && utilisation <= 1, "some hours are used, and not more than all")
    return effectiveHourly.scaled(by: 1 / utilisation)
  }
}

/// The cheapest number of machines to commit to under a demand by the hour.
public struct CommitmentLevel: Hashable, Sendable {
  /// The cheapest number of committed machines; the smallest among equals.
  public var level: Int
  /// The cost of the hours at that level.
  public var cost: Money
  /// The cost with no commitment.
  public var allOnDemand: Money
  /// The cost with the peak committed.
  public var allCommitted: Money

  /// Keeps adding a machine while the share of hours with demand above the level exceeds
  /// committed price / on-demand price (the newsvendor's rule).
  ///
  /// - Complexity: O(hours · log hours).
  public init(demand: [Int], onDemand: UnitPrice, committed: UnitPrice) {
    precondition(demand.allSatisfy { $0 >= 0 }, "a demand is not negative")
    let sorted = demand.sorted()
    let hours = Int64(demand.count)
    var level = 0
    var place = 0
    while place < sorted.count {
      while place < sorted.count, sorted[place] <= level { place += 1 }
      let above = hours - Int64(place)
      // One more machine costs every hour and saves the hours above, in whole pico-dollars.
      guard onDemand.perUnit.times(above) > committed.perUnit.times(hours), place < sorted.count
      else {
        break
      }
      level = sorted[place]
    }
    func cost(at level: Int) -> Money {
      let excess = demand.reduce(Int64(0)) { $0 + Int64(max(0, $1 - level)) }
      return committed.perUnit.times(hours * Int64(level)) + onDemand.perUnit.times(excess)
    }
    self.level = level
    self.cost = cost(at: level)
    allOnDemand = cost(at: 0)
    allCommitted = cost(at: sorted.last ?? 0)
  }
}

extension CommitmentLevel {
  /// What a demand costs at a level of commitment.
  ///
  /// - Parameter hours: hours by number of machines that are asked for, from none on; their sum is
  ///   the time over which the commitment is paid.
  /// - Complexity: O(machines).
  public static func cost(
    at level: Int, hours: [Double], onDemand: UnitPrice, committed: UnitPrice
  ) -> Money {
    var paid = 0.0
    var above = 0.0
    for (machines, time) in hours.enumerated() {
      paid += time * Double(level)
      above += time * Double(max(0, machines - level))
    }
    return committed.cost(of: paid) + onDemand.cost(of: above)
  }

  /// The newsvendor's level for a demand over time: a machine is committed while the share of the
  /// time in which more than the level is asked for exceeds committed price / on-demand price.
  ///
  /// - Parameter hours: hours by number of machines that are asked for, from none on.
  /// - Complexity: O(machines).
  public static func level(
    hours: [Double], onDemand: UnitPrice, committed: UnitPrice
  ) -> Int {
    let all = hours.reduce(0, +)
    let ratio = committed.perUnit / onDemand.perUnit
    var above = all
    for (machines, time) in hours.enumerated() {
      above -= time
      // What is left of a long subtraction is no demand.
      guard above > ratio * all, above > 1e-9 * all else { return machines }
    }
    return max(0, hours.count - 1)
  }
}

extension UnitPrice {
  /// The price of an hour of useful work when a share of the paid time is lost to interruptions,
  /// checkpoints and restarts.
  ///
  /// - Parameter efficiency: useful time / paid time, above 0, at most 1.
  public func perUsefulHour(efficiency: Double) -> UnitPrice {
    precondition(efficiency > 0 && efficiency <= 1, "some paid time is useful")
    return scaled(by: 1 / efficiency)
  }
}
