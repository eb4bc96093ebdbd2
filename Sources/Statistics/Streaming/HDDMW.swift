import Randomness

/// Hoeffding's drift detection method with exponential weights: the weighted mean since the best
/// cut exceeds the one before it by more than McDiarmid's bound allows.
///
/// Frías-Blanco, del Campo-Ávila, Ramos-Jiménez et al. 2015, IEEE TKDE 27(3), pp. 810-823 (doi
/// 10.1109/TKDE.2014.2345382). For items between 0 and 1.
public struct HDDMW: DriftDetector, Hashable {
  /// The significance of an alarm.
  public let alarmConfidence: Double
  /// The significance of a warning.
  public let warningConfidence: Double
  /// The weight of the newest item.
  public let weight: Double
  /// Whether a fall of the mean counts as a change as well.
  public let isTwoSided: Bool

  /// The number of items since the start or the latest alarm.
  public private(set) var count = 0
  private var all = Sample()
  private var rise = Cut(edge: .infinity)
  private var fall = Cut(edge: -.infinity)
  private var isOver = false
  private let alarmLog: Double
  private let warningLog: Double

  /// A weighted mean and the sum of its squared weights.
  private struct Sample: Hashable {
    var mean = 0.0
    var squaredWeights = 1.0
    var isEmpty = true

    mutating func update(_ x: Double, weight: Double) {
      mean = isEmpty ? x : weight * x + (1 - weight) * mean
      isEmpty = false
      squaredWeights = weight * weight + (1 - weight) * (1 - weight) * squaredWeights
    }
  }

  /// The best cut so far: the items up to it and those after it.
  private struct Cut: Hashable {
    var edge: Double
    var before = Sample()
    var after = Sample()
  }

  /// Defaults are those of River.
  public init(
    alarmConfidence: Double = 0.001, warningConfidence: Double = 0.005, weight: Double = 0.05,
    isTwoSided: Bool = false
  ) {
    precondition(alarmConfidence > 0 && alarmConfidence < 1, "a significance")
    precondition(warningConfidence > 0 && warningConfidence < 1, "a significance")
    precondition(weight > 0 && weight < 1, "a weight lies between 0 and 1")
    self.alarmConfidence = alarmConfidence
    self.warningConfidence = warningConfidence
    self.weight = weight
    self.isTwoSided = isTwoSided
    alarmLog = PortableMath.log(1 / alarmConfidence)
    warningLog = PortableMath.log(1 / warningConfidence)
  }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    let up = evidence(of: rise, sign: 1)
    guard isTwoSided, let down = evidence(of: fall, sign: -1) else { return up }
    guard let up, up.statistic / up.line >= down.statistic / down.line else { return down }
    return up
  }

  /// Forgets every item.
  public mutating func reset() {
    count = 0
    all = Sample()
    rise = Cut(edge: .infinity)
    fall = Cut(edge: -.infinity)
    isOver = false
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    count += 1
    all.update(x, weight: weight)
    let width = bound(all.squaredWeights, alarmLog)
    if all.mean + width < rise.edge {
      rise = Cut(edge: all.mean + width, before: all)
    } else {
      rise.after.update(x, weight: weight)
    }
    var state = judged(rise, sign: 1)
    if isTwoSided {
      if all.mean - width > fall.edge {
        fall = Cut(edge: all.mean - width, before: all)
      } else {
        fall.after.update(x, weight: weight)
      }
      let other = judged(fall, sign: -1)
      if other.rawValue > state.rawValue { state = other }
    }
    isOver = state == .alarm
    return state
  }

  private func judged(_ cut: Cut, sign: Double) -> DetectorState {
    if cut.before.isEmpty || cut.after.isEmpty { return .steady }
    let squares = cut.before.squaredWeights + cut.after.squaredWeights
    let gap = sign * (cut.after.mean - cut.before.mean)
    return gap > bound(squares, alarmLog)
      ? .alarm : gap > bound(squares, warningLog) ? .warning : .steady
  }

  private func evidence(of cut: Cut, sign: Double) -> DetectorEvidence? {
    if cut.before.isEmpty || cut.after.isEmpty { return nil }
    let squares = cut.before.squaredWeights + cut.after.squaredWeights
    return DetectorEvidence(
      sign * (cut.after.mean - cut.before.mean), line: bound(squares, alarmLog))
  }

  /// McDiarmid's bound.
  private func bound(_ squaredWeights: Double, _ log: Double) -> Double {
    (squaredWeights * log / 2).squareRoot()
  }
}
