import Quantities

/// A rollout under way.
struct RolloutState: Sendable {
  var step = 0
  /// Whether replicas for `step` are being brought up; until then the step before goes on.
  var isPreparing = true
  /// Share of the requests that the candidate has now.
  var share = 0.0
  var since = Instant.start
  var ends = Instant.never
  /// Totals at the start of the step.
  var base = CounterSnapshot()
  /// Events of an earlier step carry an older number.
  var generation: UInt32 = 0
}
