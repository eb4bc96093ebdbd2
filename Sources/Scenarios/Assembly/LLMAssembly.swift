import Catalog
import MLSystem
import Quantities
import Syntax

/// An LLM server from its settings, the model's architecture and the accelerator's calibration.
struct LLMAssembly {
  let service: SettingObject.Member
  let root: Setting
  let catalog: Catalog

  init(_ service: SettingObject.Member, _ root: Setting, catalog: Catalog) {
    self.service = service
    self.root = root
    self.catalog = catalog
  }

  /// Milliseconds in front of an engine with a model that no stack was fitted on.
  static let frontEnd = 6.0

  private var value: Setting { service.value }
  private var model: Setting { root["models"][value["serves"].text ?? ""] }
  private var pool: Setting { root["hardware"][value["on"].text ?? ""] }
  private var tensor: Int { value["parallel"]["tensor"].whole ?? 1 }
  private var pipeline: Int { value["parallel"]["pipeline"].whole ?? 1 }

  /// The machine of its pool.
  var instance: InstanceRow? { pool["instance"].text.flatMap { catalog.instance($0) } }

  /// The accelerator of that machine.
  var accelerator: AcceleratorRow? {
    instance.flatMap { $0.acceleratorCount >= 1 ? catalog.accelerator($0.accelerator) : nil }
  }

  /// The architecture that it serves.
  var architecture: ModelArchitectureRow? { model["base"].text.flatMap { catalog.model($0) } }

  /// Replicas that fit one machine; below 1, a replica takes several.
  var replicasPerMachine: Double {
    let ratio = (instance?.acceleratorCount ?? 1) / Double(tensor * pipeline)
    return ratio >= 1 ? ratio.rounded(.down) : ratio
  }

  /// The execution model; nil where model, accelerator or its constants are missing.
  var execution: ExecutionModel? {
    guard let architecture, architecture.kind == .decoder, let accelerator,
      let constants = accelerator.constants(tensorParallel: tensor)
    else { return nil }
    return ExecutionModel(
      architecture: architecture.transformer, accelerator: constants,
      format: model["precision"].text == "fp8" ? .fp8 : .bf16, tensorParallel: tensor,
      pipelineParallel: pipeline, stack: stack?.overheads)
  }

  /// The overheads of the serving stack, which were fitted on large models only.
  private var stack: StackRow? {
    (architecture?.parameters ?? 0) >= 10_000_000_000 ? catalog.stack("vLLM") : nil
  }

  /// The memory of one accelerator.
  func fit(_ execution: ExecutionModel) throws(MemoryFitFailure) -> MemoryFit {
    try execution.memoryFit(
      utilisation: value["scheduler"]["memory"].number ?? 0.9,
      blockSize: value["scheduler"]["blockSize"].whole ?? 16)
  }

  /// The rules of the batch and the time of an iteration.
  func plan(_ files: ScenarioFiles, _ sources: SourceMap) throws(DiagnosticsError) -> LLMServerPlan
  {
    guard let execution else {
      throw DiagnosticsError(
        Diagnostic(
          .notSimulated, "nothing is known of the speed of \(service.quoted)",
          at: service.keyRange), in: sources)
    }
    let blocks: Int
    do throws(MemoryFitFailure) {
      blocks = try fit(execution).blocks
    } catch {
      throw DiagnosticsError(
        Diagnostic(.doesNotFit, error.description, at: value["on"].range), in: sources)
    }
    let rules = rules(blocks: blocks)
    let time =
      value["tables"].kind == "tables"
      ? try measured(rules, files, sources) : execution.iterationTime(tokens: rules.tokenBudget)
    // The time in front of the engine was fitted together with the overheads of the stack.
    let isMeasured = value["tables"].kind == "tables"
    return LLMServerPlan(
      rules: rules, time: time,
      frontEnd: .milliseconds(isMeasured ? 0 : stack?.perRequest ?? Self.frontEnd))
  }

  private func rules(blocks: Int) -> SchedulerRules {
    let scheduler = value["scheduler"]
    let watermark = (scheduler["watermark"].number ?? 0) * Double(blocks)
    let byPriority = value["queue"]["order"].text == "priority"
    let highest =
      root["traffic"].members
      .flatMap { TrafficAssembly.priorities(of: $0.value) }.max() ?? 0
    return SchedulerRules(
      tokenBudget: scheduler["maxTokens"].whole ?? 8_192,
      maximumSequences: scheduler["maxSequences"].whole ?? 256, blocks: blocks,
      blockSize: scheduler["blockSize"].whole ?? 16, watermark: Int(watermark),
      reservesWholePrompt: scheduler["wholePrompt"].flag, pipelineStages: pipeline,
      priorityLevels: byPriority ? Int(highest) + 1 : 1)
  }

