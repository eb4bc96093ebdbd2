import Randomness

/// The drift scores of Evidently 0.7, bin by bin as it computes them
/// (`evidentlyai/evidently src/evidently/legacy/calculations/stattests`).
///
/// A numeric feature with more than 20 values is cut into equal widths over both samples together,
/// any other has a bin per value. An empty share becomes 0.0001, or a millionth of the least share
/// where that is no greater than 0.0001.
package struct EvidentlyDrift: Hashable, Sendable {
  /// The shares of the reference, as counted.
  package let reference: [Double]
  /// The shares of the current values, as counted.
  package let current: [Double]
  private let rows: Double

  /// Scores of a numeric feature.
  package init(reference: [Double], current: [Double]) {
    let values = Set(reference)
    if values.count > 20 {
      let bins = EqualWidthBins(sturges: reference + current)
      self.init(
        referenceCounts: bins.counts(of: reference), reference.count,
        currentCounts: bins.counts(of: current), current.count)
      return
    }
    let all = values.union(current).sorted()
    self.init(categories: all, reference: reference, current: current)
  }

  /// Scores of a feature of `categories`, which name every value of both samples once.
  package init<Value: Hashable>(categories: [Value], reference: [Value], current: [Value]) {
    func counts(_ values: [Value]) -> [Double] {
      var counts: [Value: Double] = [:]
      for value in values { counts[value, default: 0] += 1 }
      return categories.map { counts[$0] ?? 0 }
    }
    self.init(
      referenceCounts: counts(reference), reference.count, currentCounts: counts(current),
      current.count)
  }

  private init(
    referenceCounts: [Double], _ n: Int, currentCounts: [Double], _ m: Int
  ) {
    precondition(n > 0 && m > 0, "a drift score needs two samples")
    reference = referenceCounts.map { $0 / Double(n) }
    current = currentCounts.map { $0 / Double(m) }
    rows = Double(m)
  }

  /// The stability index; drift from 0.1 on.
  package var stabilityIndex: Double {
    zip(Self.filled(reference), Self.filled(current)).reduce(0) {
      $0 + ($1.0 - $1.1) * PortableMath.log($1.0 / $1.1)
    }
  }

  /// The loss of the reference against the current shares, both renormalised; drift from 0.1 on.
  package var kullbackLeibler: Double {
    Divergence.kullbackLeibler(
      of: shares(of: Self.filled(reference)), from: shares(of: Self.filled(current)),
      floor: .leastNonzeroMagnitude)
  }

  /// The Jensen-Shannon distance in nats, without a floor; drift from 0.1 on.
  package var jensenShannonDistance: Double {
    Divergence.jensenShannonDistance(shares(of: reference), shares(of: current))
  }

  /// The p-value of the current counts against the reference scaled to as many rows.
  ///
  /// It takes the reference for exact, so the statistic is inflated by about 1 + m / n: a
  /// contingency test (``ChiSquareTest``) has the rate of false alarms that it states.
  package var chiSquareP: Double {
    ChiSquareTest(
      observed: current.map { $0 * rows }, expected: reference.map { $0 * rows }
    ).pValue
  }

  private static func filled(_ shares: [Double]) -> [Double] {
    let least = shares.filter { $0 > 0 }.min() ?? 1
    let floor = least <= 1e-4 ? least / 1e6 : 1e-4
    return shares.map { $0 == 0 ? floor : $0 }
  }
}

/// The drift score of NannyML for a numeric feature (`NannyML/nannyml
/// nannyml/drift/univariate/methods.py`).
package enum NannyMLDrift {
  /// The Jensen-Shannon distance in bits over Doane's bins of the reference, and one more bin for
  /// the current values outside them; an alarm above 0.1 by default.
  package static func jensenShannonDistance(reference: [Double], current: [Double]) -> Double {
    precondition(!reference.isEmpty && !current.isEmpty, "a drift score needs two samples")
    let bins = EqualWidthBins(doane: reference)
    let inside = bins.counts(of: current)
    let outside = Double(current.count) - inside.reduce(0, +)
    return Divergence.jensenShannonDistance(
      shares(of: bins.counts(of: reference) + [0]), shares(of: inside + [outside]), base: .two)
  }
}
