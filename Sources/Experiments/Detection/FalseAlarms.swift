import Randomness
import Statistics

/// How often a detector alarms on shuffled copies of the stream, where every alarm is false.
///
/// A copy has the same values in an order that carries nothing, so this is the detector's rate of
/// false alarms for values like these, provided that rows are independent of one another; a stream
/// with rhythms or persistence alarms more often without any lasting change.
package struct FalseAlarms: Hashable, Sendable {
  /// Alarms in all copies.
  package var alarms: Int
  /// Rows of all copies together.
  package var rows: Int
  /// How many copies there were.
  package var copies: Int
  /// How many alarms a stream as long as the judged one has by chance, with its exact 95 %
  /// interval.
  package var expected: ConfidenceInterval

  private static let budget = 400_000
  private static let longest = 20_000

  /// Runs a detector over shuffled copies of `sample`, values of a stream of `length` rows.
  ///
  /// - Returns: nil where there are too few values to shuffle.
  package init?(_ choice: DetectorChoice, sample: [Double], length: Int, seed: UInt64 = 1) {
    guard sample.count >= 2 else { return nil }
    let size = min(length, Self.longest)
    let copies = min(max(Self.budget / size, 20), 1_000)
    var stream = RandomStream(seed: seed)
    var alarms = 0
    var order = sample
    var detector = choice.detector
    for _ in 0..<copies {
      detector.reset()
      for place in 0..<size {
        // A whole stream is permuted; of a longer one values are drawn again and again.
        let isWhole = sample.count == length
        let from = isWhole ? place : 0
        let pick = from + Int(stream.uniform() * Double(sample.count - from))
        if isWhole { order.swapAt(place, pick) }
        if detector.update(order[isWhole ? place : pick]) == .alarm { alarms += 1 }
      }
    }
    self.alarms = alarms
    self.copies = copies
    rows = copies * size
    expected = ConfidenceInterval.ofPoissonRate(
      events: Int64(alarms), exposure: Double(rows) / Double(length))
  }

  /// The alarms in 10,000 rows.
  package var perTenThousand: Double { Double(alarms) / Double(rows) * 10_000 }
}

/// A uniform sample of a stream whose length is not known before its end.
///
/// Vitter 1985, algorithm R (doi 10.1145/3147.3165).
struct Reservoir: Sendable {
  private(set) var values: [Double] = []
  private var seen = 0
  private var stream = RandomStream(seed: 20_260)

  private static let size = 20_000

  mutating func add(_ value: Double) {
    seen += 1
    if values.count < Self.size {
      values.append(value)
    } else {
      let place = Int(stream.uniform() * Double(seen))
      if place < Self.size { values[place] = value }
    }
  }
}
