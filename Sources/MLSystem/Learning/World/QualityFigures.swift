/// What is known of how good answers are; every figure is a mean over requests, so sums of them
/// weighted by requests pool exactly.
package enum QualityFigure: Int, Sendable, CaseIterable {
  /// Area under the ROC curve; for a regression the share of pairs in the right order.
  case auc
  /// Share of right decisions at the version's own threshold.
  case accuracy
  /// Cells of the confusion matrix, as shares of all requests.
  case truePositives, falsePositives, falseNegatives, trueNegatives
  /// Log loss of the served probabilities, in nats.
  case logLoss
  /// Mean distance of the served probability from the true one at that score.
  case calibrationError
  /// Area under the precision-recall curve.
  case precisionRecallArea
  /// Chance that the best-scored candidate of a request is positive.
  case clickThrough
  /// Expected discounted gain of the first candidates / the expected gain of the best order.
  case rankingGain
  /// Mean absolute and mean squared error of a regression, in units of the target.
  case absoluteError, squaredError
  /// Outcomes of a generative task, as shares of all requests.
  case right, wrong, refused, invalid
  /// Money that an answer is worth, in dollars.
  case value
  /// The area and the money of a learner that retrains at once and for free.
  case bestAUC, bestValue
}

/// The figures of one version, in one segment or over all.
package struct QualityFigures: Sendable, Equatable {
  /// One number for each case of `QualityFigure`.
  private var values = InlineArray<20, Double>(repeating: 0)

  /// All figures 0.
  package init() {}

  /// One figure.
  package subscript(figure: QualityFigure) -> Double {
    get { values[figure.rawValue] }
    set { values[figure.rawValue] = newValue }
  }

  /// Adds `weight` times `other`.
  mutating func add(_ weight: Double, _ other: QualityFigures) {
    for i in values.indices { values[unchecked: i] += weight * other.values[unchecked: i] }
  }

  /// The figures divided by a weight: means from sums.
  func divided(by weight: Double) -> QualityFigures {
    var copy = self
    for i in copy.values.indices { copy.values[i] /= weight }
    return copy
  }

  package static func == (a: QualityFigures, b: QualityFigures) -> Bool {
    a.values.indices.allSatisfy { a.values[$0] == b.values[$0] }
  }

  /// Share of the positives that are found: the true-positive rate.
  package var recall: Double? {
    Self.ratio(self[.truePositives], self[.truePositives] + self[.falseNegatives])
  }

  /// Share of the found that are positive.
  package var precision: Double? {
    Self.ratio(self[.truePositives], self[.truePositives] + self[.falsePositives])
  }

  /// Share of the negatives that are taken for positive.
  package var falsePositiveRate: Double? {
    Self.ratio(self[.falsePositives], self[.falsePositives] + self[.trueNegatives])
  }

  /// How much more often the found are positive than all are.
  package var lift: Double? {
    guard let precision else { return nil }
    return Self.ratio(precision, self[.truePositives] + self[.falseNegatives])
  }

  private static func ratio(_ part: Double, _ whole: Double) -> Double? {
    whole > 0 ? part / whole : nil
  }
}
