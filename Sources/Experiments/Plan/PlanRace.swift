import MLSystem
import Quantities
import Scenarios
import Statistics
import Syntax

/// Races configurations on common random numbers until the cheapest that meets is known.
///
/// Points are taken from the cheapest up. One is dropped as soon as it breaches a threshold or is
/// dearer than one that has passed; only those that go through all replications may pass. What is
/// run next follows from what was seen, not from the number of workers.
package struct PlanRace {
  private let space: PlanSpace
  private var maker: ExperimentMaker
  /// All points in all replications, nothing dropped early: what racing must agree with.
  private let isExhaustive: Bool
  private let jobs: Int
  private let isCancelled: @Sendable () -> Bool
  /// Called with the replications done so far.
  private let finished: @Sendable (Int) -> Void

  private var candidates: [PlanCandidate] = []
  private var levels = PlanLevels(points: 1, thresholds: 1, replications: 1)
  /// Those that passed, in order of passing.
  private var passed: [Int] = []
  private var done = 0

  /// Points that run at the same time: enough to keep processors busy, few enough that little is
  /// spent above the winner.
  private static let width = 4
  /// Replications after which a point waits until all cheaper ones are decided.
  private static let waitingReplications = 3

  package init(
    space: PlanSpace, maker: ExperimentMaker, isExhaustive: Bool = false, jobs: Int,
    isCancelled: @escaping @Sendable () -> Bool, finished: @escaping @Sendable (Int) -> Void
  ) {
    self.space = space
    self.maker = maker
    self.isExhaustive = isExhaustive
    self.jobs = jobs
    self.isCancelled = isCancelled
    self.finished = finished
  }

  /// Runs the race.
  ///
  /// - Throws: the mistakes of the scenario before any knob is turned, `PlanProblem` where its
  ///   thresholds cannot be decided at all, and what replications throw.
  package mutating func run() async throws -> Plan {
    let base = try maker.scenario()
    candidates = (0..<space.count).map { PlanCandidate($0, space: space, maker: maker) }
    if candidates.allSatisfy({ $0.experiment == nil }) {
      // A knob that fits nowhere is a mistake of the user, not a finding.
      _ = try maker.standing(on: space.variant(of: 0)).scenario(space.settings(of: 0))
    }
    let fidelity = try decideFidelity()
    let replications = base.replications
    levels = PlanLevels(
      points: candidates.count { $0.fate == nil }, thresholds: base.thresholds.count,
      replications: replications)
    try check(base)
    let hasFloors = isExhaustive ? false : try await measureFloors(replications)
    while true {
      drop()
      let active = next()
      guard !active.isEmpty else { break }
      try await simulate(active)
      for index in active { judge(index) }
    }
    return plan(base, fidelity, hasFloors: hasFloors)
  }

  /// One fidelity for all points, so that none wins by how it was looked at.
  private mutating func decideFidelity() throws -> FidelityChoice {
    var decision = FidelityDecision()
    for index in candidates.indices {
      guard let experiment = candidates[index].experiment else { continue }
      let settings = [space.variant(of: index)].compactMap { $0 } + space.settings(of: index)
      try decision.consider(experiment, named: settings.joined(separator: ", "))
    }
    maker.fidelity = decision.choice
    for index in candidates.indices { candidates[index].look(as: maker) }
    return decision.choice
  }

  /// A plan without thresholds has no answer, nor has one whose replications are too few.
  private func check(_ base: Scenario) throws {
    guard !base.thresholds.isEmpty else { throw PlanProblem.noThresholds }
    guard base.replications > 1 else { throw PlanProblem.oneReplication }
    for threshold in base.thresholds {
      guard let share = threshold.shareOfRuns, share < 1 else { continue }
      let needed = levels.replicationsNeeded(forShare: share)
      guard needed <= base.replications else {
        throw PlanProblem.tooFewReplications(threshold: threshold.text, needed: needed)
      }
    }
  }

  // MARK: Floors

  /// What each point costs when nobody comes: replica hours at the least, fixed prices, unused
  /// commitments.
  ///
  /// It bounds the cost of the same replication from below as long as the only thing that traffic
  /// does to the bill is to add to it. A model that is watched or retrained may train less often
  /// with traffic than without, so that nothing is claimed then.
  private mutating func measureFloors(_ replications: Int) async throws -> Bool {
    var work: [(candidate: Int, experiment: Experiment)] = []
    for index in candidates.indices where candidates[index].fate == nil {
      guard let empty = candidates[index].withoutTraffic(maker) else { return false }
      work.append((index, empty))
    }
    let runs = work
    let perPoint = min(replications, 2)
    let bills = try await bills(of: runs, replications: 0..<perPoint)
    for (place, run) in runs.enumerated() {
      candidates[run.candidate].floor = Array(bills[(place * perPoint)..<((place + 1) * perPoint)])
    }
    // Equal bills are taken for all replications; a bill that chance moves is read in each.
    let varying = runs.filter { run in
      let floor = candidates[run.candidate].floor
      return floor.contains { $0 != floor[0] }
    }
    let rest = try await self.bills(of: varying, replications: perPoint..<replications)
    let more = replications - perPoint
    for (place, run) in varying.enumerated() {
      candidates[run.candidate].floor += rest[(place * more)..<((place + 1) * more)]
    }
    for run in runs where candidates[run.candidate].floor.count < replications {
      candidates[run.candidate].floor = Array(
        repeating: candidates[run.candidate].floor[0], count: replications)
    }
    return true
  }

  private func bills(
    of runs: [(candidate: Int, experiment: Experiment)], replications: Range<Int>
  ) async throws -> [Double] {
    guard !runs.isEmpty, !replications.isEmpty else { return [] }
    let isCancelled = isCancelled
    let count = replications.count
    let records = try await ReplicationRunner.run(
      count: runs.count * count, jobs: jobs, isCancelled: isCancelled, finished: { _ in }
    ) { job in
      try runs[job / count].experiment.record(
        of: replications.lowerBound + job % count, isCancelled: isCancelled)
    }
    return records.enumerated().map { job, record in
      runs[job / count].experiment.join([record]).cost.perMonth.expected.dollars
    }
  }

  // MARK: Rounds

  /// The next points to run: those that are cheapest as far as is known.
  private func next() -> [Int] {
    let open = candidates.indices.filter { candidates[$0].fate == nil }
    // Where nothing is known of some, one replication of each tells.
    let unknown = open.filter { candidates[$0].expectedCost == nil }
    if isExhaustive || !unknown.isEmpty { return isExhaustive ? open : unknown }
    let order = open.sorted { a, b in
      let (x, y) = (candidates[a].expectedCost ?? 0, candidates[b].expectedCost ?? 0)
      return x == y ? a < b : x < y
    }
    // The cheapest goes on; the others only look for an early breach while they wait for it.
    return order.prefix(Self.width).enumerated().filter { place, index in
      place == 0 || candidates[index].records.count < Self.waitingReplications
    }.map(\.element)
  }

  private mutating func simulate(_ active: [Int]) async throws {
    var work: [(experiment: Experiment, replication: Int)] = []
    for index in active {
      guard let experiment = candidates[index].experiment else { continue }
      let now = candidates[index].records.count
      let target =
        isExhaustive ? levels.looks.last ?? 1 : levels.looks.first { $0 > now } ?? now
      for replication in now..<target { work.append((experiment, replication)) }
    }
    let runs = work
    let before = done
    let (finished, isCancelled) = (finished, isCancelled)
    let records = try await ReplicationRunner.run(
      count: runs.count, jobs: jobs, isCancelled: isCancelled,
      finished: { finished(before + $0) }
    ) { job in
      try runs[job].experiment.record(of: runs[job].replication, isCancelled: isCancelled)
    }
    done += runs.count
    var place = 0
    for index in active {
      let now = candidates[index].records.count
      let target =
        isExhaustive ? levels.looks.last ?? 1 : levels.looks.first { $0 > now } ?? now
      candidates[index].records += records[place..<(place + target - now)]
      place += target - now
    }
  }

  private mutating func judge(_ index: Int) {
    let isLast = candidates[index].records.count == levels.looks.last
    candidates[index].judge(at: isLast ? levels.passing : levels.dropping, isLast: isLast)
    if case .meets? = candidates[index].fate { passed.append(index) }
  }

  /// Drops what costs more than a point that passed.
  private mutating func drop() {
    guard !isExhaustive else { return }
    for (rank, rival) in passed.enumerated() {
      let costs = candidates[rival].costs
      for index in candidates.indices where candidates[index].fate == nil {
        let floor = candidates[index].floor
        if floor.count == costs.count {
          let least = floor.reduce(0, +) / Double(floor.count)
          let most = costs.reduce(0, +) / Double(costs.count)
          // Of two that cost the same the earlier is the answer.
          if least > most || least == most && index > rival {
            candidates[index].close(.dearerWithoutTraffic(perMonth: least))
            continue
          }
        }
        let own = candidates[index].costs
        guard own.count > 1 else { continue }
        let paired = PairedComparison(
          baseline: Array(costs.prefix(own.count)), alternative: own,
          level: levels.dearer(rank: rank + 1))
        if paired.difference.low > 0 { candidates[index].close(.dearer) }
      }
    }
  }

  // MARK: Result

  private func plan(
    _ base: Scenario, _ fidelity: FidelityChoice, hasFloors: Bool
  ) -> Plan {
    let winner = passed.min { a, b in
      let (x, y) = (candidates[a].meanCost ?? 0, candidates[b].meanCost ?? 0)
      return x == y ? a < b : x < y
    }
    var points = candidates.map { $0.point(space) }
    if let winner {
      let best = candidates[winner].costs
      for index in points.indices where index != winner {
        points[index].difference = difference(candidates[index].costs, best)
      }
    }
    let simulated = candidates.reduce(0) { $0 + $1.requests }
    let runs = candidates.reduce(0) { $0 + $1.ran }
    // Every point sees the same arrivals, so one that was not run would have had the mean of them.
    let feasible = candidates.count { $0.experiment != nil }
    let all = runs > 0 ? simulated / Double(runs) * Double(feasible * base.replications) : 0
    return Plan(
      identity: maker.experiment(of: base).identity, thresholds: base.thresholds,
      knobs: space.knobs, points: points, winner: winner, level: 1 - levels.alpha,
      replications: base.replications, fidelity: fidelity,
      simulated: simulated, exhaustive: all, hasFloors: hasFloors)
  }

  private func difference(_ costs: [Double], _ best: [Double]) -> Comparison.Difference? {
    let count = min(costs.count, best.count)
    guard count > 1 else { return nil }
    let paired = PairedComparison(
      baseline: Array(best.prefix(count)), alternative: Array(costs.prefix(count)))
    return Comparison.Difference(
      estimate: paired.difference.estimate, interval: paired.difference,
      isExact: paired.difference.halfWidth == 0)
  }
}
