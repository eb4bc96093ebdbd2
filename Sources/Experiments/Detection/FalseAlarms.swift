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
    guard sample.count >= 2, case .stream(let kind) = choice.kind else { return nil }
    let size = min(length, Self.longest)
    let copies = min(max(Self.budget / size, 20), 1_000)
    var stream = RandomStream(seed: seed)
    var alarms = 0
    var order = sample
    var detector = StreamDetector(kind, choice.values)
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

  /// Compares windows that are drawn from `sample` with references that are drawn from it as well.
  ///
  /// - Returns: nil where there are too few values to draw from, or no window.
  package init?(
    _ choice: DetectorChoice, sample: [Double], reference: Int, window: Int, windows: Int,
    seed: UInt64 = 1
  ) {
    guard sample.count >= 2, windows > 0, case .window(let test) = choice.kind else { return nil }
    var stream = RandomStream(seed: seed)
    func drawn(_ count: Int) -> [Double] {
      (0..<count).map { _ in sample[Int(stream.uniform() * Double(sample.count))] }
    }
    // Ten windows share a reference, as the windows of a stream do.
    let shared = 10
    let copies = min(max(Self.budget / (reference + shared * window), 3), 100)
    var alarms = 0
    for _ in 0..<copies {
      let prepared = WindowReference(drawn(reference), for: test, choice.values)
      for _ in 0..<shared where prepared.evidence(of: drawn(window)).isAlarm { alarms += 1 }
    }
    self.alarms = alarms
    self.copies = copies
    rows = copies * shared * window
    let judged = Double(copies * shared)
    expected = ConfidenceInterval.ofPoissonRate(
      events: Int64(alarms), exposure: judged / Double(windows))
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
