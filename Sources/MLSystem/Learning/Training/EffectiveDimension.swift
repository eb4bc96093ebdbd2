import Randomness

/// One point of a learning curve: the quality that so many labelled rows have reached.
package struct LearningPoint: Sendable, Hashable {
  package var rows: Double
  package var auc: Double

  package init(rows: Double, auc: Double) {
    self.rows = rows
    self.auc = auc
  }
}

/// How many numbers a model has to learn, as a function of the rows that it learns from.
///
/// A linear model has one number per feature. A deep one goes on finding structure as its rows
/// grow; its learning curve falls slower than 1/rows (Hestness et al. 2017, arXiv 1712.00409),
/// which is the curve of a dimension that grows with them: p(n) = p₁ · n^γ with 0 ≤ γ < 1.
package struct EffectiveDimension: Sendable, Hashable {
  /// The dimension where it does not grow, or its value at one row.
  package var scale: Double
  /// The exponent γ; 0 for a dimension that does not depend on the rows.
  package var growth: Double

  package init(scale: Double, growth: Double = 0) {
    self.scale = scale
    self.growth = growth
  }

  /// The dimension that `rows` rows are spent on, at least 2.
  package func value(rows: Double) -> Double {
    if growth == 0 { return max(2, scale) }
    return max(2, scale * PortableMath.exp(growth * PortableMath.log(max(rows, 1))))
  }

  /// The dimension that reproduces a learning curve in the world whose best score is `best`.
  ///
  /// Each point is turned into the dimension that explains it exactly, by inverting
  /// ρ = 1/√(1 + (p-1)/((n-p)κΔ²)); the line ln p = ln p₁ + γ ln n is then fitted by least squares,
  /// γ held within [0, 0.95]. One point gives a constant dimension. Nil where no point lies between
  /// chance and the best score.
  package static func fitted(
    to points: [LearningPoint], best: BinormalQuality, kind: TaskKind = .classification
  ) -> EffectiveDimension? {
    let scale = kind.information(of: best) * best.distance * best.distance
    let limit = kind.auc(ofDistance: best.distance)
    var logRows: [Double] = []
    var logDimensions: [Double] = []
    for point in points where point.auc > 0.5 && point.auc < limit && point.rows > 1 {
      let cosine = kind.distance(ofAUC: point.auc) / best.distance
      let noise = 1 / (cosine * cosine) - 1
      let dimension = (noise * point.rows * scale + 1) / (1 + noise * scale)
      logRows.append(PortableMath.log(point.rows))
      logDimensions.append(PortableMath.log(dimension))
    }
    let count = Double(logRows.count)
    if count == 0 { return nil }
    let meanX = logRows.reduce(0, +) / count
    let meanY = logDimensions.reduce(0, +) / count
    var (xx, xy) = (0.0, 0.0)
    for (x, y) in zip(logRows, logDimensions) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
    }
    let growth = xx > 0 ? min(max(xy / xx, 0), 0.95) : 0
    return EffectiveDimension(scale: PortableMath.exp(meanY - growth * meanX), growth: growth)
  }

  /// The quality that `rows` rows reach in a world that stands still.
  package func auc(rows: Double, best: BinormalQuality) -> Double {
    let dimension = value(rows: rows)
    if rows <= dimension { return 0.5 }
    let noise =
      (dimension - 1)
      / ((rows - dimension) * best.information * best.distance * best.distance)
    return BinormalQuality.auc(ofDistance: best.distance / (1 + noise).squareRoot())
  }
}
