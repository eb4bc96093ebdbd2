import Statistics

/// How an arm stands on all chosen metrics together.
package enum Standing: Sendable, Hashable {
  /// No other arm is shown to be better in one metric without being shown worse in another.
  case notDominated
  /// The named arm is shown better in one metric and worse in none, but intervals leave others
  /// open.
  case possiblyDominated(by: Int)
  /// The named arm is shown better in one metric at least and better or equal in practice in all.
  case dominated(by: Int)
  /// Its traffic or its incidents are not those of the baseline, so that it is no rival.
  case notJudged

  /// Whether it is worth discussing: a rival that nothing beats for sure.
  package var isOpen: Bool {
    switch self {
    case .notDominated, .possiblyDominated: true
    case .dominated, .notJudged: false
    }
  }
}

/// The Pareto set by evidence.
enum ParetoSet {
  /// The standing of each arm; all statements about pairs hold together at `level` (Bonferroni over
  /// pairs of rivals and metrics).
  static func standings(
    _ rows: [Comparison.Row], _ arms: [Comparison.Arm], among rivals: [Int], level: Double
  ) -> [Standing] {
    let pairs = max(1, rivals.count * (rivals.count - 1) / 2 * rows.count)
    var evidence: [[[Evidence]]] = arms.indices.map { _ in arms.indices.map { _ in [] } }
    for first in rivals {
      for second in rivals where second != first {
        evidence[first][second] = rows.map {
          Evidence(first, beside: second, on: $0, arms, level: level, pairs: pairs)
        }
      }
    }
    return arms.indices.map { arm in
      guard rivals.contains(arm) else { return .notJudged }
      let others = rivals.filter { $0 != arm && evidence[$0][arm].contains(.better) }
      let sure = others.first { other in
        evidence[other][arm].allSatisfy { $0 == .better || $0 == .equal }
      }
      if let sure { return .dominated(by: sure) }
      let open = others.first { !evidence[$0][arm].contains(.worse) }
      return open.map { .possiblyDominated(by: $0) } ?? .notDominated
    }
  }
}
