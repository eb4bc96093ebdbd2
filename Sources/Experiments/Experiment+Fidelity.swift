import MLSystem
import Quantities

/// How closely a scenario asks to be looked at.
package enum FidelityWish: String, Sendable, Hashable, CaseIterable {
  /// Requests one by one while they are few, as flow where they are many and flow is allowed.
  case auto
  case requests
  case flow
}

extension Experiment {
  /// Requests of a run below which `auto` simulates each of them.
  package static let fewRequests = 20e6

  /// The fidelity of all runs, decided once from the first.
  package func fidelity() throws -> Fidelity {
    switch wish {
    case .requests: return .requests
    case .flow: return .flow
    case .auto:
      let model = try assemble(0)
      let isLong = model.requestsAhead > Self.fewRequests
      return isLong && model.flowRefusal == nil ? .flow : .requests
    }
  }

  /// The same experiments at one fidelity, with one store of measured responses.
  ///
  /// Arms of a comparison must look equally closely: flow as soon as one of them needs it and all
  /// allow it.
  package static func alike(_ experiments: [Experiment]) throws -> [Experiment] {
    let surfaces = experiments.first?.surfaces ?? SurfaceStore()
    let chosen = try experiments.map { try $0.fidelity() }
    let allow = try experiments.allSatisfy { experiment in
      switch experiment.wish {
      case .requests: false
      case .flow: true
      case .auto: try experiment.assemble(0).flowRefusal == nil
      }
    }
    return experiments.map { experiment in
      var alike = experiment
      alike.surfaces = surfaces
      alike.wish = chosen.contains(.flow) && allow ? .flow : .requests
      return alike
    }
  }
}
