/// The services of each route, in order, with the routes that it names laid out.
struct RouteMap {
  /// The name of the route that stands for the only service where no routes are written.
  static let only = "requests"

  /// A route: its name, where it is written, and the services that it calls.
  struct Way {
    var name: String
    var setting: Setting?
    var services: [String]
  }

  /// The most services that one route may call.
  static let limit = 1_000

  private(set) var ways: [Way] = []
  /// Routes that come back to themselves, with the way round.
  private(set) var cycles: [(route: SettingObject.Member, way: [String])] = []
  /// Routes that call more services than the limit.
  private(set) var tooLong: [SettingObject.Member] = []

  init(_ root: Setting) {
    let routes = root["routes"].members
    let services = root["services"].members.map(\.key)
    if root["routes"].isLeftOut {
      if services.count == 1 { ways = [Way(name: Self.only, setting: nil, services: services)] }
      return
    }
    var laying = Laying(
      steps: Dictionary(
        routes.map { ($0.key, $0.value["steps"].elements.compactMap(\.text)) },
        uniquingKeysWith: { first, _ in first }))
    var inCycle: Set<String> = []
    for route in routes {
      switch laying.lay(out: route.key) {
      case .services(let found):
        ways.append(Way(name: route.key, setting: route.value, services: found))
      case .tooLong: tooLong.append(route)
      case .cycle(let way):
        // A route that only leads into a cycle is not reported: the cycle's own routes are.
        if way.first == route.key, !inCycle.contains(route.key) {
          cycles.append((route, way))
          inCycle.formUnion(way)
        }
      }
    }
  }

  /// Lays routes out, each once.
  private struct Laying {
    enum Outcome {
      case services([String])
      case cycle([String])
      case tooLong
    }

    let steps: [String: [String]]
    var known: [String: Outcome] = [:]
    var open: [String] = []

    init(steps: [String: [String]]) { self.steps = steps }

    /// The services of a route.
    ///
    /// Each level names another route, so the depth is bounded by their number.
    mutating func lay(out route: String) -> Outcome {
      if let outcome = known[route] { return outcome }
      if let start = open.firstIndex(of: route) { return .cycle(open[start...] + [route]) }
      guard open.count < 100 else { return .tooLong }
      open.append(route)
      defer { open.removeLast() }
      var found: [String] = []
      for step in steps[route] ?? [] {
        guard steps[step] != nil else {
          found.append(step)
          continue
        }
        switch lay(out: step) {
        case .services(let inner): found += inner
        // What leads into a cycle may itself be part of it, so this is not remembered.
        case .cycle(let way): return .cycle(way)
        case .tooLong: return .tooLong
        }
        if found.count > RouteMap.limit { break }
      }
      let outcome: Outcome = found.count > RouteMap.limit ? .tooLong : .services(found)
      known[route] = outcome
      return outcome
    }
  }

  /// The way of a name.
  func way(_ name: String) -> Way? { ways.first { $0.name == name } }

  /// The route that a stream takes: what it names, or the only one.
  func route(of stream: Setting) -> String? {
    if let name = stream["to"].text { return name }
    return ways.count == 1 ? ways[0].name : nil
  }
}
