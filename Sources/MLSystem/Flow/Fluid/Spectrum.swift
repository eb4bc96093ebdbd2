import Randomness
import Statistics

/// A law of times as shares of the buckets of a `LogHistogram`: what is mixed and drawn from.
///
/// Its buckets are those of the histogram, 128 an octave, so that nothing is lost between the two.
package struct Spectrum: Sendable {
  /// Number of the bucket of the first share.
  private(set) var first = 0
  private(set) var shares: [Double] = []

  /// A law without any mass yet.
  init() {}

  /// The law of a single time in seconds.
  package init(constant seconds: Double) {
    add(1, at: seconds)
  }

  /// The law of quantiles at given levels: between two of them the mass is spread evenly over the
  /// buckets, and what is above the last one lies up to 15 % beyond it.
  init(quantiles: [Double], levels: [Double]) {
    var below = 0.0
    var last = quantiles.first ?? 0
    for (value, level) in zip(quantiles, levels) {
      spread(level - below, from: last, to: value)
      below = level
      last = value
    }
    spread(1 - below, from: last, to: last * 1.15)
  }

  /// Whether it holds nothing.
  var isEmpty: Bool { shares.isEmpty }
  /// All mass.
  package var total: Double { shares.reduce(0, +) }

  /// Adds mass at a time in seconds.
  @inline(__always)
  mutating func add(_ mass: Double, at seconds: Double) {
    let bucket = Self.bucket(of: seconds)
    reserve(bucket, bucket)
    shares[bucket - first] += mass
  }

  /// Adds another law with a weight.
  mutating func add(_ other: Spectrum, weight: Double) {
    if other.shares.isEmpty { return }
    reserve(other.first, other.first + other.shares.count - 1)
    let offset = other.first - first
    for index in other.shares.indices { shares[offset + index] += weight * other.shares[index] }
  }

  /// Adds mass evenly over the buckets between two times in seconds.
  mutating func spread(_ mass: Double, from low: Double, to high: Double) {
    if mass <= 0 { return }
    let (from, to) = (Self.bucket(of: low), Self.bucket(of: max(low, high)))
    reserve(from, to)
    let each = mass / Double(to - from + 1)
    for bucket in from...to { shares[bucket - first] += each }
  }

  /// The law of the sum of two independent times.
  package func convolved(with other: Spectrum) -> Spectrum {
    var sum = Spectrum()
    if shares.isEmpty || other.shares.isEmpty { return sum }
    let (a, b) = (points, other.points)
    guard let lowA = a.first, let lowB = b.first, let highA = a.last, let highB = b.last
    else { return sum }
    sum.reserve(
      Self.bucket(of: lowA.value + lowB.value), Self.bucket(of: highA.value + highB.value))
    for x in a {
      for y in b {
        sum.shares[Self.bucket(of: x.value + y.value) - sum.first] += x.mass * y.mass
      }
    }
    return sum
  }

  /// The law of a time that is longer by a constant number of seconds.
  func shifted(by seconds: Double) -> Spectrum {
    var moved = Spectrum()
    for point in points { moved.add(point.mass, at: point.value + seconds) }
    return moved
  }

  /// Share of the mass above a time in seconds.
  func share(above seconds: Double) -> Double {
    let whole = total
    return whole > 0 ? max(0, 1 - mass(below: seconds) / whole) : 0
  }

  /// Mass at or below a time in seconds; a bucket that it cuts counts in proportion.
  func mass(below seconds: Double) -> Double {
    let bucket = Self.bucket(of: seconds)
    if bucket < first { return 0 }
    var sum = 0.0
    for index in shares.indices where first + index < bucket { sum += shares[index] }
    if bucket - first < shares.count {
      let part = seconds * 1e9 - Double(Self.lowest(of: bucket))
      sum += shares[bucket - first] * min(1, max(0, part / Double(Self.width(of: bucket))))
    }
    return sum
  }

  /// The time below which a share of the mass lies, seconds.
  package func quantile(_ level: Double) -> Double {
    let rank = level * total
    var sum = 0.0
    for index in shares.indices where shares[index] > 0 {
      sum += shares[index]
      if sum >= rank { return Self.middle(of: first + index) }
    }
    return shares.isEmpty ? 0 : Self.middle(of: first + shares.count - 1)
  }

  /// Mean time in seconds.
  package var mean: Double {
    var sum = 0.0
    for index in shares.indices { sum += shares[index] * Self.middle(of: first + index) }
    let whole = total
    return whole > 0 ? sum / whole : 0
  }

  /// Without what lies above a time in seconds.
  func cut(above seconds: Double) -> Spectrum {
    let bucket = Self.bucket(of: seconds)
    if bucket >= first + shares.count { return self }
    var kept = Spectrum()
    if bucket < first { return kept }
    kept.first = first
    kept.shares = Array(shares[...(bucket - first)])
    let part = seconds * 1e9 - Double(Self.lowest(of: bucket))
    kept.shares[bucket - first] *= min(1, max(0, part / Double(Self.width(of: bucket))))
    return kept
  }

  /// Draws so many times from the law and adds them to a histogram.
  func draw(
    _ count: Int64, into histogram: inout LogHistogram, _ draws: inout CounterDraws
  ) {
    var left = count
    var mass = total
    for index in shares.indices where shares[index] > 0 {
      if left <= 0 { return }
      let share = mass > 0 ? min(1, shares[index] / mass) : 1
      let here = FlowSampling.binomial(left, share, &draws)
      mass -= shares[index]
      left -= here
      histogram.add(Self.nanoseconds(of: first + index), weight: here)
    }
    if left > 0, !shares.isEmpty {
      histogram.add(Self.nanoseconds(of: first + shares.count - 1), weight: left)
    }
  }

  /// At most some 160 points with the same mass and nearly the same law, for convolutions.
  var points: [(value: Double, mass: Double)] {
    let whole = total
    let present = shares.count { $0 > 0 }
    let step = present <= 160 ? 0 : whole / 112
    var list: [(value: Double, mass: Double)] = []
    var (mass, moment, done) = (0.0, 0.0, 0.0)
    for index in shares.indices where shares[index] > 0 {
      mass += shares[index]
      moment += shares[index] * Self.middle(of: first + index)
      // The tails keep their detail.
      let isTail = done < 0.01 * whole || done > 0.99 * whole
      if mass >= (isTail ? step * 0.05 : step) {
        list.append((moment / mass, mass))
        done += mass
        (mass, moment) = (0, 0)
      }
    }
    if mass > 0 { list.append((moment / mass, mass)) }
    return list
  }

  /// Makes room for buckets.
  private mutating func reserve(_ low: Int, _ high: Int) {
    if shares.isEmpty {
      first = low
      shares = Array(repeating: 0, count: high - low + 1)
      return
    }
    if low < first {
      shares.insert(contentsOf: repeatElement(0, count: first - low), at: 0)
      first = low
    }
    if high >= first + shares.count {
      shares.append(contentsOf: repeatElement(0, count: high - first - shares.count + 1))
    }
  }

  // MARK: Buckets, as in `LogHistogram`

  private static func bucket(of seconds: Double) -> Int {
    let value = Int64(min(max(seconds, 0), 4e9) * 1e9)
    let shift = max(0, 56 - Int64(value.leadingZeroBitCount))
    return Int((shift << 7) + (value >> shift))
  }

  private static func lowest(of bucket: Int) -> Int64 {
    let shift = Int64(max(0, bucket >> 7 - 1))
    return (Int64(bucket) - (shift << 7)) << shift
  }

  private static func width(of bucket: Int) -> Int64 { 1 << Int64(max(0, bucket >> 7 - 1)) }

  private static func nanoseconds(of bucket: Int) -> Int64 {
    lowest(of: bucket) + (width(of: bucket) - 1) / 2
  }

  private static func middle(of bucket: Int) -> Double {
    (Double(lowest(of: bucket)) + Double(width(of: bucket) - 1) / 2) * 1e-9
  }
}
