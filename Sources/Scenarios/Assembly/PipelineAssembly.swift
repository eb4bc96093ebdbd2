import MLSystem
import Quantities
import Randomness

/// Pipelines and gates from their settings.
enum PipelineAssembly {
  static func pipeline(_ value: Setting) -> PipelinePlan {
    guard value.kind == "pipeline" else { return .bare }
    return PipelinePlan(
      validate: stage(value["validate"]), trainFails: value["trainFails"].number ?? 0,
      evaluate: stage(value["evaluate"]), register: stage(value["register"]),
      retries: value["retries"].whole ?? 0, retryAfter: value["retryAfter"].duration ?? .zero,
      mismatch: value["environment"].text == "notebook" ? value["mismatch"].number ?? 0 : 0,
      price: value["price"].money, gates: gates(value["gates"]))
  }

  private static func stage(_ value: Setting) -> PipelinePlan.Stage? {
    guard value.kind == "stage", let takes = value["takes"].distribution else { return nil }
    return PipelinePlan.Stage(takes: takes, fails: value["fails"].number ?? 0)
  }

  private static func gates(_ value: Setting) -> GatePlan? {
    guard value.kind == "gates" else { return nil }
    var plan = GatePlan(
      margin: value["margin"].number, confidence: value["confidence"].number,
      accuracyDrop: value["accuracyDrop"].number, fairness: value["fairness"].number)
    let load = value["load"]
    if let requests = load["requests"].whole {
      plan.load = GatePlan.LoadTest(
        requests: requests, errors: load["errors"].number ?? 0,
        slowdown: load["slowdown"].number ?? 1)
    }
    let golden = value["golden"]
    if let rows = golden["rows"].number {
      plan.golden = GatePlan.GoldenSet(rows: rows, drop: golden["drop"].number ?? 0)
    }
    let approval = value["approval"]
    if let takes = approval["takes"].distribution,
      let hours = approval["hours"].text.flatMap({ try? BusinessHours($0) })
    {
      plan.approval = GatePlan.Approval(
        takes: takes, hours: hours, refuses: approval["refuses"].number ?? 0,
        price: approval["price"].money)
    }
    return plan
  }
}

/// Reads which labels are held out: `8:1:1 by time`, `8:1:1 at random`.
enum SplitText {
  /// What holds where a version is evaluated and nobody said how.
  static let standard = TrainingSplit(train: 0.8, test: 0.1, isByTime: true)

  static func split(_ text: String) -> TrainingSplit? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, ["by time", "at random"].contains(words[1]) else { return nil }
    let parts = words[0].split(separator: ":", omittingEmptySubsequences: false)
      .map { Double(String($0)) }
    guard parts.count == 3, parts.allSatisfy({ ($0 ?? -1) >= 0 && ($0 ?? .infinity) < 1e6 })
    else { return nil }
    let shares = parts.map { $0 ?? 0 }
    let sum = shares.reduce(0, +)
    guard shares[0] > 0, shares[2] > 0 else { return nil }
    return TrainingSplit(
      train: shares[0] / sum, test: shares[2] / sum, isByTime: words[1] == "by time")
  }
}
