import Quantities
import Randomness
import Synchronization

/// The surfaces measured so far, shared by replications and variants.
///
/// A surface is measured when it is first asked for, and is the same whoever asks and in whatever
/// order. Threads that ask for one at the same time measure different nodes of it.
package final class SurfaceStore: Sendable {
  private let services = Mutex<[SurfaceSpec: MeasuredService]>([:])
  private let effort: Double

  /// An empty store; `effort` is a factor on the requests that measurements simulate.
  package init(effort: Double = 1) { self.effort = effort }

  /// The surface of a service with so many replicas.
  ///
  /// It throws `RunCancelled` soon after `isCancelled` has become true.
  package func surface(
    _ spec: SurfaceSpec, replicas: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ResponseSurface {
    let service = services.withLock { services in
      if let known = services[spec] { return known }
      let new = MeasuredService(spec, effort: effort)
      services[spec] = new
      return new
    }
    return try service.surface(replicas: max(1, replicas), isCancelled)
  }
}

/// What was measured of one service.
private final class MeasuredService: Sendable {
  let spec: SurfaceSpec
  private let effort: Double
  private let saturation = Once<SaturatedService>()
  private let measured = Mutex<[Int: MeasuredReplicas]>([:])
  /// Surfaces by number of replicas.
  private let made = Mutex<[Int: ResponseSurface]>([:])

  init(_ spec: SurfaceSpec, effort: Double) {
    self.spec = spec
    self.effort = effort
  }

  func surface(
    replicas: Int, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ResponseSurface {
    if let known = made.withLock({ $0[replicas] }) { return known }
    let run = SurfaceRun(spec, effort: effort, isCancelled: isCancelled)
    let (low, high, share) = spec.bracket(replicas)
    let below = try measuredSurface(low, run)
    var found = below
    if share > 0 {
      found = ResponseSurface(
        replicas: replicas, between: below, and: try measuredSurface(high, run), share: share)
    } else if replicas > spec.mostReplicas {
      found =
        spec.pooledReplicas(2) > 1 && spec.mostReplicas == 64
        ? ResponseSurface(replicas: replicas, pooled: below)
        : ResponseSurface(replicas: replicas, like: below)
    }
    // Two threads may have made it; both have made the same.
    let new = found
    return made.withLock { made in
      if let known = made[replicas] { return known }
      made[replicas] = new
      return new
    }
  }

  private func measuredSurface(_ replicas: Int, _ run: SurfaceRun) throws -> ResponseSurface {
    let saturation = try saturation.value { try SaturatedService.measured(run) }
    let entry = measured.withLock { measured in
      if let known = measured[replicas] { return known }
      let new = MeasuredReplicas(nodes: spec.loads.count)
      measured[replicas] = new
      return new
    }
    return try entry.surface.value {
      ResponseSurface(
        replicas: replicas, saturation: saturation,
        measured: try entry.nodes(run, replicas: replicas, saturation))
    } whileWaiting: {
      _ = try entry.nodes(run, replicas: replicas, saturation)
    }
  }
}

/// The nodes of a service with so many replicas, as far as they are measured.
private final class MeasuredReplicas: Sendable {
  let surface = Once<ResponseSurface>()
  private let nodes: [Once<SurfaceNode>]

  init(nodes: Int) { self.nodes = (0..<nodes).map { _ in Once() } }

  /// All nodes; measures those that no other thread is at, then waits for the rest.
  func nodes(
    _ run: SurfaceRun, replicas: Int, _ saturation: SaturatedService
  ) throws -> [SurfaceNode] {
    let loads = run.spec.loads
    func measure(_ place: Int) throws -> SurfaceNode {
      try SurfaceNode.measured(
        run, replicas: replicas, load: loads[place], place: place, saturation: saturation)
    }
    // The longest first, so that threads end together.
    for place in nodes.indices.reversed() { try nodes[place].fillIfFree { try measure(place) } }
    return try nodes.indices.map { place in try nodes[place].value { try measure(place) } }
  }
}

extension SurfaceSpec {
  /// The loads of the nodes: even steps of -ln(1 - ρ) from 0.05 to 3.9, and four more where
  /// batches form: such a server is busy nearly all the time from a small load on, and its busy
  /// share, which autoscalers follow, bends sharply below.
  package var loads: [Double] {
    var loads = (0..<10).map { step in
      -PortableMath.expm1(-(0.05 + Double(step) * (3.9 - 0.05) / 9))
    }
    if slots > 1 { loads += [0.10, 0.16, 0.22, 0.30] }
    return loads.sorted()
  }
}
