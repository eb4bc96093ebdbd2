import MLSystem
import Statistics

/// The simplest arm that keeps a stated share of what the best one gains, at a stated share of its
/// cost.
///
/// *Simpler* means: fewer values written to describe the system (traffic, routes, services,
/// machines, tasks, models, data, people), defaults not counted. *Gain* is measured from the
/// simplest arm of all: it is what more words buy.
package struct SimplestChoice: Sendable {
  /// What is asked.
  package struct Wish: Sendable, Hashable {
    /// The least share of the best arm's gain.
    package var gain: Double
    /// The largest share of the best arm's cost; nil for any.
    package var cost: Double?

    package init(gain: Double = 0.95, cost: Double? = nil) {
      self.gain = gain
      self.cost = cost
    }
  }

  /// One arm beside the best.
  package struct Candidate: Sendable {
    package var arm: Int
    package var declared: Int
    /// Share of the best arm's gain.
    package var gain: ConfidenceInterval
    /// Share of the best arm's cost; nil where a cost is not known.
    package var cost: ConfidenceInterval?

    /// Whether the wish is fulfilled by the intervals, which hold together.
    func fulfils(_ wish: Wish) -> Bool {
      gain.low >= wish.gain
        && (wish.cost.map { limit in cost.map { $0.high <= limit } ?? false } ?? true)
    }
  }

  package var metric: String
  package var wish: Wish
  /// The arm with the best estimate, and the simplest of all, from which gains are measured.
  package var best: Int
  package var reference: Int
  /// Those that keep a part of the gain for sure, by simplicity and then by what they keep, without
  /// the two above.
  package var candidates: [Candidate]
  /// The simplest that fulfils the wish for sure; nil where only the best itself does.
  package var chosen: Candidate?

  /// The choice on a row; nil where the best arm is the simplest, or no gain over the simplest is
  /// shown.
  static func of(
    _ row: Comparison.Row, cost: Comparison.Row?, _ arms: [Comparison.Arm], among rivals: [Int],
    wish: Wish, level: Double
  ) -> SimplestChoice? {
    guard let lower = row.betterIsLower else { return nil }
    let counted = rivals.filter {
      arms[$0].declared != nil && row.figures[$0]?.estimate != nil
    }
    func declared(_ arm: Int) -> Int { arms[arm].declared ?? 0 }
    func estimate(_ arm: Int) -> Double { row.figures[arm]?.estimate ?? 0 }
    guard counted.count > 1,
      let reference = counted.min(by: { (declared($0), $0) < (declared($1), $1) }),
      let best = counted.min(by: {
        lower ? estimate($0) < estimate($1) : estimate($0) > estimate($1)
      }),
      declared(best) > declared(reference),
      Evidence(best, beside: reference, on: row, arms, level: level, pairs: 1) == .better
    else { return nil }
    let rest = counted.filter { $0 != best && $0 != reference && declared($0) < declared(best) }
    // Two statements on each candidate hold together.
    let each = 1 - (1 - level) / Double(max(1, rest.count * 2))
    let candidates = rest.compactMap { arm -> Candidate? in
      guard
        let gain = share(
          row.figures[arm], row.figures[best], over: row.figures[reference], level: each)
      else { return nil }
      guard gain.low > 0 else { return nil }
      return Candidate(
        arm: arm, declared: declared(arm), gain: gain,
        cost: share(cost?.figures[arm], cost?.figures[best], over: nil, level: each))
    }.sorted { ($0.declared, -$0.gain.estimate) < ($1.declared, -$1.gain.estimate) }
    return SimplestChoice(
      metric: row.name, wish: wish, best: best, reference: reference, candidates: candidates,
      chosen: candidates.first { $0.fulfils(wish) })
  }

  private static func share(
    _ figure: Figure?, _ best: Figure?, over reference: Figure?, level: Double
  ) -> ConfidenceInterval? {
    guard let figure, let best, figure.values.count == best.values.count else { return nil }
    var parts: [Double] = []
    var wholes: [Double] = []
    for index in figure.values.indices {
      guard let value = figure.values[index], let top = best.values[index] else { continue }
      var zero = 0.0
      if let reference {
        guard let seen = reference.values[index] else { continue }
        zero = seen
      }
      parts.append(value - zero)
      wholes.append(top - zero)
    }
    return RatioInterval.of(parts, wholes, level: level)
  }
}
