/// Constants of the execution model for one accelerator, as plain numbers.
///
/// Equations and fits: the calibration notes of the execution model; the fits reproduce the
/// measured tables of ai-dynamo/aiconfigurator and LLMServingSim with the errors kept beside them.
/// `basis` says `measured`, `borrowed NAME` or `default`.
public struct ExecutionConstants: Hashable, Sendable {
  /// A matrix product with 16-bit inputs.
  public var gemm16: GEMMConstants
  /// A matrix product with FP8 inputs, or nil where it was not measured and has no default.
  public var gemm8: GEMMConstants?
  /// Attention over a prompt.
  public var prefill: PrefillAttentionConstants
  /// Attention of one new token per sequence.
  public var decode: DecodeAttentionConstants
  /// Collectives between the devices of a machine; empty where none were measured.
  public var collectives: [CollectiveConstants]
  /// The overheads and efficiencies of one engine step.
  public var step: StepConstants
}

/// One GEMM (m × k times k × n), b bytes per element.
///
///     tc = 2 m n k / (F · ec) · (1 + k0/k)
///     tm = (n k b · miss + m k b + 2 m n) / (BW · em),  miss = 1 - exp(-n k b / (l2Share · L2))
///     t  = (tc^p + tm^p)^(1/p) + t0   (+ cq · m k / BW for FP8 with dynamic activation scales)
///
/// `miss` is 1 in a model step, whose weights are cold.
public struct GEMMConstants: Hashable, Sendable {
  /// Share of the dense peak that is reached.
  public var computeEfficiency: Double
  /// Share of the memory bandwidth that is reached.
  public var memoryEfficiency: Double
  /// Fixed time of a launch, in µs.
  public var launch: Double
  /// Exponent of the norm that joins compute and memory time.
  public var norm: Double
  /// Inner length at which compute runs at half speed.
  public var innerLength: Double
  /// Share of the L2 cache that keeps weights between calls of an isolated benchmark.
  public var cacheShare: Double
  /// Bytes per element that scaling the activations moves (FP8 with dynamic scales only).
  public var scalingBytes: Double
  /// Mean absolute error of the fit, in percent, cross-validated where that was done.
  public var errorPercent: Double?
  /// `measured`, `borrowed NAME` or `default`.
  public var basis: String
}

/// Causal prefill attention: b sequences of S tokens, H heads, K KV heads of size D.
///
///     tc = 2 b H D S (S+1) / (F16 · ea)
///     tm = b S (2H + 2K) D · 2 / (BW · em) · (1 - exp(-bytes / (l2Share · L2)))
///     t  = t0 + tc · (1 + w · min(1, N_sm / tiles)) + tm + tb · b H / N_sm,  tiles = b H ⌈S/128⌉
public struct PrefillAttentionConstants: Hashable, Sendable {
  /// Share of the 16-bit peak that is reached.
  public var computeEfficiency: Double
  /// Share of the memory bandwidth that is reached.
  public var memoryEfficiency: Double
  /// Fixed time of a launch, in µs.
  public var launch: Double
  /// Time per (sequence, head), in µs, shared by the multiprocessors.
  public var perHead: Double
  /// Share of the L2 cache that keeps the inputs.
  public var cacheShare: Double
  /// Slow-down of a kernel that does not fill the device.
  public var emptiness: Double
  /// Mean absolute error of the fit, in percent, cross-validated where that was done.
  public var errorPercent: Double?
  /// `measured`, `borrowed NAME` or `default`.
  public var basis: String
}

/// Decode attention: b sequences with kv tokens each.
///
///     tm = bytes / (BW · em) · (1 - exp(-(bytes / (l2Share · L2))²)) + bytes / (c · 10¹²)
///     ts = tb · b K / N_sm
///     t  = t0 + (tm^p + ts^p)^(1/p) + t1 · [b K < N_sm and kv > 128]
///
/// A model step reads its cold KV cache at `stepRate` of the bandwidth instead.
public struct DecodeAttentionConstants: Hashable, Sendable {
  /// Share of the memory bandwidth beyond the cache term.
  public var memoryEfficiency: Double
  /// Fixed time of a launch, in µs.
  public var launch: Double
  /// Time per (sequence, KV head), in µs, shared by the multiprocessors.
  public var perHead: Double
  /// Share of the L2 cache that keeps the KV cache of an isolated benchmark.
  public var cacheShare: Double
  /// The second rate, in TB/s.
  public var cacheRate: Double
  /// Exponent of the norm that joins both times.
  public var norm: Double
  /// Time of the second kernel where the KV cache is split, in µs.
  public var splitLaunch: Double
  /// Share of the memory bandwidth at which a whole model reads its KV cache.
  public var stepRate: Double
  /// Mean absolute error of the fit, in percent, cross-validated where that was done.
  public var errorPercent: Double?
  /// `measured`, `borrowed NAME` or `default`.
  public var basis: String
}

