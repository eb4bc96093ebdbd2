import Glibc

/// Expected texts in files, reviewed as text.
///
/// With `RECORD_GOLDEN=1` in the environment a text is written instead of compared, and the check
/// fails all the same: a recording is never a pass.
package enum Golden {
  /// Compares a text with the file `Tests/Golden/<name>`; `nil` when they are equal, and
  /// otherwise what differs, for `#expect(… == nil)`.
  package static func difference(
    of text: String, from name: String, testFile: String = #filePath
  ) -> String? {
    let path = folder(above: testFile) + name
    if getenv("RECORD_GOLDEN") != nil {
      return write(text, to: path)
        ? "recorded \(name): review it and run again" : "cannot write \(path)"
    }
    guard let expected = read(path) else {
      return "no file \(name): record it with RECORD_GOLDEN=1"
    }
    return expected == text ? nil : firstDifference(expected: expected, found: text, name)
  }

  /// The text of the file `Tests/Golden/<name>`, nil where there is none.
  package static func text(of name: String, testFile: String = #filePath) -> String? {
    read(folder(above: testFile) + name)
  }

  private static func firstDifference(
    expected: String, found: String, _ name: String
  ) -> String {
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    for line in 0..<max(expected.count, found.count) {
      let wanted = line < expected.count ? String(expected[line]) : "(end of text)"
      let seen = line < found.count ? String(found[line]) : "(end of text)"
      if wanted != seen { return "\(name):\(line + 1)\n- \(wanted)\n+ \(seen)" }
    }
    return "\(name): line breaks differ"
  }

  /// `Tests/Golden/` for a test file anywhere beneath `Tests/`.
  private static func folder(above testFile: String) -> String {
    let parts = testFile.split(separator: "/", omittingEmptySubsequences: false)
    let tests = parts.lastIndex(of: "Tests") ?? parts.endIndex
    return parts[..<tests].joined(separator: "/") + "/Tests/Golden/"
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) -> Bool {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    guard let file = fopen(path, "wb") else { return false }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }
}
