import Quantities
import Randomness

/// Masses by number of a law; only those that were touched are visited.
struct LawWeights {
  private(set) var touched: [Int32] = []
  private var masses: [Double] = []

  @inline(__always)
  mutating func add(_ mass: Double, to law: Int32) {
    let place = Int(law)
    while masses.count <= place { masses.append(0) }
    if masses[place] == 0, mass > 0 { touched.append(law) }
    masses[place] += mass
  }

  subscript(law: Int32) -> Double { masses[Int(law)] }

  /// All mass.
  var total: Double { touched.reduce(0) { $0 + masses[Int($1)] } }

  mutating func removeAll() {
    for law in touched { masses[Int(law)] = 0 }
    touched.removeAll(keepingCapacity: true)
  }
}

/// The laws of calls that a run has met, each made once: at points of a grid of loads and of waits.
///
/// A load between two points of z = -ln(1 - ρ) counts to both, so that laws change smoothly and are
/// mixed, not rounded.
struct CallLaws {
  private(set) var laws: [CallLaw] = []
  /// By curve and route: numbers of laws by point of the grid of loads, -1 where not yet made.
  private var points: [[Int32]] = []
  private var waits: [WaitKey: Int32] = [:]
  private let views: Int

  private struct WaitKey: Hashable {
    var table: Int
    var bucket: Int64
  }

  /// Points of the grid a unit of z.
  private static let density = 25.0

  /// Laws seen from so many routes apart.
  init(views: Int) { self.views = max(1, views) }

  /// Keeps a law and names it.
  mutating func add(_ law: CallLaw) -> Int32 {
    laws.append(law)
    return Int32(laws.count - 1)
  }

  /// Gives the numbers of the laws of calls at a load, with shares that add up to 1.
  @inline(__always)
  mutating func stationary(
    _ curve: FluidCurve, number: Int, load: Double, view: Int, _ use: (Int32, Double) -> Void
  ) {
    let depth = -PortableMath.log1p(-min(max(load, 0), curve.topLoad)) * Self.density
    let low = Int(depth)
    let share = depth - Double(low)
    let table = number * views + view
    if share < 1 { use(point(curve, table, low, view), 1 - share) }
    if share > 0 { use(point(curve, table, low + 1, view), share) }
  }

  @inline(__always)
  private mutating func point(
    _ curve: FluidCurve, _ table: Int, _ point: Int, _ view: Int
  ) -> Int32 {
    while points.count <= table { points.append([]) }
    while points[table].count <= point { points[table].append(-1) }
    let known = points[table][point]
    if known >= 0 { return known }
    let load = -PortableMath.expm1(-Double(point) / Self.density)
    let made = add(curve.law(min(load, curve.topLoad), views > 1 ? view : nil))
    points[table][point] = made
    return made
  }

  /// The number of the law of calls behind a backlog.
  mutating func delayed(_ curve: FluidCurve, number: Int, wait: Double, view: Int) -> Int32 {
    // 64 waits an octave.
    let nanoseconds = Int64(min(max(wait, 0), 4e9) * 1e9)
    let shift = max(0, 57 - Int64(nanoseconds.leadingZeroBitCount))
    let bucket = (shift << 6) + (nanoseconds >> shift)
    let key = WaitKey(table: number * views + view, bucket: bucket)
    if let known = waits[key] { return known }
    let middle = Double((nanoseconds >> shift) << shift) + Double(1 << shift) / 2
    let made = add(curve.saturated(views > 1 ? view : nil).delayed(by: middle * 1e-9))
    waits[key] = made
    return made
  }
}

/// What a request meets on its way: the calls one after the other.
struct PathLaw {
  var latency: Spectrum
  var firstToken: Spectrum?
  var perToken: Spectrum?
  /// Share that the route's time-out cuts off, and share that leaves time for another attempt.
  var late = 0.0
  var early = 1.0
}

/// The laws of the whole way of one route, made once for every sequence of calls.
struct PathLaws {
  private(set) var laws: [PathLaw] = []
  private var known: [UInt64: Int32] = [:]
  private let timeout: Double?
  private let backoff: Double

  init(timeout: Duration?, backoff: Duration) {
    self.timeout = timeout?.seconds
    self.backoff = backoff.seconds
  }

  /// The number of the way that goes on from `path`, -1 for its start, with a call.
  @inline(__always)
  mutating func path(_ path: Int32, _ call: Int32, _ law: @autoclosure () -> CallLaw) -> Int32 {
    let key = UInt64(UInt32(bitPattern: path)) << 32 | UInt64(UInt32(bitPattern: call))
    if let made = known[key] { return made }
    laws.append(extended(path, law()))
    let made = Int32(laws.count - 1)
    known[key] = made
    return made
  }

  /// Shares of a way that come too late, and that leave time for another attempt.
  @inline(__always)
  func late(_ path: Int32) -> (late: Double, early: Double) {
    path < 0 ? (0, 1) : (laws[Int(path)].late, laws[Int(path)].early)
  }

  private func extended(_ path: Int32, _ call: CallLaw) -> PathLaw {
    var way: PathLaw
    if path < 0 {
      way = PathLaw(
        latency: call.latency, firstToken: call.firstToken, perToken: call.perToken)
    } else {
      let before = laws[Int(path)]
      way = PathLaw(latency: before.latency.convolved(with: call.latency))
      if let first = call.firstToken {
        way.firstToken = before.latency.convolved(with: first)
        way.perToken = call.perToken
      } else {
        way.firstToken = before.firstToken
        way.perToken = before.perToken
      }
    }
    if let timeout {
      way.late = way.latency.share(above: timeout)
      way.early = timeout > backoff ? 1 - way.latency.share(above: timeout - backoff) : 0
    }
    return way
  }
}
