import Quantities

/// The shape of a machine that can be rented.
public struct InstanceRow: Hashable, Sendable {
  /// Cloud and type, such as `aws/p5.48xlarge`.
  public var name: String
  /// Virtual processors.
  public var vcpus: Double
  /// Memory in GiB.
  public var memoryGiB: Double
  /// The accelerator's name in the catalogue, or empty for a machine of CPUs alone.
  public var accelerator: String
  /// How many accelerators it has; a fraction where the cloud rents slices.
  public var acceleratorCount: Double
  /// `x86_64`, `arm64`, or empty where unknown.
  public var architecture: String
  /// Where the figures come from.
  public var provenance: Provenance

  /// The cloud: the name up to the slash.
  public var cloud: String {
    String(name.utf8.prefix { $0 != UInt8(ascii: "/") }) ?? ""
  }

  /// Memory in bytes.
  public var memoryBytes: Int64 { Int64((memoryGiB * 1_073_741_824).rounded()) }
}

/// How a cloud counts the time of a machine.
public struct BillingRow: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// Time is rounded up to a multiple of this.
  public var increment: Duration
  /// A started machine costs at least this.
  public var minimum: Duration
  /// Where the rule comes from.
  public var provenance: Provenance
}

extension InstanceRow {
  static let columns = [
    "instance", "accelerator", "accelerator_count", "vcpu", "memory_gib", "architecture", "date",
    "source",
  ]

  static func shipped(_ sources: SourceList) -> [InstanceRow] {
    shippedRows(instancesTable, columns: columns) { (table) throws(DelimitedTextError) in
      InstanceRow(
        name: try table.requiredText("instance"), vcpus: try table.number("vcpu"),
        memoryGiB: try table.number("memory_gib"),
        accelerator: try table.text("accelerator"),
        acceleratorCount: try table.number("accelerator_count", or: 0),
        architecture: try table.text("architecture"),
        provenance: sources.provenance(
          try table.requiredText("source"), date: try table.text("date")))
    }
  }
}

extension BillingRow {
  static func shipped(_ sources: SourceList) -> [BillingRow] {
    shippedRows(
      billingTable, columns: ["cloud", "increment_s", "minimum_s", "date", "source"]
    ) { (table) throws(DelimitedTextError) in
      BillingRow(
        cloud: try table.requiredText("cloud"),
        increment: .seconds(try table.number("increment_s")),
        minimum: .seconds(try table.number("minimum_s")),
        provenance: sources.provenance(
          try table.requiredText("source"), date: try table.text("date")))
    }
  }
}
