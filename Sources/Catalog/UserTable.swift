import Quantities

/// A table of the user's own, which replaces or extends rows of the catalogue.
///
/// What it holds is told by its header:
///
/// - `instance`: machines and prices. `instance`, then any of `accelerator`, `accelerator_count`,
///   `vcpu`, `memory_gib`, `architecture` (needed for a machine that is new) and `region`,
///   `on_demand_usd_h`, `spot_usd_h`, `committed_1y_usd_h`, `committed_3y_usd_h`, `spot_basis`,
///   `committed_basis`, `date`, `source`. A row with a region replaces all prices of that machine
///   there; an empty price is unknown.
/// - `accelerator`: accelerators, with the columns of the shipped table; `memory_gib`,
///   `bandwidth_gb_s` and `bf16_tflops` must be there. A row that replaces a shipped one keeps its
///   calibration.
/// - `model`: models, with the columns of the shipped table; `layers` and `parameters` must be there.
/// - `InstanceType`: a catalogue of SkyPilot, read as it is.
public struct UserTable: Sendable {
  /// The name under which its rows say where they come from, such as the path of the file.
  public var name: String
  /// The bytes of the table.
  public var bytes: [UInt8]
  /// The longest table that is read, in bytes; catalogues of a whole cloud stay far below.
  public static let longest = 64 << 20
  /// The cloud of a SkyPilot catalogue, which its rows do not name.
  public var cloud: String

  /// A table.
  ///
  /// - Parameter cloud: the cloud of a SkyPilot catalogue; nil takes it from the name: the folder
  ///   of `aws/vms.csv`, else the stem of `aws.csv`.
  public init(name: String, bytes: [UInt8], cloud: String? = nil) {
    self.name = name
    self.bytes = bytes
    self.cloud = cloud ?? Self.cloud(of: name)
  }

  private static func cloud(of name: String) -> String {
    let parts = name.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
    guard let file = parts.last else { return "user" }
    if file == "vms.csv", parts.count > 1 { return parts[parts.count - 2] }
    let stem = String(file.utf8.prefix { $0 != UInt8(ascii: ".") }) ?? ""
    return stem.isEmpty ? "user" : stem
  }
}

/// What merging a table did.
public struct UserTableSummary: Hashable, Sendable {
  /// What a table holds.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Machines and prices.
    case machines
    /// Accelerators.
    case accelerators
    /// Models.
    case models
    /// A catalogue of SkyPilot.
    case skyPilot = "SkyPilot catalogue"
  }

  /// What the table held.
  public var kind: Kind
  /// The number of rows that were new: machines, prices, accelerators or models.
  public var added = 0
  /// The number of rows that took the place of others.
  public var replaced = 0
  /// The records that were passed over, by reason, in the order in which the reasons came up.
  public var skipped: [Skipped] = []

  /// Records that were passed over for one reason.
  public struct Skipped: Hashable, Sendable {
    /// Why.
    public var reason: String
    /// How many.
    public var count: Int
  }

  init(_ kind: Kind) { self.kind = kind }

  mutating func skip(_ reason: String) {
    if let place = skipped.firstIndex(where: { $0.reason == reason }) {
      skipped[place].count += 1
    } else {
      skipped.append(Skipped(reason: reason, count: 1))
    }
  }
}

/// The mistakes of a user's table, each with its place; the catalogue is left as it was.
public struct UserTableFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the table.
  public var table: String
  /// The mistakes in the order of the text, at most `limit`.
  public var faults: [DelimitedTextError]

  /// After so many mistakes reading stops.
  public static let limit = 50

  /// One line for each mistake.
  public var description: String {
    faults.map { "\(table): \($0)" }.joined(separator: "\n")
  }
}
