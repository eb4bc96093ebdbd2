import Randomness

/// Page's cumulative sum chart of standardised items, one- or two-sided.
///
/// S⁺ ← max(0, S⁺ + z - k) alarms above h, S⁻ ← max(0, S⁻ - z - k) likewise, with z the distance of
/// an item from the mean in standard deviations: Page 1954 (doi 10.1093/biomet/41.1-2.100).
/// k is half the shift that should be found soonest, h sets how rarely it alarms in vain.
public struct CUSUM: DriftDetector, Hashable {
  /// Which way the mean must go to be noticed.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    case up
    case down
    case both
  }

  /// Where mean and standard deviation of the quiet process come from.
  public enum Baseline: Hashable, Sendable {
    case known(mean: Double, deviation: Double)
    /// From the first so many items, and again after each alarm; none of them is judged.
    case learnt(from: Int)
  }

  /// The allowance k, in standard deviations.
  public let allowance: Double
  /// The line h, in standard deviations.
  public let line: Double
  /// Which way the mean must go.
  public let direction: Direction
  /// Where mean and standard deviation come from.
  public let baseline: Baseline

  /// The number of items since the start or the latest alarm.
  public private(set) var count = 0
  private var rise = 0.0
  private var fall = 0.0
  private var isOver = false
  private var learnt = RunningMean()
  private var squares = 0.0
  private var deviation = 1.0
  private var centre = 0.0

  /// A chart with the usual k = 0.5 and h = 5.
  public init(
    allowance: Double = 0.5, line: Double = 5, direction: Direction = .both, baseline: Baseline
  ) {
    precondition(allowance >= 0 && line > 0, "allowance and line in standard deviations")
    self.allowance = allowance
    self.line = line
    self.direction = direction
    self.baseline = baseline
    switch baseline {
    case .known(let mean, let deviation):
      precondition(deviation > 0, "a standard deviation above zero")
      self.deviation = deviation
      centre = mean
    case .learnt(let count):
      precondition(count >= 2, "a standard deviation needs two items")
    }
  }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    isLearning || count == 0 ? nil : DetectorEvidence(statistic, line: line)
  }

  private var statistic: Double {
    switch direction {
    case .up: rise
    case .down: fall
    case .both: max(rise, fall)
    }
  }

  private var isLearning: Bool {
    if case .learnt(let needed) = baseline { return count <= needed }
    return false
  }

  /// Forgets every item.
  public mutating func reset() {
    self = CUSUM(allowance: allowance, line: line, direction: direction, baseline: baseline)
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    count += 1
    if isLearning {
      let before = learnt.mean
      learnt.update(x)
      squares += (x - before) * (x - learnt.mean)
      centre = learnt.mean
      deviation = (squares / max(learnt.count - 1, 1)).squareRoot()
      return .steady
    }
    // A process that stood still has no scale: its first move is beyond any line.
    let score = x == centre ? 0 : (x - centre) / deviation
    rise = max(0, rise + score - allowance)
    fall = max(0, fall - score - allowance)
    isOver = statistic > line
    return isOver ? .alarm : .steady
  }

  /// The mean number of items to a false alarm where items are independent and normal.
  ///
  /// Siegmund 1985, *Sequential Analysis*, as in Montgomery, *Statistical Quality Control*, §9.1:
  /// one side takes (e^{2kb} - 2kb - 1) / 2k² items with b = h + 1.166, two sides the harmonic
  /// sum. Within 3 % of the exact 465 for k = 0.5, h = 5, two-sided.
  public var expectedRunLength: Double { Self.runLength(allowance, line, direction, shift: 0) }

  /// The mean number of items to an alarm after the mean has moved by `shift` standard deviations.
  public func expectedDelay(shift: Double) -> Double {
    Self.runLength(allowance, line, direction, shift: shift)
  }

  private static func runLength(
    _ k: Double, _ h: Double, _ direction: Direction, shift: Double
  ) -> Double {
    func side(_ drift: Double) -> Double {
      let b = h + 1.166
      if drift.magnitude < 1e-9 { return b * b }
      let product = drift * b
      return (PortableMath.exp(-2 * product) + 2 * product - 1) / (2 * drift * drift)
    }
    switch direction {
    case .up: return side(shift - k)
    case .down: return side(-shift - k)
    case .both: return 1 / (1 / side(shift - k) + 1 / side(-shift - k))
    }
  }
}
