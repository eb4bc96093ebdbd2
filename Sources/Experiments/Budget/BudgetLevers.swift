import Pricing
import Quantities
import Statistics
import Syntax

/// A change of the design that is commonly said to save money, as settings of the scenario.
package struct Lever: Sendable, Hashable {
  package var name: String
  /// `path=value` texts.
  package var settings: [String]
  /// What people commonly expect of it.
  package var ruleOfThumb: String

  package init(_ name: String, _ settings: [String], ruleOfThumb: String) {
    self.name = name
    self.settings = settings
    self.ruleOfThumb = ruleOfThumb
  }
}

/// What a lever did when it was simulated.
package struct LeverOutcome: Sendable {
  package var lever: Lever
  package var finding: Finding

  package enum Finding: Sendable {
    /// Saved a month, by paired runs, with its share of the month and what became of thresholds.
    case simulated(
      saving: ConfidenceInterval, share: Double, range: OutcomeRange?, outcome: Verdict.Outcome,
      breaches: [String])
    /// The changed scenario is not valid, or could not be run.
    case refused(String)
  }

  /// Dollars saved a month, for the ranking; nil where it could not be run.
  package var saving: Double? {
    if case .simulated(let saving, _, _, _, _) = finding { saving.estimate } else { nil }
  }
}

extension Lever {
  /// What may be tried on a scenario, from what it declares and what the run showed.
  package static func proposals(for results: Results) -> [Lever] {
    let scenario = ResolvedScenario(results)
    var levers: [Lever] = []
    for service in scenario.root["services"]?.members ?? [] {
      levers += fleet(of: service.key, service.value, results)
    }
    let commitments = CommitmentAnalysis.all(results)
    for pool in scenario.names(of: "hardware") {
      levers += purchase(of: pool, scenario, commitments.filter { $0.pool == pool })
    }
    for model in scenario.root["models"]?.members ?? [] {
      levers += training(of: model.key, model.value, results)
    }
    return levers + quantisation(scenario)
  }

  /// Eight bits instead of sixteen for LLMs, on half of the replicas.
  private static func quantisation(_ scenario: ResolvedScenario) -> [Lever] {
    (scenario.root["services"]?.members ?? []).compactMap { service in
      guard service.value["kind"]?.string == "llm",
        let model = service.value["serves"]?.string,
        let precision = scenario.text("models", model, "precision"), precision != "fp8",
        let count = service.value["replicas"]?["min"]?.integer
      else { return nil }
      var settings = ["models.\(model).precision=fp8"]
      let fewer = (count + 1) / 2
      if fewer < count { settings.append("services.\(service.key).replicas=\(fewer)") }
      let fleet = fewer < count ? ", \(count) -> \(fewer) replicas" : ""
      return Lever(
        "quantise \(model) to fp8\(fleet)", settings, ruleOfThumb: "2-3x, under 1 % of quality")
    }
  }

  /// Size, schedule and batching of a fleet whose number does not follow the load.
  private static func fleet(
    of name: String, _ service: JSONValue, _ results: Results
  ) -> [Lever] {
    let path = "services.\(name)"
    guard let count = service["replicas"]?["min"]?.integer, count >= 1,
      let busy = results.figure("\(name).busy")?.estimate, service["on"]?.string != nil
    else { return [] }
    var levers: [Lever] = []
    if service["autoscaling"]?.members.isEmpty ?? true {
      let fitting = max(1, Int((Double(count) * busy / 0.6).rounded(.up)))
      if fitting < count {
        levers.append(
          Lever(
            "right-size \(name): \(count) -> \(fitting) replicas",
            ["\(path).replicas=\(fitting)"], ruleOfThumb: "20-40 % of the fleet"))
      }
      if count >= 2 {
        let least = max(1, count / 3)
        levers.append(
          Lever(
            "autoscale \(name): \(least) to \(2 * count) replicas at 60 % busy",
            [
              "\(path).replicas={ min: \(least), initial: \(count), max: \(2 * count) }",
              "\(path).autoscaling={ preset: \"kubernetes-hpa\", metric: \"busy\", target: \"60 %\" }",
            ], ruleOfThumb: "30-60 % of the fleet"))
      }
    }
    if service["kind"]?.string == "model", count >= 2,
      service["autoscaling"]?.members.isEmpty ?? true
    {
      let batch = service["batching"]?["max"]?.integer ?? 1
      let wider = max(8, 2 * batch)
      let fewer = (count + 1) / 2
      var settings = ["\(path).batching.max=\(wider)", "\(path).replicas=\(fewer)"]
      if service["batching"]?.members.isEmpty ?? true {
        settings[0] = "\(path).batching={ max: \(wider), delay: \"5 ms\" }"
      }
      levers.append(
        Lever(
          "batch \(name): up to \(wider), \(count) -> \(fewer) replicas", settings,
          ruleOfThumb: "2-10x the throughput"))
    }
    if service["kind"]?.string == "llm", count >= 2,
      let sequences = service["scheduler"]?["maxSequences"]?.integer
    {
      levers.append(
        Lever(
          "batch \(name): \(2 * sequences) sequences, \(count) -> \(count - 1) replicas",
          [
            "\(path).scheduler.maxSequences=\(2 * sequences)", "\(path).replicas=\(count - 1)",
          ], ruleOfThumb: "2-10x the throughput"))
    }
    return levers
  }

