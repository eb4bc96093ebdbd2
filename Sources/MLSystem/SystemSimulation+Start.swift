import DiscreteEvents
import Quantities
import Randomness

// From the model to the state at time 0.
extension SystemSimulation {
  /// No run keeps more requests in flight, whatever its limits: some 100 MB.
  static let mostLive = 1_000_000

  /// The state of `model` at the start of a run; opens its traces.
  init(
    _ model: SystemModel, streams: StreamFamily, isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    self.model = model
    self.isCancelled = isCancelled
    warmUpEnd = Instant.start + model.warmUp
    horizon = Instant.start + model.horizon
    liveLimit = min(model.limits.pending, Self.mostLive)
    crowdLimit = liveLimit / 16
    sources = try model.traffic.map { try ArrivalSource($0, of: model, streams: streams) }
    numbers = model.traffic.map { _ in 0 }
    streamRoutes = model.traffic.map { UInt16($0.route) }
    steps = model.routes.flatMap { $0.steps.map { UInt16($0) } }
    var first = 0
    routes = model.routes.map { route in
      defer { first += route.steps.count }
      return RouteState(route, firstStep: first)
    }
    let priorities = Set(model.traffic.flatMap(\.priorities)).sorted()
    let dimensions = model.routes.indices.map { RouteDimensions(route: $0, of: model) }
    makers = model.traffic.map { stream in
      let names = dimensions[stream.route]
      return RequestMaker(
        stream, tenants: stream.tenants.map { names.code(ofTenant: $0.name) },
        segments: stream.segments.map { names.code(ofSegment: $0.name) },
        classes: { UInt8(priorities.firstIndex(of: $0) ?? 0) }, streams: streams)
    }
    services = model.services.map {
      ServiceState($0, of: model, classes: max(1, priorities.count), streams: streams)
    }
    groups = model.services.flatMap { service in
      // An LLM replica keeps its own line; one line for all is as good as the shortest line.
      let balancer =
        service.isLLM && service.balancer == .sharedQueue ? .leastOutstanding : service.balancer
      return [ReplicaGroup(balancer: balancer), ReplicaGroup(balancer: balancer)]
    }
    provisioning = model.pools.map { Sampler($0.provisioning) }
    loading = model.services.map { Sampler($0.replicas.ready) }
    startUps = model.services.map { streams.counter("start-up \($0.name)") }
    failures = model.services.map { service in
      service.failures.map {
        ReplicaFailures(law: $0, service: service.name, streams: streams)
      }
    }
    scalers = model.services.map { service in
      service.autoscaler.map {
        HorizontalAutoscaler(
          plan: $0, minimum: service.replicas.minimum, maximum: service.replicas.maximum)
      }
    }
    readings = model.services.map { _ in ScalerReading() }
    trainers = model.pools.map { _ in 0 }
    fleets = FleetTable(model.services, classes: max(1, priorities.count))
    learning = LearningPlane(model: model, streams: streams)
    counters = VersionCounters(models: model.models.count, routes: model.routes.count)
    candidateShares = model.models.map { _ in 0 }
    isPreparing = model.models.map { _ in false }
    versionDraws = model.models.flatMap { plan in
      model.traffic.map { streams.counter("version \(plan.name) of \($0.name)") }
    }
    accounts = Accounts(model)
    routeRecords = model.routes.indices.map { route in
      RouteRecord(
        tenants: dimensions[route].tenants, segments: dimensions[route].segments,
        objectives: model.objectives.filter { $0.route == route },
        hasTokens: model.routes[route].steps.contains { model.services[$0].isLLM })
    }
    serviceRecords = model.services.map { _ in ServiceRecord() }
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
      let replica = makeReplica(of: service, arm: 0)
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
      if services[service].sharesQueue { replicas[replica].line = shared }
      return replica
    }
    let replica = UInt32(replicas.count)
    let line =
      services[service].sharesQueue
      ? shared
      : lines.make(
        service: UInt16(service), arm: arm, replica: replica, classes: services[service].classes)
    replicas.append(
      ReplicaSlot(
        service: UInt16(service), arm: arm, slot: UInt32(services[service].slots.count),
        line: line))
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
    if services[service].sharesQueue {
      for replica in ready.reversed() where !replicas[replica].isBusy { listIdle(replica, group) }
    }
  }

  /// Enters the first events.
  mutating func begin(_ calendar: inout EventCalendar<SystemEvent>) {
    for stream in sources.indices { scheduleArrival(stream, &calendar) }
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
    scheduleLearning(&calendar)
    scheduleWindows(&calendar)
  }
}

/// The tenants and segments of all streams of a route, in the order of the streams.
private struct RouteDimensions {
  var tenants: [String] = []
  var segments: [String] = []

  init(route: Int, of model: SystemModel) {
    for stream in model.traffic where stream.route == route {
      for tenant in stream.tenants where !tenants.contains(tenant.name) {
        tenants.append(tenant.name)
      }
      for segment in stream.segments where !segments.contains(segment.name) {
        segments.append(segment.name)
      }
    }
  }

  func code(ofTenant name: String) -> UInt8 {
    UInt8(clamping: (tenants.firstIndex(of: name) ?? -1) + 1)
  }

  func code(ofSegment name: String) -> UInt8 {
    UInt8(clamping: (segments.firstIndex(of: name) ?? -1) + 1)
  }
}

extension Service {
  /// Whether it serves tokens.
  var isLLM: Bool {
    switch kind {
    case .llm: true
    case .model, .lookup: false
    }
  }
}
