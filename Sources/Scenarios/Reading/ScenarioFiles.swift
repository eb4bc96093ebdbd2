import MLSystem

/// How a scenario reaches files: the command line passes the disk down, a test its own texts.
///
/// Paths are relative, without `..` at their front, and checked before they get here. What stands
/// behind a closure must not follow links out of its folder.
package struct ScenarioFiles: Sendable {
  /// Why a file could not be had.
  package struct Problem: Error, Sendable {
    /// The cause in words: "No such file or directory".
    package var reason: String

    /// A cause.
    package init(_ reason: String) { self.reason = reason }
  }

  /// Opens a trace anew from its first byte.
  package typealias TraceOpener = @Sendable () throws -> any TraceBytes

  /// The bytes of a file beneath the scenario's folder.
  package var read: @Sendable (String) throws(Problem) -> [UInt8]
  /// The bytes of a table beneath the scenario's folder or, failing that, the data folder.
  package var readData: @Sendable (String) throws(Problem) -> [UInt8]
  /// A trace beneath the scenario's folder or, failing that, the data folder.
  package var trace: @Sendable (String) throws(Problem) -> TraceOpener

  /// Access to files through closures.
  package init(
    read: @escaping @Sendable (String) throws(Problem) -> [UInt8],
    readData: @escaping @Sendable (String) throws(Problem) -> [UInt8],
    trace: @escaping @Sendable (String) throws(Problem) -> TraceOpener
  ) {
    self.read = read
    self.readData = readData
    self.trace = trace
  }

  /// No file at all.
  package static let none = ScenarioFiles(
    read: { _ throws(Problem) in throw Problem("there are no files") },
    readData: { _ throws(Problem) in throw Problem("there are no files") },
    trace: { _ throws(Problem) in throw Problem("there are no files") })

  /// A path seen from a folder beneath the root, without dots; nil where it leaves the root.
  static func normalized(_ path: String, from folder: [Substring]) -> String? {
    guard !path.hasPrefix("/"), !path.contains("\\"), !path.unicodeScalars.contains("\0") else {
      return nil
    }
    var parts = folder
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
