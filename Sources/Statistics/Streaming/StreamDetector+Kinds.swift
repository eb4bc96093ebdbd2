extension StreamDetector {
  /// The names that a user calls the detectors by.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case adwin
    case ddm
    case eddm
    case hddmA = "hddm-a"
    case hddmW = "hddm-w"
    case pageHinkley = "page-hinkley"
    case kswin
    case cusum

    /// Whether it takes a stream of 0 (right) and 1 (wrong) only.
    public var isForErrors: Bool {
      switch self {
      case .ddm, .eddm, .hddmA, .hddmW: true
      case .adwin, .pageHinkley, .kswin, .cusum: false
      }
    }

    /// One line, lowercase, without a full stop.
    public var summary: String {
      switch self {
      case .adwin: "a window of recent items that shrinks when its mean has changed"
      case .ddm: "the error rate rises above its lowest by three standard deviations"
      case .eddm: "errors come closer together than they have been"
      case .hddmA: "the mean exceeds its lowest by more than Hoeffding's bound"
      case .hddmW: "a weighted mean exceeds its lowest by more than McDiarmid's bound"
      case .pageHinkley: "summed deviations from the running mean leave their lowest point"
      case .kswin: "the newest items differ from a draw of older ones, by Kolmogorov and Smirnov"
      case .cusum: "standardised deviations add up beyond a line"
      }
    }

    /// What can be set, in the order of the values that `StreamDetector.init` takes.
    public var parameters: [Parameter] {
      switch self {
      case .adwin: Parameter.adwin
      case .ddm: Parameter.ddm
      case .eddm: Parameter.eddm
      case .hddmA: Parameter.hddm
      case .hddmW: Parameter.hddm + [Parameter.weight]
      case .pageHinkley: Parameter.pageHinkley
      case .kswin: Parameter.kswin
      case .cusum: Parameter.cusum
      }
    }
  }

  /// A figure of a detector that a user may set.
  public struct Parameter: Hashable, Sendable {
    /// What its value may be.
    public enum Domain: Hashable, Sendable {
      case number(ClosedRange<Double>)
      case count(ClosedRange<Int>)
      /// One of these words; the value is its place in the list.
      case word([String])
    }

    /// The name that a user calls it by.
    public let name: String
    /// Its value where the user says nothing.
    public let standard: Double
    /// What its value may be.
    public let domain: Domain
    /// One line, lowercase, without a full stop.
    public let meaning: String

    /// A parameter of a detector, or of a test that is chosen in the same way.
    package init(_ name: String, _ standard: Double, _ domain: Domain, _ meaning: String) {
      self.name = name
      self.standard = standard
      self.domain = domain
      self.meaning = meaning
    }

    /// Whether a value lies in the domain.
    public func takes(_ value: Double) -> Bool {
      switch domain {
      case .number(let range): range.contains(value)
      case .count(let range):
        value.rounded() == value && value.magnitude < 1e15 && range.contains(Int(value))
      case .word(let words): value.rounded() == value && (0..<Double(words.count)).contains(value)
      }
    }
  }

  /// A detector of a kind with a value for each of its parameters, in their order; nil for the
  /// values that are standard.
  ///
  /// - Precondition: `kind.problem(in: values)` is nil.
  public init(_ kind: Kind, _ values: [Double]? = nil) {
    let values = values ?? kind.parameters.map(\.standard)
    precondition(values.count == kind.parameters.count, "one value for each parameter")
    precondition(kind.problem(in: values) == nil, "values in their domains")
    func count(_ place: Int) -> Int { Int(values[place]) }
    switch kind {
    case .adwin:
      self = .adwin(
        ADWIN(
          delta: values[0], clock: count(1), maxBuckets: count(2), minWindow: count(3),
          grace: count(4)))
    case .ddm:
      self = .ddm(DDM(warmStart: count(0), warningLine: values[1], alarmLine: values[2]))
    case .eddm:
      self = .eddm(EDDM(warmStart: count(0), warningShare: values[1], alarmShare: values[2]))
    case .hddmA:
      self = .hddmA(
        HDDMA(
          alarmConfidence: values[0], warningConfidence: values[1], isTwoSided: values[2] == 1))
    case .hddmW:
      self = .hddmW(
        HDDMW(
          alarmConfidence: values[0], warningConfidence: values[1], weight: values[3],
          isTwoSided: values[2] == 1))
    case .pageHinkley:
      self = .pageHinkley(
        PageHinkley(
          warmStart: count(0), delta: values[1], line: values[2], memory: values[3],
          direction: PageHinkley.Direction.allCases[count(4)]))
    case .kswin:
      self = .kswin(
        KSWIN(alpha: values[0], window: count(1), recent: count(2), seed: UInt64(count(3))))
    case .cusum:
      self = .cusum(Self.cusum(values))
    }
  }

  private static func cusum(_ values: [Double]) -> CUSUM {
    CUSUM(
      allowance: values[0], line: values[1], direction: CUSUM.Direction.allCases[Int(values[2])],
      baseline: values[5] > 0
        ? .known(mean: values[4], deviation: values[5]) : .learnt(from: Int(values[3])))
  }
}

