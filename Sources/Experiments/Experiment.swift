import DiscreteEvents
import MLSystem
import Pricing
import Quantities
import Scenarios

/// One scenario, or one variant of it, run as often as asked.
package struct Experiment: Sendable {
  package var identity: Identity
  package var thresholds: [Threshold]
  /// Sources of price rows by the row's name, for the list of prices used.
  package var priceSources: [String: String]
  /// Statistics by metric that are wanted beside the usual ones and those of the thresholds.
  package var asked: [String: [Statistic]] = [:]
  /// The system that a replication simulates, with its beliefs drawn.
  package var assemble: @Sendable (_ replication: Int) throws -> SystemModel
  /// How closely is looked.
  package var wish: FidelityWish
  /// Responses of services that were measured for runs as flow.
  package var surfaces = SurfaceStore()

  package init(
    identity: Identity, thresholds: [Threshold], priceSources: [String: String],
    wish: FidelityWish = .requests,
    assemble: @escaping @Sendable (_ replication: Int) throws -> SystemModel
  ) {
    self.identity = identity
    self.thresholds = thresholds
    self.priceSources = priceSources
    self.wish = wish
    self.assemble = assemble
  }

  /// Wants figures beside the usual ones and those of the thresholds.
  package mutating func ask(_ metrics: [MetricChoice]) {
    for choice in metrics {
      asked[choice.metric.description, default: []].append(choice.statistic)
    }
  }

  /// Runs all replications, at most `jobs` at a time, and joins them.
  ///
  /// The results do not depend on `jobs`.
  /// - Throws: what a replication throws, such as a located error of a trace; `CancellationError`.
  package func run(
    jobs: Int, isCancelled: @escaping @Sendable () -> Bool,
    finished: @escaping @Sendable (Int) -> Void
  ) async throws -> Results {
    let (fidelity, reason) = try fidelity()
    let records = try await ReplicationRunner.run(
      count: identity.replications, jobs: jobs, isCancelled: isCancelled, finished: finished
    ) { replication in
      try record(of: replication, fidelity, isCancelled: isCancelled)
    }
    var looked = self
    looked.identity.fidelity = fidelity.rawValue
    looked.identity.fidelityReason = reason
    return looked.join(records)
  }

  /// Runs one replication, for experiments that ask for them one by one.
  package func record(
    of replication: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> RunRecord {
    try record(of: replication, try fidelity().chosen, isCancelled: isCancelled)
  }

  private func record(
    of replication: Int, _ fidelity: Fidelity, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> RunRecord {
    try assemble(replication).simulate(
      seed: identity.seed, replication: replication, fidelity: fidelity, surfaces: surfaces,
      isCancelled: isCancelled)
  }

  /// Everything that reports show, from the records in order of replication.
  ///
  /// - Parameter level: of the intervals that thresholds are judged by.
  package func join(_ records: [RunRecord], level: Double = 0.95) -> Results {
    var asked = self.asked
    for threshold in thresholds {
      asked[threshold.metric.description, default: []].append(threshold.statistic)
    }
    var cost = CostJoining.summary(
      of: records.map(\.ledger),
      in: CostJoining.Setting(
        calendar: BillingCalendar(start: identity.start, horizon: identity.horizon),
        served: records.map { Double($0.counts.served + $0.counts.predicted) * countedShare },
        outputTokens: records.map { $0.outputTokens * countedShare }, sources: priceSources,
        level: level))
    cost.demands = CostJoining.demands(of: records)
    let figures = FigureJoining.figures(of: records, asked: asked, level: level) + cost.figures
    let saturations = RecordJoining.saturations(of: records)
    let flow = FlowStatement.joined(records)
    let verdicts =
      thresholds.map { threshold in
        let verdict = Judging.verdict(
          on: threshold, figures: figures, records: records, unknownCosts: cost.unknown,
          level: level)
        return flow?.judged(verdict, on: threshold) ?? verdict
      }
      + saturations.map { Judging.verdict(on: $0, replications: records.count) }
    var results = Results(
      identity: identity, figures: figures,
      distributions: FigureJoining.distributions(of: records), verdicts: verdicts,
      counts: records.map(\.counts), cost: cost, series: RecordJoining.series(of: records),
      timeline: RecordJoining.timeline(of: records), saturations: saturations,
      earlyStops: earlyStops(records), alarms: RecordJoining.alarms(of: records),
      versions: RecordJoining.versions(of: records),
      incidents: RecordJoining.incidents(of: records))
    results.flow = flow
    return results
  }

  /// What extends counted requests to the whole run: money is spent during the warm-up too.
  private var countedShare: Double {
    identity.horizon.seconds / (identity.horizon - identity.warmUp).seconds
  }

  private func earlyStops(_ records: [RunRecord]) -> [String] {
    records.filter { $0.outcome.reason != .horizon }.map { record in
      "replication \(record.replication) stopped at \(QuantityFormatter.offset(record.outcome.time)): "
        + record.outcome.reason.rawValue
    }
  }
}

extension RunRecord {
  /// Output tokens of all LLM services after the warm-up.
  fileprivate var outputTokens: Double {
    measures.reduce(0) { sum, measure in
      guard measure.unit == .tokensPerSecond, measure.name.metric == "tokens",
        measure.name.selector == nil, case .ratio(let tokens, _) = measure.value
      else { return sum }
      return sum + tokens
    }
  }
}

extension Results {
  /// What the thresholds decide together: a breach weighs more than an open question.
  package var outcome: Verdict.Outcome {
    if verdicts.contains(where: { $0.outcome == .breached }) { return .breached }
    if verdicts.contains(where: { $0.outcome == .undecided }) { return .undecided }
    return .met
  }
}
