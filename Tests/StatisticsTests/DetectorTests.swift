import Statistics
import Testing

@Suite("Streaming detectors")
struct DetectorTests {
  /// 0 and 1 with chances 0.2, 0.4, 0.05 and 0.3, a thousand of each.
  private static let bits = Congruential.bits(
    seed: 11, [(1000, 0.2), (1000, 0.4), (1000, 0.05), (1000, 0.3)])
  /// Uniform numbers above 0, 0.35, 0.1 and 0.8, eight hundred of each.
  private static let reals = Congruential.reals(
    seed: 12, [(800, 0), (800, 0.35), (800, 0.1), (800, 0.8)])

  @Test("The streams are those that River was run on")
  func streams() {
    #expect(Self.bits.reduce(0, +) == 943)
    #expect((Self.reals.reduce(0, +) - 2588.2474957270456).magnitude < 1e-9)
  }

  @Test("Settings other than the standard ones, against River 0.26.1")
  func settings() {
    let two = Self.bits.judged(by: HDDMA(isTwoSided: true))
    #expect(two.alarms == [1036, 2077, 3095])
    #expect(two.warnings == [1034, 2066, 3078, 3086, 3088, 3416, 3418, 3420])
    let weighted = Self.bits.judged(by: HDDMW(weight: 0.1, isTwoSided: true))
    #expect(weighted.alarms == [1006, 1109, 1777, 2081, 3416])
    #expect(weighted.warnings.prefix(6) == [1004, 1082, 1103, 1235, 1558, 1577])
    #expect(weighted.warnings.suffix(4) == [3815, 3926, 3935, 3946])
    let loose = Self.bits.judged(by: HDDMA(alarmConfidence: 0.01, warningConfidence: 0.05))
    #expect(loose.alarms == [98, 1027, 3467])
    #expect(loose.warnings.suffix(3) == [3745, 3747, 3767] && loose.warnings.count == 17)
    let ddm = Self.bits.judged(by: DDM(warmStart: 100, warningLine: 1.5, alarmLine: 2.5))
    #expect(ddm.alarms == [1051, 1211, 3413] && ddm.warnings.count == 27)
    let eddm = Self.bits.judged(by: EDDM(warmStart: 50, warningShare: 0.9, alarmShare: 0.7))
    #expect(eddm.alarms == [1848, 3464])
    #expect(eddm.warnings == [1167, 1995, 3095, 3730, 3856, 3910])
  }

