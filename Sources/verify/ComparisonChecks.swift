import Experiments
import Quantities
import Scenarios
import Statistics

/// Comparisons where there is nothing to find, and what common random numbers buy.
///
/// A false winner is any difference, best arm or dominance that is shown between arms that are the
/// same. Each kind of statement holds at 95 % for all arms and metrics of a comparison together, so
/// that at most 5 % of the comparisons may have one; the bound has a chance of one in a thousand to
/// be passed where the rate is exactly that.
enum ComparisonChecks {
  private static let trials = 500
  private static let replications = 10

  @Sendable static func run() async -> [Check] {
    await nulls() + pairing()
  }

  // MARK: Identical arms

  /// Three names for one service: its randomness follows its name, arrivals are shared.
  private static func scenario(_ name: String) -> String {
    #"""
    {
      horizon: "20 s",
      replications: \#(replications),
      traffic: { users: { to: "answer", rate: "20/s", items: { lognormal: { p50: 4, p99: 30 } } } },
      routes: { answer: { steps: ["store", "\#(name)"], timeout: "300 ms" } },
      services: {
        store: { kind: "lookup", latency: { lognormal: { p50: "3 ms", p99: "40 ms" } } },
        "\#(name)": {
          kind: "model", on: "gpu", replicas: 2,
          time: { fixed: "5 ms", perItem: "4 ms" },
          failures: { every: "30 s", last: "1 s" },
          ready: "1 s",
        },
      },
      hardware: { gpu: { instance: "aws/g6.xlarge", region: "us-east-1" } },
    }
    """#
  }

  /// Comparisons with a false winner of each kind, among renamed and reseeded arms.
  private struct FalseWinners {
    var differences = 0
    var best = 0
    var dominance = 0

    mutating func add(_ comparison: Comparison) {
      if comparison.rows.contains(where: { $0.differences.contains { $0?.isShown ?? false } }) {
        differences += 1
      }
      if comparison.best.contains(where: { $0.possible.count < comparison.arms.count }) {
        best += 1
      }
      if comparison.standings.contains(where: { $0 != .notDominated }) { dominance += 1 }
    }
  }

  private static func nulls() async -> [Check] {
    guard let renamed = try? ["red", "green", "blue"].map({ try load(scenario($0)) }) else {
      return [failure("null comparisons: the scenario is not valid")]
    }
    var byName = FalseWinners()
    var bySeed = FalseWinners()
    for trial in 0..<trials {
      let seed = UInt64(trial * 10 + 1)
      guard let named = await compare(renamed.map { ($0, seed) }),
        let seeded = await compare((0..<3).map { (renamed[0], seed + 1_000_000 * UInt64($0 + 1)) })
      else { return [failure("null comparisons: a run failed")] }
      byName.add(named)
      bySeed.add(seeded)
    }
    return rows("renamed", byName) + rows("reseeded", bySeed)
      + [
        row(
          "all null comparisons: a difference shown", byName.differences + bySeed.differences,
          of: 2 * trials)
      ]
  }

  private static func rows(_ what: String, _ found: FalseWinners) -> [Check] {
    [
      row("identical arms, \(what): a difference shown", found.differences, of: trials),
      row("identical arms, \(what): an arm left out of the best", found.best, of: trials),
      row("identical arms, \(what): an arm dominated", found.dominance, of: trials),
    ]
  }

  private static func row(_ name: String, _ found: Int, of trials: Int) -> Check {
    let allowed = Int(Binomial.quantile(0.999, trials: Int64(trials), p: 0.05))
    return Check(
      name: name, expected: "at most 5 % of \(trials)", observed: "\(found)",
      bound: "at most \(allowed) (false alarm below 0.001)",
      outcome: found <= allowed ? .passed : .failed)
  }

  private static func load(_ text: String) throws -> Scenario {
    try Scenario.load(named: "null.json5", bytes: Array(text.utf8)).base
  }

  private static func compare(_ arms: [(Scenario, UInt64)]) async -> Comparison? {
    var made: [Comparison.Arm] = []
    for (index, (scenario, seed)) in arms.enumerated() {
      let experiment = Experiment(of: scenario, seed: seed, toolVersion: "verify")
      guard
        let results = try? await experiment.run(
          jobs: 2, isCancelled: { false }, finished: { _ in })
      else { return nil }
      made.append(Comparison.Arm(name: "arm \(index)", results: results))
    }
    return ComparisonBuilder.comparison(of: made, baseline: 0)
  }

  // MARK: Common random numbers

  /// Shipped scenarios, their variants, the metrics that are read, and settings that make them
  /// short.
  private static let paired: [(file: String, variant: String, metric: String, settings: [String])] =
    [
      (
        "quickstart", "no-batching", "search.goodput", ["horizon=\"3 min\"", "warmUp=\"10 s\""]
      ),
      ("churn-cadence", "weekly", "churners.auc", ["horizon=\"90d\""]),
      (
        "gpu-against-cpu-ranking", "gpu", "cost.per1k",
        ["horizon=\"3 min\"", "warmUp=\"1 min\""]
      ),
    ]

  private static func pairing() async -> [Check] {
    var checks: [Check] = []
    for (file, variant, metric, settings) in paired {
      let name = "\(file), \(variant): pairing narrows \(metric)"
      guard let bytes = SourceTree.bytes("scenarios/\(file).json5") else {
        checks.append(failure("\(name): no file"))
        continue
      }
      let source = ScenarioSource(
        name: file, bytes: bytes, overrides: settings + ["replications=20"])
      guard let base = try? source.scenario(), let other = try? source.scenario(variant: variant),
        let comparison = await compare([(base, 1), (other, 1)]),
        let ratio = comparison.row(metric)?.differences[1]?.narrowing
      else {
        checks.append(failure("\(name): no interval"))
        continue
      }
      checks.append(
        Check(
          name: name, expected: "3x or more",
          observed: QuantityFormatter.fixed(ratio, decimals: 1) + "x", bound: "at least 3x",
          outcome: ratio >= 3 ? .passed : .failed))
    }
    return checks
  }

  private static func failure(_ name: String) -> Check {
    Check(name: name, expected: "", observed: "", bound: "", outcome: .failed)
  }
}
