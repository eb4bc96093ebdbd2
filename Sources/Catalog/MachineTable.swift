import Quantities

/// Machines and prices in the format of the user's own tables.
extension TableMerger {
  mutating func mergeMachine(_ table: TableReader) throws(DelimitedTextError) {
    let name = try table.requiredText("instance")
    guard name.utf8.contains(UInt8(ascii: "/")) else {
      throw table.error(
        "instance",
        .malformed(column: "instance", text: name, expected: "cloud/type, as in `aws/g6.xlarge`"))
    }
    let provenance = provenance(try table.text("source"), try date(table))
    let shape = try shape(table, name, provenance)
    let region = try table.text("region")
    var price: PriceRow?
    if !region.isEmpty {
      price = try PriceRow(table, instance: name, provenance: provenance)
    } else {
      for column in PriceRow.priceColumns {
        if try table.optionalPrice(column) != nil {
          throw table.error("region", .emptyField(column: "region"))
        }
      }
    }
    try giveOnce(name + "@" + region, "instance", table)
    if let shape, shape != catalog.instance(name) { put(shape) }
    if let price { put(price) }
  }

  /// The shape that a record gives, or nil where it gives none and the machine is known.
  private func shape(
    _ table: TableReader, _ name: String, _ provenance: Provenance
  ) throws(DelimitedTextError) -> InstanceRow? {
    let known = catalog.instance(name)
    let vcpus = try table.optionalNumber("vcpu", in: 0.001...1e6)
    let memory = try table.optionalNumber("memory_gib", in: 0.001...1e9)
    let accelerator = try table.text("accelerator")
    let count = try table.optionalNumber("accelerator_count", in: 0...1e6)
    let architecture = try table.text("architecture")
    if known != nil, vcpus == nil, memory == nil, accelerator.isEmpty, count == nil,
      architecture.isEmpty
    {
      return nil
    }
    guard let vcpus = vcpus ?? known?.vcpus else {
      throw table.error("vcpu", .emptyField(column: "vcpu"))
    }
    guard let memory = memory ?? known?.memoryGiB else {
      throw table.error("memory_gib", .emptyField(column: "memory_gib"))
    }
    var row =
      known
      ?? InstanceRow(
        name: name, vcpus: vcpus, memoryGiB: memory, accelerator: "", acceleratorCount: 0,
        architecture: "", provenance: provenance)
    row.vcpus = vcpus
    row.memoryGiB = memory
    if !accelerator.isEmpty {
      guard let found = catalog.accelerator(accelerator) else {
        throw table.error(
          "accelerator",
          .malformed(
            column: "accelerator", text: accelerator, expected: "an accelerator of the catalogue"))
      }
      row.accelerator = found.name
      row.acceleratorCount = 1
    }
    if let count { row.acceleratorCount = count }
    if row.accelerator.isEmpty != (row.acceleratorCount == 0) {
      throw table.error(
        "accelerator_count",
        .malformed(
          column: "accelerator_count", text: "\(row.acceleratorCount)",
          expected: "above 0 with an accelerator and 0 without"))
    }
    if !architecture.isEmpty { row.architecture = architecture }
    row.provenance = provenance
    return row
  }

  private func date(_ table: TableReader) throws(DelimitedTextError) -> String {
    let text = try table.text("date")
    if text.isEmpty || CalendarInstant(text) != nil { return text }
    throw table.error(
      "date", .malformed(column: "date", text: text, expected: "a day, as in `2026-07-20`"))
  }
}
