import Randomness

/// What an engine step of a dense transformer costs, from peaks, efficiencies and overheads.
///
/// With T tokens in the step and TP-way tensor parallelism, per layer
///
///     linear      p-norm(weight bytes / (BW · em), 2 T parameters / (F · ec)) / TP
///     activations T ((8 + 4/TP) d + 1.6 MLP width) elements of 2 bytes at 0.8 BW
///     decode      context · KV bytes / (shards · BW · e_kv) + t_b per (sequence, KV head), beside
///                 prompt tokens 1 + min(1, n/128) times as long
///     prefill     4 H D pairs / (TP · F16 · ea)
///     overheads   4 GEMM floors + 5 elementwise floors + attention floor, or those of the stack
///     all-reduce  2 of T d elements
///
/// and per step the output matrix, the host and the sampler. Fitted and checked on the layer tables
/// of LLMServingSim and the operator tables of AIConfigurator; the error stands with each
/// accelerator.
package struct ExecutionModel: Sendable, Hashable {
  package var architecture: TransformerArchitecture
  package var accelerator: AcceleratorConstants
  package var format: NumberFormat
  package var tensorParallel: Int
  package var pipelineParallel: Int
  /// Overheads that replace the kernel floors; nil for a model under 10B.
  package var stack: StackOverheads?

  package init(
    architecture: TransformerArchitecture, accelerator: AcceleratorConstants,
    format: NumberFormat = .bf16, tensorParallel: Int = 1, pipelineParallel: Int = 1,
    stack: StackOverheads? = nil
  ) {
    self.architecture = architecture
    self.accelerator = accelerator
    self.format = format
    self.tensorParallel = tensorParallel
    self.pipelineParallel = pipelineParallel
    self.stack = stack
  }

  /// Accelerators of one replica.
  package var accelerators: Int { tensorParallel * pipelineParallel }

  // MARK: Time

  /// The price of an iteration with up to `tokens` tokens, for the slowest stage: the last, which
  /// has the output matrix.
  package func iterationTime(tokens: Int) -> IterationTime {
    let layers = Double(stageLayers)
    let times = (0...max(1, tokens)).map { count in
      IterationTime.units(1e9 * stepTime(Double(max(1, count)), layers))
    }
    let kvSlope = layers * kvBytesPerTokenLayer / (accelerator.bandwidth * kvEfficiency)
    let perDecode = 1e3 * layers * accelerator.perKVHead * Double(kvHeadsPerDevice)
    let pairFLOP = 4 * Double(architecture.heads * architecture.headSize) * layers
    let perPair =
      pairFLOP / (Double(tensorParallel) * accelerator.peak16 * 1e3 * prefillEfficiency)
    let perSequence = stack?.perSequence ?? accelerator.samplerPerSequence
    return IterationTime(
      byTokens: times, perSequence: IterationTime.units(perSequence * 1e3),
      prefillIteration: IterationTime.units((stack?.perPrefillStep ?? 0) * 1e6),
      perPair: IterationTime.units(perPair),
      decode: decodeCurve(kvSlope, perDecode, besidePrefill: false),
      decodeBesidePrefill: decodeCurve(kvSlope, perDecode, besidePrefill: true))
  }

  /// Decode attention in nanoseconds per context token and per sequence, up to twice as slow beside
  /// prompt tokens, for up to `maximumDecodes` sequences.
  private func decodeCurve(
    _ perContext: Double, _ perSequence: Double, besidePrefill: Bool
  ) -> ContextCurve {
    ContextCurve(
      rows: (0...Self.maximumDecodes).map { count in
        let factor = besidePrefill ? 1 + min(1, Double(count) / 128) : 1
        return [
          ContextCurve.Piece(
            from: 0, value: IterationTime.units(perSequence * factor * Double(count)),
            slope: IterationTime.units(perContext * factor))
        ]
      })
  }

  /// Sequences beyond which the price of attention no longer grows with their number; servers run
  /// fewer.
  private static let maximumDecodes = 1_024

  /// Seconds of a step of one stage without attention, for `tokens` tokens.
  func stepTime(_ tokens: Double, _ layers: Double) -> Double {
    let shard = Double(tensorParallel)
    let bandwidth = accelerator.bandwidth * 1e9
    let parameters = architecture.layerParameters / shard
    let linear = powerNorm(
      parameters * format.weightBytes / (bandwidth * memoryEfficiency),
      2 * tokens * parameters / peakRate, accelerator.norm)
    let width =
      (8 + 4 / shard) * Double(architecture.hidden) + 1.6 * Double(architecture.mlpWidth) / shard
    let activations = tokens * width * 2 / (0.8 * bandwidth)
    let allReduce = accelerator.allReduce.allReduce(
      bytes: tokens * Double(architecture.hidden) * 2, devices: tensorParallel,
      link: accelerator.link)
    let floors =
      4 * accelerator.gemmFloor + 5 * accelerator.elementwiseFloor + accelerator.attentionFloor
    let perLayer = (stack?.perLayer ?? floors) * 1e-6
    let head = architecture.headParameters * 2 / shard / (bandwidth * memoryEfficiency)
    let host = (stack?.host ?? accelerator.host) * 1e-3
    let step = host + head + accelerator.sampler * 1e-6 + send(tokens)
    return step + layers * (linear + activations + perLayer + 2 * allReduce)
  }

  /// Seconds to hand the activations to the next stage.
  private func send(_ tokens: Double) -> Double {
    if pipelineParallel == 1 { return 0 }
    let bytes = tokens * Double(architecture.hidden) * 2
    return accelerator.allReduce.latency * 1e-6 + bytes / (accelerator.link * 1e9 * 0.8)
  }

  /// Reached operations a second of the layers' products.
  private var peakRate: Double {
    if format.multipliesIn8Bit, let peak = accelerator.peak8 {
      return peak * 1e12 * min(accelerator.computeEfficiency8, isInStack ? 0.62 : 1)
    }
    return accelerator.peak16 * 1e12 * accelerator.computeEfficiency16 * (isInStack ? 0.77 : 1)
  }

  // The overheads of a stack were fitted together with efficiencies in the whole step; on Hopper
  // they are 0.93 for memory, 0.64 for products in 16 bit, 0.62 in 8 bit, 0.58 for prefill
  // attention and 0.73 for the KV cache. Elsewhere the same ratio to the isolated kernels holds.
  private var isInStack: Bool { stack != nil }
  private var memoryEfficiency: Double {
    min(0.95, accelerator.memoryEfficiency * (isInStack ? 1.08 : 1))
  }
  private var prefillEfficiency: Double {
    accelerator.prefillEfficiency * (isInStack ? 0.83 : 1)
  }
  private var kvEfficiency: Double { accelerator.kvEfficiency * (isInStack ? 0.86 : 1) }

  // MARK: Memory

  /// Layers of a stage, rounded up.
  package var stageLayers: Int {
    (architecture.layers + pipelineParallel - 1) / pipelineParallel
  }

  /// KV heads that one accelerator holds; they are repeated when there are fewer than accelerators.
  private var kvHeadsPerDevice: Int {
    max(1, (architecture.kvHeads + tensorParallel - 1) / tensorParallel)
  }

  /// Bytes that a token of context takes on one accelerator, per layer.
  private var kvBytesPerTokenLayer: Double {
    2 * Double(kvHeadsPerDevice) * Double(architecture.headSize) * format.kvBytes
  }

  /// Bytes of weights on one accelerator.
  package var weightBytes: Double {
    let tables = architecture.headParameters * (architecture.tiesEmbeddings ? 1 : 2) * 2
    let layers = Double(architecture.layers) * architecture.layerParameters * format.weightBytes
    return (layers + tables) / Double(accelerators)
  }

  /// What is left for the KV cache when `utilisation` of the memory may be used.
  ///
  /// 1.5 GB are kept for activations and graphs. Throws `MemoryFitFailure` if the weights do not
  /// fit, or leave no room for a single block.
  package func memoryFit(
    utilisation: Double = 0.9, blockSize: Int = 16
  ) throws(MemoryFitFailure) -> MemoryFit {
    let memory = accelerator.memory * 1_073_741_824
    let room = utilisation * memory - Self.activationBytes
    let perToken = Double(stageLayers) * kvBytesPerTokenLayer
    let left = room - weightBytes
    let blocks = Int((left / (perToken * Double(blockSize))).rounded(.down))
    if blocks < 1 {
      let least = (weightBytes * Double(accelerators) / room).rounded(.up)
      throw MemoryFitFailure(
        model: architecture.name, format: format.name, accelerator: accelerator.name,
        weightBytes: weightBytes, availableBytes: room, leastAccelerators: Int(max(1, least)))
    }
    return MemoryFit(
      deviceBytes: memory, weightBytes: weightBytes, cacheBytes: left, bytesPerToken: perToken,
      blocks: blocks)
  }

  static let activationBytes = 1.5e9
}

