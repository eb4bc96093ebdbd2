import DiscreteEvents
import Quantities
import Randomness
import Statistics

/// What a replica does while requests always wait for it.
package struct SaturatedService: Sendable {
  /// Requests a second.
  package var capacity: Double
  /// Requests in service.
  package var serving: Double
  /// Variance of what it gets done in a long time, per request.
  package var dispersion: Double
  /// Relative standard error of the capacity.
  package var error: Double
  /// Of a request that starts at once.
  package var laws: ResponseLaws

  package init(
    capacity: Double, serving: Double, dispersion: Double, error: Double, laws: ResponseLaws
  ) {
    self.capacity = capacity
    self.serving = serving
    self.dispersion = dispersion
    self.error = error
    self.laws = laws
  }

  /// Measures a replica of a service; replicas that always work do not feel each other.
  package static func measured(_ run: SurfaceRun) throws -> SaturatedService {
    switch run.spec.kind {
    case .model(let plan): batches(plan, run)
    case .llm(let plan): try generations(plan, run)
    case .lookup: preconditionFailure("a lookup has no replicas")
    }
  }
}

// MARK: Model servers

extension SaturatedService {
  /// Full batches one after the other, as the engine fills them from a line that never ends.
  private static func batches(_ plan: ModelServerPlan, _ run: SurfaceRun) -> SaturatedService {
    let factor = run.spec.timeFactor
    switch plan.time {
    case .random(let seconds):
      return SaturatedService(
        randomTime: seconds.mean * factor, variance: seconds.variance * factor * factor,
        requests: Double(filled(plan, run).meanCount),
        law: LatencyLaw(
          quantiles: LatencyLaw.levels.map { max(0, seconds.quantile($0)) * 1e9 * factor }))
    case .affine:
      return SaturatedService(filled(plan, run))
    }
  }

  private init(randomTime mean: Double, variance: Double, requests: Double, law: LatencyLaw) {
    let squaredVariation = mean > 0 ? variance / (mean * mean) : 0
    self.init(
      capacity: requests / max(mean, 1e-9), serving: requests,
      dispersion: requests * squaredVariation, error: 0,
      laws: ResponseLaws(batch: law))
  }

  private init(_ batches: FilledBatches) {
    let mean = batches.time / Double(batches.count)
    let requests = batches.meanCount
    // Of requests done in a long time: batches vary in size and in time together.
    let residual = batches.squares / Double(batches.count)
    self.init(
      capacity: requests / mean, serving: requests,
      dispersion: residual / requests,
      error: (residual / Double(batches.count)).squareRoot() / requests,
      laws: ResponseLaws(batch: LatencyLaw(batches.times) ?? .constant(mean * 1e9)))
  }

  /// So many requests are drawn to fill batches with.
  private static let drawn = 1 << 18

  private static func filled(_ plan: ModelServerPlan, _ run: SurfaceRun) -> FilledBatches {
    var makers = run.makers()
    let weights = run.spec.members.map { Double($0.weight) }
    let total = weights.reduce(0, +)
    var taken = weights.map { _ in UInt64(0) }
    let isConstant = !makers.contains(where: \.draws)
    var batches = FilledBatches(plan: plan, factor: run.spec.timeFactor)
    for index in 0..<(isConstant && makers.count == 1 ? 4 * plan.maximumRequests : drawn) {
      // The member that is furthest behind its share comes next.
      var member = 0
      var behind = -Double.infinity
      for place in weights.indices {
        let lack = weights[place] / total * Double(index + 1) - Double(taken[place])
        if lack > behind { (member, behind) = (place, lack) }
      }
      var slot = RequestSlot()
      slot.number = taken[member]
      taken[member] += 1
      makers[member].fill(&slot)
      batches.add(items: Int64(slot.items))
    }
    batches.finish()
    return batches
  }
}

/// Batches that were filled from a long line, by the rule of the model server.
private struct FilledBatches {
  let plan: ModelServerPlan
  let factor: Double
  /// Batches, requests in them and seconds that they take.
  private(set) var count = 0
  private(set) var requests = 0
  private(set) var time = 0.0
  /// Times of the requests in service, in nanoseconds.
  private(set) var times = LogHistogram()
  /// Sum of (requests - mean rate × time)², known when the last batch is in.
  private(set) var squares = 0.0
  private var filled: [(requests: Int, time: Double)] = []
  private var items: Int64 = 0
  private var waiting = 0

  init(plan: ModelServerPlan, factor: Double) {
    self.plan = plan
    self.factor = factor
  }

  var meanCount: Double { Double(requests) / Double(max(count, 1)) }

  mutating func add(items more: Int64) {
    if waiting > 0, items + more > Int64(plan.maximumItems) { close() }
    waiting += 1
    items += more
    if waiting == max(1, plan.maximumRequests) { close() }
  }

  private mutating func close() {
    var seconds = 0.0
    if case .affine(let fixed, let perItem) = plan.time {
      seconds = (fixed.seconds + perItem.seconds * Double(items)) * factor
    }
    filled.append((waiting, seconds))
    times.add(Int64(seconds * 1e9), weight: Int64(waiting))
    count += 1
    requests += waiting
    time += seconds
    items = 0
    waiting = 0
  }

  mutating func finish() {
    if count == 0 { close() }
    filled.removeAll { $0.requests == 0 }
    let rate = time > 0 ? Double(requests) / time : 0
    squares = filled.reduce(0) { sum, batch in
      let residual = Double(batch.requests) - rate * batch.time
      return sum + residual * residual
    }
  }
}

extension ResponseLaws {
  /// The laws of a request in a batch of a model server.
  fileprivate init(batch law: LatencyLaw) {
    self.init(all: [law, .constant(0), nil, nil])
  }
}
