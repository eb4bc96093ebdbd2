import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics

/// Reads what a stress did from its runs and the same runs without it, pair by pair.
enum StressMeasure {
  static func finding(
    _ stress: Stress, _ stressed: Results, base: Results, worth: Double
  ) -> Review.Finding {
    let unanswered = pairs(base.counts, stressed.counts).map { base, stressed in
      Double(stressed.shed + stressed.failed - base.shed - base.failed)
    }
    let known = base.verdicts.filter { $0.outcome == .breached }.map(\.threshold)
    let broken = stressed.verdicts.filter { $0.outcome == .breached }.map(\.threshold)
      .filter { !known.contains($0) }
    let records = stressed.incidents.filter { $0.record.name == stress.incident }.map(\.record)
    let delays = delays(stress, stressed, base: base)
    return Review.Finding(
      stress: stress, outcome: stressed.outcome, broken: broken,
      unanswered: .ofMean(unanswered, level: 0.95),
      share: share(unanswered, stress, stressed),
      hurt: records.isEmpty ? nil : .ofMean(records.map(\.hurt), level: 0.95),
      quality: quality(stressed, base),
      noticed: delays.noticed, undone: delays.undone, recovered: delays.recovered,
      loss: .ofMean(losses(stress, stressed, base: base, worth: worth), level: 0.95),
      results: stressed)
  }

  /// Dollars of one occurrence in each run.
  static func losses(
    _ stress: Stress, _ stressed: Results, base: Results, worth: Double
  ) -> [Double] {
    let unanswered = pairs(base.counts, stressed.counts).map { base, stressed in
      Double(stressed.shed + stressed.failed - base.shed - base.failed)
    }
    var bill = difference(base.cost.total.values, stressed.cost.total.values)
    if stress.lastsAMonth {
      // What an incident adds to the bill is no rate and so in no figure of a month: it is made one
      // here, where it goes on.
      let covered = CostJoining.monthsCovered(
        BillingCalendar(start: base.identity.start, horizon: base.identity.horizon))
      for run in bill.indices { bill[run] /= covered }
    }
    let months = base.identity.horizon.seconds / (365.25 / 12 * 86_400)
    let quality = lostValue(base, stressed)
    return bill.indices.map { run in
      let answers = run < unanswered.count ? unanswered[run] * worth : 0
      let worse = run < quality.count ? quality[run] * (stress.lastsAMonth ? 1 : months) : 0
      return bill[run] + worse + answers * (stress.lastsAMonth ? 1 / months : 1)
    }
  }

  private static func difference(_ base: [Money], _ stressed: [Money]) -> [Double] {
    zip(base, stressed).map { ($1 - $0).dollars }
  }

  private static func pairs<T>(_ base: [T], _ stressed: [T]) -> [(T, T)] {
    Array(zip(base, stressed))
  }

  /// What worse answers lose a month in each run, over all models; empty where nothing is priced.
  private static func lostValue(_ base: Results, _ stressed: Results) -> [Double] {
    var sums: [Double] = []
    for figure in stressed.figures where figure.metric.metric == "lost.perMonth" {
      guard let other = base.figure(figure.name) else { continue }
      let changes = zip(other.values, figure.values).map { ($1 ?? 0) - ($0 ?? 0) }
      if sums.isEmpty { sums = changes.map { _ in 0 } }
      for run in changes.indices where run < sums.count { sums[run] += changes[run] }
    }
    return sums
  }

  /// The model whose AUC fell most for sure.
  private static func quality(
    _ stressed: Results, _ base: Results
  ) -> (model: String, change: ConfidenceInterval)? {
    var worst: (model: String, change: ConfidenceInterval)?
    for figure in stressed.figures where figure.metric.metric == "auc" {
      guard figure.metric.selector == nil, let other = base.figure(figure.name) else { continue }
      let changes = zip(other.values, figure.values).compactMap { a, b in
        a.flatMap { a in b.map { $0 - a } }
      }
      guard changes.count > 1 else { continue }
      let change = ConfidenceInterval.ofMean(changes, level: 0.95)
      // Less than the third digit is nothing that anybody would see.
      guard change.high < 0, change.estimate < worst?.change.estimate ?? -0.0005 else { continue }
      worst = (figure.metric.subject, change)
    }
    return worst
  }

  private static func share(
    _ unanswered: [Double], _ stress: Stress, _ results: Results
  ) -> Double {
    let mean = unanswered.reduce(0, +) / Double(max(unanswered.count, 1))
    let arrived = results.counts.reduce(0) { $0 + Double($1.arrived) }
    let each = arrived / Double(max(results.counts.count, 1))
    let counted = (results.identity.horizon - results.identity.warmUp).seconds
    // A surge brings its requests itself, so that all of the run's requests are the measure.
    let part =
      stress.kind == .traffic ? 1 : stress.window.map { $0.last.seconds / counted } ?? 1
    return each > 0 ? min(max(mean / (each * part), 0), 1) : 0
  }

  /// From incident records where there are some, else from the first alarm that the runs without
  /// the stress do not have.
  private static func delays(
    _ stress: Stress, _ stressed: Results, base: Results
  ) -> (noticed: Review.Delay, undone: Review.Delay, recovered: Review.Delay) {
    let runs = stressed.identity.replications
    if let incident = stress.incident {
      let records = (0..<runs).map { run in
        stressed.incidents.first { $0.replication == run && $0.record.name == incident }?.record
      }
      func delay(_ instant: (IncidentRecord) -> Instant?) -> Review.Delay {
        Review.Delay(
          records.map { record in
            record.flatMap { record in
              instant(record).map { ($0 - record.start).seconds }
            }
          })
      }
      return (delay(\.noticed), delay(\.ended), delay(\.recovered))
    }
    let start = Instant.start + (stress.window?.at ?? stressed.identity.warmUp)
    func first(_ kinds: [TimelineEntry.Kind]) -> Review.Delay {
      Review.Delay(
        (0..<runs).map { run in
          let usual = base.timeline.filter { $0.replication == run }.map(\.entry)
          return stressed.timeline.first { entry in
            entry.replication == run && entry.entry.at >= start && kinds.contains(entry.entry.kind)
              && !usual.contains(entry.entry)
          }.map { ($0.entry.at - start).seconds }
        })
    }
    return (first([.alarm]), first([.rollback, .response]), Review.Delay([]))
  }
}
