/// What the execution model must know of an accelerator: data-sheet peaks and fitted constants.
///
/// Efficiencies are shares of the peaks. They are those of kernels inside a model step, whose
/// weights and cache are cold.
package struct AcceleratorConstants: Sendable, Hashable {
  package var name: String
  /// Memory in GiB: data sheets say GB and mean GiB.
  package var memory: Double
  /// Memory bandwidth in GB/s.
  package var bandwidth: Double
  /// Dense peak in TFLOP/s of 16-bit inputs, and of 8-bit inputs where there are such units.
  package var peak16: Double
  package var peak8: Double?
  /// Of the layers' matrix products: compute and memory efficiency, and the exponent of the norm
  /// that joins the two times.
  package var computeEfficiency16: Double
  package var computeEfficiency8: Double
  package var memoryEfficiency: Double
  package var norm: Double
  /// Of prefill attention, of the 16-bit peak.
  package var prefillEfficiency: Double
  /// Of reading the KV cache, of the bandwidth.
  package var kvEfficiency: Double
  /// Further time of decode attention per (sequence, KV head) of a layer, in µs.
  package var perKVHead: Double
  /// Floors of a matrix product, an elementwise kernel and an attention kernel, in µs.
  package var gemmFloor: Double
  package var elementwiseFloor: Double
  package var attentionFloor: Double
  /// Time of the host between two steps in ms; of the sampler in µs, and per sequence.
  package var host: Double
  package var sampler: Double
  package var samplerPerSequence: Double
  /// One way to the other accelerators of the machine, in GB/s.
  package var link: Double
  /// Of an all-reduce inside a CUDA graph.
  package var allReduce: CollectiveLaw
  /// With which error the constants reproduced measurements, for reports.
  package var errorStatement: String

  package init(
    name: String, memory: Double, bandwidth: Double, peak16: Double, peak8: Double? = nil,
    computeEfficiency16: Double = 0.8, computeEfficiency8: Double = 0.7,
    memoryEfficiency: Double = 0.82, norm: Double = 3, prefillEfficiency: Double = 0.59,
    kvEfficiency: Double = 0.85, perKVHead: Double = 0, gemmFloor: Double = 4,
    elementwiseFloor: Double = 2.3,
    attentionFloor: Double = 10, host: Double = 0.6, sampler: Double = 25,
    samplerPerSequence: Double = 1.2, link: Double = 32, allReduce: CollectiveLaw = .pcie,
    errorStatement: String = "unmeasured: expect 10-15 %"
  ) {
    self.name = name
    self.memory = memory
    self.bandwidth = bandwidth
    self.peak16 = peak16
    self.peak8 = peak8
    self.computeEfficiency16 = computeEfficiency16
    self.computeEfficiency8 = computeEfficiency8
    self.memoryEfficiency = memoryEfficiency
    self.norm = norm
    self.prefillEfficiency = prefillEfficiency
    self.kvEfficiency = kvEfficiency
    self.perKVHead = perKVHead
    self.gemmFloor = gemmFloor
    self.elementwiseFloor = elementwiseFloor
    self.attentionFloor = attentionFloor
    self.host = host
    self.sampler = sampler
    self.samplerPerSequence = samplerPerSequence
    self.link = link
    self.allReduce = allReduce
    self.errorStatement = errorStatement
  }
}

/// Time of a collective over n devices that moves w bytes over one link direction.
///
/// `((l0 + l1 (n-1))^p + (w / (link · e))^p)^(1/p)`; p is below 1 on NVLink, because the protocols
/// between latency and bandwidth cost more than both ends promise.
package struct CollectiveLaw: Sendable, Hashable {
  /// l0 and l1 in µs.
  package var latency: Double
  package var latencyPerDevice: Double
  /// Share of the link.
  package var efficiency: Double
  package var norm: Double

  package init(latency: Double, latencyPerDevice: Double, efficiency: Double, norm: Double) {
    self.latency = latency
    self.latencyPerDevice = latencyPerDevice
    self.efficiency = efficiency
    self.norm = norm
  }

  /// Cards without peer access: 20 µs a call and half a slot of PCIe 4.
  package static let pcie = CollectiveLaw(
    latency: 20, latencyPerDevice: 0, efficiency: 0.5, norm: 1)

  /// Seconds for an all-reduce of `bytes` over `devices` with `link` GB/s one way.
  package func allReduce(bytes: Double, devices: Int, link: Double) -> Double {
    if devices < 2 { return 0 }
    let n = Double(devices)
    let fixed = (latency + latencyPerDevice * (n - 1)) * 1e-6
    let transfer = 2 * (n - 1) / n * bytes / (link * 1e9 * efficiency)
    return powerNorm(fixed, transfer, norm)
  }
}

/// Overheads of a serving stack that were fitted on models of 32B parameters and more.
///
/// Below 10B the kernel floors of the accelerator are nearer.
package struct StackOverheads: Sendable, Hashable {
  package var name: String
  /// Time of the host per step and further time of a step that prefills, in ms.
  package var host: Double
  package var perPrefillStep: Double
  /// Time per layer and per sequence in the step, in µs.
  package var perLayer: Double
  package var perSequence: Double

  package init(
    name: String, host: Double, perPrefillStep: Double, perLayer: Double, perSequence: Double
  ) {
    self.name = name
    self.host = host
    self.perPrefillStep = perPrefillStep
    self.perLayer = perLayer
    self.perSequence = perSequence
  }
}
