import Experiments
import Statistics

extension Reading {
  /// A figure by its interval; one without width is exact, one without ends is of a single run.
  init(_ interval: ConfidenceInterval, _ unit: Unit) {
    guard interval.isBounded else {
      self = .simulated(interval.estimate, nil, unit)
      return
    }
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
  /// Whether it has ends: one run gives none.
  var isBounded: Bool { low.isFinite && high.isFinite }

  /// The ends; nil where it has none.
  var bounds: Reading.Bounds? { isBounded ? Reading.Bounds(self) : nil }

  /// Whether it is a difference that no replication showed.
  var isNothing: Bool { estimate == 0 && low == 0 && high == 0 }
}
