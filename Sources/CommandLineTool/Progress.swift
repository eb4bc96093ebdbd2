import Glibc
import Synchronization

/// One rewritten line on a terminal's stderr; nothing anywhere else.
final class Progress: Sendable {
  private struct State {
    var done: Int
    var total: Int
  }

  private let state: Mutex<State>
  private let isShown: Bool
  private let label: String
  /// What is counted, in the plural.
  private let things: String
  /// How many were done before this process began, which say nothing of its speed.
  private let before: Int
  private let start = ContinuousClock.now

  init(
    errors: Output, isShown: Bool, label: String, total: Int, things: String = "replications",
    before: Int = 0
  ) {
    state = Mutex(State(done: before, total: total))
    self.isShown = isShown
    self.label = label
    self.things = things
    self.before = before
  }

  /// Shows how many are done, and of what takes long how much time is left.
  func show(_ done: Int) {
    guard isShown else { return }
    state.withLock { state in
      state.done = max(state.done, done)
      print(state)
    }
  }

  /// So many more are to be done than was known.
  func expect(_ more: Int) {
    state.withLock { $0.total += more }
  }

  /// One more is done.
  func advance() {
    guard isShown else { return }
    state.withLock { state in
      state.done += 1
      print(state)
    }
  }

  private func print(_ state: State) {
    let left = Self.timeLeft(
      after: (ContinuousClock.now - start) / .seconds(1), done: state.done - before,
      left: state.total - state.done)
    print("\r\u{1B}[K\(label): \(state.done) of \(state.total) \(things)\(left)")
  }

  /// `, 4 min left`; nothing while too little is known or little is left.
  static func timeLeft(after elapsed: Double, done: Int, left: Int) -> String {
    guard done > 0, left > 0, elapsed >= 1 else { return "" }
    let seconds = elapsed / Double(done) * Double(left)
    guard seconds >= 5, seconds.isFinite else { return "" }
    if seconds < 90 { return ", \(Int((seconds / 5).rounded(.up)) * 5) s left" }
    if seconds < 5400 { return ", \(Int((seconds / 60).rounded(.up))) min left" }
    return ", \(Int((seconds / 3600).rounded(.up))) h left"
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