  /// Spot and commitments of a pool.
  private static func purchase(
    of pool: String, _ scenario: ResolvedScenario, _ analyses: [CommitmentAnalysis]
  ) -> [Lever] {
    let buy = scenario.root["hardware"]?[pool]?["buy"]?.elements ?? []
    var levers: [Lever] = []
    if !buy.contains(where: { $0.string == "spot" }) {
      let committed = buy.filter { $0.string == nil }.map { $0.text(.compact) }
      let ways = (committed + ["\"spot\"", "\"on-demand\""]).joined(separator: ", ")
      levers.append(
        Lever(
          "spot for \(pool), else on demand", ["hardware.\(pool).buy=[\(ways)]"],
          ruleOfThumb: "60-90 % of the price"))
    }
    for analysis in analyses {
      guard let level = analysis.recommended, level != analysis.machines else { continue }
      var ways = "[\"on-demand\"]"
      if level > 0, let price = analysis.committedPrice {
        let own = QuantityFormatter.exact(price.perUnit) + "/h"
        ways =
          "[{ committed: \(level), term: \"\(analysis.term)\", price: \"\(own)\" }, \"on-demand\"]"
      }
      levers.append(
        Lever(
          "commit \(level) of \(pool) for \(analysis.term), now \(analysis.machines)",
          ["hardware.\(pool).buy=\(ways)"], ruleOfThumb: "40-60 % of the price"))
    }
    return levers
  }

  /// Fewer trainings of a model that is trained often.
  private static func training(
    of name: String, _ model: JSONValue, _ results: Results
  ) -> [Lever] {
    let months = results.cost.months.reduce(0) { $0 + $1.covered }
    guard let runs = results.figure("\(name).retrainings")?.estimate, months > 0,
      runs / months > 5, results.figure("\(name).training-cost")?.estimate ?? 0 > 0
    else { return [] }
    return [
      Lever(
        "train \(name) once a week", ["models.\(name).retraining=weekly-full"],
        ruleOfThumb: "80 % of the training")
    ]
  }

  /// Simulates each lever against the same random world and ranks them by what they save.
  ///
  /// - Parameter run: runs the scenario with settings; throws what makes it invalid.
  package static func simulate(
    _ levers: [Lever], against base: Results,
    run: (_ settings: [String]) async throws(LeverRefusal) -> Results
  ) async -> [LeverOutcome] {
    var outcomes: [LeverOutcome] = []
    for lever in levers {
      do throws(LeverRefusal) {
        outcomes.append(
          LeverOutcome(
            lever: lever, finding: finding(base, try await run(lever.settings))))
      } catch {
        outcomes.append(LeverOutcome(lever: lever, finding: .refused(error.reason)))
      }
    }
    return outcomes.enumerated().sorted { a, b in
      let (x, y) = (a.element.saving ?? -.infinity, b.element.saving ?? -.infinity)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }

  private static func finding(_ base: Results, _ changed: Results) -> LeverOutcome.Finding {
    let pairs = zip(changed.cost.perMonth.values, base.cost.perMonth.values)
    let savings = pairs.map { ($1 - $0).dollars }
    let mean = (base.cost.perMonth.expected - changed.cost.perMonth.expected).dollars
    var interval = ConfidenceInterval(estimate: mean, low: mean, high: mean, level: 0.95)
    if savings.count > 1 {
      interval = .ofMean(savings, level: 0.95)
      interval.estimate = mean
    }
    let broken = changed.verdicts.filter { verdict in
      verdict.outcome == .breached
        && !base.verdicts.contains {
          $0.threshold == verdict.threshold && $0.outcome == .breached
        }
    }
    let month = base.cost.perMonth.expected.dollars
    return .simulated(
      saving: interval, share: month > 0 ? mean / month : 0,
      range: FigureJoining.range(of: savings), outcome: changed.outcome,
      breaches: broken.map(\.threshold))
  }
}

/// Why a changed scenario could not be run.
package struct LeverRefusal: Error, Sendable {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }
}
