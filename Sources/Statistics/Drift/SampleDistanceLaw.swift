import Randomness

/// How the largest and the mean distance of two empirical distribution functions (Kolmogorov and
/// Smirnov's D, the first Wasserstein distance) scatter when samples of known laws are compared.
///
/// The difference of the two functions is the true one plus two independent Brownian bridges, run
/// in the time of their own law and scaled by their sample (Donsker). Both are drawn on a grid of
/// some 66 places, so a draw costs microseconds whatever the samples hold, and is right without
/// drift, under a large drift, and between. Within a stretch of the grid the largest value of a
/// bridge is drawn exactly (a Rayleigh variate about its ends).
///
/// Good from about 50 values in the smaller sample on. Two samples of equal size have a D on a
/// coarse lattice, which makes a test on real rows more timid than its stated rate; draws have
/// none.
package struct SampleDistanceLaw: Sendable {
  /// The true largest distance of the two distribution functions.
  package let trueKolmogorov: Double
  /// The true Wasserstein distance.
  package let trueWasserstein: Double
  /// The size of one sample that scatters as much: n m / (n + m).
  package let effectiveCount: Double
  /// The variance of the difference where the true one is largest.
  private let varianceAtPeak: Double
  /// The grid: places, the two functions there, and the scales of the two samples.
  private let places: [Double]
  private let first: [Double]
  private let second: [Double]
  private let scales: (first: Double, second: Double)

  /// The law for samples of `referenceRows` and `currentRows` values.
  package init(
    reference: NormalMixture = NormalMixture(), current: NormalMixture, referenceRows: Double,
    currentRows: Double
  ) {
    precondition(referenceRows > 0 && currentRows > 0, "a distance needs two samples")
    let low = min(reference.reach.lowerBound, current.reach.lowerBound)
    let high = max(reference.reach.upperBound, current.reach.upperBound)
    func difference(_ x: Double) -> Double { reference.cumulative(x) - current.cumulative(x) }
    let step = (high - low) / 64
    var places = (0...64).map { low + Double($0) * step }
    let values = places.map(difference)
    // The peak of either sign becomes a place of its own.
    var peaks: [Double] = []
    for sign in [1.0, -1] {
      let top = values.indices.max { sign * values[$0] < sign * values[$1] } ?? 0
      if sign * values[top] <= 1e-12 { continue }
      peaks.append(Self.peak(near: places[top], within: step) { sign * difference($0) })
    }
    places = (places + peaks).sorted()
    let highest = peaks.max { abs(difference($0)) < abs(difference($1)) } ?? 0
    trueKolmogorov = peaks.isEmpty ? 0 : abs(difference(highest))
    let (f, g) = (reference.cumulative(highest), current.cumulative(highest))
    varianceAtPeak = f * (1 - f) / referenceRows + g * (1 - g) / currentRows
    effectiveCount = 1 / (1 / referenceRows + 1 / currentRows)
    scales = (1 / referenceRows, 1 / currentRows)
    first = places.map(reference.cumulative)
    second = places.map(current.cumulative)
    self.places = places
    let heights = places.map { abs(difference($0)) }
    trueWasserstein = Self.integral(places) { heights[$0] }
  }

  /// Where `value` is greatest within a step of a place: golden section.
  private static func peak(
    near place: Double, within step: Double, _ value: (Double) -> Double
  ) -> Double {
    var (low, high) = (place - step, place + step)
    for _ in 0..<60 {
      let reach = 0.3819660112501051 * (high - low)
      if value(low + reach) < value(high - reach) { low += reach } else { high -= reach }
    }
    return (low + high) / 2
  }

  /// The trapezium rule over the grid.
  private static func integral(_ places: [Double], _ value: (Int) -> Double) -> Double {
    var sum = 0.0
    for k in 1..<places.count {
      sum += (value(k - 1) + value(k)) / 2 * (places[k] - places[k - 1])
    }
    return sum
  }

  // MARK: Moments

  /// The mean and standard deviation of D without drift: Kolmogorov's law with Stephens's
  /// correction for small samples (1970, doi 10.1111/j.2517-6161.1970.tb00821.x).
  package var kolmogorovWithoutDrift: (mean: Double, deviation: Double) {
    let scale = 1 / (effectiveCount.squareRoot() * smallSample)
    return (Kolmogorov.mean * scale, Kolmogorov.variance.squareRoot() * scale)
  }

  /// The mean and standard deviation of D under a drift, the normal limit of Raghavachari 1973
  /// (doi 10.1214/aos/1193342382) for one peak.
  ///
  /// The search for the peak adds to it: where the true D is 2.7 / √(n m / (n + m)) the mean is an
  /// eighth greater and the deviation a tenth less; draws have both.
  package var kolmogorovUnderDrift: (mean: Double, deviation: Double) {
    (trueKolmogorov, varianceAtPeak.squareRoot())
  }

  private var smallSample: Double { 1 + 0.12 / effectiveCount.squareRoot() + 0.11 / effectiveCount }

  /// The mean and standard deviation of the Wasserstein distance, with or without drift.
  ///
  /// The difference is normal at every place, so its size has a known mean, and two places have the
  /// covariance of folded normals by Mehler's series, of which eight terms leave out 1 %.
  package var wasserstein: (mean: Double, deviation: Double) {
    let count = places.count
    var means = [Double](repeating: 0, count: count)
    var spreads = means
    var series = [[Double]](repeating: [], count: count)
    for k in 0..<count {
      let (f, g) = (first[k], second[k])
      let spread = (f * (1 - f) * scales.first + g * (1 - g) * scales.second).squareRoot()
      let shift = abs(f - g)
      spreads[k] = spread
      if spread < 1e-12 {
        means[k] = shift
        series[k] = [Double](repeating: 0, count: 8)
        continue
      }
      let ratio = shift / spread
      let density = PortableMath.normalDensity(ratio)
      let inside = 1 - 2 * PortableMath.normalCDF(-ratio)
      means[k] = 2 * spread * density + shift * inside
      // Derivatives of |shift + spread z| averaged over z, over √(j!).
      let sign = f >= g ? 1.0 : -1
      var terms = [spread * inside * sign]
      var (older, newer) = (0.0, 1.0)
      var factorial = 1.0
      for j in 2...8 {
        factorial *= Double(j)
        terms.append(2 * spread * density * newer / factorial.squareRoot())
        (older, newer) = (newer, -sign * ratio * newer - Double(j - 2) * older)
      }
      series[k] = terms
    }
    let mean = Self.integral(places) { means[$0] }
    var variance = 0.0
    let widths = (0..<count).map { k in
      (places[min(k + 1, count - 1)] - places[max(k - 1, 0)]) / 2
    }
    for k in 0..<count where spreads[k] > 1e-12 {
      for l in k..<count where spreads[l] > 1e-12 {
        let joint =
          first[k] * (1 - first[l]) * scales.first + second[k] * (1 - second[l]) * scales.second
        let correlation = joint / (spreads[k] * spreads[l])
        var power = 1.0
        var sum = 0.0
        for j in 0..<8 {
          power *= correlation
          sum += power * series[k][j] * series[l][j]
        }
        variance += (k == l ? 1 : 2) * widths[k] * widths[l] * sum
      }
    }
    return (mean, max(0, variance).squareRoot())
  }

  // MARK: Draws

  /// Draws a measured D and Wasserstein distance of the same two samples.
  package func sample(
    _ source: inout some RandomSource
  ) -> (kolmogorov: Double, wasserstein: Double) {
    let count = places.count
    var paths = [(Double, Double)](repeating: (0, 0), count: count)
    for k in 1..<count {
      let stepFirst = max(0, first[k] - first[k - 1]) * scales.first
      let stepSecond = max(0, second[k] - second[k - 1]) * scales.second
      paths[k] = (
        paths[k - 1].0 + stepFirst.squareRoot() * Ziggurat.normal(&source),
        paths[k - 1].1 + stepSecond.squareRoot() * Ziggurat.normal(&source)
      )
    }
    let ends = paths[count - 1]
    let shrink = 1 / smallSample
    func noise(_ k: Int) -> Double {
      paths[k].0 - first[k] * ends.0 - paths[k].1 + second[k] * ends.1
    }
    var largest = 0.0
    var area = 0.0
    var (last, lastRough) = (0.0, 0.0)
    for k in 1..<count {
      let rough = noise(k)
      let next = first[k] - second[k] + shrink * rough
      let stretch =
        (first[k] - first[k - 1]) * scales.first + (second[k] - second[k - 1]) * scales.second
      let variance = max(0, shrink * shrink * stretch)
      let (up, down) = (source.positiveUniform(), source.positiveUniform())
      // Beyond six deviations a stretch cannot matter any more.
      if max(abs(last), abs(next)) + 6 * variance.squareRoot() > largest {
        let square = (next - last) * (next - last)
        let above = (square - 2 * variance * PortableMath.log(up)).squareRoot()
        let below = (square - 2 * variance * PortableMath.log(down)).squareRoot()
        largest = max(largest, (last + next + above) / 2, (below - last - next) / 2)
      }
      let difference = first[k] - second[k] + rough
      let before = first[k - 1] - second[k - 1] + lastRough
      area += (abs(before) + abs(difference)) / 2 * (places[k] - places[k - 1])
      (last, lastRough) = (next, rough)
    }
    return (min(1, largest), area)
  }
}
