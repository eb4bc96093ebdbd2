import Quantities
import Statistics

/// How the metrics of a sweep answer to one axis, the other axes averaged out.
package struct SweepResponse: Hashable, Sendable {
  package var axis: SettingAxis
  package var levels: [Level]

  /// A value of the axis, or a stretch of it where points were drawn.
  package struct Level: Hashable, Sendable {
    /// `4`, or `100/s..180/s`.
    package var label: String
    /// The number, or the middle of the stretch, in the unit of the axis; nil for words.
    package var number: Double?
    package var points: Int
    /// By metric: the mean over the points of the level with its 95 % interval, which has no ends
    /// where each was run once.
    package var means: [ConfidenceInterval?]
  }

  /// The levels at most that an axis is cut into where its values were drawn.
  private static let stretches = 5

  /// The response of a sweep to one of its axes.
  package init(of sweep: SweepResults, to place: Int) {
    axis = sweep.plan.axes[place]
    let valid = sweep.results.filter { $0.outcome != nil }
    let groups: [(label: String, number: Double?, results: [SweepResult])]
    switch axis.levels {
    case .values(let values):
      let numbers = axis.numbers(of: values)
      groups = values.indices.map { index in
        (
          values[index], numbers?[index],
          valid.filter { $0.point.values[place] == values[index] }
        )
      }
    case .continuous(let range):
      groups = Self.stretches(of: valid, place, range)
    }
    levels = groups.filter { !$0.results.isEmpty }.map { group in
      Level(
        label: group.label, number: group.number, points: group.results.count,
        means: sweep.plan.metrics.indices.map { metric in
          Self.mean(group.results.compactMap { $0.cells[metric] })
        })
    }
  }

  private static func stretches(
    of results: [SweepResult], _ place: Int, _ range: AxisRange
  ) -> [(label: String, number: Double?, results: [SweepResult])] {
    let count = min(stretches, max(1, results.count / 2))
    return (0..<count).map { index in
      let low = range.number(at: Double(index) / Double(count))
      let high = range.number(at: Double(index + 1) / Double(count))
      let inside = results.filter { result in
        guard let value = AxisNumber(result.point.values[place])?.value else { return false }
        return (index == 0 || value >= low) && (index == count - 1 || value < high)
      }
      return (
        "\(range.low.text(low))..\(range.low.text(high))",
        range.number(at: (Double(index) + 0.5) / Double(count)), inside
      )
    }
  }

  /// The mean over points; points share their random numbers, so that its spread is that of the
  /// means of the replications.
  private static func mean(_ cells: [SweepCell]) -> ConfidenceInterval? {
    guard let first = cells.first else { return nil }
    if cells.allSatisfy({ $0.values.count < 2 }) {
      // One run of each gives a mean and no interval.
      return ConfidenceInterval(
        estimate: cells.reduce(0) { $0 + $1.estimate } / Double(cells.count),
        low: -.infinity, high: .infinity, level: 0.95)
    }
    if cells.count == 1 {
      return ConfidenceInterval(
        estimate: first.estimate, low: first.low ?? first.estimate,
        high: first.high ?? first.estimate, level: 0.95)
    }
    let estimate = cells.reduce(0) { $0 + $1.estimate } / Double(cells.count)
    let count = cells.map(\.values.count).min() ?? 0
    let means = (0..<count).compactMap { index -> Double? in
      let values = cells.compactMap { $0.values[index] }
      return values.count == cells.count
        ? values.reduce(0, +) / Double(values.count) : nil
    }
    let half = means.count > 1 ? ConfidenceInterval.ofMean(means, level: 0.95).halfWidth : 0
    guard half == 0 else {
      return ConfidenceInterval(
        estimate: estimate, low: estimate - half, high: estimate + half, level: 0.95)
    }
    // What no replication saw move may still be unsure, such as a share without failures.
    func mean(_ end: (SweepCell) -> Double?) -> Double {
      cells.reduce(0) { $0 + (end($1) ?? $1.estimate) } / Double(cells.count)
    }
    return ConfidenceInterval(
      estimate: estimate, low: min(mean(\.low), estimate), high: max(mean(\.high), estimate),
      level: 0.95)
  }
}
