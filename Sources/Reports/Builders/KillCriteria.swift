import Experiments
import MLSystem
import Quantities
import Statistics

/// Findings that speak for stopping a project, each with the figure that says so.
///
/// The lines: a rule or heuristic that reaches 90 % of what the model does; a model less than 10 %
/// better than chance; data that are not fit for training two weeks after the start.
package enum KillCriteria {
  /// The criteria that a run meets, a sentence each.
  package static func findings(_ results: Results) -> [String] {
    var found: [String] = []
    for subject in results.identity.subjects where subject.kind == .model {
      if let text = finding(
        results, "\(subject.name).baseline-ratio", line: 0.9, isBad: .above,
        "the baseline reaches", "of what \(subject.name) does: below 90 % a model earns its keep")
      {
        found.append(text)
      }
      if let text = finding(
        results, "\(subject.name).over-random", line: 0.1, isBad: .below,
        "\(subject.name) is", "better than chance: 10 % is the least")
      {
        found.append(text)
      }
    }
    return found + unfitData(results)
  }

  /// Every criterion that was measured of a model, whether it stands for stopping or not.
  static func verdicts(_ results: Results) -> [VerdictRow] {
    results.identity.subjects.filter { $0.kind == .model }.flatMap { subject in
      [
        verdict(
          results, "\(subject.name).baseline-ratio", line: 0.9, isBad: .above,
          "the baseline reaches less than 90 % of what \(subject.name) does"),
        verdict(
          results, "\(subject.name).over-random", line: 0.1, isBad: .below,
          "\(subject.name) is at least 10 % better than chance"),
      ].compactMap { $0 }
    }
  }

  private static func verdict(
    _ results: Results, _ name: String, line: Double, isBad side: Side, _ promise: String
  ) -> VerdictRow? {
    guard let figure = results.figure(name), let value = figure.estimate else { return nil }
    let (low, high) = (figure.interval?.low ?? value, figure.interval?.high ?? value)
    let outcome: Outcome =
      switch side {
      case .above: high < line ? .met : low >= line ? .breached : .undecided
      case .below: low >= line ? .met : high < line ? .breached : .undecided
      }
    return VerdictRow(outcome, promise, qualifier: "else stop it", reading: Reading(figure))
  }

  private enum Side { case above, below }

  /// A finding where the figure lies on the bad side of a line; it says whether its interval does.
  private static func finding(
    _ results: Results, _ name: String, line: Double, isBad side: Side, _ before: String,
    _ after: String
  ) -> String? {
    guard let figure = results.figure(name), let value = figure.estimate else { return nil }
    let isBad = side == .above ? value >= line : value < line
    guard isBad else { return nil }
    let text = Reading(figure).text
    let isSure =
      figure.interval.map { side == .above ? $0.low >= line : $0.high < line } ?? false
    let words = [text.value, text.interval].filter { !$0.isEmpty }.joined(separator: " ")
    return "Kill criterion\(isSure ? "" : " (not sure)"): \(before) \(words) \(after)."
  }

  /// Trainings that data refused from the second week on.
  private static func unfitData(_ results: Results) -> [String] {
    guard results.identity.horizon >= .days(14) else { return [] }
    var found: [String] = []
    for subject in results.identity.subjects where subject.kind == .model {
      let runs = Set(
        results.timeline.filter { joined in
          joined.entry.kind == .training && joined.entry.subject == subject.name
            && joined.entry.at - .start >= .days(14) && joined.entry.detail.contains("no training,")
        }.map(\.replication))
      guard !runs.isEmpty else { continue }
      let all = results.identity.replications
      found.append(
        "Kill criterion: data were not fit for a training of \(subject.name) two weeks after the "
          + "start in \(runs.count) of \(all) runs.")
    }
    return found
  }
}
