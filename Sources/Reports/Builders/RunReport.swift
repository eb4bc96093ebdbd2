import Experiments
import MLSystem
import Quantities

/// The default report of a run: the answer, thresholds, capacity, cost, reliability, life cycle,
/// and what to do next.
package enum RunReport {
  /// The report of joined results; a pure function of them.
  package static func report(_ results: Results) -> Report {
    let verdict = overall(results.verdicts)
    let sections: [Section?] = [
      thresholds(results), keyFigures(results), CapacitySection.section(results),
      CostSection.section(results),
      ReliabilitySection.section(results), IncidentSection.section(results),
    ]
    let rest: [Section?] = [
      TimelineSection.section(results), NextSection.section(results),
      AssumptionSections.assumptions(results), AssumptionSections.prices(results.cost),
      AssumptionSections.reproduction(results.identity),
    ]
    return Report(
      title: title(results.identity),
      banner: Banner(
        verdict: verdict, sentence: sentence(results.verdicts),
        remark: verdict.map { "[exit \(exitCode($0))]" }, basis: basis(results)),
      sections: (sections + LifecycleSection.sections(results).map { $0 } + rest)
        .compactMap { $0 })
  }

  /// Breached if anything is, undecided if anything else is; `nil` where nothing was asked.
  static func overall(_ verdicts: [Verdict]) -> Outcome? {
    if verdicts.isEmpty { return nil }
    if verdicts.contains(where: { $0.outcome == .breached }) { return .breached }
    return verdicts.contains { $0.outcome == .undecided } ? .undecided : .met
  }

  /// The exit code that goes with a verdict.
  static func exitCode(_ verdict: Outcome) -> Int {
    switch verdict {
    case .met: 0
    case .breached: 2
    case .undecided: 3
    }
  }

  static func title(_ identity: Identity) -> String {
    guard identity.variant != "base" else { return identity.title }
    return "\(identity.title) Variant \(identity.variant)"
      + (identity.variantTitle.map { ": \($0)" } ?? "")
  }

  static func sentence(_ verdicts: [Verdict]) -> String {
    let met = verdicts.count { $0.outcome == .met }
    let breached = verdicts.count { $0.outcome == .breached }
    let undecided = verdicts.count { $0.outcome == .undecided }
    let all = verdicts.count
    switch overall(verdicts) {
    case nil: return "No thresholds are declared: these are the figures."
    case .met: return all == 1 ? "YES: the threshold is met." : "YES: all \(all) thresholds met."
    case .breached:
      let more = undecided > 0 ? ", \(undecided) undecided" : ""
      return "NO: \(met) of \(all) thresholds met, \(breached) breached\(more)."
    case .undecided:
      return "NOT DECIDED: \(met) of \(all) thresholds met, \(undecided) undecided."
    }
  }

  /// What the figures rest on, in words.
  static func basis(_ results: Results) -> [String] {
    let identity = results.identity
    let requests = results.counts.reduce(0.0) { $0 + Double($1.arrived) }
    let fidelity =
      identity.fidelity == "requests"
      ? "every request simulated" : "fidelity \(identity.fidelity)"
    let runs = identity.replications
    let predicted = results.counts.reduce(0.0) { $0 + Double($1.predicted) }
    var lines = ["\(runs) x \(QuantityFormatter.exact(identity.horizon)), seed \(identity.seed), "]
    if requests > 0 || predicted == 0 {
      lines[0] += "\(QuantityFormatter.count(requests)) requests; \(fidelity)"
      if predicted > 0 {
        lines.append(
          "\(QuantityFormatter.count(predicted)) predictions were counted, not simulated")
      }
    } else {
      lines[0] += "\(QuantityFormatter.count(predicted)) predictions counted; no request simulated"
    }
    lines.append(
      runs > 1
        ? "[a, b]: 95% interval of the figure. P10-P90: range of outcomes between runs"
        : "One run gives no interval: --replications 10 and more do.")
    if !identity.fidelityReason.isEmpty {
      let how = identity.fidelity == "requests" ? "By request" : "As \(identity.fidelity)"
      lines.append("\(how): \(identity.fidelityReason)")
    }
    if let flow = results.flow { lines += self.flow(flow) }
    return lines + results.earlyStops.map { "Stopped early: \($0)" }
  }

  /// What a flow run says about its own error.
  static func flow(_ statement: FlowStatement) -> [String] {
    func percent(_ share: Double) -> String {
      "+-" + QuantityFormatter.significant(share * 100, digits: 2) + " %"
    }
    var line = "flow: p50 \(percent(statement.p50)), p99 \(percent(statement.p99)), "
    line += "utilisation \(percent(statement.utilisation)), cost "
    line += statement.cost > 0 ? percent(statement.cost) : "exact"
    if statement.zoomed > 0 {
      let share = QuantityFormatter.significant(statement.zoomed * 100, digits: 2)
      line += "; up to \(share) % of requests one by one"
    }
    return [line] + statement.reasons.map { "Outside the tested range of flow: \($0)" }
  }

  static func thresholds(_ results: Results) -> Section? {
    let rows = results.verdicts.map(row)
    guard !rows.isEmpty else { return nil }
    return Section(id: "thresholds", heading: "Thresholds", blocks: [.verdicts(rows)])
  }

  /// The few figures that a reader should carry away, for pages.
  static func keyFigures(_ results: Results) -> Section? {
    var rows: [Highlight] = []
    let cost = results.cost
    if !cost.lines.isEmpty {
      let remark = cost.unknown.isEmpty ? "" : "and what has no price"
      let dollars = MoneyRounding.largestRemainder(
        [cost.perMonth.expected], total: cost.perMonth.expected)[0]
      rows.append(
        Highlight("cost a month", Reading(cost.perMonth, shown: dollars), remark: remark))
    }
    for (kind, metric, label) in headline {
      guard let name = results.identity.subjects.first(where: { $0.kind == kind })?.name,
        let figure = results.figure("\(name).\(metric)"), figure.estimate != nil
      else { continue }
      rows.append(Highlight("\(name) \(label)", Reading(figure)))
    }
    guard rows.count > 1 else { return nil }
    return Section(
      id: "key-figures", heading: "Key figures", blocks: [.only(.page, .highlights(rows))])
  }

  private static let headline: [(Subject.Kind, String, String)] = [
    (.route, "latency.p99", "latency p99"), (.route, "availability", "answered"),
    (.llmServer, "busy", "busy"), (.modelServer, "busy", "busy"), (.model, "auc", "AUC"),
  ]

  private static func row(_ verdict: Verdict) -> VerdictRow {
    let (promise, qualifier) = split(verdict.threshold)
    var reading: Reading
    var remark = ""
    if let runs = verdict.runs {
      let share = Double(runs.held) / Double(max(runs.of, 1))
      reading = .simulated(share, .init(runs.low, runs.high), .ratio)
      remark = "\(runs.held) of \(runs.of) runs"
    } else if let observed = verdict.observed {
      reading = Reading(observed)
    } else {
      let word = verdict.outcome == .breached ? "no" : "none seen"
      reading = Reading.unknown(.number("")).saying(word)
    }
    return VerdictRow(
      verdict.outcome, promise, qualifier: qualifier, reading: reading, remark: remark,
      detail: verdict.detail ?? "")
  }

  /// A threshold and what qualifies it: `in every 1h after 14d`.
  package static func split(_ threshold: String) -> (promise: String, qualifier: String) {
    var words = threshold.split(separator: " ")
    guard let cut = words.firstIndex(where: { $0 == "in" || $0 == "after" }), cut > 0 else {
      return (threshold, "")
    }
    let qualifier = words[cut...].joined(separator: " ")
    words.removeSubrange(cut...)
    return (words.joined(separator: " "), qualifier)
  }
}
