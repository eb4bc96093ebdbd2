import Experiments
import Quantities
import Statistics
import Testing

@Suite("Windows against a reference")
struct WindowDetectionTests {
  /// 800 uniform numbers, then 600 that are 0.15 higher; and errors at 20 %, then at 35 %.
  private static let uniforms: [Double] = {
    var state: UInt64 = 21
    return (0..<1400).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }()
  private static let reals = uniforms.enumerated().map { $0 < 800 ? $1 : $1 + 0.15 }
  private static let errors = uniforms.enumerated().map { $1 < ($0 < 800 ? 0.2 : 0.35) ? 1.0 : 0 }

  private static let tests: [WindowTest] = [
    .ks, .mannWhitney, .chiSquare, .wasserstein, .psi, .kl, .js,
  ]

  /// SciPy 1.17.1 and NumPy 2.4.6: `ks_2samp` (asymp), `mannwhitneyu` (asymptotic),
  /// `chi2_contingency` without correction, `wasserstein_distance` over the deviation of the
  /// reference, and formulas over deciles of the reference with shares of at least 1e-4.
  private static let realFigures: [[Double]] = [
    [
      0.7291196211, 0.5845416001, 0.4068936742, 0.08751731891, 0.06324669186, 0.03046237316,
      0.08845862439,
    ],
    [
      0.0004583939077, 1.645884545e-05, 0.01384723166, 0.3645398842, 0.1354446354, 0.06909640393,
      0.1294298834,
    ],
    [
      4.267141866e-06, 1.429037557e-09, 4.615294671e-10, 0.5430028872, 0.9408533861, 0.2294207583,
      0.2548984812,
    ],
    [
      9.171695092e-05, 2.430421654e-08, 3.721546446e-08, 0.5002385715, 0.865685226, 0.1936297369,
      0.2370650048,
    ],
  ]
  private static let errorFigures: [[Double]] = [
    [
      1, 0.6731820785, 0.6727247742, 0.03437200313, 0.00115386525, 0.0005814187192, 0.01200887764,
    ],
    [
      1, 0.8559429794, 0.8555952171, 0.01473085848, 0.0002147688125, 0.000107752138,
      0.005181253623,
    ],
    [
      0.000534172754, 6.477430464e-06, 6.363826053e-06, 0.3977331791, 0.1298072146, 0.06858304716,
      0.1267301633,
    ],
    [
      0.0007976605375, 1.049920138e-05, 1.032268875e-05, 0.3879126068, 0.1238907955,
      0.06541222551, 0.1238313486,
    ],
  ]

  @Test("Figures of SciPy", arguments: [true, false])
  func figures(isReal: Bool) throws {
    let values = isReal ? Self.reals : Self.errors
    for (place, test) in Self.tests.enumerated() {
      let choice = try DetectorChoice(test.rawValue)
      let reference = WindowReference(Array(values[..<400]), for: test, choice.values)
      for window in 0..<4 {
        let rows = Array(values[400 + 250 * window..<650 + 250 * window])
        let found = reference.evidence(of: rows)
        let expected = (isReal ? Self.realFigures : Self.errorFigures)[window][place]
        #expect((found.statistic - expected).magnitude <= 2e-9 * max(expected, 1e-3), "\(test)")
        #expect(found.side == (test.isByChance ? .below : .above))
      }
    }
  }

  private static func findings(
    _ values: [Double], _ choices: [String], _ plan: WindowPlan
  ) throws -> DetectionFindings {
    var text: ArraySlice<UInt8>? = Array(values.map { "\($0)\n" }.joined().utf8)[...]
    let reader = try SeriesReader(.only) {
      defer { text = nil }
      return text.map(Array.init)
    }
    var run = DetectionRun(reader, try choices.map { try DetectorChoice($0) }, plan: plan)
    return try run.findings(file: "values.txt")
  }

  @Test("A window alarms at its last row, with the mean of the reference and its own")
  func alarms() throws {
    let plan = WindowPlan(reference: 1...400, window: 250)
    let findings = try Self.findings(Self.reals, ["ks", "psi:limit=0.5", "adwin"], plan)
    let ks = findings.tracks[0]
    // The alarm of the second window is part of the shift: 100 of its rows lie after it.
    #expect(ks.windows == 4 && ks.listed.map(\.row) == [900, 1150, 1400])
    #expect(findings.tracks[1].listed.map(\.row) == [1150, 1400])
    #expect(findings.tracks[2].windows == nil)
    let alarm = ks.listed[1]
    #expect((alarm.before - Tally(Self.reals[..<400]).mean).magnitude < 1e-12)
    let mean = try #require(alarm.after)
    #expect((mean - Tally(Self.reals[900..<1150]).mean).magnitude < 1e-12)
  }

