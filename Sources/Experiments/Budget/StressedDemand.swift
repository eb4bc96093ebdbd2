/// The machines that are asked for when more or less traffic comes, as simulated.
///
/// Twice the traffic does not ask for twice the machines: a fleet that does not scale asks for what
/// it has, and one that does rounds up. So nothing is multiplied here.
package struct StressedDemand: Sendable {
  /// Traffic as a multiple of the scenario's.
  package var factor: Double
  package var demands: [MachineDemand]

  package init(factor: Double, demands: [MachineDemand]) {
    self.factor = factor
    self.demands = demands
  }

  /// The traffics at which a commitment may turn out wrong.
  package static let factors = [0.7, 1.5]

  /// Runs the scenario at each of the traffics; one that cannot be run is left out.
  ///
  /// - Parameters:
  ///   - settings: what makes so many times the requests come, in the words of `--set`; nil where
  ///     nothing does.
  ///   - run: runs the scenario with settings; throws what makes it invalid.
  package static func simulate(
    settings: (_ factor: Double) -> [String]?,
    run: (_ settings: [String]) async throws(LeverRefusal) -> Results
  ) async -> [StressedDemand] {
    var found: [StressedDemand] = []
    for factor in factors {
      guard let settings = settings(factor), !settings.isEmpty,
        let results = try? await run(settings)
      else { continue }
      found.append(StressedDemand(factor: factor, demands: results.cost.demands))
    }
    return found
  }
}
