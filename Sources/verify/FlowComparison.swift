import MLSystem
import Pricing
import Quantities
import Randomness
import Statistics

/// One system run as flow and by request, on the same seeds, and how far the two are apart.
struct FlowComparison: Sendable {
  static let replications = 4

  /// Mean differences over replications and their standard errors, flow less requests: relative,
  /// of the attainment as a share.
  var p50 = Difference()
  var p99 = Difference()
  var utilisation = Difference()
  var cost = Difference()
  var attainment = Difference()
  /// What flow said of itself.
  var statement: FlowStatement
  /// Mean attainment.
  var attained = 0.0

  struct Difference: Sendable {
    var mean = 0.0
    var error = 0.0

    init() {}

    init(_ values: [Double]) {
      mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      error = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
    }

    /// Whether the difference may be within `bound`: the noise of the runs is not held against it.
    func isWithin(_ bound: Double) -> Bool { abs(mean) <= bound + 2.5 * error }
  }

  /// Both runs of a system whose good answers take less than `limit` seconds.
  init(
    _ model: SystemModel, limit: Double, seed: UInt64, _ surfaces: SurfaceStore,
    hasEpisodes: Bool = true
  ) throws {
    var model = model
    model.objectives = [
      Objective(name: "fast", route: 0, good: .latencyBelow(.seconds(limit)), target: 0.99)
    ]
    var pairs: [(flow: RunRecord, requests: RunRecord)] = []
    for replication in 0..<Self.replications {
      pairs.append(
        (
          try model.simulate(
            seed: seed, replication: replication, fidelity: .flow, surfaces: surfaces,
            hasEpisodes: hasEpisodes),
          try model.simulate(seed: seed, replication: replication)
        ))
    }
    func relative(_ value: (RunRecord) -> Double) -> Difference {
      Difference(pairs.map { value($0.flow) / max(value($0.requests), 1e-9) - 1 })
    }
    p50 = relative { $0.quantile(0.5) }
    p99 = relative { $0.quantile(0.99) }
    utilisation = relative { $0.ratio("server.busy") }
    cost = relative { $0.ledger.total(of: "serving").known.dollars }
    attainment = Difference(
      pairs.map { $0.flow.ratio("fast.attainment") - $0.requests.ratio("fast.attainment") })
    attained =
      pairs.reduce(0) { $0 + $1.flow.ratio("fast.attainment") } / Double(pairs.count)
    statement = FlowStatement(pairs.map(\.flow.trust))
  }

  /// Whether every stated half-width covers what the difference may be.
  var isCovered: Bool {
    p50.isWithin(statement.p50) && p99.isWithin(statement.p99)
      && utilisation.isWithin(statement.utilisation) && cost.isWithin(statement.cost)
      && attainment.isWithin(statement.error(ofAttainment: attained))
  }
}

extension RunRecord {
  /// The latency of the route below which a share `level` lies, in seconds.
  fileprivate func quantile(_ level: Double) -> Double {
    guard
      case .distribution(let histogram)? = measures.first(where: {
        $0.name.description == "route.latency"
      })?.value
    else { return 0 }
    return (histogram.quantile(level) ?? 0) * 1e-9
  }

  fileprivate func ratio(_ name: String) -> Double {
    guard
      case .ratio(let part, let whole)? = measures.first(where: { $0.name.description == name })?
        .value
    else { return 0 }
    return whole > 0 ? part / whole : 0
  }
}
