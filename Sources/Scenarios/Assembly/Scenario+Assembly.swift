import Catalog
import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Syntax

extension Scenario {
  /// The system that one replication simulates: beliefs drawn, names turned into indices.
  ///
  /// A belief at a path is drawn with `StreamFamily(seed, replication).uniform(named: "belief " +
  /// path)`, so a variant sees the same draw for whatever keeps its path.
  package func assemble(
    replication: Int, seed: UInt64? = nil
  ) throws(DiagnosticsError) -> SystemModel {
    let family = StreamFamily(seed: seed ?? self.seed, replication: replication)
    let root = settings.drawing { family.uniform(named: "belief " + $0) }
    return try assemble(root)
  }

  /// The system in which every belief has its median.
  package func assembleMedian() throws(DiagnosticsError) -> SystemModel {
    try assemble(settings.drawing { _ in 0.5 })
  }

  private func assemble(_ root: Setting) throws(DiagnosticsError) -> SystemModel {
    let map = RouteMap(root)
    let routes = Self.indices(map.ways.map(\.name))
    let services = Self.indices(root["services"].members.map(\.key))
    let pools = Self.indices(root["hardware"].members.map(\.key))
    let tasks = Self.indices(root["tasks"].members.map(\.key))
    let models = Self.indices(root["models"].members.map(\.key))
    var traffic: [TrafficStream] = []
    var predictions: [PredictionStream] = []
    for stream in root["traffic"].members {
      if let model = stream.value["to"].text.flatMap({ models[$0] }) {
        predictions.append(TrafficAssembly.predictions(of: stream, model: model))
      } else {
        traffic.append(try self.stream(stream, map, routes))
      }
    }
    var made: [Service] = []
    for service in root["services"].members {
      made.append(try self.service(service, root, pools: pools, models: models))
    }
    let horizon = root["horizon"].duration ?? .zero
    let zones = IncidentAssembly.zones(root)
    let data = DataAssembly(root, map, tasks: tasks, models: models)
    var system = SystemModel(
      start: root["start"].calendar ?? .defaultStart, horizon: horizon,
      warmUp: root["warmUp"].duration ?? .zero, traffic: traffic,
      predictions: predictions,
      routes: map.ways.map { Self.route($0, services: services, models: models) },
      services: made,
      pools: root["hardware"].members.map { PoolAssembly.pool($0, catalog, zones: zones) },
      tasks: root["tasks"].members.map(TaskAssembly.task),
      models: root["models"].members.map {
        ModelAssembly.model($0, root, tasks: tasks, pools: pools, models: models)
      },
      data: data.dataSources, incidents: data.incidents,
      onCall: MonitorAssembly.onCall(root["onCall"]),
      objectives: root["slos"].members.compactMap { Self.objective($0, routes) },
      windows: windows, limits: Self.limits(traffic, horizon))
    system.systemIncidents =
      IncidentAssembly(root, services: services, pools: pools, models: models).incidents
    system.zones = zones
    system.baseline = root["budget"]["baseline"].text.flatMap { models[$0] }
    system.costs = root["costs"].members.map { cost in
      OtherCost(
        name: cost.key, once: cost.value["once"].money, at: cost.value["at"].instant ?? .start,
        perMonth: cost.value["fixed"].money)
    }
    return system
  }

  private static func indices(_ names: [String]) -> [String: Int] {
    Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  private func stream(
    _ entry: SettingObject.Member, _ map: RouteMap, _ routes: [String: Int]
  ) throws(DiagnosticsError) -> TrafficStream {
    let value = entry.value
    let arrivals: ArrivalProcess
    do {
      arrivals = try TrafficAssembly.arrivals(of: value, files)
    } catch {
      throw DiagnosticsError(
        Diagnostic(
          .unreadableFile, "cannot read the trace of stream \(entry.quoted): \(error.reason)",
          at: value["trace"]["file"].range), in: sources)
    }
    return TrafficStream(
      name: entry.key, route: map.route(of: value).flatMap { routes[$0] } ?? 0,
      arrivals: arrivals, rate: TrafficAssembly.profile(of: value),
      size: RequestSize(
        items: value["items"].distribution ?? .constant(1),
        prompt: value["prompt"].distribution, output: value["output"].distribution),
      segments: TrafficAssembly.shares(value["segments"]),
      tenants: TrafficAssembly.shares(value["tenants"]),
      priorities: TrafficAssembly.priorities(of: value))
  }

  private static func route(
    _ way: RouteMap.Way, services: [String: Int], models: [String: Int]
  ) -> Route {
    let value = way.setting
    let retries = value?["retries"]
    return Route(
      name: way.name, steps: way.services.compactMap { services[$0] },
      timeout: value?["timeout"].duration,
      retries: retries?.kind == "retries"
        ? RetryPolicy(
          maximum: retries?["max"].whole ?? 0, backoff: retries?["backoff"].duration ?? .zero,
          budget: retries?["budget"].number ?? 1) : .none,
      fallback: value?["fallback"].text.flatMap { models[$0] })
  }

  private func service(
    _ entry: SettingObject.Member, _ root: Setting, pools: [String: Int], models: [String: Int]
  ) throws(DiagnosticsError) -> Service {
    let value = entry.value
    let kind: ServiceKind
    var perMachine = value["perMachine"].number ?? 1
    switch value.kind {
    case "service:lookup":
      kind = .lookup(
        LookupPlan(
          latency: value["latency"].distribution ?? .constant(0), limit: value["limit"].number))
    case "service:llm":
      let assembly = LLMAssembly(entry, root, catalog: catalog)
      kind = .llm(try assembly.plan(files, sources))
      perMachine = assembly.replicasPerMachine
    default: kind = .model(ServiceAssembly.modelServer(of: value))
    }
    return Service(
      name: entry.key, kind: kind, pool: value["on"].text.flatMap { pools[$0] },
      replicas: ServiceAssembly.replicas(of: value, perMachine: perMachine),
      autoscaler: ServiceAssembly.autoscaler(of: value),
      balancer: value["balancer"].text.flatMap(Balancer.init(rawValue:)) ?? .leastOutstanding,
      queue: ServiceAssembly.queue(of: value), failures: ServiceAssembly.failures(of: value),
      model: value["serves"].text.flatMap { models[$0] },
      prices: ServiceAssembly.prices(of: value))
  }

  private static func objective(
    _ entry: SettingObject.Member, _ routes: [String: Int]
  ) -> Objective? {
    guard let good = entry.value["good"].text.flatMap(GoodText.good),
      let route = entry.value["of"].text.flatMap({ routes[$0] })
    else { return nil }
    return Objective(
      name: entry.key, route: route, good: good, target: entry.value["target"].number ?? 1)
  }

  /// What thresholds ask for by window, each once.
  private var windows: [WindowRequest] {
    var found: [WindowRequest] = []
    for threshold in thresholds {
      guard let window = threshold.window else { continue }
      let request = WindowRequest(metric: threshold.metric.description, window: window)
      if !found.contains(request) { found.append(request) }
    }
    return found
  }

  /// Bounds far above what a sound run needs, so that a broken one ends.
  private static func limits(_ traffic: [TrafficStream], _ horizon: Duration) -> RunLimits {
    let requests = traffic.reduce(0) { $0 + $1.rate.base * horizon.seconds }
    let events = min(1e15, 1e9 + requests * 1_000)
    return RunLimits(events: Int64(events), pending: 50_000_000)
  }
}
