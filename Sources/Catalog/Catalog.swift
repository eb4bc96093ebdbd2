import Quantities

/// Tables of facts with source and date: accelerators, machines and their prices, models.
///
/// The shipped tables are parsed when first needed. A user's table replaces or extends rows with
/// `merging`. Rows keep the order of their tables; names are unique.
public struct Catalog: Sendable {
  /// Accelerators, CPU among them.
  public private(set) var accelerators: [AcceleratorRow]
  /// Shapes of machines.
  public private(set) var instances: [InstanceRow]
  /// Prices of machines, by region.
  public private(set) var prices: [PriceRow]
  /// Architectures of models.
  public private(set) var models: [ModelArchitectureRow]
  /// Overheads of serving stacks.
  public let stacks: [StackRow]
  /// How clouds count time.
  public let billing: [BillingRow]

  private var acceleratorIndex: [String: Int] = [:]
  private var instanceIndex: [String: Int] = [:]
  // The places of a machine's prices, in the order of the table.
  private var priceIndex: [String: [Int]] = [:]
  private var modelIndex: [String: Int] = [:]

  /// The tables that come with the program.
  public static let shipped = Catalog()

  private init() {
    let sources = SourceList()
    accelerators = AcceleratorRow.shipped(sources)
    instances = InstanceRow.shipped(sources)
    prices = PriceRow.shipped(sources)
    models = ModelArchitectureRow.shipped(sources)
    stacks = StackRow.shipped(sources)
    billing = BillingRow.shipped(sources)
    for (place, row) in accelerators.enumerated() { index(row, at: place) }
    for (place, row) in instances.enumerated() { instanceIndex[row.name] = place }
    for (place, row) in prices.enumerated() { priceIndex[row.instance, default: []].append(place) }
    for (place, row) in models.enumerated() { index(row, at: place) }
  }

  /// The accelerator of a name or alias; case, blanks, `-` and `_` do not matter.
  public func accelerator(_ name: String) -> AcceleratorRow? {
    acceleratorIndex[Self.folded(name)].map { accelerators[$0] }
  }

  /// The machine of a name such as `aws/p5.48xlarge`.
  public func instance(_ name: String) -> InstanceRow? {
    instanceIndex[name].map { instances[$0] }
  }

  /// The prices of a machine in a region.
  public func price(instance: String, region: String) -> PriceRow? {
    place(ofPriceOf: instance, in: region).map { prices[$0] }
  }

  /// All prices of a machine, in the order of the table.
  public func prices(of instance: String) -> [PriceRow] {
    (priceIndex[instance] ?? []).map { prices[$0] }
  }

  /// The regions in which a machine has a price row, in the order of the table.
  public func regions(of instance: String) -> [String] { prices(of: instance).map(\.region) }

  /// The model of a name such as `meta-llama/Llama-3.1-8B`, or of an alias; case, blanks, `-` and
  /// `_` do not matter.
  public func model(_ name: String) -> ModelArchitectureRow? {
    modelIndex[Self.folded(name)].map { models[$0] }
  }

  /// The overheads of a serving stack.
  public func stack(_ name: String) -> StackRow? { stacks.first { $0.name == name } }

  /// How the cloud of a machine counts time: by the second where the tables do not say.
  public func billing(of instance: String) -> BillingRow {
    let cloud = String(instance.utf8.prefix { $0 != UInt8(ascii: "/") }) ?? ""
    return billing.first { $0.cloud == cloud }
      ?? BillingRow(
        cloud: cloud, increment: .seconds(1), minimum: .zero,
        provenance: Provenance(source: "default", licence: "", date: ""))
  }

  /// The sorted names among which a mistyped one was meant.
  public func names(of kind: RowKind) -> [String] {
    switch kind {
    case .accelerators: accelerators.flatMap { [$0.name] + $0.aliases }.sorted()
    case .instances: instances.map(\.name).sorted()
    case .models: models.flatMap { [$0.name] + $0.aliases }.sorted()
    }
  }

  /// The kinds of rows that are looked up by name.
  public enum RowKind: String, Hashable, Sendable, CaseIterable {
    /// Accelerators.
    case accelerators = "gpus"
    /// Machines.
    case instances
    /// Models.
    case models
  }

  private func place(ofPriceOf instance: String, in region: String) -> Int? {
    priceIndex[instance]?.first { prices[$0].region == region }
  }

  /// Puts a machine in its place, and says whether it took the place of another.
  mutating func put(_ row: InstanceRow) -> Bool {
    if let place = instanceIndex[row.name] {
      instances[place] = row
      return true
    }
    instanceIndex[row.name] = instances.count
    instances.append(row)
    return false
  }

  /// Puts prices in their place, and says whether they took the place of others.
  mutating func put(_ row: PriceRow) -> Bool {
    if let place = place(ofPriceOf: row.instance, in: row.region) {
      prices[place] = row
      return true
    }
    priceIndex[row.instance, default: []].append(prices.count)
    prices.append(row)
    return false
  }

  /// Puts an accelerator in its place, and says whether it took the place of another.
  mutating func put(_ row: AcceleratorRow) -> Bool {
    let old = acceleratorIndex[Self.folded(row.name)]
    if let old { accelerators[old] = row } else { accelerators.append(row) }
    index(row, at: old ?? accelerators.count - 1)
    return old != nil
  }

  /// Puts a model in its place, and says whether it took the place of another.
  mutating func put(_ row: ModelArchitectureRow) -> Bool {
    let old = modelIndex[Self.folded(row.name)]
    if let old { models[old] = row } else { models.append(row) }
    index(row, at: old ?? models.count - 1)
    return old != nil
  }

  private mutating func index(_ row: AcceleratorRow, at place: Int) {
    for name in [row.name] + row.aliases { acceleratorIndex[Self.folded(name)] = place }
  }

  private mutating func index(_ row: ModelArchitectureRow, at place: Int) {
    for name in [row.name] + row.aliases { modelIndex[Self.folded(name)] = place }
  }

  /// A name without case, blanks, `-` and `_`.
  private static func folded(_ name: String) -> String {
    let kept = name.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"): nil
      default: byte
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}

extension AcceleratorRow {
  static func shipped(_ sources: SourceList) -> [AcceleratorRow] {
    let execution = ShippedExecution()
    return shippedRows(acceleratorsTable, columns: columns) {
      (table) throws(DelimitedTextError) in
      var row = try AcceleratorRow(table, base: nil, provenance: sources.provenance(_:date:))
      row.execution = execution.constants(row.name)
      row.calibrationError = execution.error(row.name)
      return row
    }
  }
}

extension ModelArchitectureRow {
  static func shipped(_ sources: SourceList) -> [ModelArchitectureRow] {
    shippedRows(modelsTable, columns: columns) { (table) throws(DelimitedTextError) in
      try ModelArchitectureRow(table, provenance: sources.provenance(_:date:))
    }
  }
}
