import Quantities
import Statistics

/// What is kept of the calls of one service.
struct ServiceRecord {
  /// Of calls of counted requests.
  var latency = LogHistogram()
  var wait = LogHistogram()
  /// Of LLM calls: from the call to the first token, and between tokens after it.
  var firstToken = LogHistogram()
  var perToken = LogHistogram()
  var calls: Int64 = 0
  /// Batches that were started after the warm-up, and the requests in them.
  var batches: Int64 = 0
  var batched: Int64 = 0
  /// All calls since the start of the run, for prices per call.
  var allCalls: Int64 = 0
  /// Calls since the start of the run that were turned away or gave up before work on them began.
  var lost: Int64 = 0
  /// Requests in batches, or on LLM replicas, now.
  var working: Int64 = 0
  /// Of waiting requests, working, ready and wanted replicas.
  var waiting = LevelIntegral()
  var busy = LevelIntegral()
  var ready = LevelIntegral()
  var wanted = LevelIntegral()

  /// Metrics kept by window, and the levels at the start of each one's present window.
  var windows: [MetricWindows] = []
  var levels: [LevelReading] = []
  /// Times of LLM calls from the start of work on them, by stream, where a measurement asks for it.
  var started: [StartedTimes] = []

  /// Starts the time-weighted figures anew.
  mutating func beginCounting(at now: Instant) {
    waiting.beginCounting(at: now)
    busy.beginCounting(at: now)
    ready.beginCounting(at: now)
    wanted.beginCounting(at: now)
  }
}

/// Times of calls from the start of work on them.
struct StartedTimes {
  var answer = LogHistogram()
  var firstToken = LogHistogram()
}
