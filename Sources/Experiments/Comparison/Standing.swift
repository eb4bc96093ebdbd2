import Statistics

/// How an arm stands on all chosen metrics together.
package enum Standing: Sendable, Hashable {
  /// No other arm is shown to be better in one metric without being shown worse in another.
  case notDominated
  /// The named arm is shown better in one metric and worse in none, but intervals leave others
  /// open.
  case possiblyDominated(by: Int)
  /// The named arm is shown better in one metric at least and better or the same in all of them.
  case dominated(by: Int)

  /// Whether it is worth discussing: nothing beats it for sure.
  package var isOpen: Bool {
    if case .dominated = self { return false }
    return true
  }
}

/// The Pareto set by evidence.
enum ParetoSet {
  /// The standing of each arm; all statements about pairs hold together at `level` (Bonferroni over
  /// pairs of arms and metrics).
  static func standings(
    _ rows: [Comparison.Row], _ arms: [Comparison.Arm], level: Double
  ) -> [Standing] {
    let pairs = max(1, arms.count * (arms.count - 1) / 2 * rows.count)
    var evidence: [[[Evidence]]] = arms.indices.map { _ in arms.indices.map { _ in [] } }
    for first in arms.indices {
      for second in arms.indices where second != first {
        evidence[first][second] = rows.map {
          Evidence(first, beside: second, on: $0, arms, level: level, pairs: pairs)
        }
      }
    }
    return arms.indices.map { arm in
      let others = arms.indices.filter { $0 != arm && evidence[$0][arm].contains(.better) }
      let sure = others.first { other in
        evidence[other][arm].allSatisfy { $0 == .better || $0 == .same }
      }
      if let sure { return .dominated(by: sure) }
      let open = others.first { !evidence[$0][arm].contains(.worse) }
      return open.map { .possiblyDominated(by: $0) } ?? .notDominated
    }
  }
}
