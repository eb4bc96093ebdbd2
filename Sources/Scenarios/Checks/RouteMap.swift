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

  private(set) var ways: [Way] = []
  /// Routes that come back to themselves, with the way round.
  private(set) var cycles: [(route: SettingObject.Member, way: [String])] = []

  init(_ root: Setting) {
    let routes = root["routes"].members
    let services = root["services"].members.map(\.key)
    if root["routes"].isLeftOut {
      if services.count == 1 { ways = [Way(name: Self.only, setting: nil, services: services)] }
      return
    }
    let steps = Dictionary(
      routes.map { ($0.key, $0.value["steps"].elements.compactMap(\.text)) },
      uniquingKeysWith: { first, _ in first })
    var inCycle: Set<String> = []
    for route in routes {
      var found: [String] = []
      var open = [route.key]
      let isSound = Self.lay(out: route.key, steps, &open, &found)
      if !isSound {
        // A route that only leads into a cycle is not reported: the cycle's own routes are.
        let way = open
        if way.first == way.last, !inCycle.contains(route.key) {
          cycles.append((route, way))
          inCycle.formUnion(way)
        }
        continue
      }
      ways.append(Way(name: route.key, setting: route.value, services: found))
    }
  }

  /// Appends the services of a route; false where it comes back to a route that is open.
  private static func lay(
    out route: String, _ steps: [String: [String]], _ open: inout [String],
    _ found: inout [String]
  ) -> Bool {
    for step in steps[route] ?? [] {
      guard steps[step] != nil else {
        found.append(step)
        continue
      }
      // Each level names a different route, so the depth is bounded by their number.
      guard !open.contains(step), open.count < 100, found.count < 10_000 else {
        open.append(step)
        return false
      }
      open.append(step)
      guard lay(out: step, steps, &open, &found) else { return false }
      open.removeLast()
    }
    return true
  }

  /// The way of a name.
  func way(_ name: String) -> Way? { ways.first { $0.name == name } }

  /// The route that a stream takes: what it names, or the only one.
  func route(of stream: Setting) -> String? {
    if let name = stream["to"].text { return name }
    return ways.count == 1 ? ways[0].name : nil
  }
}
