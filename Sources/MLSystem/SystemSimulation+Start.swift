import DiscreteEvents
import Quantities
import Randomness

// From the model to the state at time 0.
extension SystemSimulation {
  /// No run keeps more requests in flight, whatever its limits: some 100 MB.
  static let mostLive = 1_000_000

  /// The state of `model` at the start of a run; opens its traces.
  init(
    _ model: SystemModel, streams: StreamFamily, fluid: FluidPlane = FluidPlane(),
    isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    self.fluid = fluid
    self.model = model
    self.isCancelled = isCancelled
    warmUpEnd = Instant.start + model.warmUp
    horizon = Instant.start + model.horizon
    arrivalsEnd = horizon
    liveLimit = fluid.isOn ? model.limits.pending : min(model.limits.pending, Self.mostLive)
    crowdLimit = liveLimit / 16
    let sources = try model.traffic.map { try ArrivalSource($0, of: model, streams: streams) }
    numbers = Table(model.traffic.map { _ in 0 })
    nextArrivals = Table(model.traffic.map { _ in .start })
    streamRoutes = model.traffic.map { UInt16($0.route) }
    steps = model.routes.flatMap { $0.steps.map { UInt16($0) } }
    var first = 0
    routes = Table(
      model.routes.map { route in
        defer { first += route.steps.count }
        return RouteState(route, firstStep: first)
      })
    let priorities = Set(model.traffic.flatMap(\.priorities)).sorted()
    let dimensions = model.routes.indices.map { RouteDimensions(route: $0, of: model) }
    let makers = model.traffic.map { stream in
      dimensions[stream.route].maker(of: stream, priorities, streams)
    }
    var kinds: [StreamKind] = []
    for stream in model.traffic.indices {
      kinds.append(StreamKind(stream, makers[stream], isTrace: sources[stream].isTrace))
    }
    streamKinds = kinds
    self.sources = Table(sources)
    self.makers = Table(makers)
    services = Table(
      model.services.map {
        ServiceState($0, of: model, classes: max(1, priorities.count), streams: streams)
      })
    groups = Table(
      model.services.flatMap { Array(repeating: ReplicaGroup(of: $0), count: 2) })
    startUps = StartUpLaws(model, streams: streams)
    scalers = model.services.map { HorizontalAutoscaler(of: $0) }
    readings = model.services.map { _ in ScalerReading() }
    trainers = model.pools.map { _ in 0 }
    fleets = FleetTable(model.services, classes: max(1, priorities.count))
    learning = LearningPlane(model: model, streams: streams)
    let trainingPools = model.models.compactMap { $0.training?.pool }
    limitedTrainers = model.pools.indices.filter {
      trainingPools.contains($0)
        && (model.pools[$0].machineLimit != nil || model.losesMachines(pool: $0))
    }
    learning.machinesFree = model.pools.map { _ in .max }
    counters = VersionCounters(models: model.models.count, routes: model.routes.count)
    candidates = CandidateShares(model, streams: streams)
    incidents = IncidentState(model, streams: streams)
    accounts = Accounts(model)
    routeRecords = Table(dimensions.map { $0.record(of: model) })
    serviceRecords = Table(model.services.map { _ in ServiceRecord() })
    samples = QueueSamples(services: model.services.count, from: .start)
    pictures = Pictures(
      services: model.services.count, routes: model.routes.count, horizon: model.horizon)
    for service in services.indices { startReplicas(of: service) }
    for index in model.models.indices { refreshVersions(of: index, .start) }
    openWindows()
  }

  /// Makes the waiting lines and the replicas that serve from the first instant on.
  private mutating func startReplicas(of service: Int) {
    if services[service].sharesQueue {
      for arm in 0..<2 {
        groups[service * 2 + arm].line = lines.make(
          service: UInt16(service), arm: UInt8(arm), replica: RequestSlot.none,
          classes: services[service].classes)
      }
    }
    for _ in 0..<model.services[service].replicas.initial {
      let replica = appendReplica(to: service, arm: 0)
      replicas[replica].state = .ready
      serviceRecords[service].ready.change(by: 1, at: .start)
    }
    groups[service * 2].wanted = model.services[service].replicas.initial
    serviceRecords[service].wanted.change(
      by: Int64(model.services[service].replicas.initial), at: .start)
    refreshReady(service * 2)
    bookMachines(service * 2, .start)
  }

  /// A free slot of the service, or a new one, for a replica of `arm`.
  mutating func makeReplica(of service: Int, arm: UInt8) -> UInt32 {
    let shared = groups[service * 2 + Int(arm)].line
    for replica in services[service].slots where replicas[replica].state == .absent {
      replicas[replica].arm = arm
      replicas[replica].zone = nextZone(of: service)
      if services[service].sharesQueue { replicas[replica].line = shared }
      return replica
    }
    return appendReplica(to: service, arm: arm)
  }

  /// A new slot of the service.
  private mutating func appendReplica(to service: Int, arm: UInt8) -> UInt32 {
    let shared = groups[service * 2 + Int(arm)].line
    let replica = UInt32(replicas.count)
    let line =
      services[service].sharesQueue
      ? shared
      : lines.make(
        service: UInt16(service), arm: arm, replica: replica, classes: services[service].classes)
    replicas.append(
      ReplicaSlot(
        service: UInt16(service), arm: arm, slot: UInt32(services[service].slots.count),
        line: line, zone: nextZone(of: service)))
    services[service].slots.append(replica)
    return replica
  }

  /// Tells the balancer and the idle stack of a group who takes requests now.
  mutating func refreshReady(_ group: Int) {
    let service = group / 2
    let arm = UInt8(group % 2)
    let ready = services[service].slots.filter {
      replicas[$0].arm == arm && replicas[$0].isServing
    }
    groups[group].setReady(ready, &replicas)
    tellFluid(group)
    if services[service].sharesQueue {
      for replica in ready.reversed() where !replicas[replica].isBusy { listIdle(replica, group) }
    }
  }

  /// Enters the first events.
  mutating func begin(_ calendar: inout EventCalendar<SystemEvent>) {
    if fluid.isOn {
      scheduleEpisode(.start, &calendar)
    } else {
      for stream in sources.indices { scheduleArrival(stream, &calendar) }
    }
    calendar.schedule(
      .sample, at: Instant.start + samples.step, priority: EventPriority.sample)
    if model.warmUp > .zero {
      calendar.schedule(.warmUpEnds, at: warmUpEnd, priority: EventPriority.booking)
    }
    for end in accounts.monthEnds {
      calendar.schedule(.monthEnds, at: end, priority: EventPriority.booking)
    }
    for replica in 0..<UInt32(replicas.count) { scheduleCrash(replica, .start, &calendar) }
    for (service, scaler) in scalers.enumerated() {
      guard let scaler else { continue }
      calendar.schedule(
        .autoscaler(service: UInt16(service)), at: Instant.start + scaler.plan.sync,
        priority: EventPriority.control)
    }
    scheduleIncidents(&calendar)
    scheduleLearning(&calendar)
    scheduleWindows(&calendar)
  }
}
