import Quantities
import Randomness
import Statistics

/// False alarms of sequential tests and streaming detectors against their stated rates.
///
/// A single rate is judged by its 99 % interval, or by the bound that theory gives; the last row
/// judges how many intervals miss.
enum DetectorChecks {
  @Sendable static func run() async -> [Check] {
    var rows = groupSequential() + cumulativeSums() + windowTests()
    rows.append(verdict("rates of false alarms", rows))
    return rows + mixtures() + probabilityRatios() + [adwin()] + DetectorBehaviour.run()
  }

  // MARK: Sequential tests

  /// Normal scores at five looks without any effect.
  private static func groupSequential() -> [Check] {
    let even = (1...5).map { Double($0) / 5 }
    let uneven = [0.1, 0.2, 0.5, 0.6, 1]
    let designs: [(String, GroupSequentialDesign)] = [
      ("Pocock, 5 looks", GroupSequentialDesign(.pocock, looks: 5)),
      ("O'Brien-Fleming, 5 looks", GroupSequentialDesign(.obrienFleming, looks: 5)),
      (
        "Lan-DeMets like O'Brien-Fleming, uneven looks",
        GroupSequentialDesign(spending: .obrienFleming, information: uneven)
      ),
      (
        "Lan-DeMets like Pocock, 5 looks",
        GroupSequentialDesign(spending: .pocock, information: even)
      ),
    ]
    let trials = 100_000
    return designs.enumerated().map { number, design in
      var stream = RandomStream(seed: UInt64(100 + number))
      var rejected = 0
      for _ in 0..<trials {
        var sum = 0.0
        var before = 0.0
        for (look, share) in design.1.information.enumerated() {
          sum += Ziggurat.normal(&stream) * (share - before).squareRoot()
          before = share
          if design.1.decision(look: look, z: sum / share.squareRoot()) == .rejected {
            rejected += 1
            break
          }
        }
      }
      return rate("\(design.0): alpha", 0.05, rejected, of: trials)
    }
  }

  /// Looks at every observation: the chance of ever rejecting is at most alpha.
  private static func mixtures() -> [Check] {
    [0.02, 0.1].map { mixing in
      let trials = 1_000
      var stream = RandomStream(seed: 200 + UInt64(mixing * 100))
      var rejected = 0
      for _ in 0..<trials {
        var test = MixtureSequentialTest(mixing: mixing)
        var sum = 0.0
        for count in 1...2_000 {
          sum += Ziggurat.normal(&stream)
          let n = Double(count)
          if test.look(difference: sum / n, variance: 1 / n) == .rejected {
            rejected += 1
            break
          }
        }
      }
      return atMost("mSPRT, mixing \(mixing), 2,000 looks: ever rejects", 0.05, rejected, trials)
    }
  }

  private static func probabilityRatios() -> [Check] {
    let (alpha, beta) = (0.05, 0.1)
    func rejections(at rate: Double, seed: UInt64) -> Int {
      var stream = RandomStream(seed: seed)
      var rejected = 0
      for _ in 0..<trials {
        var test = ProbabilityRatioTest(
          nullRate: 0.05, otherRate: 0.08, alpha: alpha, beta: beta)
        while test.update(stream.uniform() < rate) == .open {}
        if test.decision == .rejected { rejected += 1 }
      }
      return rejected
    }
    let trials = 10_000
    return [
      atMost(
        "SPRT 5 % against 8 %: rejects a true null", alpha / (1 - beta),
        rejections(at: 0.05, seed: 301), trials),
      atMost(
        "SPRT 5 % against 8 %: accepts a false null", beta / (1 - alpha),
        trials - rejections(at: 0.08, seed: 302), trials),
    ]
  }

  // MARK: Detectors

