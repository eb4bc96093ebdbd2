import Experiments
import Quantities
import Randomness
import Scenarios
import Statistics

/// Whether realised money falls below P10 and above P90 as often as it should.
///
/// 200 worlds, each with its own beliefs on traffic, its growth and prices, its own fleet and its
/// own start: a forecast of 99 runs, and one run under another seed that stands for what came. The
/// type-7 quantile of n runs lies between order statistics, and what comes next falls below it with
/// a chance of (0.1 (n − 1) + 1) / (n + 1), not of 0.1: 10.8 % here.
enum BudgetChecks {
  private static let worlds = 200
  private static let runs = 99

  @Sendable static func run() async -> [Check] {
    var totals = Tail()
    var second = Tail()
    for world in 0..<worlds {
      do {
        let source = ScenarioSource(name: "world", bytes: Array(text(of: world).utf8))
        let forecast = try await results(source, seed: 2 * world + 1, count: runs)
        let came = try await results(source, seed: 2 * world + 2, count: 1)
        totals.add(forecast.cost.total.values, came.cost.total.values)
        guard forecast.cost.months.count > 1, came.cost.months.count > 1 else { continue }
        second.add(forecast.cost.months[1].figure.values, came.cost.months[1].figure.values)
      } catch {
        return [
          Check(
            name: "world \(world)", expected: "a run", observed: "\(error)", bound: "",
            outcome: .failed)
        ]
      }
    }
    return totals.checks("the whole run") + second.checks("the second month")
  }

  private static func results(
    _ source: ScenarioSource, seed: Int, count: Int
  ) async throws -> Results {
    let scenario = try source.scenario(settings: ["seed=\(seed)", "replications=\(count)"])
    return try await Experiment(of: scenario, toolVersion: "verify").run(
      jobs: 2, isCancelled: { false }, finished: { _ in })
  }

  /// A world of the number: calls that are paid for, a fleet, an autoscaler or not, seats.
  private static func text(of world: Int) -> String {
    var stream = StreamFamily(seed: UInt64(world), replication: 0).stream("world")
    func uniform(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * stream.uniform()
    }
    func number(_ value: Double) -> String { QuantityFormatter.shortest(value, significant: 4) }
    let rate = uniform(2, 10)
    let width = uniform(1.2, 2.5)
    let price = uniform(0.25, 5)
    let growth = uniform(-5, 10)
    let committed = Int(uniform(0, 2.99))
    let buy = committed > 0 ? "[{ committed: \(committed) }, \"on-demand\"]" : "[\"on-demand\"]"
    return """
      {
        start: "2027-0\(1 + world % 9)-\(10 + world % 19)", horizon: "\(40 + world % 40)d",
        traffic: {
          users: {
            to: "answer",
            rate: { uncertain: { p10: "\(number(rate))/day", p90: "\(number(rate * width))/day" } },
            growth: { uncertain: {
              p10: "\(number(growth)) %/month", p90: "\(number(growth + uniform(2, 20))) %/month" } },
          },
        },
        routes: { answer: ["api", "ranker"] },
        services: {
          api: {
            kind: "lookup", latency: "10 ms",
            price: {
              perCall: { uncertain: {
                p10: "$\(number(price))/call", p90: "$\(number(price * uniform(1.1, 3)))/call" } },
              growth: { uncertain: { p10: "-5 %/month", p90: "5 %/month" } },
            },
          },
          ranker: {
            kind: "model", on: "cpu", time: "20 ms", replicas: \(1 + world % 3),
            failures: { every: "\(2 + world % 9)d", last: "1h" },
          },
        },
        hardware: {
          cpu: {
            instance: "aws/m7i.2xlarge", region: "us-east-1", buy: \(buy),
            price: { uncertain: { p10: "$0.3/h", p90: "$0.5/h" } },
          },
        },
        costs: { seats: { fixed: "$\(Int(uniform(10, 200)))/month" } },
      }
      """
  }

  /// How often what came lay outside P10-P90.
  private struct Tail {
    var below = 0
    var above = 0
    var count = 0

    mutating func add(_ forecast: [Money], _ came: [Money]) {
      guard let actual = came.first else { return }
      let score = ForecastScore(runs: forecast.map(\.dollars), actual: actual.dollars)
      count += 1
      if score.actual < score.p10 { below += 1 }
      if score.actual > score.p90 { above += 1 }
    }

    func checks(_ what: String) -> [Check] {
      let chance = (0.1 * Double(runs - 1) + 1) / Double(runs + 1)
      let low = Binomial.quantile(0.0005, trials: Int64(count), p: chance)
      let high = Binomial.quantile(0.9995, trials: Int64(count), p: chance)
      return [("below P10", below), ("above P90", above)].map { side, hits in
        Check(
          name: "\(what): realised cost \(side)",
          expected: "\(QuantityFormatter.fixed(chance * Double(count), decimals: 1)) of \(count)",
          observed: "\(hits)", bound: "\(low) to \(high) (false alarm below 0.001)",
          outcome: count == worlds && Int64(hits) >= low && Int64(hits) <= high
            ? .passed : .failed)
      }
    }
  }
}
