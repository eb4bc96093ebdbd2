import Quantities
import Statistics

/// A request that left an LLM server by itself or with its replica.
package struct LLMOutcome: Sendable, Hashable, BitwiseCopyable {
  package enum Kind: Sendable, Hashable, BitwiseCopyable {
    /// Its last token is out.
    case completed
    /// The replica failed.
    case lost
  }

  package var kind: Kind
  package var request: UInt32
  package var replica: Int32
  /// When it first ran; `.never` if it did not.
  package var scheduled: Instant
  /// When its first token was out; `.never` if none was.
  package var firstToken: Instant
  /// When it left: after its last token, or when the replica failed.
  package var left: Instant
  package var prompt: Int32
  package var output: Int32
  package var preemptions: Int32

  /// Mean time between its tokens after the first; nil with a single token.
  package var timePerToken: Duration? {
    if output < 2 || kind == .lost { return nil }
    return Duration(
      nanoseconds: (left.nanoseconds - firstToken.nanoseconds) / Int64(output - 1))
  }
}

/// What an LLM service did since measuring began.
package struct LLMTotals: Sendable {
  /// Iterations that had sequences, over all micro-batches, and their sequences.
  package var iterations: Int64 = 0
  package var sequences: Int64 = 0
  /// Tokens emitted by decoding; every completed prefill emits one more.
  package var decodedTokens: Int64 = 0
  /// Completed prefills, recomputations included.
  package var prefills: Int64 = 0
  /// Prompt tokens put into the cache, recomputations included.
  package var promptTokens: Int64 = 0
  package var admissions: Int64 = 0
  package var preemptions: Int64 = 0
  /// Nanoseconds from a preemption to the next token, over requests that had emitted one.
  package var preemptedTime: Int64 = 0
  package var completed: Int64 = 0
  /// Requests that could never fit.
  package var refused: Int64 = 0
  package var aborted: Int64 = 0
  package var lost: Int64 = 0
  /// Events handled: boundaries at which something was looked at.
  package var events: Int64 = 0
  /// Nanoseconds in which a replica had work, summed over replicas.
  package var busyTime: Int64 = 0
  /// Blocks in use times seconds, summed over replicas; between two events linear in time.
  package var blockSeconds = 0.0
  /// Inter-token latency in nanoseconds: one value for each token but the first of each request.
  ///
  /// The gap that a preemption tears counts as one value. Buckets are those of the exact durations.
  package var interTokenLatency = LogHistogram()

  /// Tokens emitted.
  package var outputTokens: Int64 { decodedTokens + prefills }
  /// Mean sequences of an iteration, 0 without one.
  package var meanBatch: Double { iterations > 0 ? Double(sequences) / Double(iterations) : 0 }
  package init() {}
}

/// The state of a replica at an instant, read without disturbing it.
package struct LLMSnapshot: Sendable, Hashable {
  package var running: Int64
  package var waiting: Int64
  package var freeBlocks: Int64
  /// Tokens that the decoding sequences attend to in the iterations under way.
  package var context: Int64
}
