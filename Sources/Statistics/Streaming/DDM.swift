/// The drift detection method: the error rate rises above the lowest that it has been.
///
/// Gama, Medas, Castillo & Rodrigues 2004, "Learning with drift detection", SBIA, pp. 286-295 (doi
/// 10.1007/978-3-540-28645-5_29). With p the share of errors since the start and s = √(p(1-p)/n),
/// p_min and s_min are those of the lowest p + s; it warns at p + s > p_min + 2 s_min and alarms at
/// p_min + 3 s_min.
public struct DDM: DriftDetector, Hashable {
  /// The number of items before the first judgement.
  public let warmStart: Int
  /// The warning line, in s_min.
  public let warningLine: Double
  /// The alarm line, in s_min.
  public let alarmLine: Double

  private var rate = RunningMean()
  private var level = 0.0
  private var lowest = Lowest()
  private var isOver = false

  private struct Lowest: Hashable {
    var rate = 0.0
    var deviation = 0.0
    var sum = Double.infinity
  }

  /// Defaults are those of River.
  public init(warmStart: Int = 30, warningLine: Double = 2, alarmLine: Double = 3) {
    precondition(warmStart >= 0 && warningLine > 0 && alarmLine > 0, "counts and lines")
    self.warmStart = warmStart
    self.warningLine = warningLine
    self.alarmLine = alarmLine
  }

  /// The number of items since the start or the latest alarm.
  public var count: Int { Int(rate.count) }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    guard count > warmStart else { return nil }
    return DetectorEvidence(level, line: lowest.rate + alarmLine * lowest.deviation)
  }

  /// Forgets every item.
  public mutating func reset() {
    self = DDM(warmStart: warmStart, warningLine: warningLine, alarmLine: alarmLine)
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    rate.update(x)
    guard rate.count > Double(warmStart) else { return .steady }
    let deviation = (rate.mean * (1 - rate.mean) / rate.count).squareRoot()
    level = rate.mean + deviation
    if level <= lowest.sum {
      lowest = Lowest(rate: rate.mean, deviation: deviation, sum: level)
    }
    if level > lowest.rate + alarmLine * lowest.deviation {
      isOver = true
      return .alarm
    }
    return level > lowest.rate + warningLine * lowest.deviation ? .warning : .steady
  }
}
