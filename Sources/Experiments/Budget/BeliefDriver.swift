import Quantities
import Randomness
import Statistics

/// How much of the range of a month's cost comes from one belief, found without further runs.
///
/// What a belief was in a run follows from the seed, the run and its path, so that the cost of the
/// runs can be set against it: the correlation of ranks tells its part, and a straight line through
/// the normal scores what the month costs from its P10 to its P90.
package struct BeliefDriver: Sendable {
  package var belief: ResolvedScenario.Belief
  /// Spearman's correlation of ranks with the monthly cost.
  package var correlation: Double
  /// Fisher's interval of it.
  package var interval: ConfidenceInterval
  /// What a month costs more where the belief is at its P90 rather than at its P10.
  package var swing: Money

  /// The fewest runs from which a correlation says anything.
  package static let leastRuns = 10

  /// Every belief of results by the size of its correlation; none below `leastRuns`.
  package static func all(_ results: Results) -> [BeliefDriver] {
    let costs = results.cost.perMonth.values.map(\.dollars)
    guard costs.count >= leastRuns, Set(costs).count > 1 else { return [] }
    let order = ranks(costs)
    let drivers = ResolvedScenario(results).beliefs.map { belief -> BeliefDriver in
      let draws = costs.indices.map { run in
        StreamFamily(seed: results.identity.seed, replication: run)
          .uniform(named: "belief " + belief.path)
      }
      let correlation = correlation(ranks(draws), order)
      let scores = draws.map { PortableMath.normalQuantile(max($0, 0x1p-54)) }
      let slope = slope(scores, costs)
      // P10 and P90 of a normal score are 1.2816 deviations off its middle.
      let swing = slope * 2 * PortableMath.normalQuantile(0.9)
      return BeliefDriver(
        belief: belief, correlation: correlation,
        interval: interval(correlation, count: costs.count), swing: Money(dollars: swing) ?? .zero)
    }
    return drivers.enumerated().sorted {
      let (a, b) = ($0.element.correlation.magnitude, $1.element.correlation.magnitude)
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
  }

  /// Ranks from 0; equal values share the mean of theirs.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
    }
    var ranks = values.map { _ in 0.0 }
    var from = 0
    while from < order.count {
      var to = from
      while to + 1 < order.count, values[order[to + 1]] == values[order[from]] { to += 1 }
      for place in from...to { ranks[order[place]] = Double(from + to) / 2 }
      from = to + 1
    }
    return ranks
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (mean(x), mean(y))
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
  }

  private static func slope(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (mean(x), mean(y))
    var (xy, xx) = (0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
    }
    return xx > 0 ? xy / xx : 0
  }

  private static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  /// Fisher's transform, with the variance 1.06 / (n − 3) of ranks (Fieller, Hartley and Pearson,
  /// Biometrika 44 (1957) 470).
  private static func interval(_ r: Double, count: Int) -> ConfidenceInterval {
    let bounded = min(max(r, -0.999_999), 0.999_999)
    let z = 0.5 * PortableMath.log((1 + bounded) / (1 - bounded))
    let half = PortableMath.normalQuantile(0.975) * (1.06 / Double(count - 3)).squareRoot()
    return ConfidenceInterval(
      estimate: r, low: min(r, PortableMath.tanh(z - half)),
      high: max(r, PortableMath.tanh(z + half)), level: 0.95)
  }
}
