/// How Kayenta adds the verdicts on metrics up to a score of a canary (`WeightedSumScorer.scala`,
/// `ThresholdScoreClassifier.scala`).
package struct KayentaScore: Hashable, Sendable {
  /// One judged metric and the groups it belongs to.
  package struct Metric: Hashable, Sendable {
    /// The verdict.
    package var verdict: KayentaJudge.Verdict
    /// The names of its groups.
    package var groups: [String]

    /// A judged metric.
    package init(_ verdict: KayentaJudge.Verdict, groups: [String]) {
      self.verdict = verdict
      self.groups = groups
    }
  }

  /// The weight of a group in the score, out of 100.
  package struct Weight: Hashable, Sendable {
    /// The name of the group.
    package var group: String
    /// Its part of 100.
    package var weight: Double

    /// A weight of a group.
    package init(_ group: String, _ weight: Double) {
      self.group = group
      self.weight = weight
    }
  }

  /// The score of one group.
  package struct Group: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The share of its metrics that passed, out of 100.
    ///
    /// Metrics without data do not count; where no metric had any it is nil, which counts as 100.
    package var score: Double?
  }

  /// What a score leads to.
  package enum Outcome: Hashable, Sendable {
    case pass
    case marginal
    case fail
  }

  /// The groups in the order in which they first came.
  package let groups: [Group]
  /// The score, to two decimals.
  package let summary: Double

  /// Scores the judged metrics of a canary.
  ///
  /// Groups without a weight share what the weights leave of 100. A critical failure, or no data
  /// for half of the metrics or more, makes the score 0.
  package init(_ metrics: [Metric], weights: [Weight] = []) {
    precondition(!metrics.isEmpty, "a score needs a metric")
    var names: [String] = []
    for metric in metrics {
      for group in metric.groups where !names.contains(group) { names.append(group) }
    }
    let scored = names.map { name in
      Group(name: name, score: Self.score(metrics.filter { $0.groups.contains(name) }))
    }
    groups = scored
    let missing = metrics.count { $0.verdict.label == .noData }
    let isCritical = metrics.contains { $0.verdict.isCritical && $0.verdict.label != .pass }
    if isCritical || 2 * missing >= metrics.count {
      summary = 0
      return
    }
    let given = weights.reduce(0) { $0 + $1.weight }
    let free = names.count { name in !weights.contains { $0.group == name } }
    let sum = scored.reduce(0) { sum, group in
      let weight =
        weights.first { $0.group == group.name }?.weight ?? (100 - given) / Double(free)
      return sum + (group.score ?? 100) * weight / 100
    }
    summary = (sum * 100).rounded() / 100
  }

  /// What the score leads to under the user's two thresholds.
  package func outcome(pass: Double, marginal: Double) -> Outcome {
    summary >= pass ? .pass : summary >= marginal ? .marginal : .fail
  }

  private static func score(_ metrics: [Metric]) -> Double? {
    let passed = metrics.count { $0.verdict.label == .pass }
    let counted = metrics.count { $0.verdict.label != .noData }
    return counted == 0 ? nil : Double(passed) / Double(counted) * 100
  }
}
