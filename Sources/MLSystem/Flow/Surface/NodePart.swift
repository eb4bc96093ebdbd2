import DiscreteEvents
import Quantities
import Statistics

/// One of the runs of a node.
struct NodePart {
  private(set) var number = 0.0
  private(set) var waiting = 0.0
  private(set) var busy = 0.0
  private(set) var dropped = 0.0
  private(set) var batch = 1.0
  /// Nanoseconds.
  private(set) var median = 0.0
  private(set) var tail = 0.0
  /// Medians of the two halves of the run.
  private(set) var halves = (0.0, 0.0)
  /// What the autoscaler would have read per replica, one after the other.
  private(set) var readings: [Double] = []
  private(set) var times = CallTimes()
  private(set) var members: [CallTimes] = []

  init(_ run: SurfaceRun, _ plan: NodePlan, name: Int) throws {
    let end = Instant.start + plan.horizon
    // Nobody comes after the end, and those who have come are waited for: without the slow ones
    // among the last, a law would be too short.
    var rate = RateProfile(base: plan.rate)
    rate.steps = [RateStep(at: end, factor: 0)]
    var simulation = try run.simulation(
      replicas: plan.replicas, rate: rate, horizon: plan.horizon * 3, warmUp: plan.warmUp,
      part: name)
    var now = Instant.start + plan.warmUp
    let middle = now + Duration(nanoseconds: (plan.horizon - plan.warmUp).nanoseconds / 2)
    var firstHalf: LogHistogram?
    // Past the instant at which counting begins.
    _ = simulation.run(until: now + Duration(nanoseconds: 1))
    var last = Reading(simulation.model, at: now)
    while now < end {
      now = min(now + plan.step, end)
      let outcome = simulation.run(until: now)
      if run.isCancelled() { throw RunCancelled() }
      let reading = Reading(simulation.model, at: now)
      readings.append(
        reading.metric(run.spec.metric, since: last) / Double(plan.replicas))
      last = reading
      if firstHalf == nil, now >= middle { firstHalf = simulation.model.serviceRecords[0].latency }
      if outcome.reason != .horizon { break }
    }
    let levels = simulation.model.serviceRecords[0]
    var draining = now
    while simulation.model.requests.live > 0, draining < end + plan.horizon * 2 {
      draining = draining + plan.step
      _ = simulation.run(until: draining)
    }
    let state = simulation.finish()
    settle(state, levels, plan, run.spec, at: now)
    let latency = state.serviceRecords[0].latency
    median = latency.quantile(0.5) ?? 0
    tail = latency.quantile(0.99) ?? 0
    if let firstHalf {
      halves = (
        firstHalf.quantile(0.5) ?? median, latency.quantile(0.5, since: firstHalf) ?? median
      )
    }
  }

  private mutating func settle(
    _ state: borrowing SystemSimulation, _ levels: ServiceRecord, _ plan: NodePlan,
    _ spec: SurfaceSpec, at end: Instant
  ) {
    let record = state.serviceRecords[0]
    let seconds = (end - (Instant.start + plan.warmUp)).seconds
    let replicas = Double(plan.replicas)
    times = CallTimes(record)
    var counts = RequestCounts()
    for route in state.routeRecords.indices {
      counts.add(state.routeRecords[route].all.counts)
      members.append(CallTimes(state.routeRecords[route].all, times.wait))
    }
    waiting = levels.waiting.seconds(at: end) / seconds / replicas
    busy = levels.busy.seconds(at: end) / seconds / replicas
    // Those in service by Little's law; what stands before an engine counts with them.
    var inService = (record.latency.mean ?? 0) - (record.wait.mean ?? 0)
    if case .llm(let server) = spec.kind { inService += Double(server.frontEnd.nanoseconds) }
    number = waiting + Double(record.latency.count) / seconds / replicas * inService * 1e-9
    let ended = counts.served + counts.shed + counts.failed
    dropped = ended > 0 ? Double(counts.shed + counts.failed) / Double(ended) : 0
    if levels.batches > 0 { batch = Double(levels.batched) / Double(levels.batches) }
  }
}

/// Levels at an instant, from which the autoscaler's metric follows.
private struct Reading {
  var seconds: Double
  var busy: Double
  var calls: Double
  var waiting: Double
  var working: Double

  init(_ state: borrowing SystemSimulation, at now: Instant) {
    let record = state.serviceRecords[0]
    seconds = now.seconds
    busy = record.busy.seconds(at: now)
    calls = Double(record.allCalls)
    waiting = Double(record.waiting.level)
    working = Double(record.working)
  }

  func metric(_ metric: AutoscalerPlan.Metric, since last: Reading) -> Double {
    let span = max(seconds - last.seconds, 1e-9)
    switch metric {
    case .busy: return (busy - last.busy) / span
    case .concurrency: return waiting + working
    case .waiting: return waiting
    case .rate: return (calls - last.calls) / span
    }
  }
}

/// Times of calls, one histogram for each quantity.
struct CallTimes {
  var latency = LogHistogram()
  var wait = LogHistogram()
  var firstToken = LogHistogram()
  var perToken = LogHistogram()

  init() {}

  init(_ record: ServiceRecord) {
    latency = record.latency
    wait = record.wait
    firstToken = record.firstToken
    perToken = record.perToken
  }

  /// Of one route, whose waits are those of all.
  init(_ tally: RequestTally, _ wait: LogHistogram) {
    latency = tally.latency
    self.wait = wait
    firstToken = tally.firstToken
    perToken = tally.perToken
  }

  mutating func merge(_ other: CallTimes) {
    latency.merge(other.latency)
    wait.merge(other.wait)
    firstToken.merge(other.firstToken)
    perToken.merge(other.perToken)
  }

  /// By `LawQuantity`.
  var laws: [LatencyLaw?] {
    [
      LatencyLaw(latency) ?? .constant(0), LatencyLaw(wait) ?? .constant(0),
      LatencyLaw(firstToken), LatencyLaw(perToken),
    ]
  }
}
