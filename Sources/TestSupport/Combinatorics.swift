import Randomness

/// Many cases from few words: every member of a list, or many drawn from a seed, each with a label
/// that a failure can print.
public enum Combinatorics {
  /// Calls `body` with `count` streams and the label that repeats each: "case 17 of seed 5".
  public static func withEverySeed(
    _ count: Int, seed: UInt64, _ body: (inout RandomStream, String) throws -> Void
  ) rethrows {
    let family = StreamFamily(seed: seed, replication: 0)
    for index in 0..<count {
      var stream = family.stream("case", index)
      try body(&stream, "case \(index) of seed \(seed)")
    }
  }

  /// All pairs of two lists.
  public static func pairs<A, B>(_ first: [A], _ second: [B]) -> [(A, B)] {
    first.flatMap { a in second.map { (a, $0) } }
  }
}

extension RandomStream {
  /// A whole number in `range`, each equally likely up to 2^-64 times the range's size.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let size = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    if size == 0 { return Int(truncatingIfNeeded: next()) }
    return range.lowerBound &+ Int(truncatingIfNeeded: next().multipliedFullWidth(by: size).high)
  }

  /// One of the members of a list.
  public mutating func element<T>(of list: [T]) -> T {
    list[integer(in: 0...list.count - 1)]
  }
}
