import MLSystem
import Quantities
import Scenarios
import Syntax

extension SweepFiles {
  /// What is wrong with a file of a sweep.
  package struct Problem: Error, Hashable, Sendable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// Reads `sweep.json`.
  package static func plan(from json: JSONValue) throws(Problem) -> SweepPlan {
    guard json["kind"]?.string == "sweep", let version = json["schemaVersion"]?.integer else {
      throw Problem(reason: "it is no plan of a sweep")
    }
    guard version == schemaVersion else {
      throw Problem(reason: "it has version \(version), this towtank reads \(schemaVersion)")
    }
    func text(_ key: String) throws(Problem) -> String {
      guard let text = json[key]?.string else { throw Problem(reason: "`\(key)` is damaged") }
      return text
    }
    guard let seed = UInt64(try text("seed")), let replications = json["replications"]?.integer,
      replications > 0, let horizon = json["horizonNanoseconds"]?.integer, horizon > 0,
      let points = json["points"]?.integer, (1...SweepPlan.pointLimit).contains(points)
    else { throw Problem(reason: "`seed`, `replications` or `points` is damaged") }
    var axes: [SettingAxis] = []
    for axis in json["axes"]?.elements ?? [] { axes.append(try self.axis(axis)) }
    let design = try design(try text("design"), points, axes)
    var metrics: [SweepMetric] = []
    for metric in json["metrics"]?.elements ?? [] {
      guard let name = metric["name"]?.string,
        let unit = metric["unit"]?.string.flatMap(MetricUnit.init(rawValue:))
      else { throw Problem(reason: "`metrics` is damaged") }
      metrics.append(SweepMetric(name: name, unit: unit))
    }
    var plan = SweepPlan(
      file: try text("scenario"), variant: try text("variant"), title: try text("title"),
      digest: try text("digest"), toolVersion: try text("version"), seed: seed,
      replications: replications, horizon: Duration(nanoseconds: Int64(horizon)), axes: axes,
      design: design, metrics: metrics, precision: json["precision"]?.double)
    guard let fidelity = FidelityJSON.read(json["fidelity"]),
      let defaults = try? ResultsReader(json, "").list("defaults", ResultsReading.standard)
    else { throw Problem(reason: "`fidelity` or `defaults` is damaged") }
    plan.fidelity = fidelity
    plan.defaults = defaults
    plan.settings = (json["settings"]?.elements ?? []).compactMap(\.string)
    guard plan.pointCount == points else { throw Problem(reason: "`points` is damaged") }
    return plan
  }

  private static func design(
    _ name: String, _ points: Int, _ axes: [SettingAxis]
  ) throws(Problem) -> SweepDesign {
    let isDiscrete = axes.allSatisfy {
      if case .values = $0.levels { true } else { false }
    }
    switch name {
    case "grid" where isDiscrete && !axes.isEmpty: return .grid
    case "random" where !axes.isEmpty: return .random(points: points)
    case "sobol" where (1...SobolSequence.largestDimension).contains(axes.count):
      return .sobol(points: points)
    default: throw Problem(reason: "`design` is damaged")
    }
  }

  private static func axis(_ json: JSONValue) throws(Problem) -> SettingAxis {
    guard let path = json["path"]?.string else { throw Problem(reason: "`axes` is damaged") }
    if let values = json["values"]?.elements {
      let texts = values.compactMap(\.string)
      guard texts.count == values.count, (1...SettingAxis.valueLimit).contains(texts.count) else {
        throw Problem(reason: "`axes` is damaged")
      }
      return SettingAxis(path: path, levels: .values(texts))
    }
    guard let low = json["low"]?.string.flatMap(AxisNumber.init),
      let high = json["high"]?.string.flatMap(AxisNumber.init), low.value < high.value,
      case .bool(let isLogarithmic)? = json["logarithmic"], !isLogarithmic || low.value > 0
    else { throw Problem(reason: "`axes` is damaged") }
    return SettingAxis(
      path: path,
      levels: .continuous(AxisRange(low: low, high: high, isLogarithmic: isLogarithmic)))
  }

  /// Reads the file of a finished point; nil where it is not that of the point, or damaged.
  package static func result(
    from json: JSONValue, of point: SweepPoint, plan: SweepPlan
  ) -> SweepResult? {
    guard json["schemaVersion"]?.integer == schemaVersion,
      json["key"]?.string == plan.key(of: point)
    else { return nil }
    if let problem = json["problem"]?.string {
      return SweepResult(
        point: point, cells: plan.metrics.map { _ in nil }, outcome: nil, problem: problem)
    }
    guard let outcome = json["outcome"]?.string.flatMap(Verdict.Outcome.init(rawValue:)),
      let metrics = json["metrics"],
      let assumptions = try? AssumptionsJSON.read(ResultsReader(json, ""))
    else { return nil }
    var verdicts: [SweepVerdict] = []
    for verdict in json["verdicts"]?.elements ?? [] {
      guard let threshold = verdict["threshold"]?.string,
        let outcome = verdict["verdict"]?.string.flatMap(Verdict.Outcome.init(rawValue:))
      else { return nil }
      verdicts.append(SweepVerdict(threshold: threshold, outcome: outcome))
    }
    var cells: [SweepCell?] = []
    for metric in plan.metrics {
      guard let cell = metrics[metric.name] else { return nil }
      guard cell != .null else {
        cells.append(nil)
        continue
      }
      guard let value = cell["value"]?.double else { return nil }
      cells.append(
        SweepCell(
          estimate: value, low: cell["low"]?.double, high: cell["high"]?.double,
          values: cell["replications"]?.elements.map(\.double) ?? []))
    }
    return SweepResult(
      point: point, cells: cells, outcome: outcome, verdicts: verdicts, assumptions: assumptions)
  }
}
