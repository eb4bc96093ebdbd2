/// The rules of a continuous-batching server, as plain numbers.
package struct SteppingRules: Sendable {
  package var tokenBudget = 64
  package var maximumSequences = 8
  package var blocks = 100
  package var blockSize = 16
  package var watermark = 0
  package var reservesWholePrompt = false
  package var stages = 1
  package var levels = 1

  package init() {}
}

/// The price of an iteration in units of 2^-20 ns; see `price(…)` for what the numbers mean.
package struct SteppingPrice: Sendable {
  package var byTokens: [Int64] = [1]
  package var perSequence: Int64 = 0
  package var prefillIteration: Int64 = 0
  package var perPrefill: Int64 = 0
  package var perPrefillToken: Int64 = 0
  package var perPair: Int64 = 0
  /// By count of decoding sequences: (from context, value there, slope).
  package var decode: [[SteppingPiece]] = []
  package var decodeBesidePrefill: [[SteppingPiece]] = []

  package init() {}

  /// Every number times `factor`, rounded.
  package func scaled(by factor: Double) -> SteppingPrice {
    func scale(_ v: Int64) -> Int64 { Int64((Double(v) * factor).rounded()) }
    func scale(_ rows: [[SteppingPiece]]) -> [[SteppingPiece]] {
      rows.map { row in
        row.map { SteppingPiece(from: $0.from, value: scale($0.value), slope: scale($0.slope)) }
      }
    }
    var result = self
    result.byTokens = byTokens.map { max(1, scale($0)) }
    result.perSequence = scale(perSequence)
    result.prefillIteration = scale(prefillIteration)
    result.perPrefill = scale(perPrefill)
    result.perPrefillToken = scale(perPrefillToken)
    result.perPair = scale(perPair)
    result.decode = scale(decode)
    result.decodeBesidePrefill = scale(decodeBesidePrefill)
    return result
  }
}

/// From `from` tokens of context on: `value + slope · (context - from)`.
package struct SteppingPiece: Sendable {
  package var from: Int64
  package var value: Int64
  package var slope: Int64

  package init(from: Int64, value: Int64, slope: Int64) {
    self.from = from
    self.value = value
    self.slope = slope
  }
}

/// A rule broken on purpose, so that a test can show that it would notice.
package enum SteppingFault: String, CaseIterable, Sendable {
  case arrivalAdmittedOneBoundaryLate
  case noAdmissionAfterPreemption
  case oldestPreempted
  case fractionLost
  case pairsWithoutSelf
  case lastTokenTakesSlot
  case watermarkIgnored
  case bendOneTokenLate
  case promptsDoNotSlowDecodes
  case recomputeForgetsOutput
  case gapAfterPreemptionOneNanosecondLonger
  case abortFreesAtOnce
  case beatIsSumOfCohorts
  case beatOfCohortAtBoundary
  case priorityIgnored
  case factorTouchesIterationUnderWay
}

