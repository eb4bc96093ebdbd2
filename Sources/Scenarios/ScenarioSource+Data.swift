import MLSystem
import Syntax

extension ScenarioSource {
  /// A hash of a scenario made from this file and of all that it reads: tables and traces included.
  ///
  /// - Parameter more: further paths of tables or traces; one that cannot be read is passed over.
  /// - Throws: what a disk throws in the middle of a file.
  package func digest(of scenario: Scenario, readingAlso more: [String] = []) throws -> String {
    var parts = [scenario.digest]
    for path in Set(scenario.dataFiles + more).sorted() {
      guard let plain = ScenarioFiles.normalized(path, from: []),
        let open = try? files.trace(plain)
      else { continue }
      parts.append(path + " " + (try Self.digest(of: try open())))
    }
    return Digest.hex(parts.joined(separator: "\n").utf8)
  }

  /// A hash of the hashes of a file's stretches, for it may be larger than memory.
  private static func digest(of file: any TraceBytes) throws -> String {
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var parts: [String] = []
    while true {
      var count = 0
      while count < chunk.count {
        let read = try chunk.withUnsafeMutableBytes { buffer in
          try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
        if read == 0 { break }
        count += read
      }
      if count == 0 { return Digest.hex(parts.joined().utf8) }
      parts.append(Digest.hex(chunk[..<count]))
    }
  }
}
