import Glibc

/// A file or a pipe that the user named, read in chunks from its start to its end.
package final class ByteChunks {
  private let descriptor: Int32
  private let path: String
  private static let size = 1 << 16

  /// Opens a file; `-` is the standard input.
  package init(path: String) throws(FileSystem.Problem) {
    self.path = path
    descriptor = path == "-" ? dup(STDIN_FILENO) : try FileSystem.openReadable(path)
  }

  deinit { close(descriptor) }

  /// The next bytes, nil at the end.
  package func next() throws(FileSystem.Problem) -> [UInt8]? {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
      while true {
        let read = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if read < 0 && errno == EINTR { continue }
        if read < 0 { failure = errno }
        count = max(read, 0)
        return
      }
    }
    if failure != 0 {
      throw FileSystem.Problem(
        path: path, reason: String(cString: strerror(failure)), isMissing: true)
    }
    return bytes.isEmpty ? nil : bytes
  }
}