/// A collective over n devices that moves w bytes over one link direction.
///
///     t = ((l0 + l1 (n-1))^p + (w / (link · e))^p)^(1/p)
///
/// w is 2(n-1)/n · S for an all-reduce of S bytes, (n-1)/n · S for the others. p is below 1 on
/// NVLink: between latency and bandwidth the protocols cost more than both ends promise.
public struct CollectiveConstants: Hashable, Sendable {
  /// What is done.
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    /// Every device gets the sum.
    case allReduce = "all-reduce"
    /// Every device gets every part.
    case allGather = "all-gather"
    /// Every device gets its part of the sum.
    case reduceScatter = "reduce-scatter"
    /// Every device gets a part from each.
    case allToAll = "all-to-all"
  }

  /// What is done.
  public var operation: Operation
  /// `custom` (a kernel inside a CUDA graph) or `nccl`.
  public var backend: String
  /// The group size that the row is for; 0 where it serves every size.
  public var group: Int
  /// Fixed latency, in µs.
  public var latency: Double
  /// Latency per further device, in µs.
  public var latencyPerDevice: Double
  /// Share of the link (of the slot on PCIe) that is reached.
  public var efficiency: Double
  /// Exponent of the norm that joins latency and transfer.
  public var norm: Double
  /// Mean absolute error of the fit, in percent.
  public var errorPercent: Double
}

/// Overheads and efficiencies of one engine step, cold weights and KV cache.
///
/// A dense layer has four GEMM launches, five elementwise kernels and one attention launch.
public struct StepConstants: Hashable, Sendable {
  /// The memory bandwidth that the efficiencies refer to, in GB/s.
  public var bandwidth: Double
  /// Share of the dense peak of the layers' matrix products.
  public var computeEfficiency: Double
  /// Share of the memory bandwidth at which weights are read.
  public var memoryEfficiency: Double
  /// Exponent of the norm that joins compute and memory time of the matrix products.
  public var norm: Double
  /// Share of the 16-bit peak of prefill attention.
  public var prefillEfficiency: Double
  /// Floor of one matrix product, in µs.
  public var gemmFloor: Double
  /// Floor of one elementwise kernel, in µs.
  public var elementwiseFloor: Double
  /// Floor of one attention kernel, in µs.
  public var attentionFloor: Double
  /// Time of the host between two steps, in ms.
  public var host: Double
  /// Fixed time of the sampler, in µs.
  public var sampler: Double
  /// Further time of the sampler per sequence, in µs.
  public var samplerPerSequence: Double
  /// `measured`, `borrowed NAME` or `default`.
  public var basis: String
}

extension ExecutionConstants {
  /// The constants recommended for an accelerator on which nothing was measured.
  ///
  /// Compute efficiency 0.80 with more than 1.2 TB/s (HBM), else 0.65 (GDDR), memory efficiency
  /// 0.82, launch 4 µs, norm 3; attention as on L40S. Expect errors of 10 to 15 %.
  ///
  /// - Parameter bandwidth: the memory bandwidth in GB/s.
  public static func recommended(bandwidth: Double) -> ExecutionConstants {
    let compute = bandwidth > 1200 ? 0.80 : 0.65
    return ExecutionConstants(
      gemm16: GEMMConstants(
        computeEfficiency: compute, memoryEfficiency: 0.82, launch: 4, norm: 3, innerLength: 0,
        cacheShare: 0, scalingBytes: 0, errorPercent: nil, basis: "default"),
      gemm8: GEMMConstants(
        computeEfficiency: compute, memoryEfficiency: 0.82, launch: 4, norm: 3, innerLength: 0,
        cacheShare: 0, scalingBytes: 0, errorPercent: nil, basis: "default"),
      prefill: PrefillAttentionConstants(
        computeEfficiency: 0.59, memoryEfficiency: 0.81, launch: 8.2, perHead: 1.10,
        cacheShare: 0.82, emptiness: 0.80, errorPercent: nil, basis: "borrowed L40S"),
      decode: DecodeAttentionConstants(
        memoryEfficiency: 0.92, launch: 9.9, perHead: 4.2, cacheShare: 1.37, cacheRate: 4.3,
        norm: 2.1, splitLaunch: 4.5, stepRate: 0.85, errorPercent: nil, basis: "borrowed L40S"),
      collectives: [],
      step: StepConstants(
        bandwidth: bandwidth, computeEfficiency: compute, memoryEfficiency: 0.82, norm: 3,
        prefillEfficiency: 0.59, gemmFloor: 4, elementwiseFloor: 2.3, attentionFloor: 9.9,
        host: 0.6, sampler: 25, samplerPerSequence: 1.2, basis: "default"))
  }
}
