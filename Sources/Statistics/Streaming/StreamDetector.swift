/// Any of the streaming detectors, as a value.
///
/// One `switch` per item and nothing else, so that a simulation can hold a thousand of them in an
/// array and feed each without an existential.
public enum StreamDetector: Sendable {
  case adwin(ADWIN)
  case ddm(DDM)
  case eddm(EDDM)
  case hddmA(HDDMA)
  case hddmW(HDDMW)
  case pageHinkley(PageHinkley)
  case kswin(KSWIN)
  case cusum(CUSUM)

  // Stands in while a detector with storage is changed, so that the storage has one owner and is
  // changed in place.
  private static let standIn = StreamDetector.ddm(DDM())
}

extension StreamDetector: DriftDetector {
  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    switch self {
    case .adwin(var detector):
      self = Self.standIn
      let state = detector.update(x)
      self = .adwin(detector)
      return state
    case .ddm(var detector):
      let state = detector.update(x)
      self = .ddm(detector)
      return state
    case .eddm(var detector):
      let state = detector.update(x)
      self = .eddm(detector)
      return state
    case .hddmA(var detector):
      let state = detector.update(x)
      self = .hddmA(detector)
      return state
    case .hddmW(var detector):
      let state = detector.update(x)
      self = .hddmW(detector)
      return state
    case .pageHinkley(var detector):
      let state = detector.update(x)
      self = .pageHinkley(detector)
      return state
    case .kswin(var detector):
      self = Self.standIn
      let state = detector.update(x)
      self = .kswin(detector)
      return state
    case .cusum(var detector):
      let state = detector.update(x)
      self = .cusum(detector)
      return state
    }
  }

  /// Forgets every item.
  public mutating func reset() {
    switch self {
    case .adwin(var detector):
      self = Self.standIn
      detector.reset()
      self = .adwin(detector)
    case .ddm(var detector):
      detector.reset()
      self = .ddm(detector)
    case .eddm(var detector):
      detector.reset()
      self = .eddm(detector)
    case .hddmA(var detector):
      detector.reset()
      self = .hddmA(detector)
    case .hddmW(var detector):
      detector.reset()
      self = .hddmW(detector)
    case .pageHinkley(var detector):
      detector.reset()
      self = .pageHinkley(detector)
    case .kswin(var detector):
      self = Self.standIn
      detector.reset()
      self = .kswin(detector)
    case .cusum(var detector):
      detector.reset()
      self = .cusum(detector)
    }
  }

  /// The number of items since the start or the latest alarm.
  public var count: Int {
    switch self {
    case .adwin(let detector): detector.count
    case .ddm(let detector): detector.count
    case .eddm(let detector): detector.count
    case .hddmA(let detector): detector.count
    case .hddmW(let detector): detector.count
    case .pageHinkley(let detector): detector.count
    case .kswin(let detector): detector.count
    case .cusum(let detector): detector.count
    }
  }

  /// What the latest item was judged by; nil while there are too few items.
  public var evidence: DetectorEvidence? {
    switch self {
    case .adwin(let detector): detector.evidence
    case .ddm(let detector): detector.evidence
    case .eddm(let detector): detector.evidence
    case .hddmA(let detector): detector.evidence
    case .hddmW(let detector): detector.evidence
    case .pageHinkley(let detector): detector.evidence
    case .kswin(let detector): detector.evidence
    case .cusum(let detector): detector.evidence
    }
  }
}
