import Quantities

/// The execution constants of the shipped tables, put together by accelerator.
struct ShippedExecution {
  private var gemm: [(accelerator: String, dtype: String, row: GEMMConstants)]
  private var prefill: [(accelerator: String, row: PrefillAttentionConstants)]
  private var decode: [(accelerator: String, row: DecodeAttentionConstants)]
  private var collectives: [(accelerator: String, row: CollectiveConstants)]
  private var step: [(accelerator: String, row: StepConstants)]
  private var errors: [(accelerator: String, row: CalibrationError)]

  init() {
    gemm = Self.gemmRows()
    prefill = Self.prefillRows()
    decode = Self.decodeRows()
    collectives = Self.collectiveRows()
    step = Self.stepRows()
    errors = Self.errorRows()
  }

  /// The constants of one accelerator, or nil where the tables have none.
  func constants(_ accelerator: String) -> ExecutionConstants? {
    guard
      let gemm16 = gemm.first(where: { $0.accelerator == accelerator && $0.dtype == "bf16" }),
      let prefill = prefill.first(where: { $0.accelerator == accelerator }),
      let decode = decode.first(where: { $0.accelerator == accelerator }),
      let step = step.first(where: { $0.accelerator == accelerator })
    else { return nil }
    return ExecutionConstants(
      gemm16: gemm16.row,
      gemm8: gemm.first { $0.accelerator == accelerator && $0.dtype == "fp8" }?.row,
      prefill: prefill.row, decode: decode.row,
      collectives: collectives.filter { $0.accelerator == accelerator }.map(\.row),
      step: step.row)
  }

  /// How wrong the model may be on one accelerator.
  func error(_ accelerator: String) -> CalibrationError {
    errors.first { $0.accelerator == accelerator }?.row ?? .unknown
  }

  private static func gemmRows() -> [(accelerator: String, dtype: String, row: GEMMConstants)] {
    shippedRows(
      gemmTable,
      columns: [
        "accelerator", "dtype", "ec", "em", "t0_us", "p", "k0", "l2_share", "cq_bytes",
        "error_pct", "error_cv_pct", "error_p90_pct", "basis", "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      let error = try table.optionalNumber("error_pct")
      let validated = try table.optionalNumber("error_cv_pct")
      return (
        accelerator: try table.requiredText("accelerator"),
        dtype: try table.requiredText("dtype"),
        row: GEMMConstants(
          computeEfficiency: try table.number("ec"), memoryEfficiency: try table.number("em"),
          launch: try table.number("t0_us"), norm: try table.number("p"),
          innerLength: try table.number("k0", or: 0),
          cacheShare: try table.number("l2_share", or: 0),
          scalingBytes: try table.number("cq_bytes", or: 0),
          errorPercent: validated ?? error,
          basis: try table.requiredText("basis"))
      )
    }
  }

  private static func prefillRows() -> [(accelerator: String, row: PrefillAttentionConstants)] {
    shippedRows(
      prefillAttentionTable,
      columns: [
        "accelerator", "ea", "em", "t0_us", "tb_us", "l2_share", "w", "error_pct",
        "error_cv_pct", "basis", "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      (
        accelerator: try table.requiredText("accelerator"),
        row: PrefillAttentionConstants(
          computeEfficiency: try table.number("ea"), memoryEfficiency: try table.number("em"),
          launch: try table.number("t0_us"), perHead: try table.number("tb_us"),
          cacheShare: try table.number("l2_share"), emptiness: try table.number("w"),
          errorPercent: try table.optionalNumber("error_cv_pct"),
          basis: try table.requiredText("basis"))
      )
    }
  }

  private static func decodeRows() -> [(accelerator: String, row: DecodeAttentionConstants)] {
    shippedRows(
      decodeAttentionTable,
      columns: [
        "accelerator", "em", "t0_us", "tb_us", "l2_share", "c", "p", "t1_us", "step_kv_rate",
        "error_pct", "error_cv_pct", "basis", "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      (
        accelerator: try table.requiredText("accelerator"),
        row: DecodeAttentionConstants(
          memoryEfficiency: try table.number("em"), launch: try table.number("t0_us"),
          perHead: try table.number("tb_us"), cacheShare: try table.number("l2_share"),
          cacheRate: try table.number("c"), norm: try table.number("p"),
          splitLaunch: try table.number("t1_us"), stepRate: try table.number("step_kv_rate"),
          errorPercent: try table.optionalNumber("error_cv_pct"),
          basis: try table.requiredText("basis"))
      )
    }
  }

  private static func collectiveRows() -> [(accelerator: String, row: CollectiveConstants)] {
    shippedRows(
      collectivesTable,
      columns: [
        "accelerator", "operation", "backend", "group", "l0_us", "l1_us", "e", "p", "error_pct",
        "basis", "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      let text = try table.requiredText("operation")
      guard let operation = CollectiveConstants.Operation(rawValue: text) else {
        throw table.error(
          "operation", .malformed(column: "operation", text: text, expected: "a collective"))
      }
      return (
        accelerator: try table.requiredText("accelerator"),
        row: CollectiveConstants(
          operation: operation, backend: try table.requiredText("backend"),
          group: Int(try table.optionalInteger("group") ?? 0),
          latency: try table.number("l0_us"), latencyPerDevice: try table.number("l1_us"),
          efficiency: try table.number("e"), norm: try table.number("p"),
          errorPercent: try table.number("error_pct"))
      )
    }
  }

  private static func stepRows() -> [(accelerator: String, row: StepConstants)] {
    shippedRows(
      stepTable,
      columns: [
        "accelerator", "bandwidth_gb_s", "ec", "em", "p", "ea", "gemm_floor_us",
        "elementwise_floor_us", "attention_floor_us", "host_ms", "sampler_us", "sequence_us",
        "basis", "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      (
        accelerator: try table.requiredText("accelerator"),
        row: StepConstants(
          bandwidth: try table.number("bandwidth_gb_s"),
          computeEfficiency: try table.number("ec"), memoryEfficiency: try table.number("em"),
          norm: try table.number("p"), prefillEfficiency: try table.number("ea"),
          gemmFloor: try table.number("gemm_floor_us"),
          elementwiseFloor: try table.number("elementwise_floor_us"),
          attentionFloor: try table.number("attention_floor_us"),
          host: try table.number("host_ms"), sampler: try table.number("sampler_us"),
          samplerPerSequence: try table.number("sequence_us"),
          basis: try table.requiredText("basis"))
      )
    }
  }

  private static func errorRows() -> [(accelerator: String, row: CalibrationError)] {
    shippedRows(
      calibrationErrorTable,
      columns: ["accelerator", "low_pct", "high_pct", "statement", "source"]
    ) { (table) throws(DelimitedTextError) in
      (
        accelerator: try table.requiredText("accelerator"),
        row: CalibrationError(
          percent: try table.number("low_pct")...table.number("high_pct"),
          statement: try table.requiredText("statement"))
      )
    }
  }
}
