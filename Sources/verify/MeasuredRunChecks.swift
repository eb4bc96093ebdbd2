import MLSystem

/// A measured run of vLLM 0.19: 300 requests at 10/s, Llama-3.1-8B on one RTX PRO 6000.
///
/// Source: casys-kaist/LLMServingSim, bench/examples/RTXPRO6000, at 5daddb2. The constants are of
/// the data sheet and of the same repository's layer tables; nothing is fitted on the run. The
/// server saturates, so an error of the step time comes out two to three times as large in TTFT.
enum MeasuredRunChecks {
  static let file = "llm-serving/llmservingsim-vllm/RTXPRO6000_Llama-3.1-8B/requests.csv"

  static let run: @Sendable () async -> [Check] = {
    guard let text = DataFiles.text(file), let rows = try? DataFiles.numbers(text) else {
      return [DataFiles.skipped("vLLM, Llama-3.1-8B on RTX PRO 6000", file)]
    }
    let sorted = rows.sorted { ($0["arrival_s"] ?? 0) < ($1["arrival_s"] ?? 0) }
    let requests = sorted.map { row in
      LLMReplay.Request(
        arrival: row["arrival_s"] ?? 0, prompt: Int(row["input_tokens"] ?? 1),
        output: Int(row["output_tokens"] ?? 1))
    }
    let model = ExecutionModel(architecture: llama8B, accelerator: rtxPro6000)
    guard let fit = try? model.memoryFit() else { return [] }
    let plan = LLMServerPlan(
      rules: SchedulerRules(tokenBudget: 2_048, maximumSequences: 128, blocks: fit.blocks),
      time: model.iterationTime(tokens: 2_048))
    let replay = LLMReplay(requests, plan, frontEnd: 0.006)
    func measured(_ column: String) -> Double { mean(rows.compactMap { $0[column] }) }
    return [
      .near(
        "vLLM 8B, mean end to end", mean(replay.endToEnd), measured("e2e_s"), within: 0.05,
        unit: "s"),
      .near(
        "vLLM 8B, mean TPOT", mean(replay.perToken), measured("tpot_s"), within: 0.05, unit: "s"),
      .near(
        "vLLM 8B, mean TTFT", mean(replay.timeToFirst), measured("ttft_s"), within: 0.15,
        unit: "s"),
    ]
  }

  static let llama8B = TransformerArchitecture(
    name: "Llama-3.1-8B", layers: 32, hidden: 4_096, heads: 32, kvHeads: 8, headSize: 128,
    mlpWidth: 14_336, vocabulary: 128_256)

  static let rtxPro6000 = AcceleratorConstants(
    name: "RTX PRO 6000", memory: 96, bandwidth: 1_792, peak16: 467.8, computeEfficiency16: 0.87,
    memoryEfficiency: 0.86, norm: 1.6, prefillEfficiency: 0.58, kvEfficiency: 0.85,
    perKVHead: 0.02, gemmFloor: 5.5, elementwiseFloor: 2.3, attentionFloor: 7, host: 0.6,
    sampler: 25, samplerPerSequence: 1.2)
}
