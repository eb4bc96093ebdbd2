import Experiments
import Statistics

extension Reading {
  /// A figure by its interval; one without width is exact.
  init(_ interval: ConfidenceInterval, _ unit: Unit) {
    let isExact = interval.halfWidth <= interval.estimate.magnitude * 1e-12
    self =
      isExact
      ? .exact(interval.estimate, unit)
      : .simulated(interval.estimate, Bounds(interval), unit)
  }

  /// What a sweep or study keeps of a figure.
  init(_ cell: SweepCell, _ unit: Unit) {
    guard let low = cell.low, let high = cell.high else {
      self =
        cell.values.count > 1
        ? .exact(cell.estimate, unit) : .simulated(cell.estimate, nil, unit)
      return
    }
    self =
      low == high
      ? .exact(cell.estimate, unit) : .simulated(cell.estimate, Bounds(low, high), unit)
  }
}

extension ConfidenceInterval {
  /// Whether it is a difference that no replication showed.
  var isNothing: Bool { estimate == 0 && low == 0 && high == 0 }
}
