/// What a streaming detector says after an item.
@frozen
public enum DetectorState: UInt8, Hashable, Sendable {
  /// Nothing speaks for a change.
  case steady
  /// A change is in sight: its warning line is crossed and its alarm line is not.
  case warning
  /// A change is declared at this item.
  ///
  /// The detector forgets all it has seen before it takes the next one.
  case alarm
}

/// The figure that a detector judges by and the line that it is held against.
public struct DetectorEvidence: Hashable, Sendable {
  /// On which side of the line the alarm lies.
  public enum Side: Hashable, Sendable {
    case above
    case below
  }

  /// The figure after the latest item.
  public var statistic: Double
  /// Where the alarm begins.
  public var line: Double
  /// On which side of it.
  public var side: Side

  /// A figure against a line.
  public init(_ statistic: Double, line: Double, side: Side = .above) {
    self.statistic = statistic
    self.line = line
    self.side = side
  }
}

/// A detector of change in a stream that is fed one item at a time.
///
/// After an alarm the next item starts it anew, as in River: whoever wants to go on with the old
/// reference keeps a copy. No call allocates once the storage has grown to the stream's needs.
public protocol DriftDetector: Sendable {
  /// Takes the next item and says what it makes of it.
  ///
  /// - Precondition: `x` is finite; detectors of error streams take 0 (right) and 1 (wrong).
  mutating func update(_ x: Double) -> DetectorState

  /// Forgets every item.
  mutating func reset()

  /// The number of items since the start or the latest alarm, that of the alarm included.
  var count: Int { get }

  /// What the latest item was judged by; nil while there are too few of them to judge.
  var evidence: DetectorEvidence? { get }
}

/// A mean that takes one value at a time, in River's order of operations, so that alarms which hang
/// on the last bit fall on the same item.
struct RunningMean: Hashable, Sendable {
  var count = 0.0
  var mean = 0.0

  mutating func update(_ x: Double) {
    count += 1
    mean += (1 / count) * (x - mean)
  }
}
