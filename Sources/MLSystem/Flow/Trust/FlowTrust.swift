import Quantities

/// How far a flow run may be trusted about one service.
package struct FlowTrust: Sendable, Hashable {
  package var service: String
  /// Requests that reached it, and those of them that were simulated one by one.
  package var requests: Double
  package var zoomed: Double
  /// Shares of them: in ramps that its queues could not follow, in backlogs within their own noise,
  /// in backlogs beyond it.
  package var fast: Double
  package var narrow: Double
  package var clear: Double
  /// Relative error of the waits in the clear backlogs.
  package var waitError: Double
  /// Relative standard errors of the surface's median, 99th percentile and capacity, where the
  /// requests were.
  package var error50: Double
  package var error99: Double
  package var capacityError: Double
  /// Mean seconds in which its state relaxes.
  package var relaxation: Double
  /// The autoscaler's period in seconds and the fewest replicas; nil where none scales it.
  package var scaling: Scaling?

  package struct Scaling: Sendable, Hashable {
    package var period: Double
    package var fewest: Int
  }

  /// What the diaries of both versions of a service say together.
  package init(_ service: Service, _ diaries: [FlowDiary], zoomed: Double) {
    func sum(_ value: (FlowDiary) -> Double) -> Double { diaries.reduce(0) { $0 + value($1) } }
    let all = max(sum(\.requests) + zoomed, 1e-9)
    let backed = sum(\.clear)
    self.service = service.name
    requests = sum(\.requests) + zoomed
    self.zoomed = zoomed
    fast = sum(\.fast) / all
    narrow = sum(\.narrow) / all
    clear = backed / all
    waitError = backed > 0 ? sum(\.waitErrors) / backed : 0
    capacityError = diaries.map(\.capacityError).max() ?? 0
    relaxation = sum(\.relaxations) / all
    scaling = service.autoscaler.map {
      Scaling(period: $0.sync.seconds, fewest: diaries.first?.fewest ?? 0)
    }
    let bins = (diaries.first?.bins ?? []).indices.map { place in
      diaries.reduce(into: FlowDiary.Bin()) { sum, diary in
        sum.requests += diary.bins[place].requests
        sum.error50 += diary.bins[place].error50
        sum.error99 += diary.bins[place].error99
      }
    }
    error50 = bins.reduce(0) { $0 + $1.error50 } / all
    // The slowest requests come from the highest loads: a tenth of all.
    var (left, errors) = (0.1 * all, 0.0)
    for bin in bins.reversed() where left > 0 && bin.requests > 0 {
      let part = min(left, bin.requests)
      errors += bin.error99 * part / bin.requests
      left -= part
    }
    error99 = errors / max(0.1 * all - left, 1e-9)
  }
}

extension FlowTrust {
  /// Share of the requests for which the fluid is not to be trusted.
  package var doubtful: Double { min(1, fast + narrow) }

  /// Whether its autoscaler looks more often than its state relaxes, on few replicas: the one
  /// control loop that the fluid is known to get wrong, by some percent of cost.
  package var hasSlowLoop: Bool {
    guard let scaling else { return false }
    return relaxation > scaling.period / 3 && scaling.fewest < 16
  }
}
