import Statistics

/// How well a forecast by quantiles met what came.
package struct ForecastScore: Sendable, Hashable {
  /// Type-7 quantiles of the forecast.
  package var p10: Double
  package var p50: Double
  package var p90: Double
  package var actual: Double

  /// The score of a forecast given as runs.
  package init(runs: [Double], actual: Double) {
    precondition(!runs.isEmpty, "a forecast has runs")
    let sorted = runs.sorted()
    self.init(
      p10: quantile(0.1, ofSorted: sorted), p50: quantile(0.5, ofSorted: sorted),
      p90: quantile(0.9, ofSorted: sorted), actual: actual)
  }

  /// The score of a forecast given as quantiles.
  package init(p10: Double, p50: Double, p90: Double, actual: Double) {
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
    self.actual = actual
  }

  /// Whether it came within P10-P90.
  package var isInside: Bool { p10 <= actual && actual <= p90 }

  /// |actual − P50| / |actual|; infinite where nothing was paid and something forecast.
  package var absolutePercentageError: Double {
    let miss = (actual - p50).magnitude
    return miss == 0 ? 0 : miss / actual.magnitude
  }

  /// The pinball loss of the forecast `value` of a quantile: what lies above costs q a dollar, what
  /// lies below 1 − q (Koenker and Bassett, Econometrica 46 (1978) 33).
  package static func pinball(_ q: Double, forecast value: Double, actual: Double) -> Double {
    actual >= value ? q * (actual - value) : (1 - q) * (value - actual)
  }

  /// The losses of the three quantiles.
  package var pinball: (p10: Double, p50: Double, p90: Double) {
    (
      Self.pinball(0.1, forecast: p10, actual: actual),
      Self.pinball(0.5, forecast: p50, actual: actual),
      Self.pinball(0.9, forecast: p90, actual: actual)
    )
  }
}
