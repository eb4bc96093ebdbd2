/// An LLM server: continuous batching on each replica, as vLLM V1 schedules.
package struct LLMServerPlan: Sendable {
  package var rules: SchedulerRules
  package var time: IterationTime

  package init(rules: SchedulerRules, time: IterationTime) {
    self.rules = rules
    self.time = time
  }
}

/// The rules of the batch of one replica.
package struct SchedulerRules: Sendable, Hashable {
  /// Tokens that an iteration may compute; at least `maximumSequences`.
  package var tokenBudget: Int
  package var maximumSequences: Int
  /// KV blocks of one replica.
  package var blocks: Int
  /// Tokens of one block, a power of two.
  package var blockSize: Int
  /// Blocks that an admission must leave free, unless nothing runs.
  package var watermark: Int
  /// Whether an admission asks for room for the whole prompt instead of its first chunk.
  package var reservesWholePrompt: Bool
  /// Pipeline stages: so many micro-batches circulate in lock step.
  package var pipelineStages: Int

  package init(
    tokenBudget: Int, maximumSequences: Int, blocks: Int, blockSize: Int = 16, watermark: Int = 0,
    reservesWholePrompt: Bool = false, pipelineStages: Int = 1
  ) {
    self.tokenBudget = tokenBudget
    self.maximumSequences = maximumSequences
    self.blocks = blocks
    self.blockSize = blockSize
    self.watermark = watermark
    self.reservesWholePrompt = reservesWholePrompt
    self.pipelineStages = pipelineStages
  }
}
