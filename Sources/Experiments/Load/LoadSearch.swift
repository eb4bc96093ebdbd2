import MLSystem
import Quantities
import Randomness
import Scenarios
import Statistics
import Syntax

/// Finds the breaking load of each replication by bisection on common random numbers.
///
/// Loads are 2^(k/16) of today's, so that neighbours are 4.4 % apart. In the first replication
/// doubling and halving brackets the breaking load, and four bisections place it between two
/// neighbours; the others start where it was found and go away from there in growing strides. All
/// replications that ask for a load at the same time run side by side. A load that holds above one
/// that does not, as the steps of an autoscaler may bring, is not searched for: what is found is
/// one crossing.
package struct LoadSearch {
  private var maker: ExperimentMaker
  private let jobs: Int
  private let isCancelled: @Sendable () -> Bool
  private let finished: @Sendable (Int) -> Void
  /// The highest step that is tried.
  private let top: Int
  /// Replications, at most those of the scenario.
  private let limit: Int

  private var experiments: [Int: Experiment] = [:]
  private var outcomes: [Int: [Int: Outcome]] = [:]
  private var simulated = 0
  private var assumptions = Assumptions()

  /// Replications at the loads of the curve.
  private static let curveRuns = 5
  /// Steps from one power of two to the next.
  private static let stepsPerDouble = 16
  /// The smallest load that is tried: 1/32.
  private static let bottom = -5 * stepsPerDouble

  /// What one replication gave at one load.
  private struct Outcome {
    var causes: [String]
    var observed: [Double?]
    var units: [MetricUnit?]
    var cost: Double
    var arrived: Double
    var assumptions: Assumptions
  }

  /// - Parameters:
  ///   - upTo: the largest multiple of the traffic that is tried, rounded to a power of two.
  ///   - replications: the most replications that are run at one load.
  package init(
    maker: ExperimentMaker, upTo: Double = 32, replications: Int = 10, jobs: Int,
    isCancelled: @escaping @Sendable () -> Bool, finished: @escaping @Sendable (Int) -> Void
  ) {
    self.maker = maker
    self.jobs = jobs
    self.isCancelled = isCancelled
    self.finished = finished
    limit = replications
    var doubles = 0
    while doubles < 20, Self.multiple(of: (doubles + 1) * Self.stepsPerDouble) <= upTo * 1.0001 {
      doubles += 1
    }
    top = doubles * Self.stepsPerDouble
  }

  /// The load of a step as a multiple of today's.
  private static func multiple(of step: Int) -> Double {
    PortableMath.exp(Double(step) / Double(stepsPerDouble) * PortableMath.log(2))
  }

  /// Runs the search.
  ///
  /// - Throws: the mistakes of the scenario; what replications throw.
  package mutating func run() async throws -> BreakingLoad {
    let base = try maker.scenario()
    let fidelity = try decideFidelity(base)
    let count = min(base.replications, limit)
    var brackets = [Bracket(start: 0, stride: Self.stepsPerDouble)]
    try await search(&brackets)
    let found = brackets[0].holds ?? brackets[0].breaks ?? 0
    brackets += Array(repeating: Bracket(start: found, stride: 1), count: count - 1)
    try await search(&brackets)
    let steps = curveSteps(brackets)
    let missing = steps.flatMap { step in
      (0..<min(count, Self.curveRuns)).filter { outcomes[step]?[$0] == nil }
        .map { (step: step, replication: $0) }
    }
    try await simulate(missing)
    return result(base, fidelity, brackets, steps)
  }

  /// One fidelity for all loads up to the highest that may be tried, if the maker has none yet: a
  /// plan looks at the winner's loads as it looked at its points.
  private mutating func decideFidelity(_ base: Scenario) throws -> FidelityChoice {
    if let decided = maker.fidelity { return decided }
    var decision = FidelityDecision()
    try decision.consider(maker.experiment(of: base), named: "today's traffic")
    let most = Self.multiple(of: top)
    // A load that the language does not take is no load to decide by.
    if let settings = base.trafficSettings(times: most),
      let scenario = try? maker.scenario(settings)
    {
      let times = QuantityFormatter.significant(most, digits: 3)
      try decision.consider(maker.experiment(of: scenario), named: "\(times)x today's traffic")
    }
    maker.fidelity = decision.choice
    return decision.choice
  }

  /// Runs what the brackets ask for until they ask for nothing.
  private mutating func search(_ brackets: inout [Bracket]) async throws {
    while true {
      var asked: [(step: Int, replication: Int)] = []
      for (replication, bracket) in brackets.enumerated() {
        if let step = bracket.next(bottom: Self.bottom, top: top) {
          asked.append((step, replication))
        }
      }
      guard !asked.isEmpty else { return }
      // A load that was seen by way of the curve or another bracket is not run again.
      try await simulate(asked.filter { outcomes[$0.step]?[$0.replication] == nil })
      for (step, replication) in asked {
        brackets[replication].note(step, holds: outcome(step, replication)?.causes.isEmpty ?? true)
      }
    }
  }

  /// Where one replication stands: steps that held and that did not.
  private struct Bracket {
    var holds: Int?
    var breaks: Int?
    let start: Int
    /// How far away the next step is tried; grows up to a doubling of the load.
    private(set) var stride: Int

    init(start: Int, stride: Int) {
      self.start = start
      self.stride = stride
    }

    /// The step to try next; nil where the search has ended.
    func next(bottom: Int, top: Int) -> Int? {
      switch (holds, breaks) {
      case (nil, nil): start
      case (let low?, nil): low < top ? min(low + stride, top) : nil
      case (nil, let high?): high > bottom ? max(high - stride, bottom) : nil
      case (let low?, let high?): high - low > 1 ? (low + high) / 2 : nil
      }
    }

    mutating func note(_ step: Int, holds isHolding: Bool) {
      if holds != nil || breaks != nil { stride = min(stride * 2, LoadSearch.stepsPerDouble) }
      if isHolding { holds = step } else { breaks = step }
    }
  }

  private func outcome(_ step: Int, _ replication: Int) -> Outcome? {
    outcomes[step]?[replication]
  }

  private mutating func experiment(_ step: Int) throws(DiagnosticsError) -> Experiment {
    if let made = experiments[step] { return made }
    let plain = try maker.scenario()
    let more = step == 0 ? [] : plain.trafficSettings(times: Self.multiple(of: step)) ?? []
    let made = maker.experiment(of: try maker.scenario(more))
    experiments[step] = made
    return made
  }

  private mutating func simulate(_ asked: [(step: Int, replication: Int)]) async throws {
    guard !asked.isEmpty else { return }
    var work: [(experiment: Experiment, replication: Int)] = []
    for (step, replication) in asked { work.append((try experiment(step), replication)) }
    let runs = work
    let before = simulated
    let (finished, isCancelled) = (finished, isCancelled)
    let records = try await ReplicationRunner.run(
      count: runs.count, jobs: jobs, isCancelled: isCancelled, finished: { finished(before + $0) }
    ) { job in
      try runs[job].experiment.record(of: runs[job].replication, isCancelled: isCancelled)
    }
    simulated += runs.count
    for (job, record) in records.enumerated() {
      let (step, replication) = asked[job]
      let outcome = Self.outcome(runs[job].experiment, record)
      assumptions.join(outcome.assumptions)
      outcomes[step, default: [:]][replication] = outcome
    }
  }

  /// What a replication by itself says: which thresholds it does not hold, the services that do
  /// not keep up.
  ///
  /// Money is no part of it: a bill grows with traffic without anything breaking.
  private static func outcome(_ experiment: Experiment, _ record: RunRecord) -> Outcome {
    let results = experiment.join([record])
    var causes = results.saturations.map { "\($0.service) keeps up" }
    var observed: [Double?] = []
    let units = results.verdicts.prefix(experiment.thresholds.count).map { $0.observed?.unit }
    for (threshold, verdict) in zip(experiment.thresholds, results.verdicts) {
      let value = verdict.observed?.values.first ?? nil
      observed.append(value)
      if threshold.metric.subject != "cost", let value, !threshold.holds(for: value) {
        causes.append(threshold.text)
      }
    }
    return Outcome(
      causes: causes, observed: observed, units: units,
      cost: results.cost.perMonth.expected.dollars,
      arrived: Double(record.counts.arrived), assumptions: Assumptions(of: results))
  }

  // MARK: Curve and result

  /// Loads at which every replication is seen: today's, some below the breaking load and one above.
  private func curveSteps(_ brackets: [Bracket]) -> [Int] {
    let broken = brackets.compactMap(\.breaks).sorted()
    var steps = [0]
    if let middle = broken.isEmpty ? nil : broken[broken.count / 2] {
      steps += [-24, -10, -4, -1, 2].map { middle + $0 }
    } else {
      steps += [top]
    }
    var kept: [Int] = []
    for step in steps.sorted() where step >= Self.bottom && step <= top && !kept.contains(step) {
      kept.append(step)
    }
    return kept
  }

  private func result(
    _ base: Scenario, _ fidelity: FidelityChoice, _ brackets: [Bracket], _ steps: [Int]
  ) -> BreakingLoad {
    let runs = brackets.enumerated().map { replication, bracket in
      BreakingLoad.Run(
        holds: bracket.holds.map(Self.multiple), breaks: bracket.breaks.map(Self.multiple),
        causes: bracket.breaks.flatMap { outcome($0, replication)?.causes } ?? [])
    }
    var causes: [BreakingLoad.Cause] = []
    for cause in runs.flatMap(\.causes) {
      if let place = causes.firstIndex(where: { $0.name == cause }) {
        causes[place].runs += 1
      } else {
        causes.append(BreakingLoad.Cause(name: cause, runs: 1))
      }
    }
    // In the order of the scenario among those that are as frequent.
    let order = causes.indices.sorted {
      causes[$0].runs == causes[$1].runs ? $0 < $1 : causes[$0].runs > causes[$1].runs
    }
    let today = (outcomes[0] ?? [:]).sorted { $0.key < $1.key }.map(\.value.arrived)
    let seconds = (base.horizon - base.warmUp).seconds
    let mean = today.isEmpty ? 0 : today.reduce(0, +) / Double(today.count)
    return BreakingLoad(
      identity: maker.experiment(of: base).identity, thresholds: base.thresholds,
      units: outcome(0, 0)?.units ?? [], runs: runs, multiple: Self.interval(of: runs),
      causes: order.map { causes[$0] }, highest: Self.multiple(of: top),
      lowest: Self.multiple(of: Self.bottom), rate: mean > 0 ? mean / seconds : nil,
      curve: steps.map { point($0, brackets.count) }, simulated: simulated, fidelity: fidelity,
      assumptions: assumptions)
  }

  /// Student's t interval of the logarithms, never narrower than the bracket.
  private static func interval(of runs: [BreakingLoad.Run]) -> ConfidenceInterval? {
    let logs = runs.compactMap { $0.middle.map(PortableMath.log) }
    guard logs.count == runs.count, logs.count > 1 else { return nil }
    let mean = ConfidenceInterval.ofMean(logs, level: 0.95)
    let bracket = PortableMath.log(2) / Double(stepsPerDouble) / 2
    let half = max(mean.halfWidth, bracket)
    return ConfidenceInterval(
      estimate: PortableMath.exp(mean.estimate), low: PortableMath.exp(mean.estimate - half),
      high: PortableMath.exp(mean.estimate + half), level: 0.95)
  }

  private func point(_ step: Int, _ count: Int) -> BreakingLoad.Point {
    let seen = (0..<count).compactMap { outcome(step, $0) }
    func interval(_ values: [Double?]) -> ConfidenceInterval? {
      let known = values.compactMap { $0 }
      guard !known.isEmpty else { return nil }
      var interval = ConfidenceInterval.ofMean(known, level: 0.95)
      // What never falls below 0, such as a latency, has no interval there.
      if interval.low.isFinite, known.allSatisfy({ $0 >= 0 }) {
        interval.low = max(interval.low, 0)
      }
      return interval
    }
    let thresholds = seen.first?.observed.count ?? 0
    return BreakingLoad.Point(
      multiple: Self.multiple(of: step), runs: seen.count, held: seen.count { $0.causes.isEmpty },
      observed: (0..<thresholds).map { index in interval(seen.map { $0.observed[index] }) },
      cost: interval(seen.map(\.cost)))
  }
}
