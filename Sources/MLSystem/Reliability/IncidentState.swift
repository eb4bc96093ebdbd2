import Quantities
import Randomness

/// The incidents of a run as they go: which are on, what they do to each service, what is seen.
struct IncidentState {
  /// What the incidents that are on do to one service together.
  struct Trouble {
    var slowdown = 1.0
    var errorShare = 0.0
  }

  let plans: [SystemIncident]
  /// Services, and routes through them, that each incident hits.
  let services: [[Int]]
  let routes: [[Int]]
  var isOn: [Bool]
  var records: [IncidentRecord]
  var watches: [IncidentWatch]
  /// Replicas that each loss of capacity took.
  var taken: [[UInt32]]
  /// Machines of each pool beyond which none comes, while capacity is lost.
  var mostMachines: [Int]
  var trouble: [Trouble]
  /// Alerts on the error budgets, by objective.
  var burns: [BurnRateWatch]
  let draws: CounterStream
  /// Zones of each pool, as indices among all; none where a pool is in one place only.
  private let zones: [[Int]]

  init(_ model: SystemModel, streams: StreamFamily) {
    plans = model.systemIncidents
    let hit = plans.map { model.services(hitBy: $0.kind.place) }
    services = hit
    routes = hit.map { services in
      model.routes.indices.filter { route in
        model.routes[route].steps.contains { services.contains($0) }
      }
    }
    isOn = plans.map { _ in false }
    records = plans.map {
      IncidentRecord(
        name: $0.name, cause: $0.kind.cause, subject: model.name(of: $0.kind.place), start: $0.at)
    }
    watches = plans.map { _ in IncidentWatch() }
    taken = plans.map { _ in [] }
    mostMachines = model.pools.map { _ in .max }
    trouble = model.services.map { _ in Trouble() }
    burns = model.objectives.map { BurnRateWatch(objective: $0.target) }
    draws = streams.counter("incidents")
    zones = model.pools.map(\.zones)
  }

  /// Whether nobody has to look every minute.
  var isQuiet: Bool { plans.isEmpty && burns.isEmpty }

  /// Whether an incident that requests can feel is on or not yet forgotten.
  var hurtsSomebody: Bool {
    plans.indices.contains { index in
      if case .priceSpike = plans[index].kind { return false }
      return watches[index].isOpen
    }
  }

  /// Recomputes what is done to a service.
  mutating func refresh(service: Int) {
    var all = Trouble()
    for index in plans.indices where isOn[index] && services[index].contains(service) {
      switch plans[index].kind {
      case .slowDown(_, let factor): all.slowdown *= factor
      case .errors(_, let share): all.errorShare = 1 - (1 - all.errorShare) * (1 - share)
      case .deprecation: all.errorShare = 1
      case .outage, .capacityLoss, .priceSpike: break
      }
    }
    trouble[service] = all
  }

  /// Whether a lookup is down.
  func isDown(service: Int) -> Bool {
    plans.indices.contains { index in
      guard isOn[index], case .outage(.service(let hit)) = plans[index].kind else { return false }
      return hit == service
    }
  }

  /// What keeps a replica from serving.
  enum Hold {
    /// It cannot run.
    case process
    /// Its machine is gone.
    case machine
  }

  /// What keeps a replica of a service, on a pool and in a zone, from serving now; nil for nothing.
  func hold(_ replica: UInt32, service: Int, pool: Int?, zone: Int) -> Hold? {
    var found: Hold?
    for index in plans.indices where isOn[index] {
      switch plans[index].kind {
      case .outage(.service(service)): found = found ?? .process
      case .outage(.pool(let hit)) where hit == pool: return .machine
      case .outage(.zone(zone)): return .machine
      case .capacityLoss(.service, _) where taken[index].contains(replica):
        found = found ?? .process
      case .capacityLoss(_, _) where taken[index].contains(replica): return .machine
      case .outage, .slowDown, .errors, .deprecation, .capacityLoss, .priceSpike: break
      }
    }
    return found
  }

  /// Whether every machine of a pool is gone: by itself, or with all of its zones.
  func isOut(pool: Int) -> Bool {
    if plans.indices.contains(where: { isOn[$0] && plans[$0].kind == .outage(.pool(pool)) }) {
      return true
    }
    return !zones[pool].isEmpty && zones[pool].allSatisfy(isOut(zone:))
  }

  /// Whether a zone is out.
  func isOut(zone: Int) -> Bool {
    plans.indices.contains { isOn[$0] && plans[$0].kind == .outage(.zone(zone)) }
  }
}

/// Counts whom an incident hurts, from its start to the recovery.
struct IncidentWatch {
  var isOpen = false
  private(set) var hasBegun = false
  /// Share of the ended requests that were bad in calm minutes before it began.
  private(set) var usual = 0.0
  private var last = RequestHarm()
  private var first = RequestHarm()
  /// Ended and bad requests of the minutes before it in which no other incident hurt anybody.
  private var calm = RequestHarm()

  /// Takes the totals at the end of a minute before it begins.
  mutating func endEarlierMinute(_ now: RequestHarm, isCalm: Bool) {
    if isCalm {
      calm.ended += now.ended - last.ended
      calm.bad += now.bad - last.bad
    }
    last = now
  }

  /// Begins with the totals of the routes concerned.
  mutating func begin(_ now: RequestHarm) {
    isOpen = true
    hasBegun = true
    first = now
    last = now
    usual = calm.ended > 0 ? Double(calm.bad) / Double(calm.ended) : 0
  }

  /// Takes the totals a minute later; true where that minute was as usual.
  ///
  /// As usual is at most three standard deviations of a Poisson count above what is expected.
  mutating func endMinute(_ now: RequestHarm) -> Bool {
    let expected = usual * Double(now.ended - last.ended)
    let seen = Double(now.bad - last.bad)
    last = now
    return seen <= expected + 3 * expected.squareRoot()
  }

  /// Requests above the usual that were bad so far, and those without an answer among them.
  var hurt: Double {
    max(0, Double(last.bad - first.bad) - usual * Double(last.ended - first.ended))
  }

  var unanswered: Double { Double(last.unanswered - first.unanswered) }
  var fallback: Double { Double(last.fallback - first.fallback) }
}

/// Totals of some routes.
struct RequestHarm {
  var ended: Int64 = 0
  /// Not served, or not as promised.
  var bad: Int64 = 0
  var unanswered: Int64 = 0
  var fallback: Int64 = 0
}
