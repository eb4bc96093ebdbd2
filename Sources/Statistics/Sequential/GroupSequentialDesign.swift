import Randomness

/// A two-sided test that may end at any of a few planned looks: the |z| at which it ends at each.
///
/// The chance of crossing is found by recursive integration over the part of the process that has
/// not crossed yet: Armitage, McPherson & Rowe 1969 (doi 10.2307/2343787); Jennison & Turnbull
/// 2000, *Group Sequential Methods*, ch. 19.
public struct GroupSequentialDesign: Hashable, Sendable {
  /// A family of bounds over equal steps of information.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// The same bound at each look (Pocock 1977, doi 10.1093/biomet/64.2.191).
    case pocock
    /// A bound that falls with the root of the look (O'Brien & Fleming 1979, doi 10.2307/2530245).
    case obrienFleming
  }

  /// The share of the whole information at each look, the last of them 1 or less.
  public let information: [Double]
  /// The |z| at which the test ends, look by look.
  public let bounds: [Double]

  /// Bounds of a family for `looks` equal steps at the two-sided significance `alpha`.
  public init(_ shape: Shape, looks: Int, alpha: Double = 0.05) {
    precondition(looks >= 1 && looks <= 500, "1 to 500 looks")
    precondition(alpha > 0 && alpha < 1, "a significance lies between 0 and 1")
    let information = (1...looks).map { Double($0) / Double(looks) }
    func bounds(_ constant: Double) -> [Double] {
      switch shape {
      case .pocock: information.map { _ in constant }
      case .obrienFleming: information.map { constant / $0.squareRoot() }
      }
    }
    // One look alone may not cross too often, and all together cross no more than their sum.
    let least = -PortableMath.normalQuantile(alpha / 2)
    let most = -PortableMath.normalQuantile(alpha / 2 / Double(looks))
    let constant = Self.root(from: least, to: most) { constant in
      Self.crossings(information, bounds(constant), drift: 0).reduce(0, +) - alpha
    }
    self.information = information
    self.bounds = bounds(constant)
  }

  /// Bounds that spend the significance `alpha` as `spending` says, at looks that need not be
  /// evenly placed.
  public init(spending: AlphaSpending, information: [Double], alpha: Double = 0.05) {
    precondition(!information.isEmpty && information.count <= 500, "1 to 500 looks")
    precondition(
      information[0] > 0 && information[information.count - 1] <= 1
        && zip(information, information.dropFirst()).allSatisfy { $0 < $1 },
      "rising shares of the information")
    var process = Remaining(information: information[0])
    var bounds: [Double] = []
    var spent = 0.0
    for (look, share) in information.enumerated() {
      if look > 0 { process.step(to: share) }
      let target = spending.spent(alpha, at: share)
      let bound = Self.bound(of: process, crossing: target - spent)
      process.cut(at: bound)
      bounds.append(bound)
      spent = target
    }
    self.information = information
    self.bounds = bounds
  }

  /// The chance that the test first ends at each look, where z at full information has the mean
  /// `drift`: 0 gives the false alarms, the sum over a true effect the power.
  public func crossings(drift: Double = 0) -> [Double] {
    Self.crossings(information, bounds, drift: drift)
  }

  /// Whether the test ends at look number `look` (from 0) with the score `z`.
  public func decision(look: Int, z: Double) -> SequentialDecision {
    z.magnitude >= bounds[look] ? .rejected : look + 1 == bounds.count ? .accepted : .open
  }

  private static func crossings(
    _ information: [Double], _ bounds: [Double], drift: Double
  ) -> [Double] {
    var process = Remaining(information: information[0], drift: drift)
    var crossings: [Double] = []
    for (look, bound) in bounds.enumerated() {
      if look > 0 { process.step(to: information[look]) }
      crossings.append(process.crossing(bound))
      process.cut(at: bound)
    }
    return crossings
  }

  /// The bound that is crossed with the chance `chance`; by bisection, for chances span decades.
  private static func bound(of process: Remaining, crossing chance: Double) -> Double {
    var (low, high) = (0.0, 38.0)
    while high - low > 1e-12 {
      let middle = (low + high) / 2
      if process.crossing(middle) > chance { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Where a falling function meets 0, by regula falsi with halved weights (Illinois).
  private static func root(
    from low: Double, to high: Double, _ value: (Double) -> Double
  ) -> Double {
    var (a, b) = (low, high)
    var (fa, fb) = (value(a), value(b))
    if fa <= 0 { return a }
    if fb >= 0 { return b }
    var wasLow: Bool?
    for _ in 0..<200 {
      var next = (a * fb - b * fa) / (fb - fa)
      if !(next > a && next < b) { next = (a + b) / 2 }
      let found = value(next)
      if found == 0 || min(next - a, b - next) < 1e-11 { return next }
      if found > 0 {
        (a, fa) = (next, found)
        if wasLow == true { fb /= 2 }
      } else {
        (b, fb) = (next, found)
        if wasLow == false { fa /= 2 }
      }
      wasLow = found > 0
    }
    return (a + b) / 2
  }
}
