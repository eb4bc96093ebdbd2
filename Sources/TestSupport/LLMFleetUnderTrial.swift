import MLSystem
import Quantities
import Statistics

/// The jumping server behind the doors through which a trial drives a server.
package struct LLMFleetUnderTrial: TrialServer, ~Copyable {
  package var fleet: LLMFleet

  package init(_ trial: ServerTrial, longestJump: Int64 = .max) {
    let plan = LLMServerPlan(rules: SchedulerRules(trial.rules), time: IterationTime(trial.price))
    fleet = LLMFleet(plan: plan, replicas: trial.replicas)
    fleet.longestJump = longestJump
  }

  package func due(_ replica: Int) -> Int64 { fleet.due(replica).nanoseconds }
  package func outstanding(_ replica: Int) -> Int { fleet.outstanding(replica) }

  package mutating func enqueue(
    _ id: Int, prompt: Int, output: Int, level: Int, replica: Int, at now: Int64
  ) -> Bool {
    fleet.enqueue(
      request: UInt32(id), prompt: Int32(prompt), output: Int32(output), priority: UInt8(level),
      replica: replica, at: Instant(nanoseconds: now))
  }

  package mutating func advance(_ replica: Int, at now: Int64) {
    fleet.advance(replica, at: Instant(nanoseconds: now))
  }

  package mutating func abort(_ id: Int, replica: Int, at now: Int64) {
    fleet.abort(UInt32(id), replica: replica, at: Instant(nanoseconds: now))
  }

  package mutating func fail(_ replica: Int, at now: Int64) {
    fleet.fail(replica, at: Instant(nanoseconds: now))
  }

  package mutating func setTimeFactor(_ replica: Int, _ factor: Double, at now: Int64) {
    fleet.setTimeFactor(replica, factor, at: Instant(nanoseconds: now))
  }

  package func snapshot(_ replica: Int, at now: Int64) -> [Int] {
    let state = fleet.snapshot(replica, at: Instant(nanoseconds: now))
    return [
      Int(state.running), Int(state.waiting), Int(state.freeBlocks), Int(state.context),
    ]
  }

  package mutating func takeDepartures() -> [ServerDeparture] {
    fleet.takeOutcomes().map { outcome in
      ServerDeparture(
        kind: outcome.kind == .lost ? .lost : .completed, request: Int(outcome.request),
        scheduled: outcome.scheduled == .never ? -1 : outcome.scheduled.nanoseconds,
        firstToken: outcome.firstToken == .never ? -1 : outcome.firstToken.nanoseconds,
        time: outcome.left.nanoseconds, preemptions: Int(outcome.preemptions))
    }
  }

  package var counts: ServerCounts {
    var counts = ServerCounts()
    counts.iterations = Int(fleet.totals.iterations)
    counts.sequences = Int(fleet.totals.sequences)
    counts.decodedTokens = Int(fleet.totals.decodedTokens)
    counts.admissions = Int(fleet.totals.admissions)
    counts.preemptions = Int(fleet.totals.preemptions)
    counts.completed = Int(fleet.totals.completed)
    return counts
  }
}

extension SchedulerRules {
  init(_ rules: SteppingRules) {
    self.init(
      tokenBudget: rules.tokenBudget, maximumSequences: rules.maximumSequences,
      blocks: rules.blocks, blockSize: rules.blockSize, watermark: rules.watermark,
      reservesWholePrompt: rules.reservesWholePrompt, pipelineStages: rules.stages,
      priorityLevels: rules.levels)
  }
}

extension IterationTime {
  init(_ price: SteppingPrice) {
    func curve(_ rows: [[SteppingPiece]]) -> ContextCurve {
      ContextCurve(
        rows: rows.map { row in
          row.map { ContextCurve.Piece(from: $0.from, value: $0.value, slope: $0.slope) }
        })
    }
    self.init(
      byTokens: price.byTokens, perSequence: price.perSequence,
      prefillIteration: price.prefillIteration, perPrefill: price.perPrefill,
      perPrefillToken: price.perPrefillToken, perPair: price.perPair, decode: curve(price.decode),
      decodeBesidePrefill: curve(price.decodeBesidePrefill))
  }
}

extension ServerTrial {
  /// What differs between the reference and the jumping server in this trial.
  ///
  /// Nil if the trial was cut off because the reference took more than `limit` steps.
  package func differences(
    fault: SteppingFault? = nil, longestJump: Int64 = .max, limit: Int = .max
  ) -> [String]? {
    var step = SteppingServer(rules: rules, price: price, replicas: replicas, fault: fault)
    guard let expected = run(&step, limit: limit) else { return nil }
    var jump = LLMFleetUnderTrial(self, longestJump: longestJump)
    guard let observed = run(&jump, limit: limit) else { return ["the jumping server hangs"] }
    var wrong: [String] = []
    for (a, b) in zip(expected.departures, observed.departures) where a != b {
      wrong.append("stepping \(a), jumping \(b)")
    }
    if expected.departures.count != observed.departures.count { wrong.append("departures") }
    if expected.refused != observed.refused { wrong.append("refusals") }
    if expected.samples != observed.samples { wrong.append("samples") }
    if step.counts != jump.counts { wrong.append("\(step.counts) \(jump.counts)") }
    let torn = step.preemptionGaps.reduce(0) { $0 + $1.key * $1.value }
    if torn != jump.fleet.totals.preemptedTime { wrong.append("time preempted") }
    jump.fleet.settleTotals(at: .start)
    if Self.histogram(step) != jump.fleet.totals.interTokenLatency {
      wrong.append("time between tokens")
    }
    return wrong
  }

  /// The times between tokens as the jumping server shows them: by the middle of their bucket.
  private static func histogram(_ step: SteppingServer) -> LogHistogram {
    func middles(_ values: [Int64: Int64], _ unit: Int64, _ result: inout LogHistogram) {
      var exact = LogHistogram()
      for (value, count) in values { exact.add(value, weight: count) }
      for bucket in exact.buckets {
        let middle = bucket.lowest + (bucket.highest - bucket.lowest) / 2
        result.add(middle / unit, weight: bucket.count)
      }
    }
    var result = LogHistogram()
    middles(step.gaps, 1 << 20, &result)
    middles(step.preemptionGaps, 1, &result)
    return result
  }
}
