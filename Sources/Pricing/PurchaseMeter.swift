import Quantities

/// Counts which machine-hours of a pool are paid by which offer while demand moves.
///
/// The demand of a pool has parts, its *uses* (services, a canary's second fleet, training). At any
/// moment the offers are filled in their order by the uses in their order, so the use that is
/// named last pays the marginal machines. Committed machines are paid for the whole run; the hours
/// that no use needs are charged as unused.
///
/// A change of demand costs O(uses × offers); nothing happens between changes.
public struct PurchaseMeter: Sendable {
  /// One use of the pool.
  public struct Use: Hashable, Sendable {
    /// The category that its charges carry, such as `serving/ranker`.
    public var category: String
    /// Owners that its charges carry.
    public var tags: [LedgerTag]

    /// A use.
    public init(category: String, tags: [LedgerTag] = []) {
      self.category = category
      self.tags = tags
    }
  }

  /// The name of the pool: the resource of its charges.
  public let pool: String
  /// The order in which its machines are bought.
  public let waterfall: PurchaseWaterfall
  /// How the time of a machine is counted.
  public let rule: BillingRule

  private let lines: [UsageBook.Line]
  private let unusedLines: [UsageBook.Line?]
  private var demand: [Int]
  private var limits: [Int?]
  private var assigned: [Int]
  private var last = Instant.start
  /// Lines on which the time of an offer's machines is counted once more.
  private var surcharges: [(offer: Int, line: UsageBook.Line)] = []
  /// Nanoseconds for which so many machines of all uses were asked for, by their number: the
  /// demand over the run that a commitment is judged by.
  public private(set) var demandTimes: [Int64] = []

  /// Opens the lines of a pool in a book.
  ///
  /// - Parameters:
  ///   - uses: what the machines are for, at least one.
  ///   - unusedCategory: the category of committed hours that nobody needs; nil: that of the first
  ///     use.
  public init(
    pool: String, waterfall: PurchaseWaterfall, uses: [Use], rule: BillingRule,
    unusedCategory: String? = nil, in book: inout UsageBook
  ) {
    precondition(!uses.isEmpty, "a pool is for something")
    self.pool = pool
    self.waterfall = waterfall
    self.rule = rule
    var lines: [UsageBook.Line] = []
    var unused: [UsageBook.Line?] = []
    func charge(_ offer: PurchaseOffer, _ use: Use, _ kind: LedgerRow.Kind) -> UsageBook.Charge {
      UsageBook.Charge(
        resource: pool, category: use.category, kind: kind, option: offer.option,
        unit: "instance-hour", quote: offer.quote, growth: offer.isCommitted ? 0 : offer.growth,
        tags: use.tags)
    }
    for offer in waterfall.offers {
      for use in uses {
        lines.append(
          book.openTime(charge(offer, use, offer.isCommitted ? .committedUsed : .usage)))
      }
      let idle = Use(category: unusedCategory ?? uses[0].category, tags: uses[0].tags)
      unused.append(
        offer.isCommitted ? book.openTime(charge(offer, idle, .committedUnused)) : nil)
    }
    self.lines = lines
    unusedLines = unused
    demand = Array(repeating: 0, count: uses.count)
    limits = waterfall.offers.map(\.limit)
    assigned = Array(repeating: 0, count: lines.count)
  }

  /// How many machines run for a use, from `instant` on.
  public mutating func setDemand(
    _ machines: Int, of use: Int, at instant: Instant, in book: inout UsageBook
  ) {
    precondition(machines >= 0, "a demand is not negative")
    guard demand[use] != machines else { return }
    settle(at: instant, in: &book)
    demand[use] = machines
    assign()
  }

  /// How many machines an offer gives, from `instant` on: a spot market that dries up, a quota.
  ///
  /// A commitment is paid at the number of its offer, whatever is set here.
  public mutating func setLimit(
    _ limit: Int?, of offer: Int, at instant: Instant, in book: inout UsageBook
  ) {
    settle(at: instant, in: &book)
    limits[offer] = limit
    assign()
  }

  /// Counts the machines that an offer pays on another line as well, from `instant` on: what they
  /// cost more for a time.
  public mutating func beginSurcharge(
    _ line: UsageBook.Line, on offer: Int, at instant: Instant, in book: inout UsageBook
  ) {
    settle(at: instant, in: &book)
    surcharges.append((offer, line))
  }

  /// Ends what `beginSurcharge` began.
  public mutating func endSurcharge(
    _ line: UsageBook.Line, at instant: Instant, in book: inout UsageBook
  ) {
    settle(at: instant, in: &book)
    surcharges.removeAll { $0.line == line }
  }

  /// How many machines of all uses find no offer with room.
  public var unserved: Int { demand.reduce(0, +) - assigned.reduce(0, +) }

  /// How many machines an offer pays now.
  public func machines(of offer: Int) -> Int {
    assigned[offer * demand.count..<(offer + 1) * demand.count].reduce(0, +)
  }

  /// Charges what the increment and the minimum add to one machine's time, as it stops.
  ///
  /// To be called before the demand falls. The offer that pays the use's marginal machine pays it,
  /// if that is no commitment, whose time is paid anyway.
  public mutating func addRoundingUp(
    of use: Int, started: Instant, stopped: Instant, in book: inout UsageBook
  ) {
    let extra = rule.billed(stopped - started) - (stopped - started)
    guard extra > .zero else { return }
    for offer in waterfall.offers.indices.reversed() {
      let line = offer * demand.count + use
      guard assigned[line] > 0 else { continue }
      if waterfall.offers[offer].isCommitted { return }
      book.add(extra.nanoseconds, to: lines[line], at: stopped)
      return
    }
  }

  /// Counts what has been used up to `instant`; at the end of the run it must be called once.
  public mutating func settle(at instant: Instant, in book: inout UsageBook) {
    precondition(instant >= last, "time does not run back")
    if instant > last {
      let machines = demand.reduce(0, +)
      while demandTimes.count <= machines { demandTimes.append(0) }
      demandTimes[machines] += (instant - last).nanoseconds
    }
    for offer in waterfall.offers.indices {
      var used = 0
      for use in demand.indices {
        let line = offer * demand.count + use
        used += assigned[line]
        book.addTime(of: assigned[line], to: lines[line], from: last, until: instant)
      }
      if let line = unusedLines[offer], let committed = waterfall.offers[offer].limit {
        book.addTime(of: committed - used, to: line, from: last, until: instant)
      }
    }
    for (offer, line) in surcharges {
      book.addTime(of: machines(of: offer), to: line, from: last, until: instant)
    }
    last = instant
  }

  /// Fills the offers in their order with the uses in their order.
  private mutating func assign() {
    var use = 0
    var left = demand[0]
    for index in assigned.indices { assigned[index] = 0 }
    for offer in waterfall.offers.indices {
      // A commitment never pays more machines than it was bought for.
      var room = limits[offer] ?? .max
      if let own = waterfall.offers[offer].limit { room = min(room, own) }
      while room > 0 {
        while left == 0, use + 1 < demand.count {
          use += 1
          left = demand[use]
        }
        guard left > 0 else { return }
        let taken = min(left, room)
        assigned[offer * demand.count + use] += taken
        left -= taken
        room -= taken
      }
    }
  }
}
