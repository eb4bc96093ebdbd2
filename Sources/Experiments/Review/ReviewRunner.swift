import MLSystem
import Quantities
import Scenarios
import Statistics
import Syntax

/// Puts a scenario under stress after stress, and tries remedies against the worst.
package struct ReviewRunner {
  private var maker: ExperimentMaker
  private let options: Options
  private let jobs: Int
  private let isCancelled: @Sendable () -> Bool
  /// Called with the replications done so far.
  private let finished: @Sendable (Int) -> Void
  private var done = 0

  /// What the user decides.
  package struct Options: Sendable {
    /// Dollars that an unanswered request is worth; nil for what answering one costs.
    package var worth: Double?
    /// Times a year by the id of a stress.
    package var frequencies: [String: Double]
    /// Stresses against which remedies are tried, from the worst.
    package var remedied: Int

    package static let usualRemedied = 3

    package init(
      worth: Double? = nil, frequencies: [String: Double] = [:], remedied: Int = usualRemedied
    ) {
      self.worth = worth
      self.frequencies = frequencies
      self.remedied = remedied
    }
  }

  /// The most defaults that are probed.
  private static let probeLimit = 8
  /// The most remedies against one stress.
  private static let remedyLimit = 4

  package init(
    maker: ExperimentMaker, options: Options, jobs: Int,
    isCancelled: @escaping @Sendable () -> Bool, finished: @escaping @Sendable (Int) -> Void
  ) {
    self.maker = maker
    self.options = options
    self.jobs = jobs
    self.isCancelled = isCancelled
    self.finished = finished
  }

  /// Runs the review.
  ///
  /// - Throws: the mistakes of the scenario; what replications throw.
  package mutating func run() async throws -> Review {
    let scenario = try maker.scenario()
    let stresses = StressBook.stresses(of: scenario, frequencies: options.frequencies)
    maker.fidelity = try fidelity(of: scenario, under: stresses)
    let base = try await results(of: maker.experiment(of: scenario))
    let worth = worth(base)
    var findings: [Review.Finding] = []
    var left: [(title: String, reason: String)] = []
    for stress in stresses {
      if stress.needsTraining, base.figure("\(stress.subject).retrainings")?.estimate == 0 {
        let horizon = QuantityFormatter.exact(base.identity.horizon)
        left.append(
          (stress.title, "no version of \(stress.subject) is trained within \(horizon)"))
        continue
      }
      guard let experiment = try built(stress.settings, stress.title, &left) else { continue }
      findings.append(
        StressMeasure.finding(
          stress, try await results(of: experiment), base: base, worth: worth.dollars))
    }
    var review = Review(
      base: base, findings: findings, left: left, remedies: [], probes: [],
      system: Rubric(name: "", scores: []), design: Rubric(name: "", scores: []), worth: worth,
      remedied: options.remedied)
    for finding in review.ranked.prefix(options.remedied) where finding.yearly.estimate > 0 {
      review.remedies += try await remedies(
        against: finding, scenario, base: base, worth: worth.dollars)
    }
    review.probes = try await probes(scenario, base: base)
    let rubric = RubricBuilder(scenario: scenario, base: base, findings: findings)
    review.system = rubric.system()
    review.design = rubric.design()
    return review
  }

  /// How closely all runs look: at ten times the traffic as in calm.
  private func fidelity(of scenario: Scenario, under stresses: [Stress]) throws -> FidelityChoice {
    var decision = FidelityDecision()
    _ = try decision.consider(scenario, seed: maker.seed, named: scenario.variant)
    for stress in stresses {
      // One that cannot be built is left out, with its reason.
      guard let hit = try? maker.scenario(stress.settings) else { continue }
      var longer = decision
      if (try? longer.consider(hit, seed: maker.seed, named: stress.title)) != nil {
        decision = longer
      }
    }
    return decision.choice
  }

  /// What an unanswered request is worth: as declared, or what answering one costs, which is the
  /// least that its owner has shown to think of it.
  private func worth(_ base: Results) -> Review.Worth {
    if let dollars = options.worth {
      return .init(dollars: dollars, basis: "declared", isDeclared: true)
    }
    let cost = base.cost.perThousand.map { $0.expected.dollars / 1_000 } ?? 0
    return .init(
      dollars: cost, basis: "assumed: what answering one costs, the least it can be worth",
      isDeclared: false)
  }

  /// The experiment with settings; nil where it cannot be built, which is noted.
  private func built(
    _ settings: [String], _ title: String, _ left: inout [(title: String, reason: String)]
  ) throws -> Experiment? {
    do throws(DiagnosticsError) {
      let scenario = try maker.scenario(settings)
      _ = try scenario.assembleMedian()
      return maker.experiment(of: scenario)
    } catch {
      let found = error.diagnostics.list.first { $0.code.severity == .error }
      left.append((title, found?.message ?? "it cannot be built"))
      return nil
    }
  }

  private mutating func results(of experiment: Experiment) async throws -> Results {
    let before = done
    let finished = finished
    let results = try await experiment.run(
      jobs: jobs, isCancelled: isCancelled, finished: { finished(before + $0) })
    done += experiment.identity.replications
    return results
  }

  // MARK: Remedies

  private mutating func remedies(
    against finding: Review.Finding, _ scenario: Scenario, base: Results, worth: Double
  ) async throws -> [Review.Remedy] {
    var found: [Review.Remedy] = []
    var ignored: [(title: String, reason: String)] = []
    let stress = finding.stress
    let without = StressMeasure.losses(stress, finding.results, base: base, worth: worth)
    let proposals = RemedyBook.proposals(against: stress, in: scenario)
    for proposal in proposals.prefix(Self.remedyLimit) {
      guard let calm = try built(proposal.settings, proposal.title, &ignored),
        let stressed = try built(
          proposal.settings + stress.settings, proposal.title, &ignored)
      else { continue }
      let calmResults = try await results(of: calm)
      let losses = StressMeasure.losses(
        stress, try await results(of: stressed), base: calmResults, worth: worth)
      let saved = zip(without, losses).map { ($0 - $1) * stress.frequency.perYear }
      let cost = zip(base.cost.perMonth.values, calmResults.cost.perMonth.values).map {
        ($1 - $0).dollars * 12
      }
      guard saved.count > 1, cost.count > 1 else { continue }
      found.append(
        Review.Remedy(
          title: proposal.title, settings: proposal.settings, stress: stress.id,
          saved: .ofMean(saved, level: 0.95), cost: .ofMean(cost, level: 0.95)))
    }
    return found
  }

  // MARK: Defaults

  /// Which of the defaults, made worse, changes what the thresholds say.
  private mutating func probes(
    _ scenario: Scenario, base: Results
  ) async throws -> [Review.Probe] {
    var found: [Review.Probe] = []
    var ignored: [(title: String, reason: String)] = []
    for (standard, value) in DefaultProbes.probes(of: scenario).prefix(Self.probeLimit) {
      let settings = ["\(standard.path)=\(value)"]
      guard let experiment = try built(settings, standard.path, &ignored) else { continue }
      let results = try await results(of: experiment)
      let usual = base.verdicts
      let changed = results.verdicts.filter { verdict in
        let before = usual.first { $0.threshold == verdict.threshold }?.outcome ?? .met
        return before != verdict.outcome
      }.map { "\($0.threshold): \($0.outcome.rawValue)" }
      found.append(
        Review.Probe(
          path: standard.path, standard: standard.value, value: value, outcome: results.outcome,
          changed: changed))
    }
    return found
  }
}

/// Defaults that a real system seldom has, and what it may have instead.
enum DefaultProbes {
  private static let worse: [(end: String, value: String)] = [
    ("failures", "{ every: \"7d\", last: \"10 min\" }"),
    ("arrivals", "{ law: \"gamma\", cv: 2 }"), ("ready", "\"60 s\""),
    ("provisioning", "\"3 min\""), ("balancer", "random"), ("timeout", "\"1 s\""),
    ("outages", "{ every: \"30d\", last: \"6h\" }"),
  ]

  /// The defaults of a scenario that have a worse value, in its order.
  static func probes(of scenario: Scenario) -> [(Scenario.DefaultUsed, value: String)] {
    scenario.defaultsUsed.compactMap { used in
      // A part of an object that stands as a default is probed by the object.
      let parts = used.path.split(separator: ".")
      guard let last = parts.last,
        let worse = worse.first(where: { $0.end == last && parts.count == 3 })
      else { return nil }
      return (used, worse.value)
    }
  }
}
