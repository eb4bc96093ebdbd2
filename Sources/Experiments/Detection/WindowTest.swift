import Statistics

/// Comparisons of a window of rows with a reference.
package enum WindowTest: String, Hashable, Sendable, CaseIterable {
  case psi
  case kl
  case js
  case wasserstein
  case ks
  case chiSquare = "chi-square"
  case mannWhitney = "mann-whitney"

  /// One line, lowercase, without a full stop.
  package var summary: String {
    switch self {
    case .psi: "population stability index of a window against the reference"
    case .kl: "what a window loses if it is coded for the reference, in nats"
    case .js: "distance of Jensen and Shannon of a window from the reference, in nats"
    case .wasserstein: "how far values moved on average, in deviations of the reference"
    case .ks: "largest distance of the distribution functions, by its p-value"
    case .chiSquare: "counts per bin of a window and the reference, by their p-value"
    case .mannWhitney: "whether a window ranks higher or lower, by its p-value"
    }
  }

  /// What can be set.
  package var parameters: [StreamDetector.Parameter] {
    switch self {
    case .psi: [Self.bins, Self.limit(0.2), Self.sizeAware]
    case .kl, .js: [Self.bins, Self.limit(0.1)]
    case .wasserstein: [Self.limit(0.1)]
    case .ks, .mannWhitney: [Self.alpha]
    case .chiSquare: [Self.alpha, Self.bins]
    }
  }

  /// Whether it alarms by a p-value, whose rate of false alarms is its alpha.
  package var isByChance: Bool {
    switch self {
    case .ks, .chiSquare, .mannWhitney: true
    case .psi, .kl, .js, .wasserstein: false
    }
  }

  private static let bins = StreamDetector.Parameter(
    "bins", 10, .count(2...1_000),
    "bins of equal shares of the reference; one for each value where it has 20 or fewer")
  private static let alpha = StreamDetector.Parameter(
    "alpha", 0.01, .number(1e-12...0.5), "significance of one window")
  private static let sizeAware = StreamDetector.Parameter(
    "alpha", 0, .number(0...0.5),
    "significance of one window, which sets the limit by the number of rows; 0 to use limit")

  private static func limit(_ standard: Double) -> StreamDetector.Parameter {
    StreamDetector.Parameter(
      "limit", standard, .number(1e-9...1e9), "distance from which on a window alarms")
  }
}

/// A reference that windows are compared with.
package struct WindowReference: Sendable {
  private let test: WindowTest
  private let settings: [Double]
  private let values: [Double]
  private let bins: Bins
  private let counts: [Double]

  /// The bins of a histogram.
  private enum Bins: Sendable {
    /// One for each of the values, and one for any other.
    case values([Double])
    case quantiles(QuantileBins)

    func counts(of sample: [Double]) -> [Double] {
      switch self {
      case .quantiles(let bins): return bins.counts(of: sample)
      case .values(let known):
        var counts = [Double](repeating: 0, count: known.count + 1)
        for value in sample {
          var (low, high) = (0, known.count)
          while low < high {
            let middle = (low + high) / 2
            if known[middle] < value { low = middle + 1 } else { high = middle }
          }
          let isKnown = low < known.count && known[low] == value
          counts[isKnown ? low : known.count] += 1
        }
        return counts
      }
    }
  }

  /// How many different values are still a bin each.
  private static let fewValues = 20

  /// The reference of a test with its settings.
  package init(_ values: [Double], for test: WindowTest, _ settings: [Double]) {
    precondition(!values.isEmpty, "a reference has rows")
    self.values = values
    self.test = test
    self.settings = settings
    var known: Set<Double> = []
    for value in values where known.count <= Self.fewValues { known.insert(value) }
    let place = test.parameters.firstIndex { $0.name == "bins" }
    bins =
      known.count <= Self.fewValues
      ? .values(known.sorted())
      : .quantiles(QuantileBins(of: values, count: place.map { Int(settings[$0]) } ?? 10))
    counts = bins.counts(of: values)
  }

  /// The figure of a window against its line; a figure below the line of a p-value is an alarm, as
  /// is one at or above any other line.
  package func evidence(of window: [Double]) -> DetectorEvidence {
    switch test {
    case .ks:
      return chance(KolmogorovSmirnovTest(values, window).asymptoticP, settings[0])
    case .mannWhitney: return chance(MannWhitneyTest(values, window).twoSided, settings[0])
    case .chiSquare:
      return chance(
        ChiSquareTest(contingency: counts, bins.counts(of: window)).pValue, settings[0])
    case .wasserstein:
      return DetectorEvidence(
        SampleDistance.normedWasserstein(reference: values, current: window), line: settings[0])
    case .psi, .kl, .js: return distance(of: window)
    }
  }

  private func chance(_ p: Double, _ alpha: Double) -> DetectorEvidence {
    DetectorEvidence(p, line: alpha, side: .below)
  }

  private func distance(of window: [Double]) -> DetectorEvidence {
    let reference = shares(of: counts)
    let current = shares(of: bins.counts(of: window))
    switch test {
    case .kl:
      return DetectorEvidence(
        Divergence.kullbackLeibler(of: current, from: reference), line: settings[1])
    case .js:
      return DetectorEvidence(
        Divergence.jensenShannonDistance(current, reference), line: settings[1])
    case .psi, .ks, .wasserstein, .chiSquare, .mannWhitney:
      let law = StabilityIndexLaw(
        bins: max(2, counts.count { $0 > 0 }), reference: Double(values.count),
        current: Double(window.count))
      return DetectorEvidence(
        populationStabilityIndex(reference: reference, current: current),
        line: settings[2] > 0 ? law.critical(level: 1 - settings[2]) : settings[1])
    }
  }
}

extension DetectorEvidence {
  /// Whether a window with this figure alarms.
  package var isAlarm: Bool { side == .above ? statistic >= line : statistic < line }
}
