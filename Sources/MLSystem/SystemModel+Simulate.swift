import DiscreteEvents
import Quantities
import Randomness

/// The run was told to end before it was over.
package struct RunCancelled: Error, Hashable, Sendable {
  package init() {}
}

/// How closely a run looks at requests.
package enum Fidelity: String, Sendable, Hashable, CaseIterable {
  /// Every request is simulated.
  case requests
  /// Requests are a fluid, and every service answers as it was measured to.
  case flow
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
    return try run(
      try SystemSimulation(self, streams: streams, isCancelled: isCancelled),
      replication: replication, isCancelled: isCancelled)
  }

  /// Simulates one replication whose requests are a fluid but in `episodes`, with the responses of
  /// its services from `curves`.
  package func simulateFlow(
    seed: UInt64, replication: Int, episodes: [Episode] = [],
    isCancelled: @escaping @Sendable () -> Bool = { false },
    curves: @escaping FluidPlane.CurveSource
  ) throws -> RunRecord {
    let streams = StreamFamily(seed: seed, replication: replication)
    let fluid = FluidPlane(self, streams: streams, episodes: episodes, curves: curves)
    return try run(
      try SystemSimulation(self, streams: streams, fluid: fluid, isCancelled: isCancelled),
      replication: replication, isCancelled: isCancelled)
  }

  private func run(
    _ state: consuming SystemSimulation, replication: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> RunRecord {
    var simulation = Simulation(state)
    simulation.model.begin(&simulation.calendar)
    if let failure = simulation.model.failure { throw failure }
    let outcome = simulation.run(until: Instant.start + horizon, limits: limits)
    if isCancelled() { throw RunCancelled() }
    let state = simulation.finish()
    if let failure = state.failure { throw failure }
    return state.record(outcome, replication: replication)
  }
}