  @Test("Real-valued streams, against River 0.26.1")
  func realValues() {
    let everyItem = ADWIN(delta: 0.01, clock: 1, maxBuckets: 3, minWindow: 10, grace: 50)
    #expect(Self.reals.judged(by: everyItem).alarms == [837, 1682, 2418])
    #expect(
      Self.reals.judged(by: ADWIN(delta: 1e-5, clock: 7, maxBuckets: 8)).alarms
        == [874, 1756, 2435])
    let up = PageHinkley(warmStart: 100, delta: 0.05, line: 8, memory: 0.999, direction: .up)
    #expect(Self.reals.judged(by: up).alarms == [822, 2410])
    #expect(
      Self.reals.judged(by: PageHinkley(line: 8, direction: .down)).alarms
        == [124, 333, 773, 1629, 1827])
    #expect(Self.reals.judged(by: PageHinkley(line: 12)).alarms == [824, 1650, 2412])
    let halved = Self.reals.map { $0 / 2 }
    let averages = halved.judged(by: HDDMA())
    #expect(averages.alarms == [936, 2454] && averages.warnings == [912, 2442])
    let weights = halved.judged(by: HDDMW())
    #expect(weights.alarms == [2453] && weights.warnings == [2419])
  }

  @Test("A collected detector says what the detector itself says", arguments: Kind.allCases)
  func collected(kind: Kind) {
    #expect(kind.problem(in: kind.parameters.map(\.standard)) == nil)
    let alone =
      switch kind {
      case .adwin: Self.bits.judged(by: ADWIN())
      case .ddm: Self.bits.judged(by: DDM())
      case .eddm: Self.bits.judged(by: EDDM())
      case .hddmA: Self.bits.judged(by: HDDMA())
      case .hddmW: Self.bits.judged(by: HDDMW())
      case .pageHinkley: Self.bits.judged(by: PageHinkley())
      case .kswin: Self.bits.judged(by: KSWIN())
      case .cusum: Self.bits.judged(by: CUSUM(baseline: .learnt(from: 500)))
      }
    let collected = Self.bits.judged(by: StreamDetector(kind))
    #expect(collected.alarms == alone.alarms && collected.warnings == alone.warnings)
    // Thirty errors or none say too little for the test of Kolmogorov and Smirnov.
    #expect(!alone.alarms.isEmpty || kind == .kswin || kind == .pageHinkley)
  }

  typealias Kind = StreamDetector.Kind

  @Test(
    "An alarm is beyond its line, and the next item finds a new detector", arguments: Kind.allCases)
  func evidence(kind: Kind) throws {
    var detector = StreamDetector(kind)
    var fresh = StreamDetector(kind)
    let stream = Congruential.reals(seed: 5, [(600, 0), (2000, 30)]).map {
      kind.isForErrors ? ($0 > 25 ? 1 : 0) : $0
    }
    var alarmed = false
    for value in stream {
      if alarmed {
        // Both have now seen this item alone and the ones after it.
        #expect(detector.update(value) == fresh.update(value))
        #expect(detector.count == fresh.count)
      } else if detector.update(value) == .alarm {
        let evidence = try #require(detector.evidence)
        #expect(
          evidence.side == .below
            ? evidence.statistic < evidence.line : evidence.statistic >= evidence.line)
        alarmed = true
      }
    }
    // Errors that follow one another at an even pace never come closer together.
    #expect(alarmed || kind == .eddm)
    detector.reset()
    #expect(detector.count == 0 && detector.evidence == nil)
  }

  @Test("Values that a detector cannot have are named")
  func problems() {
    #expect(Kind.adwin.problem(in: [0, 32, 5, 5, 10])?.hasPrefix("`delta` must be") == true)
    #expect(Kind.adwin.problem(in: [0.1, 1.5, 5, 5, 10])?.hasPrefix("`clock` must be") == true)
    #expect(Kind.eddm.problem(in: [30, 0.8, 0.9]) == "`warning` must not be less than `alarm`")
    #expect(
      Kind.kswin.problem(in: [0.005, 50, 30, 1]) == "`window` must be twice `recent` or more")
    #expect(
      Kind.cusum.problem(in: [0.5, 5, 3, 500, 0, 1]) == "`direction` must be up or down or both")
    #expect(Kind.ddm.problem(in: [.nan, 2, 3]) != nil)
  }

  // MARK: Cumulative sums

  @Test("A cumulative sum by hand")
  func cumulativeSum() {
    // k = 0.5 and a level 1 deviation above the mean: 0.5, 1, 1.5, 2, 2.5 crosses h = 2.
    let chart = CUSUM(line: 2, baseline: .known(mean: 10, deviation: 4))
    let up = Array(repeating: 14.0, count: 11)
    #expect(up.judged(by: chart).alarms == [4, 9])
    let down = Array(repeating: 6.0, count: 6)
    #expect(down.judged(by: chart).alarms == [4])
    let blind = CUSUM(line: 2, direction: .up, baseline: .known(mean: 10, deviation: 4))
    #expect(down.judged(by: blind).alarms == [])
    // Mean 2 and deviation 1 learnt from 1, 2, 3; then 5 is 3 deviations up: 2.5 > 2.
    let learning = CUSUM(line: 2, baseline: .learnt(from: 3))
    #expect([1.0, 2, 3, 2, 5].judged(by: learning).alarms == [4])
    #expect([1.0, 1, 1, 1, 1.1].judged(by: learning).alarms == [4])
  }

  /// Montgomery, *Introduction to Statistical Quality Control*, 6th ed., §9.1.3: 938.2 items of one
  /// side and 469.1 of both for k = 0.5, h = 5; 10.34 after a shift of one deviation.
  @Test("Siegmund's approximation of the run length")
  func runLength() {
    let baseline = CUSUM.Baseline.known(mean: 0, deviation: 1)
    #expect((CUSUM(direction: .up, baseline: baseline).expectedRunLength - 938.2).magnitude < 0.1)
    let both = CUSUM(baseline: baseline)
    #expect((both.expectedRunLength - 469.1).magnitude < 0.05)
    #expect((both.expectedDelay(shift: 1) - 10.34).magnitude < 0.01)
    // Without any drift of the sum the run takes b² items.
    #expect(
      (CUSUM(direction: .up, baseline: baseline).expectedDelay(shift: 0.5) - 6.166 * 6.166)
        .magnitude < 1e-9)
  }
}

/// A generator that is written down in a line, so that other programs can be fed the same streams:
/// x ← 6364136223846793005 x + 1442695040888963407 (mod 2^64), of which 53 bits count.
enum Congruential {
  static func uniforms(seed: UInt64, _ count: Int) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }

  /// 1 with the chance of each part, else 0.
  static func bits(seed: UInt64, _ parts: [(count: Int, chance: Double)]) -> [Double] {
    let chances = parts.flatMap { Array(repeating: $0.chance, count: $0.count) }
    return zip(uniforms(seed: seed, chances.count), chances).map { $0 < $1 ? 1 : 0 }
  }

  /// The level of each part plus a uniform number.
  static func reals(seed: UInt64, _ parts: [(count: Int, level: Double)]) -> [Double] {
    let levels = parts.flatMap { Array(repeating: $0.level, count: $0.count) }
    return zip(uniforms(seed: seed, levels.count), levels).map { $1 + $0 }
  }
}

extension [Double] {
  /// The places of the alarms, and the first places of each run of warnings.
  func judged(by detector: some DriftDetector) -> (alarms: [Int], warnings: [Int]) {
    var detector = detector
    var alarms: [Int] = []
    var warnings: [Int] = []
    var wasWarning = false
    for (index, value) in enumerated() {
      let state = detector.update(value)
      if state == .alarm { alarms.append(index) }
      if state == .warning, !wasWarning { warnings.append(index) }
      wasWarning = state == .warning
    }
    return (alarms, warnings)
  }
}
