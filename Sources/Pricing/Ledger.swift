import Quantities

/// An append-only list of charges; every cost of a report is a sum of its rows.
public struct Ledger: Hashable, Sendable {
  /// The charges in the order in which they were written.
  public private(set) var rows: [LedgerRow] = []

  /// An empty ledger.
  public init() {}

  /// Writes a charge.
  public mutating func append(_ row: LedgerRow) { rows.append(row) }

  /// Writes the charges of another ledger after its own.
  public mutating func append(contentsOf other: Ledger) { rows.append(contentsOf: other.rows) }

  /// The sum of all rows.
  public var total: LedgerTotal { total { _ in true } }

  /// The sum of the rows for which `isWanted` holds.
  public func total(where isWanted: (LedgerRow) -> Bool) -> LedgerTotal {
    var total = LedgerTotal()
    for row in rows where isWanted(row) { total.add(row) }
    return total
  }

  /// The sum of a category and everything below it; `serving` holds `serving/ranker`.
  public func total(of category: String) -> LedgerTotal {
    total { Self.isCategory($0.category, within: category) }
  }

  /// Sums by the first `depth` parts of the category path (nil: the whole path), sorted by path.
  public func totals(byCategoryTo depth: Int? = nil) -> [LedgerGroup<String>] {
    grouped { row in
      guard let depth else { return row.category }
      let parts = row.category.utf8.split(separator: UInt8(ascii: "/"))
      return parts.prefix(depth).map { String($0) ?? "" }.joined(separator: "/")
    }
  }

  /// Sums by calendar month, named by the midnight of its first day, in order.
  public func totalsByMonth() -> [LedgerGroup<CalendarInstant>] { grouped(by: \.month) }

  /// Sums by resource, sorted by name.
  public func totalsByResource() -> [LedgerGroup<String>] { grouped(by: \.resource) }

  /// Sums by the way of buying, sorted by its text.
  public func totalsByOption() -> [LedgerGroup<String>] { grouped(by: \.option.text) }

  /// Sums by the value of a tag, sorted; rows without it are under the empty value.
  public func totals(byTag key: String) -> [LedgerGroup<String>] {
    grouped { row in row.tags.first { $0.key == key }?.value ?? "" }
  }

  /// Sums by any key, in the order of the keys.
  ///
  /// - Complexity: O(n log n).
  public func grouped<Key: Comparable & Hashable & Sendable>(
    by key: (LedgerRow) -> Key
  ) -> [LedgerGroup<Key>] {
    var places: [Key: Int] = [:]
    var groups: [LedgerGroup<Key>] = []
    for row in rows {
      let name = key(row)
      if let place = places[name] {
        groups[place].total.add(row)
      } else {
        places[name] = groups.count
        var total = LedgerTotal()
        total.add(row)
        groups.append(LedgerGroup(key: name, total: total))
      }
    }
    return groups.sorted { $0.key < $1.key }
  }

  /// The charges without a known price, in the order in which they were written.
  public var unknownRows: [LedgerRow] { rows.filter { $0.amount == nil } }

  /// Whether the books close: every grouping adds to the total exactly, and every amount is its
  /// quantity times its price.
  public var closes: Bool {
    let total = total
    let sums = [
      totals(byCategoryTo: nil).map(\.total), totals(byCategoryTo: 1).map(\.total),
      totalsByMonth().map(\.total), totalsByResource().map(\.total),
      totalsByOption().map(\.total),
    ]
    let isSummed = sums.allSatisfy { $0.reduce(LedgerTotal(), +) == total }
    let isPriced = rows.allSatisfy { row in
      row.from <= row.to && row.from.startOfMonth.adding(months: 1) >= row.to
        && row.amount
          == row.unitPrice.map {
            $0.perUnit.times(row.quantity.numerator, over: row.quantity.denominator)
          }
    }
    return isSummed && isPriced
  }

  private static func isCategory(_ path: String, within category: String) -> Bool {
    path == category || path.hasPrefix(category + "/")
  }
}

/// A sum of charges: what is known, and how many rows have no price.
public struct LedgerTotal: Hashable, Sendable {
  /// The sum of the rows with a price.
  public var known: Money
  /// The part of `known` that arises once.
  public var oneOff: Money
  /// How many rows have no known price: the true sum is larger by an unknown amount.
  public var unknownRows: Int

  /// Nothing.
  public init() {
    known = .zero
    oneOff = .zero
    unknownRows = 0
  }

  /// Whether every row has a price.
  public var isComplete: Bool { unknownRows == 0 }

  /// The part of `known` that recurs.
  public var recurring: Money { known - oneOff }

  /// Adds a row.
  public mutating func add(_ row: LedgerRow) {
    guard let amount = row.amount else {
      unknownRows += 1
      return
    }
    known += amount
    if row.kind == .oneOff { oneOff += amount }
  }

  /// Both sums together.
  public static func + (a: LedgerTotal, b: LedgerTotal) -> LedgerTotal {
    var sum = a
    sum.known += b.known
    sum.oneOff += b.oneOff
    sum.unknownRows += b.unknownRows
    return sum
  }
}

/// A sum of charges under its name.
public struct LedgerGroup<Key: Comparable & Hashable & Sendable>: Hashable, Sendable {
  /// What the rows have in common.
  public var key: Key
  /// Their sum.
  public var total: LedgerTotal
}
