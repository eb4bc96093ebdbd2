import Randomness

/// Replicas with equally many requests.
package struct FluidCohort {
  var members: [UInt32]
  /// Mean number in system of each.
  package var number: Double
  /// Load at which it was advanced last.
  var load = 0.0

  var count: Double { Double(members.count) }
}

/// How new requests find a replica.
package enum FluidSplit {
  /// Every replica gets the same.
  case even
  /// The emptier get more: one pool while nobody has a backlog, water filling when somebody has.
  case leastLoaded
  /// One line for all.
  case shared

  init(_ balancer: Balancer, isLLM: Bool) {
    switch balancer {
    case .roundRobin, .random: self = .even
    case .leastOutstanding, .powerOfTwo: self = .leastLoaded
    case .sharedQueue: self = isLLM ? .leastLoaded : .shared
    }
  }
}

/// Where requests of a tick went on, and after what.
package struct FluidEmission {
  /// The load at which they were served; above 1 for the wait in a backlog, see `wait`.
  var load: Double
  /// Seconds that they wait behind a backlog before the law without wait begins; negative for none.
  package var wait: Double
  /// How many requests they are.
  package var mass: Double
}

/// The fluid of one version of a service: numbers in system of its replicas.
///
/// Source of the equation: see `FluidCurve`. A step of the integration changes the number by a
/// tenth at most and never passes the fixed point: with one slope for a whole tick, seconds of
/// backlog are lost at the onset of an overload.
package struct FluidGroup {
  let split: FluidSplit
  /// Its replicas, those alike together.
  package private(set) var cohorts: [FluidCohort] = []
  /// Requests in a shared line while no replica is there.
  private(set) var stranded = 0.0

  /// What became of the last tick's requests, filled by `advance`.
  package var emissions: [FluidEmission] = []
  /// Requests of the last tick that found no room.
  package private(set) var cut = 0.0
  /// Requests that left for good or for the next step.
  package private(set) var completed = 0.0
  /// Replica-seconds of work.
  package private(set) var worked = 0.0
  /// Request-seconds of waiting.
  private(set) var waited = 0.0
  private(set) var batches = 0.0
  /// Whether every cohort stood at its fixed point.
  package private(set) var isCalm = true

  /// A group without replicas.
  package init(split: FluidSplit) { self.split = split }

  /// Replicas that take requests.
  var replicas: Int { cohorts.reduce(0) { $0 + $1.members.count } }
  /// Requests in system.
  package var total: Double { cohorts.reduce(stranded) { $0 + $1.number * $1.count } }
  /// The load of most replicas.
  var load: Double { cohorts.max { $0.members.count < $1.members.count }?.load ?? 0 }
  /// Greatest number in system of a replica.
  var deepest: Double { cohorts.reduce(0) { max($0, $1.number) } }

  /// Requests of one replica.
  func number(of replica: UInt32) -> Double {
    cohorts.first { $0.members.contains(replica) }?.number ?? 0
  }

  // MARK: Replicas come and go

  /// Makes `ready` the replicas that take requests; `numbers` knows what each brings along.
  package mutating func setReplicas(_ ready: [UInt32], _ number: (UInt32) -> Double) {
    if split == .shared {
      let whole = total
      cohorts = []
      stranded = 0
      if ready.isEmpty {
        stranded = whole
      } else {
        cohorts = [FluidCohort(members: ready, number: whole / Double(ready.count))]
      }
      return
    }
    var made: [FluidCohort] = []
    for replica in ready {
      let own = number(replica)
      if let place = made.firstIndex(where: { $0.number == own }) {
        made[place].members.append(replica)
      } else {
        made.append(FluidCohort(members: [replica], number: own))
      }
    }
    cohorts = made
  }

  /// So many are in system now, evenly among the replicas.
  mutating func setTotal(_ requests: Double) {
    if cohorts.isEmpty { return stranded = requests }
    let members = cohorts.flatMap(\.members)
    cohorts = [FluidCohort(members: members, number: requests / Double(members.count))]
    isCalm = false
  }

  /// Takes work out of a shared line, when a replica goes with what it has in service.
  mutating func remove(_ requests: Double) {
    if cohorts.isEmpty { return stranded = max(0, stranded - requests) }
    cohorts[0].number = max(0, cohorts[0].number - requests / cohorts[0].count)
  }

  // MARK: Time

  /// Moves on by `span` seconds while requests come at `rate` a second in all.
  ///
  /// - Parameters:
  ///   - curve: of as many replicas as there are.
  ///   - cap: the most that a replica may have, beyond which requests are turned away.
  ///   - isSure: whether the wait at the cap is the cap's, without spread.
  package mutating func advance(
    by span: Double, rate: Double, curve: FluidCurve, cap: Double, isSure: Bool
  ) {
    emissions.removeAll(keepingCapacity: true)
    (cut, completed, worked, waited, batches) = (0, 0, 0, 0, 0)
    isCalm = true
    pool(curve)
    let count = Double(replicas)
    if cohorts.count == 1 {
      advance(0, span, rate / count, curve, cap, isSure, count)
      return
    }
    let shares = rates(rate, span, curve, count)
    for place in cohorts.indices {
      advance(place, span, shares[place], curve, cap, isSure, count)
    }
    mergeEqual()
  }

  /// A tick in which nothing comes and nothing is there.
  mutating func rest(isCalm: Bool = true) {
    emissions.removeAll(keepingCapacity: true)
    (cut, completed, worked, waited, batches) = (0, 0, 0, 0, 0)
    self.isCalm = isCalm
  }

  /// A tick without replicas: whoever comes waits in the shared line.
  mutating func wait(for span: Double, rate: Double) {
    rest()
    stranded += rate * span
    waited = stranded * span
    isCalm = rate == 0
  }

  /// One pool while nobody has a backlog, where the balancer looks at who has least.
  private mutating func pool(_ curve: FluidCurve) {
    guard cohorts.count > 1, split == .leastLoaded, deepest <= curve.topNumber else { return }
    let number = total / Double(replicas)
    cohorts = [FluidCohort(members: cohorts.flatMap(\.members), number: number)]
  }

  /// Requests a second that each replica of a cohort gets.
  private func rates(
    _ rate: Double, _ span: Double, _ curve: FluidCurve, _ count: Double
  ) -> [Double] {
    if split != .leastLoaded { return cohorts.map { _ in rate / count } }
    // Water filling: the lowest surfaces rise together.
    let floors = cohorts.map { $0.number - curve.capacity * span }
    let order = cohorts.indices.sorted { (floors[$0], $0) < (floors[$1], $1) }
    var (members, filled) = (0.0, rate * span)
    var level = 0.0
    for (rank, place) in order.enumerated() {
      members += cohorts[place].count
      filled += floors[place] * cohorts[place].count
      level = filled / members
      if rank + 1 == order.count || level <= floors[order[rank + 1]] { break }
    }
    return floors.map { max(0, level - $0) / span }
  }

  /// Cohorts that have met go on together.
  private mutating func mergeEqual() {
    var place = 1
    while place < cohorts.count {
      let (a, b) = (cohorts[0], cohorts[place])
      if abs(a.number - b.number) < 0.02 * (a.number + 0.05) {
        let sum = a.number * a.count + b.number * b.count
        cohorts[0].members += b.members
        cohorts[0].number = sum / cohorts[0].count
        cohorts.remove(at: place)
      } else {
        place += 1
      }
    }
  }

  /// Moves one cohort on; `rate` is that of one replica.
  private mutating func advance(
    _ place: Int, _ span: Double, _ rate: Double, _ curve: FluidCurve, _ cap: Double,
    _ isSure: Bool, _ count: Double
  ) {
    let members = cohorts[place].count
    let fixed = rate < 0.9999 * curve.capacity ? curve.number(at: rate / curve.capacity) : -1
    var number = cohorts[place].number
    var left = span
    var steps = 0
    // A line that is full and stays so is calm as well.
    let isFull = number >= cap * (1 - 1e-9) && rate >= curve.capacity
    if !isFull, fixed < 0 || abs(number - fixed) > 0.01 * (fixed + 0.01) { isCalm = false }
    while left > 1e-12 {
      if number >= cap * (1 - 1e-9), rate >= curve.capacity {
        overflow(curve, cap, rate, left, members, isSure, count)
        break
      }
      let (load, slope) = curve.load(ofNumber: number)
      let net = rate - load * curve.capacity
      let (step, change) = Self.step(
        net, slope * curve.capacity, left, number, curve.serving, steps < 4000)
      var next = number + change
      if fixed >= 0, (number < fixed) == (next > fixed) || number == fixed { next = fixed }
      next = max(0, next)
      var lost = 0.0
      if next > cap {
        lost = max(0, number + rate * step - load * curve.capacity * step - cap)
        lost = min(lost, rate * step)
        next = cap
      }
      let middle = (number + next) / 2
      let dropped = emit(
        curve, middle, (rate * step - lost) * members, isSure && lost > 0, step * members)
      cut += lost * members + dropped
      completed += max(0, (rate * step - lost) * members - dropped - (next - number) * members)
      number = next
      left -= step
      steps += 1
    }
    cohorts[place].number = number
    cohorts[place].load = curve.load(ofNumber: number).load
  }

  /// A full line in overload: what is too much is turned away, and the others wait as long as
  /// anybody can.
  private mutating func overflow(
    _ curve: FluidCurve, _ cap: Double, _ rate: Double, _ span: Double, _ members: Double,
    _ isSure: Bool, _ count: Double
  ) {
    cut += (rate - curve.capacity) * span * members
    let mass = curve.capacity * span * members
    completed += mass
    let excess = max(0, cap - curve.serving)
    worked += curve.busy(at: 1) * span * members
    waited += excess * span * members
    batches += mass / curve.batch(at: 1)
    let wait = excess / curve.capacity
    if isSure {
      // The wait stays below the longest one by an exponential length: under a drift of λ - μ and a
      // variance of (c_a² + c_D²) a request, a random walk that is thrown back at a limit does (for
      // M/M/1 with a fixed patience exactly so: density e^((λ - μ) w) below it).
      let excessRate = max(rate - curve.capacity, 1e-3 * rate)
      let lines = split == .shared ? count : 1
      let gap = min(wait, (1 + curve.dispersion) / 2 / (excessRate * lines))
      for quantile in [0.1335, 0.4700, 0.9808, 2.0794] {
        emissions.append(
          FluidEmission(load: 1, wait: max(0, wait - gap * quantile), mass: mass / 4))
      }
    } else {
      appendWaits(wait, (curve.dispersion * excess).squareRoot() / curve.capacity, mass)
    }
  }

  /// The longest step within a tenth of the number, and the change over it.
  @inline(__always)
  private static func step(
    _ net: Double, _ slope: Double, _ left: Double, _ number: Double, _ serving: Double,
    _ isPatient: Bool
  ) -> (step: Double, change: Double) {
    func change(_ step: Double) -> Double {
      slope * step > 1e-9 ? net * -PortableMath.expm1(-slope * step) / slope : net * step
    }
    let whole = change(left)
    let most = 0.1 * (number + 0.1 * max(serving, 0.1))
    if abs(whole) <= most || !isPatient { return (left, whole) }
    let ratio = most / abs(net)
    var step = left
    if slope * ratio < 0.95 {
      let wanted = slope * ratio > 1e-9 ? -PortableMath.log1p(-slope * ratio) / slope : ratio
      step = min(left, wanted)
    }
    return (step, change(step))
  }

  /// Notes what the requests of a step met; returns those that were turned away below saturation.
  private mutating func emit(
    _ curve: FluidCurve, _ number: Double, _ mass: Double, _ isSure: Bool, _ time: Double
  ) -> Double {
    let load = curve.load(ofNumber: number).load
    worked += curve.busy(at: load) * time
    waited += curve.waiting(at: load, number: number) * time
    if mass <= 0 { return 0 }
    if load <= curve.topLoad {
      let dropped = mass * curve.dropped(at: load)
      batches += (mass - dropped) / curve.batch(at: load)
      emissions.append(FluidEmission(load: load, wait: -1, mass: mass - dropped))
      return dropped
    }
    batches += mass / curve.batch(at: load)
    let excess = max(0, number - curve.serving)
    let wait = excess / curve.capacity
    appendWaits(wait, isSure ? 0 : (curve.dispersion * excess).squareRoot() / curve.capacity, mass)
    return 0
  }

  /// Notes waits that are normal around `wait`.
  private mutating func appendWaits(_ wait: Double, _ deviation: Double, _ mass: Double) {
    if deviation < 0.02 * wait {
      emissions.append(FluidEmission(load: 1, wait: wait, mass: mass))
      return
    }
    for (place, share) in Self.spread {
      emissions.append(
        FluidEmission(load: 1, wait: max(0, wait + place * deviation), mass: mass * share))
    }
  }

  /// Seven values with the moments of a normal law, or nearly so.
  private static let spread: [(Double, Double)] = [
    (-2.37, 0.03), (-1.15, 0.13), (-0.55, 0.21), (0, 0.26), (0.55, 0.21), (1.15, 0.13),
    (2.37, 0.03),
  ]
}
