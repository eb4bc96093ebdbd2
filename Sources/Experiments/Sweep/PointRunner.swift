/// Runs the points of a study in parallel: whole points side by side, and where there are few of
/// them their replications too.
package enum PointRunner {
  /// Runs `body` for 0 ..< `count` and hands over each outcome when it is there, in any order but
  /// one at a time.
  ///
  /// - Parameters:
  ///   - jobs: the replications that are run at a time.
  ///   - body: makes the outcome of a point with so many replications at a time.
  ///   - finished: called once per point; what it throws ends the study.
  /// - Throws: the error of the lowest failing point; `CancellationError` if `isCancelled` says so.
  package static func run<Outcome: Sendable>(
    count: Int, jobs: Int, isCancelled: @escaping @Sendable () -> Bool,
    body: @escaping @Sendable (_ point: Int, _ jobs: Int) async throws -> Outcome,
    finished: (_ point: Int, Outcome) throws -> Void
  ) async throws {
    precondition(jobs > 0, "a study has workers")
    var failure: (point: Int, error: any Error)?
    let atOnce = min(jobs, max(count, 1))
    let inner = max(1, jobs / atOnce)
    await withTaskGroup(of: (Int, Result<Outcome, any Error>).self) { group in
      var next = 0
      func start() {
        let point = next
        next += 1
        group.addTask {
          do {
            return (point, .success(try await body(point, inner)))
          } catch {
            return (point, .failure(error))
          }
        }
      }
      while next < min(atOnce, count) { start() }
      for await (point, outcome) in group {
        do {
          try finished(point, try outcome.get())
        } catch {
          if failure.map({ point < $0.point }) ?? true { failure = (point, error) }
        }
        if next < count, failure == nil, !isCancelled() { start() }
      }
    }
    if isCancelled() { throw CancellationError() }
    if let failure { throw failure.error }
  }
}
