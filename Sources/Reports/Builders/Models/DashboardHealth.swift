import Experiments
import MLSystem
import Quantities

/// The state of a system at an instant, and the rule that says so.
package struct DashboardHealth {
  /// How grave a finding is.
  package enum Colour: Int, Comparable {
    case green, yellow, red

    var word: String {
      switch self {
      case .green: "GREEN"
      case .yellow: "YELLOW"
      case .red: "RED"
      }
    }

    var outcome: Outcome {
      switch self {
      case .green: .met
      case .yellow: .undecided
      case .red: .breached
      }
    }

    package static func < (a: Colour, b: Colour) -> Bool { a.rawValue < b.rawValue }
  }

  /// A rule that was broken: what was found, the rule in words, and what to do about it.
  package struct Finding {
    var colour: Colour
    /// What was found.
    package var what: String
    var rule: String
    /// What to do about it.
    package var action: String
  }

  /// Limits of the rules; the documentation of the dashboard lists them.
  enum Limit {
    /// Loss of quality since the promotion, as a share of it.
    static let qualityRed = 0.05
    static let qualityYellow = 0.02
    /// Share of the requests of a route that are lost.
    static let lostRed = 0.01
    static let lostYellow = 0.001
    /// Share of the time of replicas that is busy.
    static let busy = 0.85
    /// How long a rollback is remembered.
    static let rollback = Duration.days(1)
  }

  /// The gravest first.
  package let findings: [Finding]

  /// The colour of the gravest finding; green where there is none.
  package var colour: Colour { findings.first?.colour ?? .green }

  /// Applies every rule to an instant.
  package init(_ facts: InstantFacts) {
    var found: [Finding] = []
    found += Self.saturations(facts)
    found += facts.names([.model]).compactMap { Self.quality(of: $0, facts) }
    found += facts.names([.route]).compactMap { Self.losses(of: $0, facts) }
    found += Self.alarms(facts)
    found += facts.names([.modelServer, .llmServer]).compactMap { Self.load(of: $0, facts) }
    found += Self.rollbacks(facts)
    findings =
      found.enumerated().sorted {
        ($1.element.colour, $0.offset) < ($0.element.colour, $1.offset)
      }
      .map(\.element)
  }

  private static func saturations(_ facts: InstantFacts) -> [Finding] {
    facts.results.saturations.filter { $0.since <= facts.at }.map { saturation in
      Finding(
        colour: .red,
        what: "\(saturation.service) is overloaded since \(saturation.since.text)",
        rule: "a queue grows without bound",
        action: "give \(saturation.service) more replicas, or shed load")
    }
  }

  private static func quality(of model: String, _ facts: InstantFacts) -> Finding? {
    guard let now = facts.level(model, "auc"), let before = facts.baseline(model), before > 0
    else { return nil }
    let loss = 1 - now.value / before
    guard loss > Limit.qualityYellow else { return nil }
    let isRed = loss > Limit.qualityRed
    let limit = isRed ? Limit.qualityRed : Limit.qualityYellow
    return Finding(
      colour: isRed ? .red : .yellow,
      what: "the AUC of \(model) is \(percent(loss)) below its value at promotion",
      rule: "quality more than \(percent(limit)) below the version's at promotion",
      action: "find out why before \(model) is retrained: data, features, labels or concept")
  }

  private static func losses(of route: String, _ facts: InstantFacts) -> Finding? {
    guard let requests = facts.level(route, "requests"), let lost = facts.level(route, "lost"),
      requests.value > 0
    else { return nil }
    let share = lost.value / requests.value
    guard share > Limit.lostYellow else { return nil }
    let isRed = share > Limit.lostRed
    return Finding(
      colour: isRed ? .red : .yellow, what: "\(route) loses \(percent(share)) of its requests",
      rule: "more than \(percent(isRed ? Limit.lostRed : Limit.lostYellow)) of the requests lost",
      action: "see what fails on the way of \(route): queue limits, time-outs, a bad version")
  }

  private static func alarms(_ facts: InstantFacts) -> [Finding] {
    let grouped = Dictionary(grouping: facts.alarms) { [$0.model, $0.monitor] }
    return grouped.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      let alarms = grouped[key] ?? []
      let isCritical = alarms.contains { $0.severity == .critical }
      let features = Set(alarms.compactMap(\.feature)).count
      let where_ = features > 0 ? " on \(features) \(features == 1 ? "feature" : "features")" : ""
      return Finding(
        colour: isCritical ? .red : .yellow,
        what: "\(key[1]) of \(key[0]) is on\(where_)",
        rule: isCritical ? "a critical alarm is on" : "a warning is on",
        action: Self.action(for: alarms, model: key[0]))
    }
  }

  private static func action(for alarms: [AlarmRecord], model: String) -> String {
    guard let first = alarms.first else { return "" }
    let features = alarms.compactMap(\.feature).map(String.init)
    if !features.isEmpty {
      let shown = features.prefix(3).joined(separator: ", ") + (features.count > 3 ? " ..." : "")
      return "look at feature \(shown) of \(model): broken, stale, or truly moved?"
    }
    switch first.statistic {
    case "chi-square": return "check the labels of \(model) before anything learns from them"
    case "no-data": return "find out why \(model) has no data to judge"
    default: return "diagnose \(model), then recalibrate, repair, relabel or retrain it"
    }
  }

  private static func load(of service: String, _ facts: InstantFacts) -> Finding? {
    guard let busy = facts.level(service, "busy"), busy.value > Limit.busy else { return nil }
    return Finding(
      colour: .yellow, what: "\(service) is busy \(percent(busy.value)) of the time",
      rule: "replicas busy more than \(percent(Limit.busy))",
      action: "give \(service) more replicas before the next peak")
  }

  private static func rollbacks(_ facts: InstantFacts) -> [Finding] {
    facts.events([.rollback]).filter {
      $0.at <= facts.at && facts.at - $0.at <= Limit.rollback
    }
    .suffix(1)
    .map { entry in
      Finding(
        colour: .yellow, what: "\(entry.subject) was rolled back at \(entry.at.text)",
        rule: "a rollback within the last day",
        action: "find out what the version of \(entry.subject) brought: \(entry.detail)")
    }
  }

  private static func percent(_ share: Double) -> String {
    QuantityFormatter.percent(share, decimals: share < 0.01 ? 2 : 1)
  }
}
