import Experiments
import Statistics

/// The pictures of a sweep: metrics along an axis, and over two axes.
enum SweepCharts {
  /// Metrics that get pictures, and curves in one.
  private static let metricLimit = 6
  private static let curveLimit = 6
  /// Levels of an axis at most that a picture shows.
  private static let levelLimit = 60

  static func section(_ sweep: SweepResults, _ names: AxisNames) -> Section? {
    var charts: [Chart] = []
    for metric in sweep.plan.metrics.indices.prefix(metricLimit) {
      charts += sweep.plan.axes.indices.compactMap { chart(sweep, names, metric, along: $0) }
      if let map = map(sweep, names, metric) { charts.append(map) }
    }
    guard !charts.isEmpty else { return nil }
    return Section(id: "pictures", heading: "Pictures", blocks: charts.map { .chart($0) })
  }

  /// A metric along an axis: lines along numbers, dots beside words.
  private static func chart(
    _ sweep: SweepResults, _ names: AxisNames, _ metric: Int, along place: Int
  ) -> Chart? {
    let response = SweepResponse(of: sweep, to: place)
    guard response.levels.count > 1, response.levels.count <= levelLimit,
      let title = title(response, sweep.plan.metrics[metric], names.short[place], metric)
    else { return nil }
    let isOfNumbers = response.levels.allSatisfy { $0.number != nil }
    let mean = sweep.plan.axes.count > 1 && !isOfNumbers ? ", mean over the others" : ""
    return Chart(
      id: "response-\(metric + 1)-\(place + 1)", title: title,
      subtitle: "\(sweep.plan.metrics[metric].name) by \(names.short[place])\(mean), "
        + "95 % intervals",
      content: isOfNumbers
        ? .load(lines(sweep, names, metric, along: place, response))
        : .intervals(dots(response, metric, Unit(sweep.plan.metrics[metric].unit))))
  }

  /// The finding: from where to where a metric goes, if the intervals show that it does; nil where
  /// it does not move at all, which needs no picture.
  private static func title(
    _ response: SweepResponse, _ metric: SweepMetric, _ axis: String, _ place: Int
  ) -> String? {
    let seen = response.levels.compactMap { level in
      level.means[place].map { (label: level.label, value: $0) }
    }
    guard let low = seen.min(by: { $0.value.estimate < $1.value.estimate }),
      let high = seen.max(by: { $0.value.estimate < $1.value.estimate }),
      low.value.estimate < high.value.estimate
    else { return nil }
    guard low.value.isBounded, high.value.isBounded else {
      return "\(metric.name) by \(axis): one run each, so that no difference is sure"
    }
    guard low.value.high < high.value.low else {
      return "No \(axis) shows another \(metric.name): the intervals overlap"
    }
    func said(_ interval: ConfidenceInterval) -> String {
      Reading(interval, Unit(metric.unit)).text.value
    }
    return "\(metric.name) goes from \(said(low.value)) at \(axis) \(low.label) to "
      + "\(said(high.value)) at \(high.label)"
  }

  /// A dot for each word of an axis, the mean over everything else.
  private static func dots(_ response: SweepResponse, _ metric: Int, _ unit: Unit) -> IntervalChart
  {
    IntervalChart(
      unit: unit,
      dots: response.levels.compactMap { level in
        level.means[metric].map { .init(level.label, $0.estimate, $0.bounds) }
      }, zeroLabel: nil)
  }

  /// A metric along an axis of numbers: a curve for each value of the other axis of a grid, or the
  /// mean over everything else.
  private static func lines(
    _ sweep: SweepResults, _ names: AxisNames, _ metric: Int, along place: Int,
    _ response: SweepResponse
  ) -> LoadChart {
    let name = sweep.plan.metrics[metric].name
    let curves =
      split(sweep, names, metric, along: place)
      ?? [
        LoadChart.Curve(
          sweep.plan.axes.count > 1 ? "mean over the others" : name,
          response.levels.map { level in
            let mean = level.means[metric]
            return LoadChart.Point(level.number ?? 0, mean?.estimate, mean?.bounds)
          }.sorted { $0.load < $1.load })
      ]
    return LoadChart(
      loadName: names.short[place],
      loadUnit: .number(unitText(sweep.plan.axes[place])),
      unit: Unit(sweep.plan.metrics[metric].unit), curves: curves)
  }

  /// The unit of an axis as its values are written.
  private static func unitText(_ axis: SettingAxis) -> String {
    let text =
      switch axis.levels {
      case .values(let values): AxisNumber(values[0])
      case .continuous(let range): range.low
      }
    guard let text else { return "" }
    return text.prefix + String(text.suffix.drop { $0 == " " })
  }

  /// A curve for each value of the other axis of a grid of two.
  private static func split(
    _ sweep: SweepResults, _ names: AxisNames, _ metric: Int, along place: Int
  ) -> [LoadChart.Curve]? {
    guard sweep.plan.design == .grid, sweep.plan.axes.count == 2,
      case .values(let values) = sweep.plan.axes[1 - place].levels, values.count <= curveLimit,
      case .values(let along) = sweep.plan.axes[place].levels,
      let numbers = sweep.plan.axes[place].numbers(of: along)
    else { return nil }
    return values.map { value in
      let results = sweep.results.filter { $0.point.values[1 - place] == value }
      let points = zip(along, numbers).compactMap { text, number -> LoadChart.Point? in
        guard let cell = results.first(where: { $0.point.values[place] == text })?.cells[metric]
        else { return nil }
        return LoadChart.Point(number, cell.estimate, bounds(cell))
      }
      return LoadChart.Curve(
        "\(names.short[1 - place]) \(value)", points.sorted { $0.load < $1.load })
    }
  }

  private static func bounds(_ cell: SweepCell) -> Reading.Bounds? {
    cell.low.flatMap { low in cell.high.map { Reading.Bounds(low, $0) } }
  }

  /// A metric over both axes of a grid of two.
  private static func map(
    _ sweep: SweepResults, _ names: AxisNames, _ metric: Int
  ) -> Chart? {
    guard sweep.plan.design == .grid, sweep.plan.axes.count == 2,
      case .values(let rows) = sweep.plan.axes[0].levels,
      case .values(let columns) = sweep.plan.axes[1].levels, rows.count > 1, columns.count > 1,
      rows.count <= 40, columns.count <= 16
    else { return nil }
    let cells = rows.indices.map { row in
      columns.indices.map { column -> HeatChart.Cell in
        let result = sweep.results[row * columns.count + column]
        let note = result.outcome == .breached ? "FAIL" : result.outcome == .undecided ? "?" : ""
        guard let cell = result.cells[metric] else { return HeatChart.Cell(nil, note: note) }
        return HeatChart.Cell(cell.estimate, bounds(cell), note: note)
      }
    }
    guard Set(cells.joined().compactMap(\.value)).count > 1 else { return nil }
    let name = sweep.plan.metrics[metric].name
    let met = sweep.results.count { $0.outcome == .met }
    return Chart(
      id: "map-\(metric + 1)",
      title: "\(name): \(met) of \(sweep.results.count) cells meet every threshold",
      subtitle: "\(name) by \(names.short[0]) and \(names.short[1])",
      content: .heat(
        HeatChart(
          unit: Unit(sweep.plan.metrics[metric].unit), columnName: names.short[1],
          rowName: names.short[0], columns: columns, rows: rows, cells: cells)))
  }
}
