import Quantities

/// One kind of accelerator: what its data sheet says and what was measured on it.
public struct AcceleratorRow: Hashable, Sendable {
  /// What computes.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A graphics processor.
    case gpu
    /// One virtual processor of a server; its memory is the machine's.
    case cpu
  }

  /// The name that scenarios use, such as `H100`.
  public var name: String
  /// Who makes it.
  public var vendor: String
  /// What computes.
  public var kind: Kind
  /// Memory in GiB: an "80 GB" card has 85.9e9 bytes.
  public var memoryGiB: Double
  /// Memory bandwidth in GB/s (1e9 bytes).
  public var bandwidth: Double
  /// Dense peak in bf16 or fp16, in TFLOPS.
  public var bf16Peak: Double
  /// Dense peak in FP8, in TFLOPS, or nil where the device has no such units.
  public var fp8Peak: Double?
  /// Dense peak in INT8, in TOPS.
  public var int8Peak: Double?
  /// Dense peak in FP4, in TFLOPS.
  public var fp4Peak: Double?
  /// Thermal design power in W.
  public var power: Double?
  /// Bandwidth of the direct links to its neighbours, one way, in GB/s; 0 where there are none.
  public var linkBandwidth: Double
  /// Bandwidth of its slot, one way, in GB/s.
  public var slotBandwidth: Double?
  /// The number of multiprocessors.
  public var multiprocessors: Int
  /// Second-level cache in MB (1e6 bytes), or nil where unknown.
  public var cache: Double?
  /// Other names that mean the same.
  public var aliases: [String]
  /// Constants of the execution model, or nil where the model does not apply.
  public var execution: ExecutionConstants?
  /// How wrong the execution model may be on it.
  public var calibrationError: CalibrationError
  /// Where the figures come from.
  public var provenance: Provenance
  /// What a reader should know.
  public var note: String

  /// Memory in bytes.
  public var memoryBytes: Int64 { Int64((memoryGiB * 1_073_741_824).rounded()) }
}

/// How far a predicted time may be off, in percent of the measured one.
public struct CalibrationError: Hashable, Sendable {
  /// The smallest and the largest error to expect, in percent, or nil where nothing is known.
  public var percent: ClosedRange<Double>?
  /// The same in words, for reports.
  public var statement: String

  /// For an accelerator on which nothing was measured.
  public static let unmeasured = CalibrationError(
    percent: 10...15, statement: "unmeasured: expect 10-15 %")

  /// For something that the execution model does not describe.
  public static let unknown = CalibrationError(
    percent: nil, statement: "no execution model: give measured service times")
}

extension AcceleratorRow {
  static let columns = [
    "accelerator", "vendor", "kind", "memory_gib", "bandwidth_gb_s", "bf16_tflops", "fp8_tflops",
    "int8_tops", "fp4_tflops", "tdp_w", "link_gb_s", "pcie_gb_s", "multiprocessors", "l2_mb",
    "aliases", "date", "source", "note",
  ]
  static let requiredColumns = ["accelerator", "memory_gib", "bandwidth_gb_s", "bf16_tflops"]

  /// Decodes one record; `base` is the row that it replaces, whose calibration it keeps.
  init(
    _ table: TableReader, base: AcceleratorRow?,
    provenance: (_ source: String, _ date: String) -> Provenance
  ) throws(DelimitedTextError) {
    let name = try table.requiredText("accelerator")
    let kindText = try table.text("kind")
    guard let kind = Kind(rawValue: kindText.isEmpty ? (base?.kind ?? .gpu).rawValue : kindText)
    else {
      throw table.error(
        "kind", .malformed(column: "kind", text: kindText, expected: "`gpu` or `cpu`"))
    }
    self.name = name
    self.kind = kind
    vendor = try table.has("vendor") ? table.text("vendor") : base?.vendor ?? ""
    memoryGiB = try table.number("memory_gib", in: 0...1e6)
    bandwidth = try table.number("bandwidth_gb_s", in: 1e-6...1e9)
    bf16Peak = try table.number("bf16_tflops", in: 1e-6...1e9)
    fp8Peak = try table.optionalNumber("fp8_tflops", in: 1e-6...1e9)
    int8Peak = try table.optionalNumber("int8_tops", in: 1e-6...1e9)
    fp4Peak = try table.optionalNumber("fp4_tflops", in: 1e-6...1e9)
    power = try table.optionalNumber("tdp_w", in: 0...1e6)
    linkBandwidth = try table.number("link_gb_s", in: 0...1e9, or: base?.linkBandwidth ?? 0)
    slotBandwidth = try table.optionalNumber("pcie_gb_s", in: 0...1e9) ?? base?.slotBandwidth
    multiprocessors = Int(
      try table.optionalInteger("multiprocessors", in: 1...1_000_000)
        ?? Int64(base?.multiprocessors ?? 1))
    cache = try table.optionalNumber("l2_mb", in: 0...1e9) ?? base?.cache
    aliases = try table.has("aliases") ? table.list("aliases") : base?.aliases ?? []
    note = try table.text("note")
    self.provenance = provenance(try table.text("source"), try table.text("date"))
    execution = base?.execution ?? (kind == .gpu ? .recommended(bandwidth: bandwidth) : nil)
    calibrationError = base?.calibrationError ?? (kind == .gpu ? .unmeasured : .unknown)
  }
}
