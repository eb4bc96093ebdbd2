import Randomness

/// The response of a service with a fixed number of replicas, in tables that are read at every
/// tick: load against number in system, its slope, use, drops.
///
/// The method is the pointwise stationary fluid flow approximation (W.-P. Wang, D.
/// Tipper, S. Banerjee, INFOCOM 1996): dL/dt = λ/n - X ρ(L), with ρ(L) read backwards from the
/// measured L(ρ).
package final class FluidCurve: Sendable {
  /// Requests per second and replica with a standing queue.
  let capacity: Double
  /// Requests in service on a replica with a standing queue.
  let serving: Double
  /// Squared variation of the output per departure at saturation.
  let dispersion: Double
  /// Load above which there is a backlog instead of a stationary law.
  let topLoad: Double
  /// Number in system per replica at that load.
  let topNumber: Double
  /// The law of a call at a load, and of a call without its wait at saturation; of the requests of
  /// one route, or of all.
  let law: @Sendable (_ load: Double, _ route: Int?) -> CallLaw
  let saturated: @Sendable (_ route: Int?) -> CallLaw

  /// How exactly all this is known.
  let errors: CurveErrors

  /// Half-way number of the scale on which loads are kept.
  private let scale: Double
  /// Load at y = L / (L + scale), evenly spaced.
  private let loads: [Double]
  /// L (1 - ρ) / ρ, use and share dropped at evenly spaced loads.
  private let crowding: [Double]
  private let uses: [Double]
  private let drops: [Double]
  private let noises: [Double]
  private let memories: [Double]
  private let waits: [Double]
  private let batches: [Double]

  private static let steps = 1024
  private static let grid = 256
  /// No load is taken to be above this one, so that numbers stay finite.
  static let highest = 0.99999

  /// What a curve is made of, as functions of the load.
  package struct Response {
    var number: (Double) -> Double
    var busy: (Double) -> Double
    var dropped: (Double) -> Double = { _ in 0 }
    var noise: (Double) -> (deviation: Double, correlation: Double) = { _ in (0, 0) }
    /// Requests that wait, per replica, below saturation.
    var waiting: (Double) -> Double = { _ in 0 }
    /// Requests in a batch.
    var batch: (Double) -> Double = { _ in 1 }

    package init(
      number: @escaping (Double) -> Double, busy: @escaping (Double) -> Double,
      dropped: @escaping (Double) -> Double = { _ in 0 },
      noise: @escaping (Double) -> (deviation: Double, correlation: Double) = { _ in (0, 0) },
      waiting: @escaping (Double) -> Double = { _ in 0 },
      batch: @escaping (Double) -> Double = { _ in 1 }
    ) {
      self.number = number
      self.busy = busy
      self.dropped = dropped
      self.noise = noise
      self.waiting = waiting
      self.batch = batch
    }
  }

  /// Tabulates a response from no load to full load; `capacity` is requests per second and replica.
  package init(
    capacity: Double, serving: Double, dispersion: Double, topLoad: Double, _ response: Response,
    law: @escaping @Sendable (_ load: Double, _ route: Int?) -> CallLaw,
    saturated: @escaping @Sendable (_ route: Int?) -> CallLaw, errors: CurveErrors = CurveErrors()
  ) {
    self.errors = errors
    self.capacity = max(capacity, 1e-9)
    self.serving = serving
    self.dispersion = dispersion
    self.topLoad = topLoad
    self.law = law
    self.saturated = saturated
    let cells = Double(Self.grid)
    crowding = (0...Self.grid).map { index in
      let load = min(max(Double(index) / cells, 1e-3), 0.9999)
      return response.number(load) * (1 - load) / load
    }
    uses = (0...Self.grid).map { response.busy(Double($0) / cells) }
    drops = (0...Self.grid).map { response.dropped(min(Double($0) / cells, topLoad)) }
    let noise = (0...Self.grid).map { response.noise(min(Double($0) / cells, topLoad)) }
    noises = noise.map(\.deviation)
    memories = noise.map(\.correlation)
    waits = (0...Self.grid).map { index in
      let load = min(max(Double(index) / cells, 1e-3), topLoad)
      return response.waiting(load) * (1 - load) / load
    }
    batches = (0...Self.grid).map { response.batch(min(Double($0) / cells, topLoad)) }
    topNumber = response.number(topLoad)
    let scale = max(response.number(0.6), 1e-9)
    self.scale = scale
    loads = Self.inverse(scale: scale, of: response.number)
  }

  /// The load at each evenly spaced y, by one walk up the curve.
  private static func inverse(scale: Double, of number: (Double) -> Double) -> [Double] {
    var loads: [Double] = [0]
    var high = 0.0
    var value = 0.0
    var (lowLoad, lowValue) = (0.0, 0.0)
    // Evenly spaced in ln(1 - ρ): fine where numbers are large.
    var step = 0
    for index in 1...steps {
      let y = min(Double(index) / Double(steps), 0.999999)
      let wanted = scale * y / (1 - y)
      while value < wanted, high < highest {
        (lowLoad, lowValue) = (high, value)
        step += 1
        high = min(highest, -PortableMath.expm1(-Double(step) * 0.01))
        value = max(lowValue, number(high))
      }
      if value <= lowValue || wanted >= value {
        loads.append(high)
      } else {
        loads.append(lowLoad + (high - lowLoad) * (wanted - lowValue) / (value - lowValue))
      }
    }
    return loads
  }

  /// The load at which so many are in the system of a replica, and its slope.
  @inline(__always)
  package func load(ofNumber number: Double) -> (load: Double, slope: Double) {
    if number <= 0 {
      return (0, (loads[1] - loads[0]) * Double(Self.steps) / scale)
    }
    let sum = number + scale
    let place = number / sum * Double(Self.steps)
    let index = min(Int(place), Self.steps - 1)
    let low = loads[index]
    let rise = loads[index + 1] - low
    let load = low + rise * (place - Double(index))
    return (min(load, Self.highest), rise * Double(Self.steps) * scale / (sum * sum))
  }

  /// Number in system per replica at a load below 1.
  @inline(__always)
  package func number(at load: Double) -> Double {
    if load <= 0 { return 0 }
    let load = min(load, Self.highest)
    return Self.read(crowding, load) * load / (1 - load)
  }

  /// Share of the time in which a replica works.
  @inline(__always)
  func busy(at load: Double) -> Double { Self.read(uses, load) }

  /// Share of the requests that is turned away below saturation.
  @inline(__always)
  func dropped(at load: Double) -> Double { Self.read(drops, load) }

  /// Deviation and memory of the metric that an autoscaler reads.
  func noise(at load: Double) -> (deviation: Double, correlation: Double) {
    (Self.read(noises, load), Self.read(memories, load))
  }

  /// Requests that wait, per replica, when so many are in the system at this load.
  @inline(__always)
  func waiting(at load: Double, number: Double) -> Double {
    if load > topLoad { return max(0, number - serving) }
    return Self.read(waits, load) * load / (1 - load)
  }

  /// Requests in a batch.
  func batch(at load: Double) -> Double { max(1, Self.read(batches, load)) }

  @inline(__always)
  private static func read(_ table: [Double], _ load: Double) -> Double {
    let place = min(max(load, 0), 1) * Double(grid)
    let index = min(Int(place), grid - 1)
    return table[index] + (table[index + 1] - table[index]) * (place - Double(index))
  }
}

