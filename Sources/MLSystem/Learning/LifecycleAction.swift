import Randomness
import Statistics

/// What the learning plane asks the serving side to do, in order.
package enum LifecycleAction: Sendable, Hashable {
  /// Instances of a pool are taken for a training run until its `endTraining`.
  case startTraining(model: Int, pool: Int, instances: Int)
  case endTraining(model: Int, pool: Int, instances: Int)
  /// Bring up candidate replicas for this share of the traffic, and call `candidateIsReady` when
  /// they serve. Called once for every step of a rollout, with growing shares.
  case prepareCandidate(model: Int, share: Double)
  /// Give the candidate this share of the requests from now on.
  case setCandidateShare(model: Int, share: Double)
  /// Give the candidate copies of all requests, whose answers nobody gets, or no longer.
  case mirror(model: Int, Bool)
  /// Replace the replicas one after the other, so many more than wanted and so many fewer ready, as
  /// shares of them; call `rolled` as they change hands.
  case roll(model: Int, surge: Double, unavailable: Double)
  /// Give the replicas that have changed hands back; call `rolled` again.
  case rollBackRolling(model: Int)
  /// The candidate becomes the stable version and takes every request.
  case promote(model: Int)
  /// The same, and the former stable replicas stay as the candidate's, without requests.
  case promoteKeeping(model: Int)
  /// The replicas that stayed are let go.
  case release(model: Int)
  /// The candidate is drained; the stable version takes every request.
  case rollBack(model: Int)
  /// The stable replicas answer with a new version from now on; there was no candidate.
  case replace(model: Int)
  /// The same, and every replica starts anew for it.
  case restart(model: Int)
}

/// Which of two versions of a model answers a request.
package enum VersionArm: Int, Sendable, Hashable, CaseIterable {
  case stable = 0
  case candidate = 1
}

/// What the serving side counts for the learning plane: running totals that it only ever adds to.
package struct VersionCounters: Sendable {
  /// Requests answered, by `index(of:_:)`.
  package var answered: [Int64]
  /// Requests in error, whether by a bad version or otherwise, by `index(of:_:)`.
  package var errors: [Int64]
  /// Requests that the fallback of a route answered, by route.
  package var fallbacks: [Int64]
  /// Whether a rollout compares the versions of a model, so that latencies must be recorded.
  package internal(set) var isCompared: [Bool]
  /// Nanoseconds of the answered requests since the last step of a rollout, by `index(of:_:)`.
  package var latencies: [LogHistogram]

  package init(models: Int, routes: Int) {
    answered = Array(repeating: 0, count: 2 * models)
    errors = Array(repeating: 0, count: 2 * models)
    fallbacks = Array(repeating: 0, count: routes)
    isCompared = Array(repeating: false, count: models)
    latencies = Array(repeating: LogHistogram(), count: 2 * models)
  }

  /// The place of an arm of a model in the totals.
  @inline(__always)
  package static func index(of model: Int, _ arm: VersionArm) -> Int { 2 * model + arm.rawValue }

  /// Counts an answer of a version after `latency` nanoseconds in its service.
  @inline(__always)
  package mutating func recordAnswer(model: Int, _ arm: VersionArm, latency: Int64) {
    let index = Self.index(of: model, arm)
    answered[index] &+= 1
    if isCompared[model] { latencies[index].add(latency) }
  }

  /// Counts answers and errors of a version, of whose latencies nothing is said.
  mutating func add(answered: Int64, errors: Int64, model: Int, _ arm: VersionArm) {
    self.answered[Self.index(of: model, arm)] += answered
    self.errors[Self.index(of: model, arm)] += errors
  }

  /// Draws the latencies of answers of a version that is compared.
  mutating func addLatencies(
    _ count: Int64, _ law: Spectrum, model: Int, _ arm: VersionArm, _ draws: inout CounterDraws
  ) {
    law.draw(count, into: &latencies[Self.index(of: model, arm)], &draws)
  }

  /// Counts requests that a route's fallback answered.
  mutating func addFallbacks(_ count: Int64, route: Int) { fallbacks[route] += count }

  /// Counts a request that a version left in error.
  @inline(__always)
  package mutating func recordError(model: Int, _ arm: VersionArm) {
    errors[Self.index(of: model, arm)] &+= 1
  }

  /// Counts a request that a route's fallback answered.
  @inline(__always)
  package mutating func recordFallback(route: Int) { fallbacks[route] &+= 1 }

  /// Begins the latencies of a model anew, and with them whether they are recorded.
  mutating func compare(model: Int, _ isCompared: Bool) {
    self.isCompared[model] = isCompared
    for arm in VersionArm.allCases {
      latencies[Self.index(of: model, arm)] = LogHistogram()
    }
  }
}
