import MLSystem
import Scenarios
import Syntax

/// Makes the experiments of a study from one file.
package struct ExperimentMaker: Sendable {
  package var source: ScenarioSource
  /// `base` or the variant that all experiments stand on.
  package var variant: String
  /// Stands in for the seed of the scenario; nil for its own.
  package var seed: UInt64?
  package var toolVersion: String
  /// Settings that come before those of each experiment.
  package var settings: [String]
  /// How closely all experiments look; nil while that is not decided.
  package var fidelity: FidelityChoice?
  /// Responses of services that were measured for runs as flow, for all experiments together.
  private let surfaces = SurfaceStore()

  package init(
    source: ScenarioSource, variant: String = "base", seed: UInt64? = nil, toolVersion: String,
    settings: [String] = []
  ) {
    self.source = source
    self.variant = variant
    self.seed = seed
    self.toolVersion = toolVersion
    self.settings = settings
  }

  /// The same maker on another variant, or with more settings before all others.
  package func standing(on variant: String? = nil, with more: [String] = []) -> ExperimentMaker {
    var copy = self
    copy.variant = variant ?? self.variant
    copy.settings += more
    return copy
  }

  /// The scenario with further settings.
  ///
  /// - Throws: its mistakes, located.
  package func scenario(_ more: [String] = []) throws(DiagnosticsError) -> Scenario {
    try source.scenario(variant: variant, settings: settings + more)
  }

  /// The experiment of a scenario, under the seed of all and as closely looked at as all.
  package func experiment(of scenario: Scenario) -> Experiment {
    looked(Experiment(of: scenario, seed: seed, toolVersion: toolVersion))
  }

  /// An experiment that was made before the fidelity of the study was decided.
  package func looked(_ experiment: Experiment) -> Experiment {
    if let fidelity { return experiment.looked(at: fidelity, sharing: surfaces) }
    var shared = experiment
    shared.surfaces = surfaces
    return shared
  }
}
