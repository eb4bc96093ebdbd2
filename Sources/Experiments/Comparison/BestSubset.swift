import MLSystem
import Statistics

/// The arms that may be the best on one metric.
///
/// An arm is rejected where some other arm is better by their paired difference, one-sided, at 1 -
/// alpha / (k (k - 1) m) for k arms and m metrics: whoever ties with the best of a metric is in its
/// subset, on all m metrics together, with confidence 1 - alpha at least. It is the screening of
/// B. L. Nelson, J. Swann, D. Goldsman and W. Song, "Simple procedures for selecting the best
/// simulated system when the number of alternatives is large", Operations Research 49 (2001),
/// 950-963, for all arms at once.
package struct BestSubset: Sendable, Hashable {
  package var metric: String
  /// The arm with the best estimate; one of `possible`.
  package var leader: Int
  /// Indices of the arms that no other arm is shown to beat, in the order of the arms.
  package var possible: [Int]

  package init(metric: String, leader: Int, possible: [Int]) {
    self.metric = metric
    self.leader = leader
    self.possible = possible
  }

  /// Whether one arm alone can be the best.
  package var isDecided: Bool { possible.count == 1 }

  /// The subset of a row; nil where fewer than two rivals have the metric or nothing is better.
  static func of(
    _ row: Comparison.Row, _ arms: [Comparison.Arm], among rivals: [Int], level: Double,
    metrics: Int
  ) -> BestSubset? {
    let measured = rivals.filter { row.figures[$0]?.estimate != nil }
    guard measured.count > 1, let lower = row.betterIsLower else { return nil }
    // A one-sided statement at alpha is one end of an interval at 1 - 2 alpha.
    let oneSided = 1 - 2 * (1 - level)
    let pairs = measured.count * (measured.count - 1) * metrics
    let possible = measured.filter { arm in
      !measured.contains { other in
        other != arm
          && Evidence(arm, beside: other, on: row, arms, level: oneSided, pairs: pairs) == .worse
      }
    }
    let leader = possible.min { a, b in
      guard let x = row.figures[a]?.estimate, let y = row.figures[b]?.estimate else { return false }
      return lower ? x < y : x > y
    }
    return leader.map { BestSubset(metric: row.name, leader: $0, possible: possible) }
  }
}
