import Quantities
import Randomness
import Statistics

/// What detectors make of an error rate that rises from 15 % to 20 % after 2,000 items, against
/// River 0.26.1 on 250 streams of its own.
///
/// Held are the shares of streams with an alarm before the change and with none in the 3,000 items
/// after it, and the median delay.
enum DetectorBehaviour {
  private struct Reference {
    var detector: StreamDetector
    var name: String
    /// Of 250 streams of River.
    var early: Int
    var missed: Int
    var delay: Double
  }

  private static let streams = 250

  private static let references = [
    Reference(detector: .ddm(DDM()), name: "DDM", early: 81, missed: 93, delay: 856),
    Reference(detector: .eddm(EDDM()), name: "EDDM", early: 239, missed: 3, delay: 115),
    Reference(detector: .hddmA(HDDMA()), name: "HDDM_A", early: 3, missed: 128, delay: 1573),
    Reference(detector: .hddmW(HDDMW()), name: "HDDM_W", early: 3, missed: 162, delay: 1337.5),
    Reference(detector: .adwin(ADWIN()), name: "ADWIN", early: 0, missed: 121, delay: 1519),
    Reference(
      detector: .pageHinkley(PageHinkley()), name: "Page-Hinkley 50", early: 0, missed: 5,
      delay: 1192),
    Reference(
      detector: .pageHinkley(PageHinkley(line: 15)), name: "Page-Hinkley 15", early: 180, missed: 0,
      delay: 213.5),
  ]

  static func run() -> [Check] {
    var rows: [Check] = []
    for reference in references {
      let seen = behaviour(of: reference.detector)
      rows.append(
        share("\(reference.name): alarms before the change", reference.early, seen.early))
      rows.append(share("\(reference.name): misses it", reference.missed, seen.missed))
      rows.append(median(reference, seen.delays))
    }
    return rows + [DetectorChecks.verdict("behaviour beside River", rows)]
  }

  private static let trials = 1_000

  private static func behaviour(
    of fresh: StreamDetector
  ) -> (early: Int, missed: Int, delays: [Double]) {
    var stream = RandomStream(seed: 700)
    var detector = fresh
    var early = 0
    var delays: [Double] = []
    for _ in 0..<trials {
      detector.reset()
      var wasEarly = false
      var delay: Int?
      for item in 0..<5_000 {
        let error = stream.uniform() < (item < 2_000 ? 0.15 : 0.2) ? 1.0 : 0
        guard delay == nil, detector.update(error) == .alarm else { continue }
        if item < 2_000 { wasEarly = true } else { delay = item - 2_000 }
      }
      if wasEarly { early += 1 }
      if let delay { delays.append(Double(delay)) }
    }
    return (early, trials - delays.count, delays.sorted())
  }

  /// Two shares that may differ by chance: the 99 % test of two proportions.
  private static func share(_ name: String, _ expected: Int, _ found: Int) -> Check {
    let test = TwoProportionTest(
      first: Int64(expected), of: Int64(streams), second: Int64(found), of: Int64(trials))
    // Where both are 0 or all there is nothing to differ by.
    let differs = test.z.isFinite && test.twoSided < 0.01
    return Check(
      name: name, expected: percent(expected, streams), observed: percent(found, trials),
      bound: differs ? DetectorChecks.outside : DetectorChecks.inside, outcome: .passed)
  }

  /// River's median of m delays lies, with 99 %, between the quantiles ½ ± 2.576/(2√m) of ours.
  private static func median(_ reference: Reference, _ delays: [Double]) -> Check {
    let count = Double(streams - reference.missed)
    let reach = 0.5 * 2.576 * (1 / count + 1 / Double(delays.count)).squareRoot()
    func quantile(_ p: Double) -> Double {
      delays[min(max(Int(p * Double(delays.count)), 0), delays.count - 1)]
    }
    let low = quantile(0.5 - reach)
    let high = quantile(0.5 + reach)
    let holds = low <= reference.delay && reference.delay <= high
    return Check(
      name: "\(reference.name): median delay",
      expected: DetectorChecks.fixed(reference.delay, 0),
      observed: "\(DetectorChecks.fixed(quantile(0.5), 0)) [\(DetectorChecks.fixed(low, 0)), "
        + "\(DetectorChecks.fixed(high, 0))]",
      bound: holds ? DetectorChecks.inside : DetectorChecks.outside, outcome: .passed)
  }

  private static func percent(_ events: Int, _ trials: Int) -> String {
    QuantityFormatter.percent(Double(events) / Double(trials), decimals: 1) + " of \(trials)"
  }
}
