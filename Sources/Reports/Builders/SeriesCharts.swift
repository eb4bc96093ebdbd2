import Experiments
import MLSystem
import Quantities

/// Pictures of what was recorded over time: one for each metric, a line for each subject.
enum SeriesCharts {
  /// A metric to draw, what it measures in words, and which end of it a reader fears.
  struct Wanted {
    enum End {
      case low
      case high
    }

    var name: String
    var measure: String
    var fears: End

    init(_ name: String, _ measure: String, fears: End = .high) {
      self.name = name
      self.measure = measure
      self.fears = fears
    }
  }

  /// The charts of the metrics that were recorded, in the order asked for.
  static func charts(_ results: Results, metrics: [Wanted]) -> [Chart] {
    metrics.compactMap { wanted in
      let name = wanted.name
      let all = results.series.filter {
        $0.name.metric == name && $0.name.selector == nil && $0.step > .zero
      }
      guard let first = all.first, !first.mean.isEmpty else { return nil }
      let alike = all.filter { $0.step == first.step && $0.unit == first.unit }
        .prefix(Palette.count)
      let unit = Unit(first.unit)
      let hasBand = alike.contains { !$0.low.isEmpty }
      let runs = results.identity.replications
      let spread = hasBand ? ", mean and P10-P90 of \(runs) runs" : ", mean of \(runs) runs"
      let scale = UnitScale(unit, fitting: first.mean.max() ?? 0).name
      let unitName = scale.isEmpty || scale.hasPrefix("/") ? "" : ", \(scale)"
      return Chart(
        id: "series-\(name)", title: title(wanted, Array(alike), unit),
        subtitle: capitalised(wanted.measure) + unitName
          + (runs > 1 ? spread : ", one run"),
        content: .timeSeries(
          TimeSeriesChart(
            step: first.step.seconds, unit: unit,
            lines: alike.map { series in
              let isBand =
                series.low.count == series.mean.count
                && series.high.count == series.mean.count
              return TimeSeriesChart.Line(
                series.name.subject, series.mean, low: isBand ? series.low : [],
                high: isBand ? series.high : [])
            })))
    }
  }

  /// What the most extreme line does: its highest value, or its lowest where more is better.
  private static func title(_ wanted: Wanted, _ series: [JoinedSeries], _ unit: Unit) -> String {
    var best: (series: JoinedSeries, index: Int)?
    for candidate in series {
      for (index, value) in candidate.mean.enumerated() {
        if let known = best.map({ $0.series.mean[$0.index] }) {
          if wanted.fears == .low ? value >= known : value <= known { continue }
        }
        best = (candidate, index)
      }
    }
    guard let best else { return wanted.measure }
    let value = best.series.mean[best.index]
    let text = Reading.observed(QuantityRounding.toThreeDigits(value), unit).text.value
    let subject = "\(best.series.name.subject): \(wanted.measure)"
    if best.series.mean.allSatisfy({ $0 == value }) { return "\(subject) stay at \(text)" }
    let at = Instant.start + best.series.step * Double(best.index)
    return "\(subject) \(wanted.fears == .low ? "down" : "up") to \(text), from \(at.text)"
  }
}

private func capitalised(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst()
}

/// Rounding for figures that stand in sentences.
enum QuantityRounding {
  /// The value with three significant digits.
  static func toThreeDigits(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let place = NumberText.leadingPlace(of: value) - 2
    return place >= 0
      ? value.rounded() : Axis.scaled(Axis.scaled(value, byTenTo: -place).rounded(), byTenTo: place)
  }
}
