/// Everything that a replica knows about a request, in one cache line.
///
/// A decoding request is never touched: what is to know about it follows from `mark` and from the
/// count of iterations that its cohort has finished.
struct LLMSlot {
  /// When its first token was out, -1 before.
  var firstToken: Int64 = -1
  /// While decoding, the count of iterations of its cohort at its last token; -1 else.
  ///
  /// After a preemption and until it emits again it is -2 less the instant of the preemption.
  var mark: Int64 = -1
  /// When it first ran, -1 before; once aborted, the next of the aborted ones of its cohort.
  var scheduled: Int64 = -1
  var request: UInt32 = 0
  var prompt: Int32 = 0
  var output: Int32 = 0
  /// Tokens emitted; stale while decoding, where it is `output` less the iterations to come.
  var made: Int32 = 0
  /// Tokens in the KV cache and tokens of the iteration under way; both while prefilling only.
  var computed: Int32 = 0
  var chunk: Int32 = 0
  /// Neighbours in the running list (oldest first) or in the waiting line; next free slot.
  var next: Int32 = -1
  var prev: Int32 = -1
  /// The cohort that runs it, counted over all replicas; -1 while it waits.
  var cohort: Int32 = -1
  var preemptions: UInt16 = 0
  var level: UInt8 = 0
  var isAborted = false
}

/// A micro-batch of a replica; there are as many as pipeline stages.
///
/// It is either empty, or in a mixed iteration (someone was admitted, or a prefill ends), or on a
/// ramp: like iterations with the same decoding requests and perhaps one partial prefill that takes
/// the same chunk each time.
struct LLMCohort {
  /// Iterations finished; one more is under way unless the cohort is empty.
  var iterations: Int64 = 0
  /// Sum over decoding requests of the tokens that the iteration under way attends to.
  var context: Int64 = 0
  var decoding: Int64 = 0
  var running: Int64 = 0
  /// The iteration under way takes `first` a stage, the next one `first + slope`, and so on.
  var first: Int64 = 0
  var slope: Int64 = 0
  /// Iterations, the one under way included, until the cohort must be looked at.
  var limit = LLMCohort.farAway
  /// Prompt tokens of each iteration of the ramp; 0 in a mixed iteration, so that what a ramp takes
  /// can be added up without asking.
  var chunk: Int64 = 0
  /// When the iteration under way began, in units of 2^-20 ns modulo 2^64.
  ///
  /// Only differences to it count, and an iteration is shorter than the 2.4 hours of 63 bits.
  var start: Int64 = 0
  /// The newest running request, and the first of the prefilling ones, which end the list.
  var tail: Int32 = -1
  var prefill: Int32 = -1
  /// Aborted requests that leave at the next boundary.
  var aborted: Int32 = -1
  /// Entries in the heap of completions.
  var heapCount: Int32 = 0
  var isMixed = false
  /// Whether its line does not hold beyond the iteration under way: the price has changed, or a
  /// request was aborted.
  var isStale = false

  /// The limit of an empty cohort: none, but small enough to reckon with.
  static let farAway: Int64 = 1 << 40
}

/// A replica: its clock, its KV blocks, its waiting line, and the stretch until its next event.
///
/// Time goes in beats. In a beat every cohort moves one stage on, so it lasts as long as the
/// slowest cohort takes for a stage; at its end one cohort comes out, and goes in again. Without a
/// pipeline a beat is an iteration.
struct LLMReplica {
  /// The last settled boundary between beats, in ns and 2^-20 ns.
  var clock: Int64 = 0
  var fraction: Int64 = 0
  /// Beats until the event; 0 while idle or waking.
  var length: Int64 = 0
  /// The slowest cohort of the stretch: beat j takes `first` until its next boundary, then one
  /// `slope` more, and another after each of its iterations.
  var first: Int64 = 0
  var slope: Int64 = 0
  /// Beats until the next boundary of the slowest cohort.
  var offset: Int64 = 1
  var free: Int64
  var running: Int64 = 0
  var waiting: Int64 = 0
  var due: Int64 = .max
  /// What the event's boundary has beyond `due`, in 2^-20 ns.
  var dueFraction: Int64 = 0
  /// The cohort that the last settled boundary belongs to.
  var position: Int64 = 0
  var outstanding: Int32 = 0
  /// Which price is in force.
  var price: Int32 = 0
  var isBusy = false
  /// Whether the head of the line was refused for lack of blocks and none were freed since.
  var isRefused = false
}

/// A waiting line of one priority.
struct LLMLine {
  var head: Int32 = -1
  var tail: Int32 = -1
}