extension StreamDetector.Kind {
  /// Why a detector cannot have these values, in words for its user; nil where it can.
  public func problem(in values: [Double]) -> String? {
    for (parameter, value) in zip(parameters, values) where !parameter.takes(value) {
      return "`\(parameter.name)` must be \(parameter.expectation)"
    }
    switch self {
    case .eddm where values[1] < values[2]: return "`warning` must not be less than `alarm`"
    case .kswin where values[1] < 2 * values[2]: return "`window` must be twice `recent` or more"
    default: return nil
    }
  }
}

extension StreamDetector.Parameter {
  /// The domain in words.
  public var expectation: String {
    switch domain {
    case .number(let range):
      "a number from \(Self.text(range.lowerBound)) to "
        + Self.text(range.upperBound)
    case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .word(let words): words.joined(separator: " or ")
    }
  }

  private static func text(_ value: Double) -> String {
    value.rounded() == value && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static let significance = Domain.number(1e-12...0.5)
  private static let items = Domain.count(0...1_000_000)
  private static let lines = Domain.number(1e-9...1e9)

  static let adwin = [
    Self("delta", 0.002, significance, "significance of one look at the cuts"),
    Self("clock", 32, .count(1...1_000_000), "items between two looks"),
    Self("buckets", 5, .count(1...100), "buckets of one size before two are joined"),
    Self("min", 5, .count(1...1_000_000), "fewest items on either side of a cut"),
    Self("grace", 10, items, "items before the first look"),
  ]
  static let ddm = [
    Self("warm", 30, items, "items before the first judgement"),
    Self("warning", 2, lines, "warning line above the lowest rate, in standard deviations"),
    Self("alarm", 3, lines, "alarm line above the lowest rate, in standard deviations"),
  ]
  static let eddm = [
    Self("warm", 30, items, "errors before the first judgement"),
    Self("warning", 0.95, .number(1e-6...1), "share of the widest gap below which it warns"),
    Self("alarm", 0.9, .number(1e-6...1), "share of the widest gap below which it alarms"),
  ]
  static let hddm = [
    Self("alarm", 0.001, significance, "significance of an alarm"),
    Self("warning", 0.005, significance, "significance of a warning"),
    Self("sides", 0, .word(["one", "two"]), "whether a fall counts as a change as well"),
  ]
  static let weight = Self("weight", 0.05, .number(1e-6...0.999), "weight of the newest item")
  static let pageHinkley = [
    Self("warm", 30, items, "items before the first judgement"),
    Self("delta", 0.005, .number(0...1e9), "change of the mean that is let pass"),
    Self("lambda", 50, lines, "alarm line of the summed deviations"),
    Self("alpha", 1 - 0.0001, .number(0.5...1), "what is left of the sum at the next item"),
    Self("direction", 2, .word(["up", "down", "both"]), "which way the mean must go"),
  ]
  static let kswin = [
    Self("alpha", 0.005, significance, "significance of one test"),
    Self("window", 100, .count(4...100_000), "items in the window"),
    Self("recent", 30, .count(2...10_000), "newest items, held against as many older ones"),
    Self("seed", 1, .count(0...1_000_000_000), "seed of the draw of older items"),
  ]
  static let cusum = [
    Self("k", 0.5, .number(0...100), "allowance: half the shift to be found, in deviations"),
    Self("h", 5, lines, "alarm line, in standard deviations"),
    Self("direction", 2, .word(["up", "down", "both"]), "which way the mean must go"),
    Self("learn", 500, .count(2...1_000_000_000), "items that mean and deviation are learnt from"),
    Self("mean", 0, .number(-1e300...1e300), "mean of the quiet stream, where sd is given"),
    Self("sd", 0, .number(0...1e300), "standard deviation of the quiet stream; 0 to learn it"),
  ]
}
