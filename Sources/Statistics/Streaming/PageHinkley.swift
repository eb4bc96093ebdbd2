/// Page and Hinkley's test: the summed deviation from the running mean climbs away from its lowest
/// point, or falls away from its highest.
///
/// Page 1954, "Continuous inspection schemes", Biometrika 41, pp. 100-115 (doi
/// 10.1093/biomet/41.1-2.100), with the forgetting of River: each sum is multiplied by `memory`
/// before a deviation is added.
public struct PageHinkley: DriftDetector, Hashable {
  /// Which way the mean must go to be noticed.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    case up
    case down
    case both
  }

  /// The number of items before the first judgement.
  public let warmStart: Int
  /// A change of the mean that is let pass.
  public let delta: Double
  /// The line, called lambda.
  public let line: Double
  /// What is left of a sum at the next item, called alpha.
  public let memory: Double
  /// Which way the mean must go.
  public let direction: Direction

  private var mean = RunningMean()
  private var rise = 0.0
  private var fall = 0.0
  private var lowest = Double.infinity
  private var highest = -1.0
  private var isOver = false

  /// Defaults are those of River.
  public init(
    warmStart: Int = 30, delta: Double = 0.005, line: Double = 50, memory: Double = 1 - 0.0001,
    direction: Direction = .both
  ) {
    precondition(warmStart >= 0 && delta >= 0 && line > 0, "counts and lines")
    precondition(memory > 0 && memory <= 1, "a memory lies between 0 and 1")
    self.warmStart = warmStart
    self.delta = delta
    self.line = line
    self.memory = memory
    self.direction = direction
  }

  /// The number of items since the start or the latest alarm.
  public var count: Int { Int(mean.count) }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    guard count >= max(warmStart, 1) else { return nil }
    return DetectorEvidence(statistic, line: line)
  }

  private var statistic: Double {
    switch direction {
    case .up: rise - lowest
    case .down: highest - fall
    case .both: max(rise - lowest, highest - fall)
    }
  }

  /// Forgets every item.
  public mutating func reset() {
    self = PageHinkley(
      warmStart: warmStart, delta: delta, line: line, memory: memory, direction: direction)
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    mean.update(x)
    let deviation = x - mean.mean
    rise = memory * rise + deviation - delta
    fall = memory * fall + deviation + delta
    if rise < lowest { lowest = rise }
    if fall > highest { highest = fall }
    isOver = mean.count >= Double(warmStart) && statistic > line
    return isOver ? .alarm : .steady
  }
}
