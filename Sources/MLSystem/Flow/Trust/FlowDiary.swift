import Randomness

/// What the fluid of one group of replicas went through, as far as it tells whether to trust it.
///
/// Two numbers decide. κ = |dρ/dt| τ / (1 - ρ) says how far a queue is from keeping up with a load
/// that moves, τ being the time in which it relaxes. z = E / √((c_a² + c_D²) X D) says how far a
/// backlog of length D stands out of its own noise: E is its peak, or where a limit cuts it, what
/// drifted in.
package struct FlowDiary {
  /// What a tick tells.
  package struct Entry {
    /// Seconds since the start, and how long it took.
    var time: Double
    var span: Double
    /// Requests a second of all replicas.
    var rate: Double
    var replicas: Int
    /// Load at which the replicas worked at its end, and the number in system of the fullest one.
    var load: Double
    var number: Double
    /// 1/τ there.
    var relaxing: Double
    /// Replicas behind one line.
    var pooled: Int
    var capacity: Double
    var capacityError: Double
    var serving: Double
    var dispersion: Double
    /// Relative standard errors of p50 and p99 at that load.
    var errors: (p50: Double, p99: Double)

    package init(
      time: Double, span: Double, rate: Double, replicas: Int, load: Double, number: Double,
      relaxing: Double, pooled: Int, capacity: Double, capacityError: Double, serving: Double,
      dispersion: Double, errors: (p50: Double, p99: Double)
    ) {
      self.time = time
      self.span = span
      self.rate = rate
      self.replicas = replicas
      self.load = load
      self.number = number
      self.relaxing = relaxing
      self.pooled = pooled
      self.capacity = capacity
      self.capacityError = capacityError
      self.serving = serving
      self.dispersion = dispersion
      self.errors = errors
    }

    /// Seconds in which requests that begin with as many in system forget how they began.
    var lead: Double {
      let sojourn = rate > 0 ? number * Double(replicas) / rate : 0
      return max(30, 5 / max(relaxing, 1e-9), 20 * sojourn)
    }
  }

  /// Where κ and z begin to count.
  private static let mostMoved = 0.2
  private static let leastMarked = 8.0

  private(set) var requests = 0.0
  /// Requests in ramps that a queue could not follow, in backlogs within their own noise, and in
  /// those beyond it.
  private(set) var fast = 0.0
  private(set) var narrow = 0.0
  private(set) var clear = 0.0
  /// Relative error of the waits of the clear ones, times their requests.
  private(set) var waitErrors = 0.0
  /// Times requests: τ, and how often it was longer than a third of a sync period on few replicas.
  private(set) var fewest = Int.max
  private(set) var relaxations = 0.0
  private(set) var capacityError = 0.0
  /// By step of -ln(1 - ρ): requests, and node errors times requests.
  private(set) var bins = [Bin](repeating: Bin(), count: 20)

  struct Bin {
    var requests = 0.0
    var error50 = 0.0
    var error99 = 0.0
  }

  /// Stretches that should be simulated by request, ramps and narrow backlogs, from calm to calm;
  /// and the clear backlogs, in which a fluid is at its best.
  package private(set) var ramps: [FlowStretch] = []
  private(set) var narrowBacklogs: [FlowStretch] = []
  private(set) var clearBacklogs: [FlowStretch] = []
  /// Stretches without a replica behind a shared line, where everybody waits for what will come.
  package private(set) var absences: [FlowStretch] = []

  private var lastLoad = -1.0
  private var fastUntil = -1.0
  private var backlog: Backlog?

  /// A stretch of load above 0.97.
  private struct Backlog {
    var requests = 0.0
    var length = 0.0
    var peak = 0.0
    var offered = 0.0
    var capacity = 0.0
    var noise = 0.0
    var capacityError = 0.0
    /// When it began, less the time in which an episode comes to the same state, and when it ends.
    var from = 0.0
    var until = Double.infinity
  }

  package init() {}

  /// Notes a tick.
  package mutating func note(_ entry: Entry) {
    let mass = entry.rate * entry.span
    requests += mass
    fewest = min(fewest, entry.replicas)
    capacityError = max(capacityError, entry.capacityError)
    let relaxation = 1 / max(entry.relaxing, 1e-9)
    relaxations += mass * relaxation
    let depth = -PortableMath.log1p(-min(max(entry.load, 0), 0.99))
    let bin = min(bins.count - 1, Int(depth * 4))
    bins[bin].requests += mass
    bins[bin].error50 += mass * entry.errors.p50
    bins[bin].error99 += mass * entry.errors.p99
    noteBacklog(entry, mass, relaxation)
    if backlog == nil { noteRamp(entry, mass, relaxation) }
    lastLoad = entry.load
  }

  private mutating func noteRamp(_ entry: Entry, _ mass: Double, _ relaxation: Double) {
    defer { if entry.time < fastUntil { fast += mass } }
    if lastLoad < 0 || entry.load <= 0.5 || entry.span <= 0 { return }
    let moved = abs(entry.load - lastLoad) / entry.span
    let kappa = moved * relaxation / max(1 - entry.load, 1e-6)
    if kappa > Self.mostMoved {
      // What was on its way when it began has felt it too.
      if entry.time >= fastUntil {
        fast += min(requests - mass, entry.rate * 5 * relaxation)
        ramps.append(FlowStretch(from: entry.time - entry.lead, until: entry.time))
      }
      fastUntil = entry.time + 5 * relaxation
      ramps[ramps.count - 1].until = fastUntil + entry.span
    }
  }

  private mutating func noteBacklog(_ entry: Entry, _ mass: Double, _ relaxation: Double) {
    if backlog == nil, entry.load > 0.97 { backlog = Backlog(from: entry.time - entry.lead) }
    guard var stretch = backlog else { return }
    let pooled = Double(entry.pooled)
    stretch.requests += mass
    stretch.peak = max(stretch.peak, (entry.number - entry.serving) * pooled)
    if entry.load > 0.97 {
      stretch.length += entry.span
      stretch.offered += mass / Double(entry.replicas) * pooled
    }
    stretch.capacity = entry.capacity * pooled
    stretch.noise = 1 + entry.dispersion
    stretch.capacityError = entry.capacityError
    if entry.load < 0.93 { stretch.until = entry.time + entry.span + 5 * relaxation }
    backlog = stretch
    if entry.load < 0.93 { endBacklog() }
  }

  /// Notes a tick in which requests wait and no replica is there.
  ///
  /// When they are answered, or whether they have gone by then, is not known yet: they count as
  /// doubtful.
  package mutating func noteAbsence(_ time: Double, _ span: Double, _ rate: Double) {
    requests += rate * span
    narrow += rate * span
    let until = time + span + 30
    if let last = absences.last, last.until >= time {
      absences[absences.count - 1].until = until
    } else if rate > 0 {
      absences.append(FlowStretch(from: time - 30, until: until))
    }
  }

  /// An episode takes the place of the fluid.
  mutating func pause() {
    endBacklog()
    lastLoad = -1
    fastUntil = -1
  }

  /// Judges the stretch that ends.
  mutating func endBacklog() {
    guard let stretch = backlog else { return }
    backlog = nil
    let rate = stretch.capacity * stretch.length
    if rate <= 0 { return }
    let drift = stretch.offered - rate
    let marked = max(stretch.peak, drift) / (stretch.noise * rate).squareRoot()
    if marked < Self.leastMarked {
      narrow += stretch.requests
      narrowBacklogs.append(FlowStretch(from: stretch.from, until: stretch.until))
    } else {
      clear += stretch.requests
      clearBacklogs.append(FlowStretch(from: stretch.from, until: stretch.until))
      let load = max(1.01, stretch.offered / rate)
      let error = 2 * stretch.capacityError * load / (load - 1) + 0.5 / marked
      waitErrors += stretch.requests * min(1, error)
    }
  }
}
