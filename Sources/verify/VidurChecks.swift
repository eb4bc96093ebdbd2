import MLSystem
import Statistics

/// Another simulator's runs of Llama-2-70B on 4 A100 (TP2, PP2), from its own operator tables.
///
/// Source: microsoft/vidur at 7d47513 with 128 sequences and chunks of 512 tokens. Nothing is
/// fitted on the golden rows: the price of an iteration comes from the tables of measured
/// operators. Cache: its memory planner gives 128 requests of 4,096 tokens room in blocks of 16, so
/// it never binds.
enum VidurChecks {
  static let files = [
    "vidur_mlp_medians.csv", "vidur_attention_a100_h8192_q64_kv8_tp2.csv",
    "vidur_allreduce_a100_dgx.csv", "vidur_golden_t1024_requests.csv",
    "vidur_golden_llama2_70b_tp2pp2_a100.csv",
  ]

  static let run: @Sendable () async -> [Check] = {
    let texts = files.compactMap { DataFiles.text("llm-serving/" + $0) }
    if texts.count < files.count {
      return [DataFiles.skipped("Llama-2-70B on A100 TP2 PP2", "llm-serving/vidur_*.csv")]
    }
    do {
      return try compare(texts)
    } catch {
      return [
        Check(
          name: "files of llm-serving", expected: "", observed: "\(error)", bound: "readable",
          outcome: .failed)
      ]
    }
  }

  /// The plan of that server, from the texts of the three tables of operators.
  static func plan(mlp: String, attention: String, allReduce: String) throws -> LLMServerPlan {
    let operators = try MeasuredOperators(
      vidur: .init(
        accelerator: "a100", model: "meta-llama/Llama-2-70b-hf", tensorParallel: 2),
      mlp: mlp, attention: attention, allReduce: allReduce)
    let shape = MeasuredOperators.Shape(
      layers: 40, bytesPerToken: 2 * 8_192, padding: 8, tokens: 512, sequences: 64)
    return LLMServerPlan(
      rules: SchedulerRules(
        tokenBudget: 512, maximumSequences: 128, blocks: 32_768, watermark: 327,
        pipelineStages: 2),
      time: operators.iterationTime(shape))
  }

  private static func compare(_ texts: [String]) throws -> [Check] {
    let plan = try plan(mlp: texts[0], attention: texts[1], allReduce: texts[2])
    let rows = try DataFiles.numbers(texts[3])
    let golden = try DataFiles.numbers(texts[4])
    var checks: [Check] = []
    // The rows of one replica and 1,024 requests, by rate; the gaps of the file are those of 1/s.
    for (name, rate) in [("q05", 0.5), ("t1024", 1.0), ("q15", 1.5), ("q20", 2.0), ("q30", 3.0)] {
      guard
        let row = golden.first(where: {
          $0["qps"] == rate && $0["n"] == 1_024 && $0["replicas"] == 1
        })
      else { continue }
      var arrival = 0.0
      let requests = rows.map { request in
        arrival += (request["request_inter_arrival_delay"] ?? 0) / rate
        return LLMReplay.Request(
          arrival: arrival, prompt: Int(request["request_num_prefill_tokens"] ?? 1),
          output: Int(request["request_num_decode_tokens"] ?? 1))
      }
      let replay = LLMReplay(requests, plan)
      let carried = Double(replay.endToEnd.count) / replay.end
      if name == "q30" {
        checks.append(
          .near("\(name), capacity", carried, row["req_per_s"] ?? 0, within: 0.08, unit: "/s"))
        continue
      }
      checks.append(
        .near("\(name), requests", carried, row["req_per_s"] ?? 0, within: 0.03, unit: "/s"))
      for (p, column) in [(0.5, "e2e_p50_s"), (0.9, "e2e_p90_s")] {
        checks.append(
          .near(
            "\(name), end to end p\(Int(p * 100))",
            quantile(p, ofSorted: replay.endToEnd.sorted()), row[column] ?? 0, within: 0.1,
            unit: "s"))
      }
    }
    return checks
  }
}
