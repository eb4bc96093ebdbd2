import Quantities
import Randomness
import Syntax

/// A setting of a scenario that is varied: its path and the values that it takes.
package struct SettingAxis: Hashable, Sendable {
  /// Such as `services.ranker.replicas`.
  package var path: String
  package var levels: Levels

  package enum Levels: Hashable, Sendable {
    /// Texts as they would be written after `path=`, each once.
    case values([String])
    /// Everything between two ends, for designs that draw points.
    case continuous(AxisRange)
  }

  package init(path: String, levels: Levels) {
    self.path = path
    self.levels = levels
  }

  /// The values; nil for everything between two ends.
  package var values: [String]? {
    if case .values(let values) = levels { values } else { nil }
  }

  /// The value at a share of the axis from [0, 1): values are equally likely.
  package func value(at share: Double) -> String {
    switch levels {
    case .values(let values): values[min(Int(share * Double(values.count)), values.count - 1)]
    case .continuous(let range): range.value(at: share)
    }
  }

  /// `path=value`, in the words of `--set`.
  package func setting(_ value: String) -> String { path + "=" + value }

  /// The numbers of its values, in one unit; nil where not all of them are numbers.
  package func numbers(of values: [String]) -> [Double]? {
    let read = values.map { AxisNumber($0) }
    guard let first = read.first ?? nil else { return nil }
    let numbers = read.compactMap { $0 }
    guard numbers.count == values.count, numbers.allSatisfy({ $0.hasUnit(of: first) }) else {
      return nil
    }
    return numbers.map(\.value)
  }
}

/// Two ends of an axis in one unit.
package struct AxisRange: Hashable, Sendable {
  package var low: AxisNumber
  package var high: AxisNumber
  /// Whether equal factors take equal shares, instead of equal differences.
  package var isLogarithmic: Bool

  package init(low: AxisNumber, high: AxisNumber, isLogarithmic: Bool) {
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
  }

  /// The value at a share of the range from 0 to 1.
  package func value(at share: Double) -> String { low.text(number(at: share)) }

  /// The number at a share of the range from 0 to 1.
  package func number(at share: Double) -> Double {
    guard isLogarithmic else { return low.value + share * (high.value - low.value) }
    return low.value * PortableMath.exp(share * PortableMath.log(high.value / low.value))
  }
}

extension SettingAxis {
  /// The axis in the words of `--vary`.
  package var text: String {
    switch levels {
    case .values(let values): path + "=" + values.joined(separator: ",")
    case .continuous(let range):
      path + "=\(range.value(at: 0))..\(range.value(at: 1))" + (range.isLogarithmic ? ":log" : "")
    }
  }
}

extension [SettingAxis] {
  /// The number of combinations of the values, counted no further than past a limit; nil where an
  /// axis has no values.
  package func combinationCount(upTo limit: Int) -> Int? {
    var count = 1
    for axis in self {
      guard let values = axis.values else { return nil }
      count = Swift.min(count * values.count, limit + 1)
    }
    return count
  }

  /// The values of a combination, of which the last axis turns fastest.
  ///
  /// - Precondition: every axis has values.
  package func combination(_ number: Int) -> [String] {
    var rest = number
    var combination: [String] = []
    for axis in reversed() {
      guard let values = axis.values else {
        preconditionFailure("combinations have values on every axis")
      }
      combination.append(values[rest % values.count])
      rest /= values.count
    }
    return combination.reversed()
  }
}
