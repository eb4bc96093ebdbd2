import MLSystem
import Quantities
import Randomness
import Statistics

/// Checks of what pays: the best window of labels and the best time between trainings.
extension LearningChecks {
  // MARK: The best window

  /// √(1.5 τν) against the window that is best by the closed form, and by simulation.
  static func bestWindows() -> [Check] {
    var rows: [Check] = []
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    for memory in [60.0, 180, 365] {
      for labels in [1000.0, 5000] {
        let form = WindowTraining(
          memory: memory, window: 1, age: 0, labelsPerDay: labels, features: 20, best: best)
        let (rule, exact) = (form.bestWindowOfSmallDrift, form.bestWindow)
        let ratio = rule / exact
        rows.append(
          Check(
            name: "best window, memory \(short(memory)) d, \(short(labels)) labels a day",
            expected: "\(QuantityFormatter.fixed(exact, decimals: 2)) d",
            observed: "√(1.5 τν) = \(QuantityFormatter.fixed(rule, decimals: 2)) d",
            bound: "within 10 %", outcome: abs(ratio - 1) < 0.1 ? .passed : .failed))
      }
    }
    return rows + [windowsInSimulation()]
  }

  /// Mean AUC at the rule's window against a third and three times of it, on the same 400 paths.
  private static func windowsInSimulation() -> Check {
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let rule = WindowTraining(
      memory: 60, window: 1, age: 0, labelsPerDay: 1000, features: 20, best: best
    ).bestWindowOfSmallDrift
    let values = [rule, rule / 3, rule * 3].map { window in
      let model = system(memory: 60, window: window, delay: 0)
      return (0..<400).map { replication in
        let streams = StreamFamily(seed: 19, replication: replication)
        return LearningPlane(model: model, streams: streams).version(of: 0, .stable).auc
      }
    }
    let gains = [1, 2].map { other in
      ConfidenceInterval.ofMean(zip(values[0], values[other]).map { $0 - $1 }, level: 0.99)
    }
    let text = gains.map { QuantityFormatter.fixed($0.estimate, decimals: 4) }
    return Check(
      name:
        "best window in simulation, memory 60 d, \(QuantityFormatter.fixed(rule, decimals: 1)) d",
      expected: "more AUC than a third and three times of it", observed: "+\(text[0]), +\(text[1])",
      bound: "99 % intervals above 0",
      outcome: gains.allSatisfy { $0.low > 0 } ? .passed : .failed)
  }

  // MARK: The best cadence

  /// √(2Cτ/(Vρ₀)) against the cadence that is best by the whole exponential.
  ///
  /// The rule stops at the first order of the decay; with the second the best time is longer by
  /// T/(3τ), which is printed beside what is found.
  static func bestCadences() -> [Check] {
    var rows: [Check] = []
    for (memory, price, worth) in [(180.0, 50.0, 1000.0), (180, 50, 100), (90, 500, 1000)] {
      let fresh = 0.9
      let rule = WindowTraining.bestCadence(
        price: price, worth: worth, memory: memory, fresh: fresh)
      // Loss a day: C/T + Vρ₀ (1 - (τ/T)(1 - e^(-T/τ))).
      func loss(_ cadence: Double) -> Double {
        let x = cadence / memory
        return price / cadence + worth * fresh * (1 + PortableMath.expm1(-x) / x)
      }
      var (low, high) = (rule / 4, rule * 4)
      for _ in 0..<100 {
        let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
        if loss(left) < loss(right) { high = right } else { low = left }
      }
      let exact = (low + high) / 2
      let explained = rule / (3 * memory)
      let found = exact / rule - 1
      let percent = [found, explained].map { QuantityFormatter.percent($0, decimals: 2) }
      rows.append(
        Check(
          name: "best cadence, memory \(short(memory)) d, $\(short(price)) a run, "
            + "$\(short(worth)) a day of ρ",
          expected: "\(QuantityFormatter.fixed(exact, decimals: 2)) d",
          observed: "rule \(QuantityFormatter.fixed(rule, decimals: 2)) d, longer by "
            + "\(percent[0]), T/(3τ) says \(percent[1])",
          bound: "the rest below T/(3τ)/5 + 0.1 %",
          outcome: abs(found - explained) < explained / 5 + 0.001 ? .passed : .failed))
    }
    return rows + [cadenceInSimulation()]
  }

  /// Money a day at the rule's cadence against a third and three times of it, on the same paths.
  private static func cadenceInSimulation() -> Check {
    let (memory, price, worth) = (60.0, 40.0, 1000.0)
    let distance = BinormalQuality.distance(ofAUC: 0.85)
    let best = BinormalQuality(auc: 0.85, positives: 0.3)
    let fresh = WindowTraining(
      memory: memory, window: 10, age: 0, labelsPerDay: 1000, features: 20, best: best
    ).cosine
    let rule = WindowTraining.bestCadence(
      price: price, worth: worth, memory: memory, fresh: fresh)
    let values = [rule, rule / 3, rule * 3].map { cadence in
      let model = system(
        memory: memory, window: 10, delay: 0, every: .days(cadence), days: 180)
      return (0..<40).map { replication in
        // The mean AUC as a cosine: what ρ was worth, to the curvature of Φ.
        let auc = meanAUC(model, replication: replication)
        return worth * BinormalQuality.distance(ofAUC: auc) / distance - price / cadence
      }
    }
    let gains = [1, 2].map { other in
      ConfidenceInterval.ofMean(zip(values[0], values[other]).map { $0 - $1 }, level: 0.99)
    }
    let text = gains.map { QuantityFormatter.fixed($0.estimate, decimals: 1) }
    return Check(
      name: "best cadence in simulation, every \(QuantityFormatter.fixed(rule, decimals: 1)) d",
      expected: "more money a day than a third and three times of it",
      observed: "+$\(text[0]), +$\(text[1])", bound: "99 % intervals above 0",
      outcome: gains.allSatisfy { $0.low > 0 } ? .passed : .failed)
  }
}
