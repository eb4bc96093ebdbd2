import Quantities
import Scenarios
import Statistics
import Syntax

/// Makes a study of a scenario by running it at points that are asked for in rounds.
package struct SensitivityRunner {
  /// How the inputs are gone through beside one at a time.
  package enum Method: Hashable, Sendable {
    case oneAtATime
    /// Elementary effects along so many trajectories.
    case morris(trajectories: Int)
    /// Indices from so many rows.
    case sobol(rows: Int)
  }

  /// Runs points, each given by the value of each input, nil for what the scenario says.
  package typealias Evaluation = ([[String?]]) async throws -> [StudyPoint]

  private let inputs: [SensitivityInput]
  private let evaluate: Evaluation
  /// What was run already, by the values of the inputs.
  private var known: [[String?]: StudyPoint] = [:]
  /// What the figures of all points so far stand on.
  package private(set) var assumptions = Assumptions()

  package init(_ inputs: [SensitivityInput], evaluate: @escaping Evaluation) {
    self.inputs = inputs
    self.evaluate = evaluate
  }

  /// Halvings of the range in which a threshold turns: to 1/256 of it.
  private static let halvings = 8

  private mutating func points(_ asked: [[String?]]) async throws -> [StudyPoint] {
    var fresh: [[String?]] = []
    for values in asked where known[values] == nil && !fresh.contains(values) {
      fresh.append(values)
    }
    if !fresh.isEmpty {
      for (values, point) in zip(fresh, try await evaluate(fresh)) {
        known[values] = point
        assumptions.join(point.assumptions)
      }
    }
    return asked.compactMap { known[$0] }
  }

  private func values(_ input: Int, at share: Double) -> [String?] {
    inputs.values(input, at: share)
  }

  /// Every input at its ends, the others at their middle.
  package mutating func swings() async throws -> (
    middle: StudyPoint, swings: [SensitivityStudy.Swing]
  ) {
    let asked =
      [inputs.middle]
      + inputs.indices.flatMap { input in
        [
          values(input, at: inputs[input].ends.low), values(input, at: inputs[input].ends.high),
        ]
      }
    let points = try await points(asked)
    return (
      points[0],
      inputs.indices.map {
        SensitivityStudy.Swing(input: $0, low: points[1 + 2 * $0], high: points[2 + 2 * $0])
      }
    )
  }

  /// A search for the share of an input's law at which a threshold turns.
  private struct Search {
    var threshold: Int
    var input: Int
    /// The ends between which it turns; a search that is over has none.
    var low: (share: Double, reading: StudyPoint.Reading)
    var high: (share: Double, reading: StudyPoint.Reading)
    /// All that was seen on the way, for the slope.
    var seen: [(share: Double, reading: StudyPoint.Reading)]
  }

  /// For each threshold and input what must be true of the input, the others at their middle:
  /// bisection under common random numbers.
  ///
  /// It takes a threshold to turn once at most within the reach.
  package mutating func turns(thresholds: Int) async throws -> [SensitivityStudy.Turn] {
    let ends = try await points(
      inputs.indices.flatMap { input in
        [
          values(input, at: inputs[input].reach.low), values(input, at: inputs[input].reach.high),
        ]
      })
    var turns: [SensitivityStudy.Turn] = []
    var searches: [Search] = []
    for threshold in 0..<thresholds {
      for input in inputs.indices {
        guard let low = ends[2 * input].readings[threshold],
          let high = ends[2 * input + 1].readings[threshold]
        else {
          turns.append(.init(threshold: threshold, input: input, finding: .unknown))
          continue
        }
        guard low.holds != high.holds else {
          turns.append(
            .init(
              threshold: threshold, input: input,
              finding: low.holds ? .holdsThroughout : .failsThroughout))
          continue
        }
        let reach = inputs[input].reach
        searches.append(
          Search(
            threshold: threshold, input: input, low: (reach.low, low), high: (reach.high, high),
            seen: [(reach.low, low), (reach.high, high)]))
      }
    }
    for _ in 0..<Self.halvings where !searches.isEmpty {
      let shares = searches.map { ($0.low.share + $0.high.share) / 2 }
      let found = try await points(
        zip(searches, shares).map { values($0.input, at: $1) })
      for index in searches.indices {
        guard let reading = found[index].readings[searches[index].threshold] else { continue }
        searches[index].seen.append((shares[index], reading))
        if reading.holds == searches[index].low.reading.holds {
          searches[index].low = (shares[index], reading)
        } else {
          searches[index].high = (shares[index], reading)
        }
      }
    }
    turns += searches.map(Self.turn)
    return turns.sorted { ($0.threshold, $0.input) < ($1.threshold, $1.input) }
  }

  /// Where a search ended, with what noise and the last halving leave open.
  private static func turn(_ search: Search) -> SensitivityStudy.Turn {
    let (low, high) = (search.low, search.high)
    let share = (low.share + high.share) / 2
    let half = (high.share - low.share) / 2
    // The slope over a stretch that is wide beside the bracket, so that noise does not make it.
    let wide = search.seen.sorted { $0.share < $1.share }
    let before = wide.last { $0.share <= share - 8 * half } ?? wide[0]
    let after = wide.first { $0.share >= share + 8 * half } ?? wide[wide.count - 1]
    let slope = (after.reading.value - before.reading.value) / (after.share - before.share)
    let noise = max(low.reading.halfWidth, high.reading.halfWidth)
    let open = half + (slope == 0 ? 0 : noise / slope.magnitude)
    let (first, last) = (wide[0].share, wide[wide.count - 1].share)
    return .init(
      threshold: search.threshold, input: search.input,
      finding: .turns(
        at: ConfidenceInterval(
          estimate: share, low: max(first, share - open), high: min(last, share + open),
          level: 0.95), isBelow: low.reading.holds))
  }

  /// The values of a metric at points of the unit cube; nil where one of them saw nothing.
  private mutating func points(at shares: [[Double]]) async throws -> [StudyPoint] {
    try await points(
      shares.map { point in zip(inputs, point).map { $0.value(at: $1) } })
  }

  private static func column(_ points: [StudyPoint], _ metric: Int) -> [Double]? {
    let values = points.compactMap { $0.cells[metric]?.estimate }
    return values.count == points.count ? values : nil
  }

  /// Elementary effects between the ends of the inputs.
  package mutating func morris(
    trajectories: Int, seed: UInt64, metrics: Int
  ) async throws -> SensitivityStudy.Morris {
    let design = MorrisDesign(inputs: inputs.count, trajectories: trajectories, seed: seed)
    let shares = design.points.map { point in
      zip(inputs, point).map { input, level in
        input.ends.low + level * (input.ends.high - input.ends.low)
      }
    }
    let points = try await points(at: shares)
    return .init(
      trajectories: trajectories,
      effects: (0..<metrics).map { metric in
        Self.column(points, metric).map(design.effects)
      })
  }

  /// Indices over the laws of the inputs.
  package mutating func sobol(
    rows: Int, seed: UInt64, metrics: Int
  ) async throws -> SensitivityStudy.Sobol {
    let design = SobolIndices(inputs: inputs.count, rows: rows, seed: seed)
    let points = try await points(at: design.points)
    let found = (0..<metrics).map { metric in
      Self.column(points, metric).flatMap { design.indices(of: $0) }
    }
    return .init(
      rows: rows, indices: found.map { $0?.indices },
      deviations: found.map { $0.map { $0.variance.squareRoot() } })
  }
}
