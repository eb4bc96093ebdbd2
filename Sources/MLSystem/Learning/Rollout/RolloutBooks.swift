import Quantities
import Randomness

/// What a model keeps from rollout to rollout.
struct RolloutBooks: Sendable {
  /// The version before the one that was promoted last, while it may come back.
  var former: ModelVersion?
  /// Changes that came while a rollout was under way.
  var waiting: [VersionChange] = []
  /// Totals when the stable version began to answer everything.
  var promotedBase = CounterSnapshot()
  /// Since when users meet a faulty version.
  var exposedSince: Instant?
  /// Counts the stages of all rollouts, and the looks at them.
  var generation: UInt32 = 0
  var looks: UInt64 = 0
  let draws: CounterStream

  /// By kind of change: how many there were, and their draws.
  var changeCounts: [UInt64]
  let changeDraws: [CounterStream]

  init(plan: ModelPlan, streams: StreamFamily) {
    draws = streams.counter("rollout \(plan.name)")
    changeCounts = plan.changes.map { _ in 0 }
    changeDraws = plan.changes.enumerated().map { number, change in
      streams.counter("changes \(plan.name) \(change.kind.rawValue) \(number)")
    }
  }
}
