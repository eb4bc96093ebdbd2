import Glibc
import Synchronization

/// One rewritten line on a terminal's stderr; nothing anywhere else.
final class Progress: Sendable {
  private let state: Mutex<Int>
  private let isShown: Bool
  private let label: String
  private let total: Int

  init(errors: Output, isShown: Bool, label: String, total: Int) {
    state = Mutex(0)
    self.isShown = isShown
    self.label = label
    self.total = total
  }

  /// Shows how many replications are done.
  func show(_ done: Int) {
    guard isShown else { return }
    state.withLock { most in
      most = max(most, done)
      print("\r\u{1B}[K\(label): \(most) of \(total) replications")
    }
  }

  /// Takes the line away.
  func erase() {
    guard isShown else { return }
    state.withLock { _ in print("\r\u{1B}[K") }
  }

  /// A terminal that is gone is no reason to stop, so a failing write is let pass.
  private func print(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }
}

enum Processors {
  /// Processors that are online.
  static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
