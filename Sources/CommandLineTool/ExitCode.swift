/// What the process ends with.
///
/// Scripts rely on these numbers.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case success = 0
  /// A threshold or a budget was breached; every report was written.
  case breached = 2
  /// An interval straddles a limit, so that nothing is decided at this precision.
  case undecided = 3
  case usage = 64
  case invalidInput = 65
  case missingInput = 66
  case internalError = 70
  case output = 74
  case interrupted = 130

  /// One line for the help and the manual.
  package var meaning: String {
    switch self {
    case .success: "ran, every threshold met"
    case .breached: "ran, a threshold or the budget was breached; reports were written"
    case .undecided: "ran, an interval straddles a limit: more replications decide"
    case .usage: "wrong usage of the command line"
    case .invalidInput: "a scenario, trace, price table or results file is invalid"
    case .missingInput: "a file was not found or cannot be read"
    case .internalError: "a mistake in towtank itself"
    case .output: "output could not be written"
    case .interrupted: "interrupted; nothing was left half-written"
    }
  }
}

/// An end of a command before its result, with the message for stderr.
package struct CommandFailure: Error {
  package var code: ExitCode
  /// Complete lines without the final line break.
  package var message: String

  package init(_ code: ExitCode, _ message: String) {
    self.code = code
    self.message = message
  }
}