  /// Mean run lengths of two-sided charts with k = 0.5: Montgomery, *Introduction to Statistical
  /// Quality Control*, table 9.3, to the digits that it prints.
  private static func cumulativeSums() -> [Check] {
    let cases: [(line: Double, shift: Double, length: Double, decimals: Int)] = [
      (4, 0, 168, 0), (5, 0, 465, 0), (4, 1, 8.38, 2), (5, 1, 10.4, 1), (5, 0.5, 38.0, 1),
    ]
    return cases.enumerated().map { number, test in
      var stream = RandomStream(seed: UInt64(400 + number))
      var chart = CUSUM(line: test.line, baseline: .known(mean: 0, deviation: 1))
      let lengths = (0..<10_000).map { _ in
        chart.reset()
        while chart.update(Ziggurat.normal(&stream) + test.shift) != .alarm {}
        return Double(chart.count)
      }
      let interval = ConfidenceInterval.ofMean(lengths, level: 0.99)
      let digit = [0.5, 0.05, 0.005][test.decimals]
      let low = interval.low - digit
      let high = interval.high + digit
      return Check(
        name: "CUSUM h = \(short(test.line)), shift \(short(test.shift)): mean run length",
        expected: fixed(test.length, test.decimals),
        observed: "\(fixed(interval.estimate, 2)) [\(fixed(interval.low, 2)), "
          + "\(fixed(interval.high, 2))]",
        bound: low <= test.length && test.length <= high ? inside : outside, outcome: .passed)
    }
  }

  /// The first test of fresh windows: the exact chance of 14 or more steps of 30 is 0.00253.
  private static func windowTests() -> [Check] {
    var stream = RandomStream(seed: 500)
    var alarms = 0
    let trials = 40_000
    var detector = KSWIN()
    for _ in 0..<trials {
      detector.reset()
      for _ in 0..<99 { _ = detector.update(stream.uniform()) }
      if detector.update(stream.uniform()) == .alarm { alarms += 1 }
    }
    return [rate("KSWIN, one test of 30 against 30", 0.0025300622362698397, alarms, of: trials)]
  }

  /// Each look alarms with at most the chance delta; there is one at every 32nd item.
  private static func adwin() -> Check {
    var stream = RandomStream(seed: 600)
    var alarms = 0
    let streams = 300
    for _ in 0..<streams {
      var detector = ADWIN()
      for _ in 0..<10_000
      where detector.update(stream.uniform() < 0.15 ? 1 : 0) == .alarm { alarms += 1 }
    }
    return atMost("ADWIN, errors at 15 %: alarms per look", 0.002, alarms, streams * 312)
  }

  // MARK: Rows

  static func rate(_ name: String, _ expected: Double, _ events: Int, of trials: Int) -> Check {
    let interval = ConfidenceInterval.ofProportion(
      successes: Int64(events), trials: Int64(trials), level: 0.99)
    return Check(
      name: name, expected: percent(expected), observed: share(events, trials),
      bound: interval.low <= expected && expected <= interval.high ? inside : outside,
      outcome: .passed)
  }

  /// A rate that theory bounds from above; it fails where its 99 % interval lies above.
  private static func atMost(
    _ name: String, _ bound: Double, _ events: Int, _ trials: Int
  ) -> Check {
    let interval = ConfidenceInterval.ofProportion(
      successes: Int64(events), trials: Int64(trials), level: 0.99)
    return Check(
      name: name, expected: "at most \(percent(bound))", observed: share(events, trials),
      bound: "99 % interval from \(percent(interval.low))",
      outcome: interval.low <= bound ? .passed : .failed)
  }

  static let inside = "inside the 99 % interval"
  static let outside = "OUTSIDE the 99 % interval"

  static func verdict(_ name: String, _ rows: [Check]) -> Check {
    let misses = rows.count { $0.bound == outside }
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(rows.count), p: 0.01))
    return Check(
      name: "\(name): intervals that miss",
      expected: "\(fixed(Double(rows.count) * 0.01, 2)) of \(rows.count)", observed: "\(misses)",
      bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: misses <= allowed ? .passed : .failed)
  }

  private static func share(_ events: Int, _ trials: Int) -> String {
    "\(percent(Double(events) / Double(trials))) of \(trials)"
  }

  private static func percent(_ value: Double) -> String {
    QuantityFormatter.percent(value, decimals: value < 0.01 ? 3 : 2)
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    QuantityFormatter.fixed(value, decimals: decimals)
  }

  private static func short(_ value: Double) -> String { QuantityFormatter.compact(value) }
}