/// The reference server: one event per beat, every running request touched in every iteration.
///
/// It is written for clearness and shares nothing with the server that it checks. Time goes in
/// beats, in which each of the micro-batches (one per pipeline stage) moves one stage on; the
/// slowest sets the length of the beat. Without a pipeline a beat is an iteration.
package struct SteppingServer {
  struct Request {
    var id: Int
    var prompt: Int
    var output: Int
    var level: Int
    var arrived: Int64
    var scheduled: Int64 = -1
    var firstToken: Int64 = -1
    /// When it was preempted, until it emits again.
    var preemptedAt: Int64 = -1
    var made = 0
    var computed = 0
    /// Tokens of the iteration under way, and whether they are a decode.
    var chunk = 0
    var decodes = false
    var preemptions = 0
    var isAborted = false
  }

  struct Cohort {
    var running: [Request] = []
    /// Time on a stage of the iteration under way.
    var stageTime: Int64 = 0
    /// When the iteration under way began, in fine units.
    var began: Int128 = 0
    var skipsAdmission = false
  }

  struct Replica {
    var cohorts: [Cohort]
    var waiting: [[Request]]
    var clock: Int64 = 0
    var fraction: Int64 = 0
    var beat: Int64 = 0
    var position = 0
    var isBusy = false
    var due = Int64.max
    var free: Int
    var price: SteppingPrice
  }

  let rules: SteppingRules
  let plainPrice: SteppingPrice
  let fault: SteppingFault?
  var replicas: [Replica]
  package internal(set) var left: [ServerDeparture] = []
  package internal(set) var counts = ServerCounts()
  /// Time between two tokens in fine units: how often each value came.
  package internal(set) var gaps: [Int64: Int64] = [:]
  /// The same in nanoseconds where a preemption lies between the tokens.
  package internal(set) var preemptionGaps: [Int64: Int64] = [:]

  package init(
    rules: SteppingRules, price: SteppingPrice, replicas: Int, fault: SteppingFault? = nil
  ) {
    self.rules = rules
    plainPrice = price
    self.fault = fault
    let idle = Replica(
      cohorts: Array(repeating: Cohort(), count: rules.stages),
      waiting: Array(repeating: [], count: rules.levels), free: rules.blocks, price: price)
    self.replicas = Array(repeating: idle, count: replicas)
  }

  func blocks(_ tokens: Int) -> Int { (tokens + rules.blockSize - 1) / rules.blockSize }

  // MARK: One beat

  /// Ends the beat of a replica and begins the next.
  package mutating func advance(_ r: Int, at now: Int64) {
    if replicas[r].beat > 0 {
      let fine = replicas[r].fraction + replicas[r].beat
      replicas[r].clock += fine >> 20
      replicas[r].fraction = fault == .fractionLost ? 0 : fine & 0xFFFFF
      replicas[r].position = (replicas[r].position + 1) % rules.stages
      finish(r, replicas[r].position)
    }
    begin(r, replicas[r].position)
    let isEmpty = replicas[r].cohorts.allSatisfy { $0.running.isEmpty }
    if isEmpty && replicas[r].waiting.allSatisfy({ $0.isEmpty }) {
      replicas[r].isBusy = false
      replicas[r].beat = 0
      replicas[r].due = .max
    } else {
      startBeat(r)
    }
  }

  private mutating func startBeat(_ r: Int) {
    let times = replicas[r].cohorts.map(\.stageTime)
    switch fault {
    case .beatIsSumOfCohorts: replicas[r].beat = times.reduce(0, +)
    case .beatOfCohortAtBoundary where times[replicas[r].position] > 0:
      replicas[r].beat = times[replicas[r].position]
    default: replicas[r].beat = times.max() ?? 0
    }
    replicas[r].due = replicas[r].clock + (replicas[r].fraction + replicas[r].beat) >> 20
  }

  // MARK: The end of an iteration

  private mutating func finish(_ r: Int, _ c: Int) {
    if replicas[r].cohorts[c].running.isEmpty { return }
    let now = replicas[r].clock
    let fineNow = Int128(now) << 20 + Int128(replicas[r].fraction)
    let lasted = Int64(fineNow - replicas[r].cohorts[c].began)
    var kept: [Request] = []
    counts.iterations += 1
    counts.sequences += replicas[r].cohorts[c].running.count
    for var q in replicas[r].cohorts[c].running {
      q.computed += q.chunk
      if q.decodes {
        gaps[lasted, default: 0] += 1
        counts.decodedTokens += 1
      }
      if q.isAborted {
        replicas[r].free += blocks(q.computed)
        continue
      }
      if q.computed == q.prompt + q.made {
        emit(&q, now)
        if q.made == q.output {
          let held = fault == .lastTokenTakesSlot ? q.computed + 1 : q.computed
          replicas[r].free += min(blocks(held), rules.blocks)
          leave(q, .completed, now)
          continue
        }
      }
      kept.append(q)
    }
    replicas[r].cohorts[c].running = kept
  }

  private mutating func emit(_ q: inout Request, _ now: Int64) {
    q.made += 1
    if q.firstToken < 0 {
      q.firstToken = now
    } else if q.preemptedAt >= 0 {
      var gap = now - q.preemptedAt
      if fault == .gapAfterPreemptionOneNanosecondLonger { gap += 1 }
      preemptionGaps[gap, default: 0] += 1
    }
    q.preemptedAt = -1
  }

  mutating func leave(_ q: Request, _ kind: ServerDeparture.Kind, _ now: Int64) {
    left.append(
      ServerDeparture(
        kind: kind, request: q.id, scheduled: q.scheduled, firstToken: q.firstToken, time: now,
        preemptions: q.preemptions))
    if kind == .completed { counts.completed += 1 }
  }

  // MARK: The beginning of an iteration

  private mutating func begin(_ r: Int, _ c: Int) {
    var running = replicas[r].cohorts[c].running
    let now = replicas[r].clock
    var budget = rules.tokenBudget
    var preempted = false
    var i = 0
    while i < running.count {
      let target = running[i].prompt + running[i].made
      let chunk = min(target - running[i].computed, budget)
      var need = blocks(running[i].computed + chunk) - blocks(running[i].computed)
      if fault == .lastTokenTakesSlot, running[i].made == running[i].output - 1 {
        need =
          min(blocks(running[i].computed + chunk + 1), rules.blocks)
          - blocks(running[i].computed)
      }
      if need > replicas[r].free {
        preempted = true
        preempt(r, running.remove(at: fault == .oldestPreempted ? 0 : running.count - 1), now)
        if fault == .oldestPreempted { i = max(0, i - 1) }
        continue
      }
      replicas[r].free -= need
      budget -= chunk
      running[i].chunk = chunk
      running[i].decodes =
        running[i].made > 0 && running[i].preemptedAt < 0 && target - running[i].computed == 1
      i += 1
    }
    if !preempted && !replicas[r].cohorts[c].skipsAdmission {
      admit(r, c, &running, budget)
    }
    replicas[r].cohorts[c].skipsAdmission = preempted && fault == .noAdmissionAfterPreemption
    replicas[r].cohorts[c].running = running
    replicas[r].cohorts[c].began = Int128(now) << 20 + Int128(replicas[r].fraction)
    replicas[r].cohorts[c].stageTime = running.isEmpty ? 0 : price(running, replicas[r].price)
  }

  private mutating func preempt(_ r: Int, _ victim: Request, _ now: Int64) {
    var q = victim
    replicas[r].free += blocks(q.computed)
    if q.made > 0 && q.preemptedAt < 0 { q.preemptedAt = now }
    if fault == .recomputeForgetsOutput, q.made > 0 {
      q.prompt -= min(q.made, q.prompt - 1)
    }
    q.computed = 0
    q.chunk = 0
    q.preemptions += 1
    counts.preemptions += 1
    replicas[r].waiting[q.level].insert(q, at: 0)
  }

  private mutating func admit(_ r: Int, _ c: Int, _ running: inout [Request], _ left: Int) {
    var budget = left
    let levels = fault == .priorityIgnored ? [Int](rules.levelsReversed) : [Int](0..<rules.levels)
    while budget > 0, running.count < rules.maximumSequences / rules.stages {
      guard let level = levels.first(where: { !replicas[r].waiting[$0].isEmpty }) else { return }
      var q = replicas[r].waiting[level][0]
      if fault == .arrivalAdmittedOneBoundaryLate, q.arrived == replicas[r].clock,
        !running.isEmpty
      {
        return
      }
      let target = q.prompt + q.made
      let chunk = min(target, budget)
      let wholePrompt = rules.reservesWholePrompt || rules.stages > 1
      let others = replicas[r].cohorts.indices.filter { $0 != c }.contains {
        !replicas[r].cohorts[$0].running.isEmpty
      }
      let mark = running.isEmpty && !others ? 0 : rules.watermark
      let watermark = fault == .watermarkIgnored ? 0 : mark
      if replicas[r].free - blocks(wholePrompt ? target : chunk) < watermark { return }
      replicas[r].waiting[level].removeFirst()
      replicas[r].free -= blocks(chunk)
      budget -= chunk
      q.chunk = chunk
      q.decodes = false
      if q.scheduled < 0 { q.scheduled = replicas[r].clock }
      running.append(q)
      counts.admissions += 1
    }
  }
}

extension SteppingRules {
  fileprivate var levelsReversed: ReversedCollection<Range<Int>> { (0..<levels).reversed() }
}
