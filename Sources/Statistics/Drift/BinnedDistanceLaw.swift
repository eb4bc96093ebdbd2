import Randomness

/// How a distance between two histograms that is measured on samples scatters about the true one,
/// and the alarm limits that hold their rate at any size of sample.
///
/// With c = 1/n + 1/m for samples of n and m, and no drift, the stability index is about c times a
/// chi-square with B - 1 degrees of freedom (Yurdakul 2018), Kullback and Leibler's divergence c/2
/// and Jensen and Shannon's c/8 times one: each is a quadratic form of the same differences. Where
/// they drift the chi-square is noncentral, by the true distance in those units. This is good from
/// n/B = 400 on; below that the tail without drift is computed (``SmallSampleTail``), down to 2
/// values per bin, where the chi-square alarms several times too often.
///
/// The computed tail takes the larger sample's shares for exact and scales them to c. The rate of a
/// 5 % limit of the index, measured on 20,000 pairs of counts, is then 4.7 to 5.1 % from 10 values
/// per bin on, and 4.0 to 5.0 % at 3 to 5 values per bin. Of Kullback and Leibler's divergence it
/// is 3.4 or 6.8 %, by direction, where both samples hold 10 values per bin, and 4.6 to 5.0 % where
/// the reference holds ten times as many.
package struct BinnedDistanceLaw: Sendable {
  /// The distance that is measured.
  package enum Measure: Hashable, Sendable, CaseIterable {
    /// The population stability index.
    case stabilityIndex
    /// Σ p ln(p/q) of the reference p: Evidently's direction.
    case kullbackLeiblerOfReference
    /// Σ q ln(q/p) of the current shares q.
    case kullbackLeiblerOfCurrent
    /// The Jensen-Shannon divergence in nats; its square root is the distance.
    case jensenShannon
    /// Pearson's statistic of the two rows.
    case contingency
  }

  /// What is measured.
  package let measure: Measure
  /// The number of bins.
  package let bins: Int
  /// What one unit of the chi-square is worth.
  package let unit: Double
  private let tail: SmallSampleTail?
  /// The mean and variance without drift, in units of the chi-square.
  private let central: (mean: Double, variance: Double)

  /// The law for samples of `reference` and `current` values over bins of equal shares.
  ///
  /// - Complexity: O(1) from 400 values per bin on; below that some milliseconds, so that a law is
  ///   made once per monitor and kept.
  ///
  /// - Parameter floor: what an empty share is raised to where the distance needs it.
  package init(
    _ measure: Measure, bins: Int, reference: Double, current: Double, floor: Double = 1e-4
  ) {
    precondition(bins >= 2, "a distance of histograms needs two bins")
    precondition(reference > 0 && current > 0, "a distance needs two samples")
    self.measure = measure
    self.bins = bins
    let scale = 1 / reference + 1 / current
    switch measure {
    case .stabilityIndex: unit = scale
    case .kullbackLeiblerOfReference, .kullbackLeiblerOfCurrent: unit = scale / 2
    case .jensenShannon: unit = scale / 8
    case .contingency: unit = 1
    }
    let rows = min(reference, current)
    guard rows < 400 * Double(bins) else {
      tail = nil
      central = (Double(bins - 1), 2 * Double(bins - 1))
      return
    }
    // Between the directions of Kullback and Leibler the samples change places.
    let isSwapped = reference < current
    let tail = SmallSampleTail(bins: bins, rows: rows) { count in
      Self.term(measure, isSwapped, 1 / Double(bins), count / rows, rows, floor)
    }
    self.tail = tail
    central = tail.moments
  }

  /// One bin's part of the distance of exact shares `p` and measured ones `q`, in units of the
  /// chi-square.
  private static func term(
    _ measure: Measure, _ isSwapped: Bool, _ p: Double, _ q: Double, _ rows: Double,
    _ floor: Double
  ) -> Double {
    let floored = max(q, floor)
    let log = PortableMath.log(floored / p)
    switch (measure, isSwapped) {
    case (.stabilityIndex, _): return rows * (floored - p) * log
    case (.kullbackLeiblerOfReference, false), (.kullbackLeiblerOfCurrent, true):
      return -2 * rows * p * log
    case (.kullbackLeiblerOfCurrent, false), (.kullbackLeiblerOfReference, true):
      return 2 * rows * floored * log
    case (.jensenShannon, _):
      let middle = (p + q) / 2
      return 4 * rows
        * (p * PortableMath.log(p / middle) + (q > 0 ? q * PortableMath.log(q / middle) : 0))
    case (.contingency, _): return rows * (q - p) * (q - p) / p
    }
  }

  /// The mean where the true distance is `distance`; for the contingency statistic that is the
  /// noncentrality.
  package func mean(of distance: Double = 0) -> Double { distance + central.mean * unit }

  /// The variance where the true distance is `distance`.
  package func variance(of distance: Double = 0) -> Double {
    central.variance * unit * unit + 4 * unit * distance
  }

  /// The alarm limit that is exceeded with probability 1 - `level` where there is no drift.
  package func critical(level: Double = 0.95) -> Double {
    unit * (tail?.quantile(above: 1 - level) ?? ChiSquare.quantile(level, degrees: degrees))
  }

  /// The probability of a distance of at least `measured` where there is no drift; absolute error
  /// below 0.001 where the tail is computed.
  package func pValue(of measured: Double) -> Double {
    tail?.survival(measured / unit) ?? ChiSquare.survival(measured / unit, degrees: degrees)
  }

  /// Draws a measured distance where the true one is `distance`: two words, no row is simulated.
  ///
  /// A small sample adds what the computed tail has beyond the chi-square of the same rank. That is
  /// exact without drift; under a drift that moves bins towards empty the measured index of 10
  /// values per bin scatters by a third more than is drawn, while its chance to alarm agrees within
  /// 0.02.
  package func sample(true distance: Double, _ source: inout some RandomSource) -> Double {
    let z = PortableMath.normalQuantile(openUniform(&source))
    let u = openUniform(&source)
    let rest = degrees > 1 ? ChiSquare.quantile(u, degrees: degrees - 1) : 0
    let centre = (distance / unit).squareRoot()
    let value = (z + centre) * (z + centre) + rest
    guard let tail else { return unit * value }
    let plain = z * z + rest
    let chance = ChiSquare.survival(plain, degrees: degrees)
    return unit * max(0, value + tail.quantile(above: chance) - plain)
  }

  private var degrees: Double { Double(bins - 1) }
}
