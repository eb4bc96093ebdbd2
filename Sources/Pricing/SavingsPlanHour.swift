import Quantities

/// One hour of a savings plan: dollars committed, applied to the use with the highest saving
/// percentage first.
///
/// The plan pays machine-hours at its own rates until the commitment of the hour is spent; what is
/// left of it is lost, and what it does not reach is paid on demand.
public struct SavingsPlanHour: Hashable, Sendable {
  /// What runs in the hour.
  public struct Use: Hashable, Sendable {
    /// The name of the kind of machine.
    public var name: String
    /// Machine-hours.
    public var hours: Double
    /// The price of one under the plan.
    public var planRate: UnitPrice
    /// The price of one on demand.
    public var onDemand: UnitPrice

    /// Machine-hours with both of their prices.
    public init(name: String, hours: Double, planRate: UnitPrice, onDemand: UnitPrice) {
      self.name = name
      self.hours = hours
      self.planRate = planRate
      self.onDemand = onDemand
    }
  }

  /// The order in which the plan was applied, by name.
  public private(set) var order: [String] = []
  /// Machine-hours that the plan pays, in the order of the uses given.
  public private(set) var coveredHours: [Double]
  /// What is paid on demand.
  public private(set) var onDemandCost = Money.zero
  /// What of the commitment no use needs.
  public private(set) var unused: Money
  /// What the hour would cost without a plan.
  public let list: Money
  /// What was committed.
  public let commitment: Money

  /// Applies a commitment to the uses of an hour.
  ///
  /// - Parameter uses: prices above zero.
  public init(commitment: Money, uses: [Use]) {
    self.commitment = commitment
    unused = commitment
    coveredHours = Array(repeating: 0, count: uses.count)
    list = uses.map { $0.onDemand.cost(of: $0.hours) }.total()
    let saving = uses.map { 1 - $0.planRate.perUnit / $0.onDemand.perUnit }
    let places = uses.indices.sorted {
      saving[$0] == saving[$1] ? $0 < $1 : saving[$0] > saving[$1]
    }
    for place in places {
      let use = uses[place]
      order.append(use.name)
      let whole = use.planRate.cost(of: use.hours)
      if whole <= unused {
        coveredHours[place] = use.hours
        unused -= whole
      } else {
        coveredHours[place] = unused / use.planRate.perUnit
        unused = .zero
        onDemandCost += use.onDemand.cost(of: use.hours - coveredHours[place])
      }
    }
  }

  /// What the hour costs: the commitment, used or not, and what is paid on demand.
  public var total: Money { commitment + onDemandCost }

  /// The share of the commitment that was used; 1 where nothing is committed.
  public var utilisation: Double {
    commitment == .zero ? 1 : (commitment - unused) / commitment
  }

  /// The share of the list cost that the plan pays.
  public var coverage: Double { list == .zero ? 0 : (list - onDemandCost) / list }

  /// 1 − total / list: what the plan saves of what the hour would cost without it.
  public var effectiveSavingsRate: Double { list == .zero ? 0 : 1 - total / list }
}
