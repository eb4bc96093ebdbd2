import CommandLineTool
import Glibc

/// A folder for one test, taken away with everything in it at the end.
final class Workplace {
  /// Where the scenarios of the test are and where it runs.
  let folder: String
  private let root: String

  init(_ files: [String: String] = [:]) throws {
    let ending = String(repeating: "X", count: 6)
    var template = Array("/tmp/towtank-tests-\(ending)".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Executable.Failure(
        description: "no temporary folder: \(String(cString: strerror(errno)))")
    }
    root = String(cString: made)
    folder = root + "/work"
    mkdir(folder, 0o755)
    for (name, text) in files.sorted(by: { $0.key < $1.key }) { try write(Array(text.utf8), name) }
  }

  deinit { Self.remove(root) }

  /// The path of something in the folder.
  func path(_ name: String) -> String { folder + "/" + name }

  /// The path of something beside the folder, out of sight of the program.
  func outside(_ name: String) -> String { root + "/" + name }

  func write(_ bytes: [UInt8], _ name: String) throws {
    if let slash = name.lastIndex(of: "/") {
      try FileSystem.makeFolder(path(String(name[..<slash])))
    }
    guard let file = fopen(path(name), "wb") else {
      throw Executable.Failure(description: "cannot write \(name)")
    }
    defer { fclose(file) }
    _ = fwrite(bytes, 1, bytes.count, file)
  }

  func text(_ name: String) -> String { Self.read(path(name)) ?? "" }

  func text(outside name: String) -> String { Self.read(outside(name)) ?? "" }

  /// The names of all files beneath the folder, sorted.
  var names: [String] { Self.names(in: folder) }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  private static func entries(of folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func names(in folder: String) -> [String] {
    entries(of: folder).flatMap { name in
      FileSystem.isFolder(folder + "/" + name)
        ? names(in: folder + "/" + name).map { name + "/" + $0 } : [name]
    }
  }

  private static func remove(_ path: String) {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      for name in entries(of: path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// What a command line gave inside this process.
struct ToolOutcome {
  var code: ExitCode?
  var output: String
  /// Without the folder of the test in front of its files.
  var errors: String
}

extension Workplace {
  /// Runs a command line in this process; words that begin with `@` are files of the folder.
  func tool(_ words: String..., variables: [String: String] = [:]) async -> ToolOutcome {
    await tool(words, variables: variables)
  }

  func tool(_ words: [String], variables: [String: String] = [:]) async -> ToolOutcome {
    let output = Output(descriptor: nil)
    let errors = Output(descriptor: nil)
    let terminal = Terminal(
      outputIsTerminal: false, errorIsTerminal: false, columns: nil, variables: variables,
      color: nil)
    let tool = Tool(output: output, errors: errors, terminal: terminal, variables: variables)
    let code = await tool.run(words.map { $0.hasPrefix("@") ? path(String($0.dropFirst())) : $0 })
    return ToolOutcome(
      code: ExitCode(rawValue: code), output: plain(output.text), errors: plain(errors.text))
  }

  private func plain(_ text: String) -> String { text.replacing(folder + "/", with: "") }
}
