import Randomness

/// The population stability index of two histograms given as shares of equal bins: the sum of
/// (q - p) ln(q / p), each share raised to `floor` and nothing renormalised.
public func populationStabilityIndex(
  reference: [Double], current: [Double], floor: Double = 1e-4
) -> Double {
  precondition(reference.count == current.count, "both histograms have the same bins")
  precondition(floor > 0, "an empty share needs a positive floor")
  var sum = 0.0
  for (p, q) in zip(reference, current) {
    let p = max(p, floor)
    let q = max(q, floor)
    sum += (q - p) * PortableMath.log(q / p)
  }
  return sum
}

/// How a stability index that is measured on samples scatters about the true one.
///
/// With c = 1/n + 1/m for samples of n and m, a measured index over B bins is c times a noncentral
/// chi-square with B - 1 degrees of freedom and noncentrality (true index) / c: Yurdakul 2018 (PhD
/// thesis, Western Michigan University, no. 3208), so its mean without any drift is (B - 1) c. That
/// is good from 20 values per bin on; ``BinnedDistanceLaw`` holds its rate of alarms below that as
/// well.
public struct StabilityIndexLaw: Hashable, Sendable {
  /// The number of bins.
  public let bins: Int
  /// The scale c.
  public let scale: Double

  /// The law for samples of `reference` and `current` values over `bins`.
  public init(bins: Int, reference: Double, current: Double) {
    precondition(bins >= 2, "a stability index needs two bins")
    precondition(reference > 0 && current > 0, "a stability index needs two samples")
    self.bins = bins
    scale = 1 / reference + 1 / current
  }

  /// The mean of the index where the true one is `index`.
  public func mean(of index: Double = 0) -> Double { index + Double(bins - 1) * scale }

  /// The variance of the index where the true one is `index`.
  public func variance(of index: Double = 0) -> Double {
    2 * Double(bins - 1) * scale * scale + 4 * scale * index
  }

  /// The alarm limit that is exceeded with probability 1 - `level` where there is no drift.
  public func critical(level: Double = 0.95) -> Double {
    scale * ChiSquare.quantile(level, degrees: Double(bins - 1))
  }

  /// The probability of an index of at least `measured` where there is no drift.
  public func pValue(of measured: Double) -> Double {
    ChiSquare.survival(measured / scale, degrees: Double(bins - 1))
  }

  /// Draws a measured index where the true one is `index`: two words, no row is simulated.
  public func sample(true index: Double, _ source: inout some RandomSource) -> Double {
    scale
      * NoncentralChiSquare.sample(
        degrees: Double(bins - 1), noncentrality: index / scale, &source)
  }
}
