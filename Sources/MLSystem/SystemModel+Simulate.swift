import DiscreteEvents
import Quantities
import Randomness

/// The run was told to end before it was over.
package struct RunCancelled: Error, Hashable, Sendable {
  package init() {}
}

extension SystemModel {
  /// Simulates one replication: a pure function of the model, the seed and the replication.
  ///
  /// Overload and limits are outcomes, not errors. It throws a `TraceError` for a mistake in a
  /// trace, whatever a trace's source throws when it is opened, and `RunCancelled` soon after
  /// `isCancelled` has become true.
  package func simulate(
    seed: UInt64, replication: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunRecord {
    let streams = StreamFamily(seed: seed, replication: replication)
    var simulation = Simulation(
      try SystemSimulation(self, streams: streams, isCancelled: isCancelled))
    simulation.model.begin(&simulation.calendar)
    if let failure = simulation.model.failure { throw failure }
    let outcome = simulation.run(until: Instant.start + horizon, limits: limits)
    if isCancelled() { throw RunCancelled() }
    let state = simulation.finish()
    if let failure = state.failure { throw failure }
    return state.record(outcome, replication: replication)
  }
}
