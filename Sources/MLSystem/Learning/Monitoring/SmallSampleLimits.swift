import Randomness
import Statistics

/// Limits by chance of a monitor for samples so small that the chi-square law would alarm too
/// often, kept by size: one takes milliseconds to compute.
struct SmallSampleLimits: Sendable {
  /// Limits in units of the chi-square, by the eighth of an octave in which the rows lie.
  private var known: [(octave: Int, features: Int, limit: Double)] = []

  /// The value above which one of `features` watched alarms, at samples of scale `scale`, the
  /// smaller of `rows` rows.
  ///
  /// The first size seen stands for all within a tenth of it.
  mutating func critical(
    _ test: FeatureTest, scale: Double, rows: Double, features: Int
  ) -> Double {
    guard case .chance(let level, let shared) = test.limit, test.binning == .quantile,
      test.statistic.isBinned,
      !test.followsLaw(rows: rows), rows >= 2 * Double(test.bins)
    else { return test.critical(scale: scale, features: features) }
    let octave = Int((8 * PortableMath.log2(rows)).rounded())
    if let found = known.first(where: { $0.octave == octave && $0.features == features }) {
      return test.statistic.value(ofChiSquare: found.limit, scale: scale)
    }
    let law = BinnedDistanceLaw(
      test.statistic.measure, bins: test.bins, reference: .greatestFiniteMagnitude, current: rows,
      floor: test.epsilon)
    let each = shared ? level / Double(max(features, 1)) : level
    let limit = law.critical(level: 1 - each) / law.unit
    known.append((octave, features, limit))
    return test.statistic.value(ofChiSquare: limit, scale: scale)
  }
}

extension DriftStatistic {
  /// The same statistic among the laws of distances; of the Jensen-Shannon distance its square.
  fileprivate var measure: BinnedDistanceLaw.Measure {
    switch self {
    case .psi: .stabilityIndex
    case .jensenShannon: .jensenShannon
    case .kullbackLeibler: .kullbackLeiblerOfReference
    case .chiSquare: .contingency
    case .kolmogorovSmirnov, .wasserstein: preconditionFailure("it counts no bins")
    }
  }
}
