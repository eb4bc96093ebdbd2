/// The time of one iteration of one pipeline stage, in integers of 2^-20 ns, rounded once when the model is built.
///
/// Contract of the jumping server: for a fixed batch (sequences, prefill chunk) the time is piecewise linear in the
/// sum of contexts, and linear in the pairs of the chunk.
package struct IterationTime: Sendable, Hashable {
  /// Fixed part by count of tokens in the iteration: entry `min(tokens, last)`; a table, so that padding and rooflines fit.
  package var byTokens: [Int64]
  /// Per sequence in the batch.
  package var perSequence: Int64
  /// Per pair of (prefill token, token it attends to).
  package var perPair: Int64
  /// Per context token of a decoding sequence, up to `knot` and beyond.
  package var perContext: Int64
  package var perContextBeyond: Int64
  package var knot: Int64

  package init(
    byTokens: [Int64], perSequence: Int64, perPair: Int64, perContext: Int64,
    perContextBeyond: Int64, knot: Int64
  ) {
    self.byTokens = byTokens
    self.perSequence = perSequence
    self.perPair = perPair
    self.perContext = perContext
    self.perContextBeyond = perContextBeyond
    self.knot = knot
  }
}
