import MLSystem
import Quantities
import Scenarios
import Statistics

/// Judges thresholds: met or breached only where the interval is clear of the limit.
package enum Judging {
  /// - Parameters:
  ///   - unknownCosts: uses without a price; a limit on cost is then only breached or undecided.
  ///   - level: of the intervals of worst windows and shares of runs, as the figures have theirs.
  package static func verdict(
    on threshold: Threshold, figures: [Figure], records: [RunRecord], unknownCosts: [UnknownCost],
    level: Double = 0.95
  ) -> Verdict {
    var verdict = known(threshold, figures: figures, records: records, level: level)
    if threshold.metric.subject == "cost", let first = unknownCosts.first,
      verdict.outcome == .met
    {
      verdict.outcome = .undecided
      verdict.detail = "\(first.path.joined(separator: " ")) has no price"
    }
    return verdict
  }

  private static func known(
    _ threshold: Threshold, figures: [Figure], records: [RunRecord], level: Double
  ) -> Verdict {
    let observed = observation(
      for: threshold, figures: figures, records: records, level: level)
    guard let observed else {
      return Verdict(
        threshold: threshold.text, outcome: .undecided, detail: "nothing was observed")
    }
    if let share = threshold.shareOfRuns {
      return overRuns(threshold, share: share, observed, level: level)
    }
    return onEstimate(threshold, observed)
  }

  /// A saturated service breaches whatever else holds.
  package static func verdict(on saturation: JoinedSaturation, replications: Int) -> Verdict {
    return Verdict(
      threshold: "\(saturation.service) keeps up", outcome: .breached,
      detail: "overloaded from \(QuantityFormatter.offset(saturation.since)): "
        + "\(saturation.consequence) (\(saturation.replications) of \(replications) runs)")
  }

  /// What the threshold looks at, and where the worst window lies.
  struct Observation {
    var figure: Figure
    var place: String?
  }

  private static func observation(
    for threshold: Threshold, figures: [Figure], records: [RunRecord], level: Double
  ) -> Observation? {
    let name = FigureJoining.name(threshold.metric, threshold.statistic)
    guard let window = threshold.window else {
      return figures.first { $0.name == name }.map { Observation(figure: $0) }
    }
    return worstWindow(threshold, window: window, records: records, level: level)
  }

  /// The worst window of each replication, and the window that is worst over all of them.
  private static func worstWindow(
    _ threshold: Threshold, window: Duration, records: [RunRecord], level: Double
  ) -> Observation? {
    let request = WindowRequest(metric: threshold.metric.description, window: window)
    let kept = records.compactMap { $0.windows.first { $0.request == request } }
    guard let unit = kept.first?.unit, kept.count == records.count else { return nil }
    let first = threshold.after.map { Int(($0.nanoseconds - 1) / window.nanoseconds) + 1 } ?? 0
    let wantsLow = threshold.comparison == .below || threshold.comparison == .atMost
    func worst(_ values: [Measure.Value]) -> (index: Int, value: Double)? {
      var found: (index: Int, value: Double)?
      for (index, value) in values.enumerated().dropFirst(first) {
        guard let value = value.statistic(threshold.statistic, unit: unit) else { continue }
        if found.map({ wantsLow ? value > $0.value : value < $0.value }) ?? true {
          found = (index, value)
        }
      }
      return found
    }
    let each = kept.map { worst($0.values)?.value }
    let seen = each.compactMap { $0 }
    guard !seen.isEmpty else { return nil }
    let estimate = seen.reduce(0, +) / Double(seen.count)
    let windows = kept[0].values.indices.map { index in
      Measure.Value.pooled(kept.map { $0.values[index] })
    }
    let figure = Figure(
      name: FigureJoining.name(threshold.metric, threshold.statistic), metric: threshold.metric,
      statistic: threshold.statistic, unit: unit, estimate: estimate,
      interval: FigureJoining.interval(
        around: estimate, seen, pooled: .scalar(estimate), unit: unit, level: level),
      range: FigureJoining.range(of: seen), values: each)
    let place = worst(windows).map { worst in
      let from = Instant(nanoseconds: Int64(worst.index) * window.nanoseconds)
      return "worst window: from \(QuantityFormatter.offset(from))"
    }
    return Observation(figure: figure, place: place)
  }

  private static func onEstimate(_ threshold: Threshold, _ observed: Observation) -> Verdict {
    let figure = observed.figure
    let outcome: Verdict.Outcome
    var detail = observed.place
    guard let estimate = figure.estimate else {
      return Verdict(
        threshold: threshold.text, outcome: .undecided, observed: figure,
        detail: "nothing was observed")
    }
    if figure.isExact {
      outcome = threshold.holds(for: estimate) ? .met : .breached
    } else if let interval = figure.interval {
      switch (threshold.holds(for: interval.low), threshold.holds(for: interval.high)) {
      case (true, true): outcome = .met
      case (false, false): outcome = .breached
      default:
        outcome = .undecided
        detail = detail ?? "the interval holds the limit"
      }
    } else {
      outcome = .undecided
      detail = "one replication gives no interval; run 2 or more"
    }
    return Verdict(
      threshold: threshold.text, outcome: outcome, observed: figure, detail: detail)
  }

  /// The exact binomial bound of the share of runs in which the threshold held.
  private static func overRuns(
    _ threshold: Threshold, share: Double, _ observed: Observation, level: Double
  ) -> Verdict {
    let values = observed.figure.values.compactMap { $0 }
    let held = values.count { threshold.holds(for: $0) }
    let interval = ConfidenceInterval.ofProportion(
      successes: Int64(held), trials: Int64(values.count), level: level)
    let outcome: Verdict.Outcome =
      interval.low >= share ? .met : interval.high < share ? .breached : .undecided
    return Verdict(
      threshold: threshold.text, outcome: outcome, observed: observed.figure,
      runs: .init(held: held, of: values.count, low: interval.low, high: interval.high),
      detail: observed.place ?? (outcome == .undecided ? "more replications decide" : nil))
  }
}
