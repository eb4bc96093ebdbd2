import Glibc
import Quantities

/// Files of measurements that are not part of the repository, below the folder `TOWTANK_DATA`.
enum DataFiles {
  /// The text of a file, or nil where the folder or the file is absent.
  static func text(_ path: String) -> String? {
    guard let root = getenv("TOWTANK_DATA"),
      let file = fopen(String(cString: root) + "/" + path, "r")
    else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The records of a delimited text as columns by name, every field a number or nil.
  static func numbers(_ text: String) throws -> [[String: Double]] {
    var reader = DelimitedTextReader(text: text)
    let header = try DelimitedTextHeader(reading: &reader)
    var rows: [[String: Double]] = []
    while try reader.advance() {
      var row: [String: Double] = [:]
      for (i, name) in header.names.enumerated() {
        if let value = Double(try reader.text(i)) { row[name] = value }
      }
      rows.append(row)
    }
    return rows
  }

  /// A check that could not be made because files are absent.
  static func skipped(_ name: String, _ paths: String) -> Check {
    Check(
      name: name, expected: "", observed: "", bound: "",
      outcome: .skipped("needs \(paths) in TOWTANK_DATA"))
  }
}
