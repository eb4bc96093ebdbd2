import Quantities

/// Overheads of a serving stack around the kernels, fitted on models of 32B parameters and more.
public struct StackRow: Hashable, Sendable {
  /// The name of the stack, such as `vLLM`.
  public var name: String
  /// Time of the host per step, in ms.
  public var host: Double
  /// Time per layer, in µs.
  public var perLayer: Double
  /// Further time per layer with experts, in µs.
  public var perExpertLayer: Double
  /// Time per sequence in the step, in µs.
  public var perSequence: Double
  /// Further time of a step that prefills, in ms.
  public var perPrefillStep: Double
  /// Fixed part of the time to the first token, in ms.
  public var perRequest: Double
  /// Serial time of the front end per prompt token, in µs.
  public var perPromptToken: Double
  /// Decode steps until a new request is looked at.
  public var stepsBetweenLooks: Int
  /// Median error of the time per output token, in percent, of the models in the fit.
  public var tpotErrorPercent: Double
  /// Median error of the time to the first token, in percent, of the models in the fit.
  public var ttftErrorPercent: Double
  /// Where the figures come from.
  public var provenance: Provenance
}

extension StackRow {
  static func shipped(_ sources: SourceList) -> [StackRow] {
    shippedRows(
      stacksTable,
      columns: [
        "stack", "host_ms", "layer_us", "moe_layer_us", "sequence_us", "prefill_step_ms",
        "request_ms", "prompt_token_us", "look_steps", "tpot_error_pct", "ttft_error_pct",
        "source",
      ]
    ) { (table) throws(DelimitedTextError) in
      StackRow(
        name: try table.requiredText("stack"), host: try table.number("host_ms"),
        perLayer: try table.number("layer_us"), perExpertLayer: try table.number("moe_layer_us"),
        perSequence: try table.number("sequence_us"),
        perPrefillStep: try table.number("prefill_step_ms"),
        perRequest: try table.number("request_ms"),
        perPromptToken: try table.number("prompt_token_us"),
        stepsBetweenLooks: Int(try table.optionalInteger("look_steps") ?? 1),
        tpotErrorPercent: try table.number("tpot_error_pct"),
        ttftErrorPercent: try table.number("ttft_error_pct"),
        provenance: sources.provenance(try table.requiredText("source"), date: "2026-08-21"))
    }
  }
}