/// Relative standard errors of what was measured of a service.
package struct CurveErrors: Sendable {
  var capacity = 0.0
  /// Of the median and the 99th percentile at a load.
  var laws: @Sendable (_ load: Double) -> (p50: Double, p99: Double) = { _ in (0, 0) }
}

/// The times of a call of one service.
package struct CallLaw: Sendable {
  var latency = Spectrum()
  /// Of an LLM: to the first token, and a token after it.
  var firstToken: Spectrum?
  var perToken: Spectrum?
  /// How long it waits before work on it begins; nil where that is not known.
  var wait: Spectrum?

  package init(
    latency: Spectrum = Spectrum(), firstToken: Spectrum? = nil, perToken: Spectrum? = nil,
    wait: Spectrum? = nil
  ) {
    self.latency = latency
    self.firstToken = firstToken
    self.perToken = perToken
    self.wait = wait
  }

  /// The same call after a wait of so many seconds.
  func delayed(by seconds: Double) -> CallLaw {
    CallLaw(
      latency: latency.shifted(by: seconds), firstToken: firstToken?.shifted(by: seconds),
      perToken: perToken, wait: Spectrum(constant: seconds))
  }

  /// A mixture of two laws.
  func mixed(with other: CallLaw, share: Double) -> CallLaw {
    func mix(_ a: Spectrum?, _ b: Spectrum?) -> Spectrum? {
      guard let a, let b else { return nil }
      var sum = Spectrum()
      sum.add(a, weight: 1 - share)
      sum.add(b, weight: share)
      return sum
    }
    if share <= 0 { return self }
    return CallLaw(
      latency: mix(latency, other.latency) ?? latency,
      firstToken: mix(firstToken, other.firstToken), perToken: mix(perToken, other.perToken),
      wait: mix(wait, other.wait))
  }
}
