import Quantities

/// An LLM server: continuous batching on each replica, as vLLM V1 schedules.
package struct LLMServerPlan: Sendable, Hashable {
  package var rules: SchedulerRules
  package var time: IterationTime
  /// What a request spends in front of the engine (tokenizing, transport), before it is enqueued.
  package var frontEnd: Duration

  package init(rules: SchedulerRules, time: IterationTime, frontEnd: Duration = .zero) {
    self.rules = rules
    self.time = time
    self.frontEnd = frontEnd
  }
}

/// The rules of the batch of one replica.
package struct SchedulerRules: Sendable, Hashable {
  /// Tokens that an iteration of one micro-batch may compute; at least its share of sequences.
  package var tokenBudget: Int
  /// Sequences of one replica; each of its micro-batches has an equal share, rounded down.
  package var maximumSequences: Int
  /// KV blocks of one replica.
  package var blocks: Int
  /// Tokens of one block, a power of two.
  package var blockSize: Int
  /// Blocks that an admission must leave free, unless nothing runs.
  package var watermark: Int
  /// Whether an admission asks for room for the whole prompt instead of its first chunk.
  ///
  /// With a pipeline it always does, or two micro-batches could preempt themselves in turn for
  /// ever.
  package var reservesWholePrompt: Bool
  /// Pipeline stages: so many micro-batches circulate in lock step.
  package var pipelineStages: Int
  /// Waiting lines, the first served first; a higher priority number uses the last.
  package var priorityLevels: Int

  package init(
    tokenBudget: Int, maximumSequences: Int, blocks: Int, blockSize: Int = 16, watermark: Int = 0,
    reservesWholePrompt: Bool = false, pipelineStages: Int = 1, priorityLevels: Int = 1
  ) {
    self.tokenBudget = tokenBudget
    self.maximumSequences = maximumSequences
    self.blocks = blocks
    self.blockSize = blockSize
    self.watermark = watermark
    self.reservesWholePrompt = reservesWholePrompt
    self.pipelineStages = pipelineStages
    self.priorityLevels = priorityLevels
  }
}
