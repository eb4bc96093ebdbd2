/// All combinations of the values of some knobs, the last knob turning fastest.
package struct PlanSpace: Sendable {
  /// The path under which a knob names variants.
  package static let variantPath = "variant"
  /// The most combinations of a plan.
  package static let limit = 5_000

  /// Settings that a plan may turn, each with its values.
  package let knobs: [SettingAxis]
  /// The number of combinations.
  package let count: Int

  /// - Throws: `PlanProblem` without a knob, for a path given twice, for a range without steps, for
  ///   more than `limit` combinations.
  package init(_ knobs: [SettingAxis]) throws(PlanProblem) {
    guard !knobs.isEmpty else { throw .noKnobs }
    for (index, knob) in knobs.enumerated() {
      if knobs[..<index].contains(where: { $0.path == knob.path }) {
        throw .knobGivenTwice(path: knob.path)
      }
      if case .continuous = knob.levels { throw .knobWithoutSteps(knob) }
    }
    guard let count = knobs.combinationCount(upTo: Self.limit), count <= Self.limit else {
      throw .tooManyCombinations
    }
    self.knobs = knobs
    self.count = count
  }

  /// The value of each knob in a combination.
  package func values(of index: Int) -> [String] { knobs.combination(index) }

  /// The settings of a combination, in the words of `--set`.
  package func settings(of index: Int) -> [String] {
    zip(knobs, values(of: index)).filter { $0.0.path != Self.variantPath }
      .map { $0.0.setting($0.1) }
  }

  /// The variant that a combination stands on; nil where no knob names one.
  package func variant(of index: Int) -> String? {
    zip(knobs, values(of: index)).first { $0.0.path == Self.variantPath }?.1
  }
}

/// Why there can be no plan.
package enum PlanProblem: Error, Sendable, Hashable {
  /// Nothing may be chosen.
  case noKnobs
  case knobGivenTwice(path: String)
  /// Everything between two ends: there are no values to try.
  case knobWithoutSteps(SettingAxis)
  /// More than `PlanSpace.limit`.
  case tooManyCombinations
  /// Nothing says what the cheapest must meet.
  case noThresholds
  /// One replication has no interval.
  case oneReplication
  /// A share of runs that so few runs cannot show.
  case tooFewReplications(threshold: String, needed: Int)
}
