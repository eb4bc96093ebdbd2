import Experiments
import MLSystem
import Quantities

/// What to do with a version of a model: ship it, work on it, or leave it.
package struct Recommendation {
  /// What is recommended.
  package enum Word: String {
    case ship, iterate, reject

    var outcome: Outcome {
      switch self {
      case .ship: .met
      case .iterate: .undecided
      case .reject: .breached
      }
    }
  }

  /// The recommendation.
  package var word: Word
  /// Why, in order of weight.
  var reasons: [String]
  var nextSteps: [String]

  /// The least ratio of the true-positive rates of two segments that passes as fair: the
  /// four-fifths rule (29 CFR 1607.4 D).
  static let fairness = 0.8

  /// Judges a version by its gates, by what became of it, and by the promises made for its model.
  ///
  /// A failed guardrail or a rollback rejects it. It is iterated upon where it only failed to beat
  /// production, where it was unfair, or where its model breached a threshold. Everything else
  /// ships.
  package init(_ version: VersionRecord, _ facts: ModelFacts) {
    let failed = version.gates.filter { !$0.isPassed }
    let harmful = failed.filter { $0.gate != "beats production" }
    let fairness = facts.results.figure("\(facts.model).fairness")?.estimate
    reasons = []
    nextSteps = []
    if version.status == .rolledBack {
      word = .reject
      reasons.append("it was rolled back")
      nextSteps.append("find what it brought that no offline test showed")
    } else if !harmful.isEmpty {
      word = .reject
      reasons += harmful.map { "it failed the gate `\($0.gate)`" }
      nextSteps.append("repair what the gate found, then train again")
    } else if !failed.isEmpty {
      word = .iterate
      reasons.append("it does not beat the version in production")
      nextSteps.append("more or newer labels, or a larger holdout that can tell the two apart")
    } else {
      word = .ship
      reasons.append(
        version.gates.isEmpty
          ? "no gate is declared, so nothing speaks against it"
          : "it passed \(version.gates.count) of \(version.gates.count) gates")
      if version.gates.isEmpty {
        nextSteps.append("declare gates: pipeline: { gates: \"promotion-gates\" }")
      }
    }
    if let fairness, fairness < Self.fairness, word == .ship {
      word = .iterate
      reasons.insert("one segment has less than four fifths of another's true-positive rate", at: 0)
      nextSteps.append("labels or a threshold of its own for the segment that is served worse")
    }
    if !facts.breaches.isEmpty, word == .ship {
      word = .iterate
      reasons.insert("its model breaches \(facts.breaches.joined(separator: ", "))", at: 0)
      nextSteps.append("see the run report for what the breach comes from")
    }
    if word == .ship, version.status == .trained {
      nextSteps.append("bring it to a part of the requests: rollout: \"canary-5-25-50-100\"")
    }
  }
}
