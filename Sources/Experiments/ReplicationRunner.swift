import MLSystem
import Synchronization

/// Runs replications in parallel and puts their records in order.
package enum ReplicationRunner {
  /// Runs `body` for 0 ..< `count`, at most `jobs` at a time.
  ///
  /// The result does not depend on `jobs`: records are placed by the index of their replication.
  /// - Parameter finished: called after each replication with the number that are done.
  /// - Throws: the error of the lowest failing replication, so that the message does not depend on
  ///   `jobs`
  ///   either; `CancellationError` if `isCancelled` says so.
  package static func run(
    count: Int, jobs: Int, isCancelled: @escaping @Sendable () -> Bool,
    finished: @escaping @Sendable (Int) -> Void,
    body: @escaping @Sendable (Int) throws -> RunRecord
  ) async throws -> [RunRecord] {
    precondition(count > 0 && jobs > 0, "an experiment has replications and workers")
    var outcomes: [Result<RunRecord, any Error>?] = Array(repeating: nil, count: count)
    await withTaskGroup(of: (Int, Result<RunRecord, any Error>).self) { group in
      var next = 0
      var done = 0
      func start() {
        let index = next
        next += 1
        group.addTask { (index, Result { try body(index) }) }
      }
      while next < min(jobs, count) { start() }
      var failed = false
      for await (index, outcome) in group {
        outcomes[index] = outcome
        done += 1
        finished(done)
        if case .failure = outcome { failed = true }
        if next < count, !failed, !isCancelled() { start() }
      }
    }
    if isCancelled() { throw CancellationError() }
    for case .failure(let error)? in outcomes { throw error }
    return try outcomes.map { outcome in
      guard let outcome else { throw CancellationError() }
      return try outcome.get()
    }
  }
}
