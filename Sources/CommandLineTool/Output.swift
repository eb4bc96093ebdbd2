import Glibc

/// A stream of text to the outside: a file descriptor, or memory in tests.
package final class Output {
  private let descriptor: Int32?
  /// What was written, where there is no descriptor.
  package private(set) var text = ""
  /// The reader is gone; nothing more is written.
  package private(set) var isClosed = false

  package init(descriptor: Int32?) { self.descriptor = descriptor }

  /// Writes all of `more`.
  ///
  /// A reader that closed the pipe has seen enough: the rest is dropped without a word.
  /// - Throws: `CommandFailure` with code 74 when the device refuses, such as a full disk.
  package func write(_ more: String) throws {
    guard let descriptor else {
      text += more
      return
    }
    guard !isClosed else { return }
    var failure: Int32?
    var copy = more
    copy.withUTF8 { bytes in
      var done = 0
      while done < bytes.count, failure == nil {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno != EINTR { failure = errno }
        done += max(count, 0)
      }
    }
    if failure == EPIPE {
      isClosed = true
    } else if let failure {
      throw CommandFailure(
        .output, "error: output could not be written: \(String(cString: strerror(failure)))")
    }
  }
}
