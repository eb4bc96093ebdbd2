/// The early drift detection method: errors come closer together than they have been.
///
/// Baena-García, del Campo-Ávila, Fidalgo, Bifet, Gavaldà & Morales-Bueno 2006, "Early drift
/// detection method", Workshop on Knowledge Discovery from Data Streams. With p' and s' the mean
/// and standard deviation of the gaps between errors, it warns where (p' + 2s') has fallen below
/// 0.95 of its highest and alarms below 0.9. Both fall at errors only, so a warning lasts until the
/// next error.
public struct EDDM: DriftDetector, Hashable {
  /// The number of errors before the first judgement.
  public let warmStart: Int
  /// The share of the highest figure below which it warns.
  public let warningShare: Double
  /// The share of the highest figure below which it alarms.
  public let alarmShare: Double

  /// The number of items since the start or the latest alarm.
  public private(set) var count = 0
  /// What the latest item was judged by; nil while there are too few items.
  public private(set) var evidence: DetectorEvidence?
  private var errors = 0
  private var lastError = 0
  private var gaps = RunningMean()
  private var squares = 0.0
  private var highest = -1.0
  private var state = DetectorState.steady

  /// Defaults are those of River.
  public init(warmStart: Int = 30, warningShare: Double = 0.95, alarmShare: Double = 0.9) {
    precondition(warmStart >= 0 && alarmShare > 0, "counts and shares")
    precondition(warningShare >= alarmShare, "the warning comes before the alarm")
    self.warmStart = warmStart
    self.warningShare = warningShare
    self.alarmShare = alarmShare
  }

  /// Forgets every item.
  public mutating func reset() {
    self = EDDM(warmStart: warmStart, warningShare: warningShare, alarmShare: alarmShare)
  }

  /// Takes the next item: 1 is an error, anything else is none.
  public mutating func update(_ x: Double) -> DetectorState {
    if state == .alarm { reset() }
    count += 1
    if x == 1 {
      noteError()
      lastError = count
    }
    return state
  }

  private mutating func noteError() {
    errors += 1
    let gap = Double(count - lastError)
    let before = gaps.mean
    gaps.update(gap)
    squares += (gap - before) * (gap - gaps.mean)
    guard count > warmStart else { return }
    let variance = gaps.count > 1 ? squares / (gaps.count - 1) : 0
    let figure = gaps.mean + 2 * variance.squareRoot()
    if figure > highest {
      highest = figure
    } else if errors > warmStart {
      let share = figure / highest
      evidence = DetectorEvidence(share, line: alarmShare, side: .below)
      state = share < alarmShare ? .alarm : share < warningShare ? .warning : .steady
    }
  }
}
