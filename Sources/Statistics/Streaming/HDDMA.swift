import Randomness

/// Hoeffding's drift detection method with averages: the mean since the best cut exceeds the mean
/// before it by more than Hoeffding's bound allows.
///
/// Frías-Blanco, del Campo-Ávila, Ramos-Jiménez et al. 2015, "Online and non-parametric drift
/// detection methods based on Hoeffding's bounds", IEEE TKDE 27(3), pp. 810-823 (doi
/// 10.1109/TKDE.2014.2345382). For items between 0 and 1.
public struct HDDMA: DriftDetector, Hashable {
  /// The significance of an alarm.
  public let alarmConfidence: Double
  /// The significance of a warning.
  public let warningConfidence: Double
  /// Whether a fall of the mean counts as a change as well.
  public let isTwoSided: Bool

  private var all = RunningMean()
  private var lowest = RunningMean()
  private var highest = RunningMean()
  private var isOver = false
  private let alarmLog: Double
  private let warningLog: Double
  private let boundLog: Double

  /// Defaults are those of River.
  public init(
    alarmConfidence: Double = 0.001, warningConfidence: Double = 0.005, isTwoSided: Bool = false
  ) {
    precondition(alarmConfidence > 0 && alarmConfidence < 1, "a significance")
    precondition(warningConfidence > 0 && warningConfidence < 1, "a significance")
    self.alarmConfidence = alarmConfidence
    self.warningConfidence = warningConfidence
    self.isTwoSided = isTwoSided
    alarmLog = PortableMath.log(2 / alarmConfidence)
    warningLog = PortableMath.log(2 / warningConfidence)
    boundLog = PortableMath.log(1 / alarmConfidence)
  }

  /// The number of items since the start or the latest alarm.
  public var count: Int { Int(all.count) }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    let rise = all.mean - lowest.mean
    let fall = highest.mean - all.mean
    guard let up = line(since: lowest, alarmLog) else {
      guard isTwoSided, let down = line(since: highest, alarmLog) else { return nil }
      return DetectorEvidence(fall, line: down)
    }
    guard isTwoSided, let down = line(since: highest, alarmLog), fall / down > rise / up else {
      return DetectorEvidence(rise, line: up)
    }
    return DetectorEvidence(fall, line: down)
  }

  /// Forgets every item.
  public mutating func reset() {
    all = RunningMean()
    lowest = all
    highest = all
    isOver = false
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    all.update(x)
    if lowest.count == 0 { lowest = all }
    if highest.count == 0 { highest = all }
    let width = bound(all)
    if lowest.mean + bound(lowest) >= all.mean + width { lowest = all }
    if highest.mean - bound(highest) <= all.mean - width { highest = all }
    var state = judged(all.mean - lowest.mean, since: lowest)
    if isTwoSided, state != .alarm {
      let fall = judged(highest.mean - all.mean, since: highest)
      if fall.rawValue > state.rawValue { state = fall }
    }
    isOver = state == .alarm
    return state
  }

  private func judged(_ gap: Double, since cut: RunningMean) -> DetectorState {
    guard let alarm = line(since: cut, alarmLog), let warning = line(since: cut, warningLog)
    else { return .steady }
    return gap >= alarm ? .alarm : gap >= warning ? .warning : .steady
  }

  /// Half the width of the interval of a mean.
  private func bound(_ mean: RunningMean) -> Double {
    (1 / (2 * mean.count) * boundLog).squareRoot()
  }

  /// How far the mean of all items may stray from that of the items up to a cut.
  private func line(since cut: RunningMean, _ log: Double) -> Double? {
    guard cut.count != all.count, cut.count > 0 else { return nil }
    let m = (all.count - cut.count) / cut.count * (1 / all.count)
    return (m / 2 * log).squareRoot()
  }
}
