import Glibc

/// The C++ programs that the bare engine is measured against, built into a temporary directory.
struct ReferenceProgram: ~Copyable {
  private let directory: String
  private let program: String

  private init(directory: String) {
    self.directory = directory
    program = directory + "/ref"
  }

  /// Builds `ref.cpp` of `sources`; nil where there is no compiler or it fails.
  static func build(sources: String) -> ReferenceProgram? {
    var template = Array(("/tmp/towtank-reference-" + String(repeating: "X", count: 6)).utf8CString)
    guard let path = mkdtemp(&template) else { return nil }
    let reference = ReferenceProgram(directory: String(cString: path))
    let command =
      "g++ -O3 -march=native -std=c++17 \(quoted(sources + "/ref.cpp")) -o \(reference.program)"
    if !output(of: command + " 2>&1 && echo built").hasSuffix("built\n") { return nil }
    return reference
  }

  deinit {
    unlink(program)
    rmdir(directory)
  }

  /// The rate per second of one benchmark, given its arguments; nil if the program does not say.
  func rate(_ arguments: String) -> Double? {
    let words = output(of: program + " " + arguments).split(whereSeparator: \.isWhitespace)
    for key in ["cust/s=", "req/s=", "hold/s="] {
      for word in words where word.hasPrefix(key) { return Double(word.dropFirst(key.count)) }
    }
    return nil
  }
}

/// A word that a shell takes as it is.
private func quoted(_ word: String) -> String {
  "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}

/// What a shell command prints.
private func output(of command: String) -> String {
  guard let pipe = popen(command, "r") else { return "" }
  defer { pclose(pipe) }
  var bytes: [UInt8] = []
  while true {
    let byte = fgetc(pipe)
    if byte == EOF { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(UInt8(truncatingIfNeeded: byte))
  }
}
