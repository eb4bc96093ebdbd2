import Randomness
import Statistics

/// The error of areas measured on one set of rows: the same rows err alike for versions that are
/// alike.
///
/// The standard error is that of Hanley and McNeil; the errors of two versions are correlated like
/// their directions, as DeLong's covariance of two areas is to first order in the correlation of
/// the scores. It is a Gaussian process on the directions: z(w) = ŵ·g, with another part of its
/// own for what lies beyond the dimensions of the world.
package struct HoldoutNoise {
  private var common: [Double]
  private let own: CounterStream
  private let key: UInt64

  /// The noise of the set of rows with this key.
  package init(_ stream: CounterStream, key: UInt64) {
    var draws = stream.draws(of: key)
    common = (0..<World.dimensions).map { _ in Ziggurat.normal(&draws) }
    own = stream
    self.key = key
  }

  /// The standardised error of a version's area on these rows.
  func error(of version: ModelVersion) -> Double {
    guard !version.direction.isEmpty, version.length > 0 else { return common[0] }
    var sum = 0.0
    for i in common.indices { sum += version.direction[i] / version.length * common[i] }
    var draws = own.draws(of: key, from: 1024 + 4 * UInt32(truncatingIfNeeded: version.number))
    let beyond = version.rest / (version.length * version.length)
    return sum + max(0, beyond).squareRoot() * Ziggurat.normal(&draws)
  }

  /// The area that these rows show of a version whose labels would show `area` on endless rows.
  package func measured(_ area: Double, of version: ModelVersion, _ rows: HoldoutRows) -> Double {
    let noisy = area + rows.deviation(of: area) * error(of: version)
    return min(max(noisy, 0), 1)
  }
}

/// How many labels of each class a set of rows has.
package struct HoldoutRows {
  var positives: Double
  var negatives: Double

  package init(positives: Double, negatives: Double) {
    self.positives = positives
    self.negatives = negatives
  }

  /// Whether an area can be measured at all.
  var isEnough: Bool { positives >= 5 && negatives >= 5 }

  /// The standard error of an area on these rows.
  package func deviation(of area: Double) -> Double {
    hanleyMcNeilVariance(area: area, positives: positives, negatives: negatives).squareRoot()
  }

  /// The standard error of the difference of two areas on these rows.
  package func deviation(ofDifference a: Double, _ b: Double, correlation: Double) -> Double {
    let (x, y) = (deviation(of: a), deviation(of: b))
    return max(0, x * x + y * y - 2 * correlation * x * y).squareRoot()
  }
}

extension ModelVersion {
  /// Cosine of its direction with another's, as far as the world's dimensions go.
  package func cosine(with other: ModelVersion) -> Double {
    if number == other.number { return 1 }
    guard direction.count == other.direction.count, !direction.isEmpty else { return 0 }
    var sum = 0.0
    for (a, b) in zip(direction, other.direction) { sum += a * b }
    return sum / (length * other.length)
  }
}
