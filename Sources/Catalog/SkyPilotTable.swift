import Quantities

/// A catalogue of SkyPilot (`catalogs/v*/CLOUD/vms.csv`), read as it is.
///
/// One row for each machine, region and zone; the order of the columns and which of them are there
/// differ between clouds. A spot price of 0 means none. Rows without a machine (accelerators to
/// attach) or without vCPUs are passed over and counted. Of several zones the lowest prices count,
/// for that is the zone in which SkyPilot launches.
enum SkyPilotRow {
  static let columns = [
    "InstanceType", "vCPUs", "MemoryGiB", "AcceleratorName", "AcceleratorCount", "GpuInfo",
    "Price", "SpotPrice", "Region", "AvailabilityZone",
  ]
}

extension TableMerger {
  mutating func mergeSkyPilot(_ table: TableReader) throws(DelimitedTextError) {
    let type = try table.text("InstanceType")
    let onDemand = try skyPilotPrice("Price", table)
    let spot = try skyPilotPrice("SpotPrice", table)
    let vcpus = try table.optionalNumber("vCPUs", in: 0...1e6) ?? 0
    let memory = try table.optionalNumber("MemoryGiB", in: 0...1e9) ?? 0
    let count = try table.optionalNumber("AcceleratorCount", in: 0...1e6) ?? 0
    let accelerator = try table.text("AcceleratorName")
    let region = try table.text("Region")
    if type.isEmpty {
      skip("no instance type: an accelerator to attach")
      return
    }
    if vcpus == 0 || memory == 0 {
      skip("no vCPUs or no memory")
      return
    }
    let name = userTable.cloud + "/" + type
    let source = Provenance(
      source: "\(userTable.name): SkyPilot catalogue", licence: "the user's", date: "")
    let shape = InstanceRow(
      name: name, vcpus: vcpus, memoryGiB: memory,
      accelerator: count == 0 ? "" : acceleratorName(accelerator),
      acceleratorCount: accelerator.isEmpty ? 0 : count,
      architecture: catalog.instance(name)?.architecture ?? "", provenance: source)
    if given.insert(name).inserted { put(shape) }
    var price = PriceRow(
      instance: name, region: region.isEmpty ? "any" : region, onDemand: onDemand, spot: spot,
      committedOneYear: nil, committedThreeYears: nil, spotBasis: spot == nil ? "" : "quoted",
      committedBasis: "", provenance: source)
    if given.insert(price.id).inserted {
      put(price)
      return
    }
    // A further zone of the same region.
    let other = catalog.price(instance: name, region: price.region)
    price.onDemand = lower(other?.onDemand, onDemand)
    price.spot = lower(other?.spot, spot)
    if price.spot != nil { price.spotBasis = "quoted, lowest of the zones" }
    replace(price)
  }

  /// A price of a SkyPilot catalogue: empty and 0 are unknown.
  private func skyPilotPrice(
    _ column: String, _ table: TableReader
  ) throws(DelimitedTextError) -> UnitPrice? {
    guard let price = try table.optionalPrice(column), price > .zero else { return nil }
    return price
  }

  private func lower(_ a: UnitPrice?, _ b: UnitPrice?) -> UnitPrice? {
    guard let a, let b else { return a ?? b }
    return min(a, b)
  }

  /// The catalogue's name of an accelerator, or SkyPilot's own where the catalogue has none.
  private func acceleratorName(_ name: String) -> String {
    // SkyPilot calls the 40 GB card `A100` and the other `A100-80GB`.
    let meant = name == "A100" ? "A100-40GB" : name
    return catalog.accelerator(meant)?.name ?? name
  }
}
