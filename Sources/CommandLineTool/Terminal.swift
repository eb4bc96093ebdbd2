import Glibc
import Synchronization

/// What the process knows of where its output goes.
package struct Terminal: Sendable {
  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool
  /// Columns of a line of output.
  package var width: Int
  package var colorOnOutput: Bool
  package var colorOnError: Bool

  /// Colour by `--color`, then NO_COLOR, then FORCE_COLOR, then TERM=dumb, then whether it is a
  /// terminal.
  package init(
    outputIsTerminal: Bool, errorIsTerminal: Bool, columns: Int?, variables: [String: String],
    color: String?
  ) {
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    let asked = variables["COLUMNS"].flatMap(Int.init)
    width = min(max(asked ?? columns ?? 80, 40), 200)
    func colors(_ isTerminal: Bool) -> Bool {
      switch color {
      case "always": return true
      case "never": return false
      default: break
      }
      if let none = variables["NO_COLOR"], !none.isEmpty { return false }
      if let force = variables["FORCE_COLOR"] ?? variables["CLICOLOR_FORCE"], !force.isEmpty,
        force != "0"
      {
        return true
      }
      return isTerminal && variables["TERM"] != "dumb"
    }
    colorOnOutput = colors(outputIsTerminal)
    colorOnError = colors(errorIsTerminal)
  }

  /// Columns of the terminal at a file descriptor; nil where it is none.
  package static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Set by Ctrl-C; simulations look at it between events and end.
package enum Interruption {
  static let flag = Atomic<Bool>(false)

  package static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// The first Ctrl-C asks the run to end; a second one ends the process as usual.
  static func listen() {
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    signal(SIGTERM) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGTERM, SIG_DFL)
    }
    // A reader that closes the pipe is met as an error of write, not as a signal.
    signal(SIGPIPE, SIG_IGN)
  }
}