/// How the memory of one accelerator is used.
package struct MemoryFit: Sendable, Hashable {
  package var deviceBytes: Double
  package var weightBytes: Double
  /// Bytes for the KV cache, and bytes of it that a token takes.
  package var cacheBytes: Double
  package var bytesPerToken: Double
  /// KV blocks of a replica.
  package var blocks: Int
}

/// The weights of a model do not fit.
package struct MemoryFitFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package var model: String
  package var format: String
  package var accelerator: String
  /// Per accelerator: bytes of weights, and bytes that weights and cache may take.
  package var weightBytes: Double
  package var availableBytes: Double
  /// So many accelerators per replica would hold the weights, if with little cache.
  package var leastAccelerators: Int

  package var description: String {
    func gigabytes(_ bytes: Double) -> String {
      let tenths = Int((max(0, bytes) / 1e8).rounded())
      return "\(tenths / 10).\(tenths % 10) GB"
    }
    return """
      \(model) in \(format) does not fit: \(gigabytes(weightBytes)) of weights per \(accelerator), \
      which has \(gigabytes(availableBytes)) for weights and KV cache; it takes at least \
      \(leastAccelerators) accelerators per replica
      """
  }
}

/// (a^p + b^p)^(1/p).
func powerNorm(_ a: Double, _ b: Double, _ p: Double) -> Double {
  let high = max(a, b)
  let low = min(a, b)
  if low <= 0 { return high }
  return high * PortableMath.pow(1 + PortableMath.pow(low / high, p), 1 / p)
}
