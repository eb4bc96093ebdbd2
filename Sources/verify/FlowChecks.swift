import MLSystem
import Quantities
import Randomness

/// Flow against runs by request: ten kinds of system, and 200 generated points around them.
///
/// Utilisation and cost should be within 1 %, the median within 5 %, the 99th percentile within
/// 10 %, attainment within half a point; and what flow states about its own error should cover the
/// true one at nine points of ten.
enum FlowChecks {
  private static let points = 20
  private static let bars = (
    p50: 0.05, p99: 0.10, utilisation: 0.01, cost: 0.01, attainment: 0.005
  )

  private struct Point: Sendable {
    var kind: FlowKind
    /// 0 is the kind itself.
    var number: Int
    var load: Double
    var replicas: Int
    var result: FlowComparison?
  }

  @Sendable static func run() async -> [Check] {
    let surfaces = SurfaceStore()
    let done = await compare(generated(), surfaces)
    var rows: [Check] = []
    for kind in FlowKind.allCases {
      let own = done.filter { $0.kind == kind }
      rows += own.filter { $0.number == 0 }.flatMap { itself($0) }
      rows.append(around(kind, own.filter { $0.number > 0 }))
    }
    rows.append(coverage(done.filter { $0.number > 0 }))
    return rows + FlowEpisodes.checks(surfaces)
  }

  /// Every kind, and points with another load and another number of replicas.
  private static func generated() -> [Point] {
    var points: [Point] = []
    for (place, kind) in FlowKind.allCases.enumerated() {
      let centre = kind.centre
      points.append(
        Point(kind: kind, number: 0, load: centre.load, replicas: centre.replicas))
      var source = RandomStream(seed: UInt64(place) + 77)
      for number in 1...Self.points {
        let load = centre.load * (0.75 + 0.3 * source.uniform())
        let replicas = [centre.replicas, centre.replicas + 2, 2 * centre.replicas]
        points.append(
          Point(
            kind: kind, number: number, load: load,
            replicas: replicas[Int(source.uniform() * 3)]))
      }
    }
    return points
  }

  private static func compare(_ points: [Point], _ surfaces: SurfaceStore) async -> [Point] {
    await withTaskGroup(of: (Int, FlowComparison?).self) { group in
      for (place, point) in points.enumerated() {
        group.addTask {
          let system = point.kind.system(load: point.load, replicas: point.replicas)
          let result = try? FlowComparison(
            system, limit: point.kind.limit, seed: UInt64(point.number) + 1, surfaces)
          return (place, result)
        }
      }
      var done = points
      for await (place, result) in group { done[place].result = result }
      return done
    }
  }

  /// The rows of one system.
  private static func itself(_ point: Point) -> [Check] {
    guard let result = point.result else {
      return [failure("\(point.kind.rawValue): both runs")]
    }
    func row(
      _ what: String, _ difference: FlowComparison.Difference, _ bar: Double, _ stated: Double,
      _ unit: String
    ) -> Check {
      Check(
        name: "\(point.kind.rawValue), \(what)", expected: "0",
        observed: "\(percent(difference.mean)) +- \(percent(2 * difference.error)) \(unit)",
        bound: "\(percent(bar)) \(unit); stated \(percent(stated))",
        outcome: difference.isWithin(bar) ? .passed : .failed)
    }
    let statement = result.statement
    return [
      row("utilisation", result.utilisation, bars.utilisation, statement.utilisation, "%"),
      row("cost", result.cost, bars.cost, statement.cost, "%"),
      row("p50", result.p50, bars.p50, statement.p50, "%"),
      row("p99", result.p99, bars.p99, statement.p99, "%"),
      row(
        "attainment", result.attainment, bars.attainment,
        statement.error(ofAttainment: result.attained), "points"),
    ]
  }

  /// How many generated points of a kind are within all bars, and the worst of each figure.
  private static func around(_ kind: FlowKind, _ points: [Point]) -> Check {
    let results = points.compactMap(\.result)
    let good = results.count { result in
      result.utilisation.isWithin(bars.utilisation) && result.cost.isWithin(bars.cost)
        && result.p50.isWithin(bars.p50) && result.p99.isWithin(bars.p99)
        && result.attainment.isWithin(bars.attainment)
    }
    func worst(_ value: (FlowComparison) -> FlowComparison.Difference) -> String {
      percent(results.map { abs(value($0).mean) }.max() ?? 0)
    }
    let figures = [
      worst(\.utilisation), worst(\.cost), worst(\.p50), worst(\.p99), worst(\.attainment),
    ]
    return Check(
      name: "\(kind.rawValue), \(points.count) points around", expected: "\(points.count) within",
      observed: "\(good) within; worst \(figures.joined(separator: " / "))",
      bound: "\(points.count * 9 / 10); u / cost / p50 / p99 / attainment",
      outcome: good >= points.count * 9 / 10 ? .passed : .failed)
  }

  /// At how many points the stated error covers the true one in every figure.
  private static func coverage(_ points: [Point]) -> Check {
    let results = points.compactMap(\.result)
    let covered = results.count { $0.isCovered }
    let widths = results.map(\.statement.p99).sorted()
    let median = widths.isEmpty ? 0 : widths[widths.count / 2]
    return Check(
      name: "stated error covers the true one", expected: "\(points.count)",
      observed: "\(covered) of \(points.count); median +-\(percent(median)) % of p99",
      bound: "at least 90 %",
      outcome: Double(covered) >= 0.9 * Double(points.count) ? .passed : .failed)
  }

  static func failure(_ name: String) -> Check {
    Check(name: name, expected: "runs", observed: "an error", bound: "", outcome: .failed)
  }

  static func percent(_ share: Double) -> String {
    let tenths = (abs(share) * 1000).rounded() / 10
    return (share < -0.0005 ? "-" : "") + QuantityFormatter.significant(tenths, digits: 3)
  }
}
