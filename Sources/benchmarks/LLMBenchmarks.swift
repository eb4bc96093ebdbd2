import DiscreteEvents
import MLSystem
import Quantities
import Randomness

/// LLM serving on Vidur's configuration: Llama-2-70B on 4 A100 (TP2, PP2), 128 sequences, chunks of
/// 512 tokens, at half, once and twice the rate of its golden rows.
///
/// Vidur itself takes 4.4 ms a request there (its own table of runs, one core).
enum LLMBenchmarks {
  struct Program: Sendable {
    let name: String
    /// The least rate that is asked of it, in requests a second.
    let bar: Double?
    /// Requests of a run; returns CPU seconds and completions.
    let run: @Sendable (_ requests: Int) -> (seconds: Double, completed: Int64)
  }

  static let programs = [
    Program(name: "fleet alone, 1 request/s", bar: nil) { fleetAlone(rate: 1, $0) },
    Program(name: "whole library, 0.5 requests/s", bar: nil) {
      library(rate: 0.5, timeout: nil, $0)
    },
    Program(name: "whole library, 1 request/s", bar: 2e6) { library(rate: 1, timeout: nil, $0) },
    Program(name: "whole library, 2 requests/s", bar: nil) { library(rate: 2, timeout: nil, $0) },
    Program(name: "whole library, timeouts, 1 request/s", bar: nil) {
      library(rate: 1, timeout: .minutes(10), $0)
    },
  ]

  /// Prints medians of the rounds.
  static func run(_ options: BenchmarkOptions) {
    var rows: [[String]] = []
    for program in programs
    where options.filter.isEmpty || program.name.contains(options.filter) {
      let requests = 400_000
      var rates: [Double] = []
      for _ in 0..<options.rounds { rates.append(Double(requests) / program.run(requests).seconds) }
      rows.append([
        program.name, fixed(median(rates) / 1e6, 2) + " M",
        program.bar.map { fixed($0 / 1e6, 1) + " M" } ?? "-",
        fixed(median(rates) * 4.4e-3, 0) + " x",
      ])
    }
    printTable(["LLM serving, requests/s", "rate", "bar", "Vidur"], rows)
  }

  // MARK: Programs

  private static func fleetAlone(rate: Double, _ requests: Int) -> (Double, Int64) {
    var gaps = RandomStream(seed: 1)
    var sizes = RandomStream(seed: 2)
    let prompt = Sampler(LLMWorkload.prompt)
    let output = Sampler(LLMWorkload.output)
    var fleet = LLMFleet(plan: LLMWorkload.plan, replicas: 1)
    let start = cpuSeconds()
    var arrival = Instant.start
    var left = requests
    while true {
      let due = fleet.due(0)
      if left > 0, arrival <= due {
        _ = fleet.enqueue(
          request: UInt32(left & 0xFFFF), prompt: Int32(prompt.sample(&sizes)),
          output: Int32(output.sample(&sizes)), priority: 0, replica: 0, at: arrival)
        left -= 1
        arrival = arrival + .seconds(Ziggurat.exponential(&gaps) / rate)
      } else if due == .never {
        break
      } else {
        fleet.advance(0, at: due)
        fleet.forgetOutcomes()
      }
    }
    return (cpuSeconds() - start, fleet.totals.completed)
  }

  /// Arrivals, route, balancer, fleet, histograms, series, saturation fit, ledger.
  private static func library(
    rate: Double, timeout: Quantities.Duration?, _ requests: Int
  ) -> (Double, Int64) {
    let model = SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1),
      horizon: .seconds(Double(requests) / rate),
      traffic: [
        TrafficStream(
          name: "chat", route: 0, arrivals: .poisson, rate: RateProfile(base: rate),
          size: RequestSize(prompt: LLMWorkload.prompt, output: LLMWorkload.output))
      ],
      routes: [Route(name: "chat", steps: [0], timeout: timeout)],
      services: [
        Service(
          name: "llm", kind: .llm(LLMWorkload.plan),
          replicas: ReplicaPolicy(initial: 1, minimum: 1, maximum: 1))
      ], limits: .none)
    let start = cpuSeconds()
    let record = try? model.simulate(seed: 1, replication: 0, isCancelled: { false })
    return (cpuSeconds() - start, record?.counts.served ?? 0)
  }
}

/// The lengths of the Azure conversation trace and the price of Vidur's 70B server, as facts.
enum LLMWorkload {
  /// Quantiles of AzureLLMInferenceTrace_conv.csv (Azure/AzurePublicDataset, CC-BY-4.0), cut at
  /// 4,096 tokens as in Vidur's runs.
  static let prompt = Distribution.quantileTable(
    [
      (0, 2), (0.01, 29), (0.05, 181), (0.1, 207), (0.2, 387),
      (0.3, 403), (0.4, 703), (0.5, 1_020), (0.6, 1_071), (0.7, 1_130),
      (0.8, 1_315), (0.9, 2_735), (0.95, 3_800), (1, 4_000),
    ].map { QuantilePoint(probability: $0.0, value: $0.1) })
  static let output = Distribution.quantileTable(
    [
      (0, 7), (0.01, 16), (0.05, 41), (0.1, 54), (0.2, 77),
      (0.3, 91), (0.4, 103), (0.5, 129), (0.6, 177), (0.7, 384),
      (0.8, 400), (0.9, 424), (0.95, 451), (0.99, 601), (1, 1_000),
    ].map { QuantilePoint(probability: $0.0, value: $0.1) })

  /// One stage of Llama-2-70B on A100 with TP2, PP2, from the operator tables of microsoft/vidur
  /// (MIT) as `MeasuredOperators` adds them up, thinned to straight pieces.
  static let plan: LLMServerPlan = {
    let dense: [(tokens: Double, milliseconds: Double)] = [
      (1, 29.04), (64, 30.48), (96, 34.64), (128, 36.84), (192, 47.52), (256, 51.78),
      (384, 71.62), (512, 94.38),
    ]
    let byTokens = (0...512).map { count -> Int64 in
      let x = Double(max(1, count))
      let i = max(1, dense.firstIndex { $0.tokens >= x } ?? dense.count - 1)
      let (a, b) = (dense[i - 1], dense[i])
      let share = (x - a.tokens) / (b.tokens - a.tokens)
      return IterationTime.units(
        1e6 * (a.milliseconds + share * (b.milliseconds - a.milliseconds)))
    }
    let curve = ContextCurve(
      rows: (0...64).map { count in
        if count == 0 { return [ContextCurve.Piece(from: 0, value: 0, slope: 0)] }
        let knot = 1_024 * Int64(count)
        let slope = IterationTime.units(count < 8 ? 120 : 90)
        let value = IterationTime.units(5e5)
        return [
          ContextCurve.Piece(from: 0, value: value, slope: slope),
          ContextCurve.Piece(
            from: knot, value: value + slope * knot, slope: IterationTime.units(65)),
        ]
      })
    return LLMServerPlan(
      rules: SchedulerRules(
        tokenBudget: 512, maximumSequences: 128, blocks: 32_768, watermark: 327,
        pipelineStages: 2),
      time: IterationTime(
        byTokens: byTokens, perPrefill: IterationTime.units(501_372),
        perPrefillToken: IterationTime.units(3_386), perPair: IterationTime.units(5.16),
        decode: curve))
  }()
}