  @Test("A limit by chance moves with the rows")
  func sizeAware() throws {
    let choice = try DetectorChoice("psi:alpha=0.05")
    let reference = WindowReference(Array(Self.reals[..<400]), for: .psi, choice.values)
    let law = StabilityIndexLaw(bins: 10, reference: 400, current: 250)
    let line = reference.evidence(of: Array(Self.reals[400..<650])).line
    #expect((line - law.critical(level: 0.95)).magnitude < 1e-12)
  }

  /// The tests hold their alpha: 5 % of windows of independent rows, within five standard errors of
  /// a binomial share (a false alarm below 1e-5); ranks and counts of ties are conservative.
  @Test("By chance a window alarms as often as alpha says")
  func falseAlarms() throws {
    for name in ["ks:alpha=0.05", "mann-whitney:alpha=0.05", "chi-square:alpha=0.05"] {
      let rate = try #require(
        FalseAlarms(
          try DetectorChoice(name), sample: Self.uniforms, reference: 400, window: 100, windows: 10)
      )
      let windows = Double(rate.copies * 10)
      let share = Double(rate.alarms) / windows
      #expect(share < 0.05 + 5 * (0.05 * 0.95 / windows).squareRoot(), "\(name)")
      #expect(share > 0.01, "\(name)")
    }
  }

  @Test("A stream that ends too early")
  func tooShort() {
    let short = DetectionRun.TooShort(rows: 1400, needed: 1600)
    #expect(throws: short) {
      try Self.findings(Self.reals, ["psi"], WindowPlan(reference: 1...1200, window: 400))
    }
  }
}

/// Fits to the accuracy of boosted trees by age on two public streams (own computation), against
/// `scipy.optimize.curve_fit` 1.17.1 and the profile of the sum of squares.
@Suite("Decay by age")
struct DecayTests {
  private static func points(_ values: [Double]) -> [DecayFit.Point] {
    values.enumerated().map { .init(age: Double($0 + 1), value: $1) }
  }
  private static let prices = points([
    0.7522, 0.73, 0.714, 0.706, 0.6885, 0.6776, 0.6645, 0.6576, 0.6451, 0.6606, 0.6686, 0.6641,
    0.6682, 0.6664, 0.6721, 0.68,
  ])
  private static let rain = points([
    0.7656, 0.7545, 0.74, 0.7367, 0.7334, 0.7289, 0.7225, 0.7134, 0.7111, 0.6991, 0.7027, 0.6936,
    0.6976, 0.6945, 0.6877, 0.6848, 0.6764, 0.6754, 0.6623, 0.6665,
  ])

  @Test(
    "Memory, interval, ends and error",
    arguments: [
      (prices, [2.7155, 1.8247, 4.1943, 0.79953, 0.663123, 0.009329156]),
      (rain, [20.8318, 12.7283, 54.806, 0.768016, 0.605116, 0.003937270]),
    ])
  func fits(points: [DecayFit.Point], expected: [Double]) throws {
    let fit = try #require(DecayFit(points))
    let found = [fit.tau, fit.interval.low, fit.interval.high, fit.first, fit.floor, fit.error]
    for (value, expected) in zip(found, expected) {
      #expect((value / expected - 1).magnitude < 2e-3)
    }
    #expect((fit.error / expected[5] - 1).magnitude < 1e-6)
  }

  @Test("An exact curve is found again, and a straight fall has no upper end")
  func exact() throws {
    let curve = (0..<12).map { age in
      // 2^-age to a floor of 0.6: the memory is 1 / ln 2.
      DecayFit.Point(age: Double(age), value: 0.6 + 0.2 / Double(1 << age))
    }
    let fit = try #require(DecayFit(curve))
    #expect((fit.tau - 1 / 0.6931471805599453).magnitude < 1e-6)
    #expect((fit.floor - 0.6).magnitude < 1e-9 && fit.error < 1e-9)
    let straight = (0..<12).map { DecayFit.Point(age: Double($0), value: 1 - 0.01 * Double($0)) }
    #expect(try #require(DecayFit(straight)).interval.high == .infinity)
  }

  @Test("What does not fall, or cannot be told, is not fitted")
  func none() {
    #expect(DecayFit(Self.points([0.5, 0.6, 0.7, 0.8])) == nil)
    #expect(DecayFit(Self.points([0.8, 0.7, 0.6])) == nil)
    #expect(DecayFit([.init(age: 1, value: 1), .init(age: 1, value: 2)]) == nil)
  }

  @Test("Data sets of a table")
  func table() throws {
    var text: [UInt8]? = Array(
      ("set,age,auc\n"
        + (1...6).map { "a,\($0),\(0.6 + 0.3 / Double(1 << $0))\nb,\($0),0.5\n" }
        .joined()).utf8)
    let findings = try DecayFindings(
      file: "f", value: "auc", age: "age", by: "set", step: .hours(12)
    ) {
      defer { text = nil }
      return text
    }
    #expect(findings.sets.map(\.name) == ["a", "b"])
    #expect(findings.sets[0].fit != nil && findings.sets[1].fit == nil)
  }
}