  /// The time of an iteration from the tables of measured operators that the scenario names.
  private func measured(
    _ rules: SchedulerRules, _ files: ScenarioFiles, _ sources: SourceMap
  ) throws(DiagnosticsError) -> IterationTime {
    let tables = value["tables"]
    var texts: [String: String] = [:]
    for key in ["mlp", "attention", "allReduce"] where !tables[key].isAbsent {
      texts[key] = try text(tables[key], files, sources)
    }
    let family = accelerator.map { $0.name.prefix { $0 != "-" }.lowercased() } ?? ""
    do throws(DelimitedTextError) {
      let operators = try MeasuredOperators(
        vidur: .init(
          accelerator: family, model: architecture?.name ?? "", tensorParallel: tensor),
        mlp: texts["mlp"] ?? "", attention: texts["attention"] ?? "",
        allReduce: texts["allReduce"] ?? "")
      guard !operators.dense.isEmpty else {
        throw DelimitedTextError(line: 1, column: 1, reason: .emptyText)
      }
      let layers = ((architecture?.layers ?? 1) + pipeline - 1) / pipeline
      // The tables were measured on tokens padded to multiples of eight.
      return operators.iterationTime(
        .init(
          layers: layers, bytesPerToken: 2 * Double(architecture?.hidden ?? 0), padding: 8,
          tokens: rules.tokenBudget, sequences: rules.maximumSequences / pipeline))
    } catch {
      let isEmpty = error.reason == .emptyText
      throw DiagnosticsError(
        Diagnostic(
          .traceCell,
          isEmpty
            ? "the tables have no rows of `\(architecture?.name ?? "")` on `\(family)` "
              + "with tensor parallelism \(tensor)"
            : "a table of \(service.quoted): \(VisibleText.escaped(error.description))",
          at: tables.range), in: sources)
    }
  }

  private func text(
    _ path: Setting, _ files: ScenarioFiles, _ sources: SourceMap
  ) throws(DiagnosticsError) -> String {
    let name = path.text ?? ""
    var reason = "the path leaves its folder"
    if let target = ScenarioFiles.normalized(name, from: []) {
      do throws(ScenarioFiles.Problem) {
        return String(decoding: try files.readData(target), as: UTF8.self)
      } catch {
        reason = error.reason
      }
    }
    throw DiagnosticsError(
      Diagnostic(
        .unreadableFile, "cannot read \(VisibleText.quoted(name)): \(reason)", at: path.range),
      in: sources)
  }
}

extension ModelArchitectureRow {
  /// The shape as the execution model takes it.
  var transformer: TransformerArchitecture {
    TransformerArchitecture(
      name: name, layers: layers, hidden: hidden, heads: heads, kvHeads: kvHeads,
      headSize: headSize, mlpWidth: mlpWidth, vocabulary: vocabulary,
      tiesEmbeddings: tiesEmbeddings)
  }
}

extension StackRow {
  /// The overheads as the execution model takes them.
  var overheads: StackOverheads {
    StackOverheads(
      name: name, host: host, perPrefillStep: perPrefillStep, perLayer: perLayer,
      perSequence: perSequence)
  }
}

extension AcceleratorRow {
  /// The constants of kernels inside a model step; nil where the execution model does not apply.
  func constants(tensorParallel: Int) -> AcceleratorConstants? {
    guard let execution else { return nil }
    let step = execution.step
    let hasLinks = linkBandwidth > 0
    let collectives = execution.collectives.filter {
      $0.operation == .allReduce && ($0.group == tensorParallel || $0.group == 0)
    }
    // Inside a CUDA graph the custom kernel is used; the row of the very group goes first.
    let law =
      collectives.first { $0.backend == "custom" && $0.group == tensorParallel }
      ?? collectives.first { $0.backend == "custom" } ?? collectives.first
    return AcceleratorConstants(
      name: name, memory: memoryGiB, bandwidth: step.bandwidth, peak16: bf16Peak, peak8: fp8Peak,
      computeEfficiency16: step.computeEfficiency,
      computeEfficiency8: execution.gemm8?.computeEfficiency ?? 0.7,
      memoryEfficiency: step.memoryEfficiency, norm: step.norm,
      prefillEfficiency: step.prefillEfficiency, kvEfficiency: execution.decode.stepRate,
      perKVHead: execution.decode.perHead / Double(max(multiprocessors, 1)),
      gemmFloor: step.gemmFloor, elementwiseFloor: step.elementwiseFloor,
      attentionFloor: step.attentionFloor, host: step.host, sampler: step.sampler,
      samplerPerSequence: step.samplerPerSequence,
      link: hasLinks ? linkBandwidth : slotBandwidth ?? 32,
      allReduce: law.map {
        CollectiveLaw(
          latency: $0.latency, latencyPerDevice: $0.latencyPerDevice, efficiency: $0.efficiency,
          norm: $0.norm)
      } ?? .pcie,
      errorStatement: calibrationError.statement)
  }
}
