import Glibc

/// The only access to the disk.
package enum FileSystem {
  /// The largest scenario, catalogue or results file that is read whole, in bytes.
  package static let sizeLimit = 256 << 20

  package struct Problem: Error {
    package var path: String
    package var reason: String
    /// Whether nothing could be read at all; false where what was read cannot be taken.
    package var isMissing: Bool
  }

  /// The bytes of a file that the user named; a pipe of a shell is one too.
  package static func read(_ path: String) throws(Problem) -> [UInt8] {
    let descriptor = try openReadable(path)
    defer { close(descriptor) }
    return try bytes(of: descriptor, path)
  }

  /// A descriptor of a file or pipe that the user named, open for reading.
  static func openReadable(_ path: String) throws(Problem) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path) }
    do throws(Problem) {
      try refuseFolder(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// The bytes of a file that a scenario names: no pipe or device, which could hang or never end.
  package static func readRegular(_ path: String) throws(Problem) -> [UInt8] {
    let descriptor = try openRegular(path)
    defer { close(descriptor) }
    return try bytes(of: descriptor, path)
  }

  /// A descriptor of an ordinary file, open for reading.
  package static func openRegular(_ path: String) throws(Problem) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw problem(path) }
    do throws(Problem) {
      try refuseFolder(descriptor, path)
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw Problem(path: path, reason: "it is a pipe or a device, not a file", isMissing: true)
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func refuseFolder(_ descriptor: Int32, _ path: String) throws(Problem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw Problem(path: path, reason: "it is a folder", isMissing: true)
    }
  }

  private static func bytes(of descriptor: Int32, _ path: String) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw problem(path)
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= sizeLimit else {
        throw Problem(path: path, reason: "it is larger than 256 MiB", isMissing: false)
      }
    }
  }

  /// Writes beside the target and renames, so that a reader sees the old file or the whole new one.
  package static func write(_ text: String, to path: String) throws(Problem) {
    let beside = path + ".part\(getpid())"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem(path) }
    var written = true
    var copy = text
    copy.withUTF8 { bytes in
      var done = 0
      while written && done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0 && errno != EINTR { written = false }
        done += max(count, 0)
      }
    }
    written = written && fsync(descriptor) == 0
    let failure = written ? nil : problem(path)
    close(descriptor)
    if let failure {
      unlink(beside)
      throw failure
    }
    guard rename(beside, path) == 0 else {
      let failure = problem(path)
      unlink(beside)
      throw failure
    }
  }

  /// Checks that a folder is there to be written into, or could be made; it makes nothing.
  package static func checkWritable(_ path: String) throws(Problem) {
    guard !path.isEmpty else {
      throw Problem(path: "``", reason: "that names no folder", isMissing: true)
    }
    var above = path
    while !exists(above), above != ".", above != "/" { above = folder(of: above) }
    guard isFolder(above) else {
      throw Problem(path: above, reason: "it is not a folder", isMissing: false)
    }
    guard access(above, W_OK | X_OK) == 0 else { throw problem(above) }
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws(Problem) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw problem(made) }
      made += "/"
    }
    guard isFolder(path) else {
      throw Problem(path: path, reason: "it is not a folder", isMissing: false)
    }
  }

  /// The names of what a folder holds, sorted; none where it cannot be read.
  package static func names(in folder: String) -> [String] {
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

  /// Takes away what a killed process left half-written in a folder.
  package static func removeParts(in folder: String) {
    for name in names(in: folder) where name.contains(".part") { unlink(folder + "/" + name) }
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path is there and can be read only once: a pipe, a device, the standard input `-`.
  package static func isPipe(_ path: String) -> Bool {
    if path == "-" { return true }
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// The path without symbolic links and dots; nil where it does not exist.
  package static func resolved(_ path: String) -> String? {
    guard let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// The folder part of a path, `.` where it has none.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The part after the last slash.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  private static func problem(_ path: String) -> Problem {
    let number = errno
    return Problem(path: path, reason: String(cString: strerror(number)), isMissing: true)
  }
}
