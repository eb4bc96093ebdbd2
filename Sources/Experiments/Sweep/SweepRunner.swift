import Scenarios
import Syntax

/// Runs the points of a sweep in parallel.
package enum SweepRunner {
  /// Where a precision is asked for, a point gets at most so many times the plan's replications.
  package static let largestFactor = 16

  /// A point that is no valid scenario.
  package struct InvalidPoint: Error {
    package var point: SweepPoint
    package var error: DiagnosticsError
  }

  /// How closely all points of a plan are looked at, found by making each of them without a run.
  ///
  /// A shard makes the points of all shards, so that it decides as they do.
  /// - Throws: `InvalidPoint` for the first, unless such points are skipped; `CancellationError` if
  ///   `isCancelled` says so.
  package static func fidelity(
    of plan: SweepPlan, _ maker: ExperimentMaker, skipsInvalid: Bool = false,
    isCancelled: () -> Bool
  ) throws -> FidelityChoice {
    var decision = FidelityDecision()
    for point in plan.points {
      if isCancelled() { throw CancellationError() }
      let settings = plan.settings(of: point)
      do throws(DiagnosticsError) {
        _ = try decision.consider(
          try maker.scenario(settings), seed: plan.seed, named: settings.joined(separator: ", "))
      } catch {
        guard skipsInvalid else { throw InvalidPoint(point: point, error: error) }
      }
    }
    return decision.choice
  }

  /// Runs points, at most `jobs` replications at a time, and hands over each when it is finished,
  /// in any order but one at a time.
  ///
  /// - Parameters:
  ///   - make: the experiment of a point; a `DiagnosticsError` makes the point an invalid one if
  ///     `skipsInvalid`.
  ///   - finished: called once per point; what it throws ends the sweep.
  /// - Throws: the error of the first failing point; `CancellationError` if `isCancelled` says so.
  package static func run(
    _ points: [SweepPoint], of plan: SweepPlan, jobs: Int, skipsInvalid: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool,
    make: @escaping @Sendable (SweepPoint) throws -> Experiment,
    finished: (SweepResult) throws -> Void
  ) async throws {
    try await PointRunner.run(
      count: points.count, jobs: jobs, isCancelled: isCancelled,
      body: { index, jobs in
        let point = points[index]
        var experiment: Experiment
        do {
          experiment = try make(point)
        } catch let error as DiagnosticsError where skipsInvalid {
          return .invalid(point, error, plan)
        }
        let most = experiment.identity.replications * largestFactor
        while true {
          let results = try await experiment.run(
            jobs: jobs, isCancelled: isCancelled, finished: { _ in })
          let result = SweepResult(point: point, of: results, plan: plan)
          let count = experiment.identity.replications
          guard let precision = plan.precision, count < most, !result.isWithin(precision) else {
            return result
          }
          // The first of them are run again: they are the same, whatever their number.
          experiment.identity.replications = min(count * 2, most)
        }
      },
      finished: { _, result in try finished(result) })
  }
}

extension SweepResult {
  /// Whether each interval is narrow enough, as a share of its estimate; what has none is as narrow
  /// as it gets.
  fileprivate func isWithin(_ precision: Double) -> Bool {
    cells.allSatisfy { cell in
      guard let cell else { return true }
      guard cell.values.count > 1 else { return false }
      guard let low = cell.low, let high = cell.high else { return true }
      return (high - low) / 2 <= precision * cell.estimate.magnitude
    }
  }

  /// A point that is no valid scenario.
  fileprivate static func invalid(
    _ point: SweepPoint, _ error: DiagnosticsError, _ plan: SweepPlan
  ) -> SweepResult {
    let first = error.diagnostics.sorted.first { $0.code.severity == .error }
    return SweepResult(
      point: point, cells: plan.metrics.map { _ in nil }, outcome: nil,
      problem: first.map { "\($0.code.rawValue): \($0.message)" } ?? "invalid")
  }
}
