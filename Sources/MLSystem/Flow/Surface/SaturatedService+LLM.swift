import DiscreteEvents
import Quantities
import Randomness
import Statistics

// LLM servers: a burst of requests is worked off, and the time that it takes is set against the
// tokens that it brought.
extension SaturatedService {
  private static let parts = 4
  /// Requests of a part.
  private static let burst = 24_000.0

  static func generations(_ plan: LLMServerPlan, _ run: SurfaceRun) throws -> SaturatedService {
    var parts: [DrainedBurst] = []
    for part in 0..<Self.parts { parts.append(try drained(plan, run, part: part)) }
    let law = meanTokens(run.spec)
    // Work done instead of requests done, so that the luck of long answers cancels.
    let rates = parts.map { $0.done / $0.seconds * ($0.tokens / law) }
    let rate = rates.reduce(0, +) / Double(rates.count)
    let spread = rates.reduce(0) { $0 + ($1 - rate) * ($1 - rate) } / Double(rates.count - 1)
    let members = run.spec.members.indices
    var answers = members.map { _ in LogHistogram() }
    var firsts = answers
    var perToken = LogHistogram()
    for part in parts {
      perToken.merge(part.perToken)
      for member in members {
        answers[member].merge(part.started[member].answer)
        firsts[member].merge(part.started[member].firstToken)
      }
    }
    let front = Double(plan.frontEnd.nanoseconds)
    func laws(_ answer: LogHistogram, _ first: LogHistogram) -> [LatencyLaw?] {
      [
        LatencyLaw(answer)?.shifted(by: front), .constant(front),
        LatencyLaw(first)?.shifted(by: front), LatencyLaw(perToken),
      ]
    }
    var answer = LogHistogram()
    var first = LogHistogram()
    for member in members {
      answer.merge(answers[member])
      first.merge(firsts[member])
    }
    let inService = ((answer.mean ?? 0) + front) * 1e-9
    let dispersion = parts.reduce(0) { $0 + $1.dispersion } / Double(parts.count)
    return SaturatedService(
      capacity: rate, serving: rate * inService, dispersion: dispersion,
      error: (spread / Double(rates.count)).squareRoot() / rate,
      laws: ResponseLaws(
        all: laws(answer, first),
        members: members.count > 1 ? members.map { laws(answers[$0], firsts[$0]) } : []))
  }

  private static func drained(
    _ plan: LLMServerPlan, _ run: SurfaceRun, part: Int
  ) throws -> DrainedBurst {
    // A thousandth of a second of a very high rate, then nobody.
    var rate = RateProfile(base: max(500, run.effort * burst) * 1000)
    rate.steps = [RateStep(at: .start + .milliseconds(1), factor: 0)]
    var simulation = try run.simulation(
      replicas: 1, rate: rate, horizon: .seconds(1e8), part: -1 - part, limited: false)
    simulation.model.serviceRecords[0].started = run.spec.members.map { _ in StartedTimes() }
    var readings: [(at: Double, done: Double)] = []
    while true {
      let outcome = simulation.run(limits: RunLimits(events: 8))
      if run.isCancelled() { throw RunCancelled() }
      // Not the levels: a request may still stand before the engine.
      let live = simulation.model.requests.live
      if live == 0 || outcome.reason != .eventLimit { break }
      let record = simulation.model.serviceRecords[0]
      if record.waiting.level > 0 {
        readings.append((simulation.calendar.now.seconds, Double(record.allCalls) - Double(live)))
      }
    }
    var drained = DrainedBurst()
    let state = simulation.finish()
    drained.started = state.serviceRecords[0].started
    drained.perToken = state.serviceRecords[0].perToken
    drained.tokens = meanTokens(run, taken: state.numbers, part: -1 - part)
    drained.settle(readings, slots: Double(plan.rules.maximumSequences))
    return drained
  }

  /// Mean output tokens of the law of all members.
  private static func meanTokens(_ spec: SurfaceSpec) -> Double {
    var sum = 0.0
    var weights = 0.0
    for member in spec.members {
      let count = 1 << 14
      var mean = 0.0
      for place in 0..<count {
        let value = member.size.output?.quantile((Double(place) + 0.5) / Double(count)) ?? 1
        mean += max(1, value.rounded()) / Double(count)
      }
      sum += mean * Double(member.weight)
      weights += Double(member.weight)
    }
    return sum / weights
  }

  /// Mean output tokens of the requests that a run has drawn.
  private static func meanTokens(
    _ run: SurfaceRun, taken: borrowing Table<UInt64>, part: Int
  ) -> Double {
    var makers = run.makers(part: part)
    var sum = 0.0
    var count = 0.0
    for member in makers.indices {
      for number in 0..<taken[member] {
        var slot = RequestSlot()
        slot.number = number
        makers[member].fill(&slot)
        sum += Double(slot.output)
        count += 1
      }
    }
    return count > 0 ? sum / count : 1
  }
}

/// What a replica got done between its filling and the end of its line.
private struct DrainedBurst {
  var done = 0.0
  var seconds = 0.0
  var dispersion = 0.0
  /// Mean output tokens of the requests of the burst.
  var tokens = 0.0
  var started: [StartedTimes] = []
  var perToken = LogHistogram()

  /// Rate and dispersion from readings of time and requests done, while others waited.
  mutating func settle(_ readings: [(at: Double, done: Double)], slots: Double) {
    // The first requests have started together; their traces are gone after some turnovers.
    let from = readings.firstIndex { $0.done > 4 * slots } ?? 0
    guard from + 8 < readings.count, let last = readings.last else {
      // The line was too short for more than a guess.
      done = readings.last?.done ?? 1
      seconds = max(readings.last?.at ?? 1, 1e-9)
      return
    }
    let first = readings[from]
    done = last.done - first.done
    seconds = last.at - first.at
    // The variance of what is done in equal spans, each of several turnovers.
    let span = max(seconds / 40, 4 * slots * seconds / done)
    var counts: [Double] = []
    var edge = first.at + span
    var before = first.done
    for (earlier, later) in zip(readings[from...], readings[(from + 1)...]) {
      while later.at >= edge, later.at > earlier.at {
        let share = (edge - earlier.at) / (later.at - earlier.at)
        let now = earlier.done + (later.done - earlier.done) * share
        counts.append(now - before)
        before = now
        edge += span
      }
    }
    guard counts.count > 3 else { return }
    let mean = counts.reduce(0, +) / Double(counts.count)
    let squares = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    dispersion = squares / Double(counts.count - 1) / mean
  }
}
