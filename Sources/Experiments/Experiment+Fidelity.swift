import MLSystem

/// How closely a scenario asks to be looked at.
package enum FidelityWish: String, Sendable, Hashable, CaseIterable {
  /// Requests one by one while they are few, as flow where they are many and flow is allowed.
  case auto
  case requests
  case flow

  /// The wish for a fidelity.
  init(_ fidelity: Fidelity) {
    switch fidelity {
    case .requests: self = .requests
    case .flow: self = .flow
    }
  }
}

extension Experiment {
  /// The fidelity of all runs, decided once from the first, and why, where a reader would ask.
  package func fidelity() throws -> (chosen: Fidelity, reason: String) {
    switch wish {
    case .requests: return (.requests, identity.fidelityReason)
    case .flow:
      let asked = identity.fidelityReason.isEmpty
      return (.flow, asked ? FidelityChoice.asked(.flow).reason : identity.fidelityReason)
    case .auto:
      var decision = FidelityDecision()
      try decision.consider(self, named: identity.variant)
      return (decision.choice.fidelity ?? .requests, decision.remark)
    }
  }

  /// The same experiment as closely looked at as a study decided, with what the study measured.
  package func looked(at choice: FidelityChoice, sharing surfaces: SurfaceStore) -> Experiment {
    var looked = self
    looked.surfaces = surfaces
    if let fidelity = choice.fidelity {
      looked.wish = FidelityWish(fidelity)
      looked.identity.fidelity = fidelity.rawValue
      if fidelity == .flow { looked.identity.fidelityReason = choice.reason }
    }
    return looked
  }

  /// The same experiment as closely looked at as another, with what that has measured.
  package func looked(like other: Experiment) -> Experiment {
    var looked = self
    looked.surfaces = other.surfaces
    looked.wish = other.wish
    looked.identity.fidelity = other.identity.fidelity
    looked.identity.fidelityReason = other.identity.fidelityReason
    return looked
  }

  /// The same experiments at one fidelity, with one store of measured responses: arms of a
  /// comparison.
  package static func alike(_ experiments: [Experiment]) throws -> [Experiment] {
    let surfaces = experiments.first?.surfaces ?? SurfaceStore()
    var decision = FidelityDecision()
    for experiment in experiments {
      try decision.consider(experiment, named: experiment.identity.variant)
    }
    let choice = decision.choice
    return experiments.map { $0.looked(at: choice, sharing: surfaces) }
  }
}
