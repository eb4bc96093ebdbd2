/// The area under the ROC curve of scores with known labels, with its variance by DeLong, DeLong
/// and Clarke-Pearson 1988 (doi 10.2307/2531595).
package struct AreaUnderCurve: Hashable, Sendable {
  /// The share of pairs in which the positive has the higher score, ties counted half.
  package let area: Double
  /// The variance of the area over samples, or 0 where a class has one score only.
  package let variance: Double

  /// The area of the scores of positives and negatives, neither of them empty.
  ///
  /// - Complexity: O(n log n).
  package init(positives: [Double], negatives: [Double]) {
    precondition(!positives.isEmpty && !negatives.isEmpty, "an area needs two classes")
    let sortedPositives = positives.sorted()
    let sortedNegatives = negatives.sorted()
    // Where a score stands among the other class: the share below it, ties counted half.
    let placed = Tally(Self.places(of: sortedPositives, among: sortedNegatives))
    let others = Tally(Self.places(of: sortedNegatives, among: sortedPositives))
    area = placed.mean
    variance = placed.variance / Double(placed.count) + others.variance / Double(others.count)
  }

  private static func places(of values: [Double], among others: [Double]) -> [Double] {
    var (below, upTo) = (0, 0)
    return values.map { value in
      while below < others.count, others[below] < value { below += 1 }
      while upTo < others.count, others[upTo] <= value { upTo += 1 }
      return Double(below + upTo) / 2 / Double(others.count)
    }
  }
}

/// The variance of an area under the ROC curve measured on samples of positives and negatives, by
/// Hanley and McNeil 1982 (doi 10.1148/radiology.143.1.7063747).
public func hanleyMcNeilVariance(
  area: Double, positives: Double, negatives: Double
) -> Double {
  precondition(area >= 0 && area <= 1, "an area under a ROC curve lies between 0 and 1")
  precondition(positives > 0 && negatives > 0, "an area needs positives and negatives")
  let q1 = area / (2 - area)
  let q2 = 2 * area * area / (1 + area)
  let square = area * area
  let sum =
    area * (1 - area) + (positives - 1) * (q1 - square) + (negatives - 1) * (q2 - square)
  return max(0, sum) / (positives * negatives)
}
