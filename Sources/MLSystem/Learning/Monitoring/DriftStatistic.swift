import Randomness
import Statistics

/// A statistic that tells two samples of a feature apart.
package enum DriftStatistic: String, Sendable, Hashable, CaseIterable {
  case psi
  /// Distance of Jensen and Shannon in nats, the root of their divergence.
  case jensenShannon = "js"
  /// Divergence of Kullback and Leibler of the reference from the current sample, in nats.
  case kullbackLeibler = "kl"
  /// Statistic of the contingency test.
  case chiSquare = "chi-square"
  /// Largest distance of the two distribution functions.
  case kolmogorovSmirnov = "ks"
  /// First Wasserstein distance, in standard deviations of the feature at the start.
  case wasserstein

  /// What texts call it.
  var title: String {
    switch self {
    case .psi: "PSI"
    case .jensenShannon: "JS"
    case .kullbackLeibler: "KL"
    case .chiSquare: "chi-square"
    case .kolmogorovSmirnov: "KS"
    case .wasserstein: "Wasserstein"
    }
  }
}

extension DriftStatistic {
  /// Whether it counts shares of bins; otherwise it takes the values themselves.
  package var isBinned: Bool {
    switch self {
    case .psi, .jensenShannon, .kullbackLeibler, .chiSquare: true
    case .kolmogorovSmirnov, .wasserstein: false
    }
  }

  /// The value that chance exceeds with probability `level` without drift, of a statistic without
  /// bins, at samples of scale c = 1/n + 1/m.
  ///
  /// KS by Kolmogorov's law with Stephens's correction (1970,
  /// doi 10.1111/j.2517-6161.1970.tb00821.x). The Wasserstein distance of normal samples is nearly
  /// lognormal: median and 99.5 % quantile by simulation of 20,000 samples of 4,000 values, 1.189
  /// and 2.877 times √c.
  func criticalOfValues(level: Double, scale: Double) -> Double {
    let root = scale.squareRoot()
    if self == .kolmogorovSmirnov {
      return Kolmogorov.quantile(1 - level) * root / (1 + 0.12 * root + 0.11 * scale)
    }
    return 1.189 * root * PortableMath.exp(0.343 * PortableMath.normalQuantile(1 - level))
  }
}

// MARK: Over bins

extension DriftStatistic {
  /// The statistic of two histograms of shares; the chi-square one for samples of scale 1.
  ///
  /// - Parameter floor: what an empty share is raised to.
  func value(reference: [Double], current: [Double], floor: Double) -> Double {
    var sum = 0.0
    for (p, q) in zip(reference, current) {
      switch self {
      case .psi:
        let p = max(p, floor)
        let q = max(q, floor)
        sum += (q - p) * PortableMath.log(q / p)
      case .kullbackLeibler:
        let p = max(p, floor)
        sum += p * PortableMath.log(p / max(q, floor))
      case .jensenShannon:
        let middle = (p + q) / 2
        if p > 0 { sum += p / 2 * PortableMath.log(p / middle) }
        if q > 0 { sum += q / 2 * PortableMath.log(q / middle) }
      case .chiSquare: sum += p > 0 ? (q - p) * (q - p) / p : 0
      case .kolmogorovSmirnov, .wasserstein: preconditionFailure("it counts no bins")
      }
    }
    return self == .jensenShannon ? max(sum, 0).squareRoot() : sum
  }

  /// The noncentrality of the chi-square law that a true value has at samples of scale c = 1/n +
  /// 1/m.
  ///
  /// To second order about equal shares PSI is c times the chi-square statistic, KL half of it and
  /// the square of the JS distance an eighth: all of them are f-divergences (Pardo 2006, ch. 3).
  func noncentrality(of value: Double, scale: Double) -> Double {
    switch self {
    case .psi, .chiSquare: value / scale
    case .kullbackLeibler: 2 * max(value, 0) / scale
    case .jensenShannon: 8 * value * value / scale
    case .kolmogorovSmirnov, .wasserstein: preconditionFailure("it counts no bins")
    }
  }

  /// The measured value that belongs to a draw from the chi-square law.
  func value(ofChiSquare draw: Double, scale: Double) -> Double {
    switch self {
    case .psi: scale * draw
    case .chiSquare: draw
    case .kullbackLeibler: scale * draw / 2
    case .jensenShannon: (scale * draw / 8).squareRoot()
    case .kolmogorovSmirnov, .wasserstein: preconditionFailure("it counts no bins")
    }
  }
}

extension FeatureTest {
  /// Between which values of a standard normal feature each bin lies: the inner edges.
  var edges: [Double] {
    (1..<bins).map { number in
      let share = Double(number) / Double(bins)
      return binning == .quantile ? PortableMath.normalQuantile(share) : 6 * share - 3
    }
  }

  /// The value above which one of `features` watched alarms, at samples of scale `scale`.
  func critical(scale: Double, features: Int) -> Double {
    switch limit {
    case .above(let value): return value
    case .chance(let level, let shared):
      let each = shared ? level / Double(max(features, 1)) : level
      if !statistic.isBinned { return statistic.criticalOfValues(level: each, scale: scale) }
      return statistic.value(
        ofChiSquare: ChiSquare.quantile(1 - each, degrees: Double(bins - 1)), scale: scale)
    }
  }

  /// Whether the chi-square law describes samples of so many rows: a hundred of them a bin, all
  /// bins alike.
  func followsLaw(rows: Double) -> Bool { binning == .quantile && rows >= 100 * Double(bins) }
}
