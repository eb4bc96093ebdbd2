import Quantities

/// Recorded arrivals, read in chunks while the run goes on, so that memory does not grow with a
/// trace.
package struct TraceReplay: Sendable {
  /// Opens the trace anew from its first byte; each replication reads for itself.
  package var open: @Sendable () throws -> any TraceBytes
  package var format: TraceFormat
  /// The name that messages show.
  package var file: String
  /// Arrivals per recorded arrival time: 2 halves every gap.
  package var speed: Double
  /// Starts again after the last row until the horizon.
  package var loops: Bool

  package init(
    open: @escaping @Sendable () throws -> any TraceBytes, format: TraceFormat, file: String,
    speed: Double = 1, loops: Bool = false
  ) {
    self.open = open
    self.format = format
    self.file = file
    self.speed = speed
    self.loops = loops
  }
}

/// A reader of bytes that the command line (a file) or a test (memory) passes down.
package protocol TraceBytes: AnyObject {
  /// Fills `buffer` from the front and returns the count of bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// What the columns of a trace mean.
package enum TraceFormat: Sendable, Hashable {
  /// `TIMESTAMP,ContextTokens,GeneratedTokens` with civil timestamps to 100 ns.
  case azureLLM
  /// A header names the columns; `time` (seconds or civil), and any of `items`, `prompt`, `output`,
  /// `segment`, `tenant`.
  case csv(TraceColumns)
}

/// The header names under which a generic CSV keeps what a request brings; nil where it does not.
package struct TraceColumns: Sendable, Hashable {
  package var time: String
  /// True where `time` holds the gap since the row before instead of a time.
  package var timeIsGap: Bool
  package var items: String?
  package var prompt: String?
  package var output: String?

  package init(
    time: String, timeIsGap: Bool = false, items: String? = nil, prompt: String? = nil,
    output: String? = nil
  ) {
    self.time = time
    self.timeIsGap = timeIsGap
    self.items = items
    self.prompt = prompt
    self.output = output
  }
}
