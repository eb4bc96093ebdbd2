import Quantities

// What the fluid of every service went through, and what that says about the run.
extension SystemSimulation {
  /// Writes a tick of a group into its diary.
  mutating func note(_ group: Int, _ curve: FluidCurve, _ rate: Double, _ span: Double) {
    let replicas = fluid.groups[group].replicas
    let number = fluid.groups[group].deepest
    let slope = curve.load(ofNumber: number).slope
    let load = fluid.groups[group].load
    fluid.diaries[group].note(
      FlowDiary.Entry(
        time: fluid.time.seconds, span: span, rate: rate, replicas: replicas, load: load,
        number: number, relaxing: slope * curve.capacity,
        pooled: fluid.services[group / 2].sharesLine ? replicas : 1, capacity: curve.capacity,
        capacityError: curve.errors.capacity, serving: curve.serving,
        dispersion: curve.dispersion, errors: curve.errors.laws(load)))
  }

  /// How far the run may be trusted, by service with replicas.
  mutating func trust() -> [FlowTrust] {
    guard fluid.isOn else { return [] }
    var found: [FlowTrust] = []
    for service in model.services.indices where services[service].kind != .lookup {
      for group in [2 * service, 2 * service + 1] { fluid.diaries[group].endBacklog() }
      found.append(
        FlowTrust(
          model.services[service], [fluid.diaries[2 * service], fluid.diaries[2 * service + 1]],
          zoomed: fluid.services[service].zoomed))
    }
    return found
  }

  /// The stretches of the run that episodes should take over.
  mutating func doubtfulEpisodes() -> [Episode] {
    guard fluid.isOn else { return [] }
    for group in fluid.diaries.indices { fluid.diaries[group].endBacklog() }
    let all = fluid.diaries.reduce(0) { $0 + $1.requests }
    let doubted = fluid.diaries.reduce(0) { $0 + $1.fast + $1.narrow }
    if doubted < Episode.leastShare * all { return [] }
    let clear = fluid.diaries.flatMap(\.clearBacklogs)
    // A ramp into a clear backlog or out of one is a part of it.
    let ramps = fluid.diaries.flatMap { diary in
      diary.ramps.filter { ramp in !diary.clearBacklogs.contains { $0.touches(ramp) } }
    }
    let others = fluid.diaries.flatMap { $0.narrowBacklogs + $0.absences }
    return model.episodes(doubts: ramps + others, clear: clear)
  }
}
