import Randomness

/// The tenants and segments of all streams of a route, in the order of the streams.
struct RouteDimensions {
  private let route: Int
  private(set) var tenants: [String] = []
  private(set) var segments: [String] = []

  /// The dimensions of a route of `model`.
  init(route: Int, of model: SystemModel) {
    self.route = route
    for stream in model.traffic where stream.route == route {
      for tenant in stream.tenants where !tenants.contains(tenant.name) {
        tenants.append(tenant.name)
      }
      for segment in stream.segments where !segments.contains(segment.name) {
        segments.append(segment.name)
      }
    }
  }

  /// The maker of the requests of a stream of this route; `priorities` are those of the model.
  func maker(
    of stream: TrafficStream, _ priorities: [UInt8], _ streams: StreamFamily
  ) -> RequestMaker {
    RequestMaker(
      stream, tenants: stream.tenants.map { UInt16(code(of: $0.name, in: tenants)) },
      segments: stream.segments.map { UInt8(exactly: code(of: $0.name, in: segments)) ?? 0 },
      classes: { UInt8(priorities.firstIndex(of: $0) ?? 0) }, streams: streams)
  }

  /// An empty record of the route.
  func record(of model: SystemModel) -> RouteRecord {
    RouteRecord(
      tenants: tenants, segments: segments,
      objectives: model.objectives.filter { $0.route == route },
      hasTokens: model.routes[route].steps.contains { model.services[$0].isLLM })
  }

  /// Index plus one; of segments the first 255 are told apart.
  private func code(of name: String, in names: [String]) -> Int {
    (names.firstIndex(of: name) ?? -1) + 1
  }
}
