/// One mistake or warning: what is wrong, where, and how to put it right.
package struct Diagnostic: Hashable, Sendable {
  /// A place with a few words beside its underline.
  package struct Label: Hashable, Sendable {
    /// The stretch to underline.
    package var range: SourceRange
    /// The words after the underline, empty for none.
    package var text: String

    /// A place with words.
    package init(_ range: SourceRange, _ text: String = "") {
      self.range = range
      self.text = text
    }
  }

  /// A remark below the help; with a place it ends in "at FILE:LINE:COLUMN".
  package struct Note: Hashable, Sendable {
    /// The remark.
    package var text: String
    /// The place that it names.
    package var range: SourceRange?

    /// A remark about a place.
    package init(_ text: String, at range: SourceRange? = nil) {
      self.text = text
      self.range = range
    }
  }

  /// Which rule was broken; decides the severity and the long explanation.
  package var code: DiagnosticCode
  /// One lowercase clause without a full stop.
  package var message: String
  /// Where the caret stands; nil for a file that could not be read.
  package var primary: Label?
  /// Other places that belong to the mistake, at most two.
  package var secondary: [Label]
  /// One remedy that can be applied as it is written.
  package var help: String?
  /// Remarks.
  package var notes: [Note]

  /// A mistake at a place.
  package init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, label: String = "",
    secondary: [Label] = [], help: String? = nil, notes: [Note] = []
  ) {
    self.code = code
    self.message = message
    self.primary = range.map { Label($0, label) }
    self.secondary = secondary
    self.help = help
    self.notes = notes
  }
}

/// How bad a diagnostic is.
package enum Severity: String, Sendable {
  /// Nothing is run.
  case error
  /// The run goes on.
  case warning
}

/// What was found so far; stops taking errors after a limit, so that a broken file stays readable.
package struct Diagnostics: Sendable {
  /// The number of errors after which the rest is not looked for.
  package static let errorLimit = 20

  /// What was found, in the order in which it was found.
  package private(set) var list: [Diagnostic] = []
  /// The number of errors among them.
  package private(set) var errorCount = 0
  /// Whether errors were dropped because the limit was reached.
  package private(set) var isCut = false

  /// Nothing found yet.
  package init() {}

  /// Whether the limit is reached and looking further is idle.
  package var isFull: Bool { errorCount >= Self.errorLimit }

  /// Whether there is an error.
  package var hasErrors: Bool { errorCount > 0 }

  /// Adds a diagnostic, unless the same one is there or the limit is reached.
  package mutating func add(_ diagnostic: Diagnostic) {
    guard !list.contains(diagnostic) else { return }
    if diagnostic.code.severity == .error {
      guard !isFull else {
        isCut = true
        return
      }
      errorCount += 1
    } else if list.count - errorCount >= Self.errorLimit {
      return
    }
    list.append(diagnostic)
  }

  /// Adds all of another list.
  package mutating func add(contentsOf other: Diagnostics) {
    for diagnostic in other.list { add(diagnostic) }
    isCut = isCut || other.isCut
  }

  /// The diagnostics by file and position.
  package var sorted: [Diagnostic] {
    list.enumerated().sorted { first, second in
      let one = first.element.primary?.range
      let other = second.element.primary?.range
      let key = (one?.file.index ?? -1, one?.start ?? -1, first.offset)
      return key < (other?.file.index ?? -1, other?.start ?? -1, second.offset)
    }.map(\.element)
  }
}

/// Thrown where an input has mistakes: all of them, with the texts that they point into.
package struct DiagnosticsError: Error, Sendable {
  /// What was found; at least one error.
  package var diagnostics: Diagnostics
  /// The files that the diagnostics point into.
  package var sources: SourceMap

  /// The mistakes of some files.
  package init(_ diagnostics: Diagnostics, in sources: SourceMap) {
    self.diagnostics = diagnostics
    self.sources = sources
  }

  /// One mistake.
  package init(_ diagnostic: Diagnostic, in sources: SourceMap) {
    self.diagnostics = Diagnostics()
    self.sources = sources
    diagnostics.add(diagnostic)
  }
}
