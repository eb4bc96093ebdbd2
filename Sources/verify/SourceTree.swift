import Glibc

/// Files of the repository, found from where this source was compiled.
enum SourceTree {
  /// The bytes of a file beneath the root; nil where it is not there.
  static func bytes(_ path: String, here: String = #filePath) -> [UInt8]? {
    let root = here.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let file = fopen("/" + root + "/" + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }
}
