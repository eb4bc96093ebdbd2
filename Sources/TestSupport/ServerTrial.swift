import Randomness

/// A request that left a server.
package struct ServerDeparture: Hashable, Sendable {
  package enum Kind: Sendable { case completed, lost }

  package var kind: Kind
  package var request: Int
  /// When it first ran, -1 if it did not.
  package var scheduled: Int64
  /// When its first token was out, -1 if none was.
  package var firstToken: Int64
  package var time: Int64
  package var preemptions: Int

  package init(
    kind: Kind, request: Int, scheduled: Int64, firstToken: Int64, time: Int64, preemptions: Int
  ) {
    self.kind = kind
    self.request = request
    self.scheduled = scheduled
    self.firstToken = firstToken
    self.time = time
    self.preemptions = preemptions
  }
}

/// What a server counted.
package struct ServerCounts: Hashable, Sendable {
  package var iterations = 0
  package var sequences = 0
  package var decodedTokens = 0
  package var admissions = 0
  package var preemptions = 0
  package var completed = 0

  package init() {}
}

/// A fleet of continuous-batching servers, as a trial drives it; times are in nanoseconds.
package protocol TrialServer: ~Copyable {
  func due(_ replica: Int) -> Int64
  func outstanding(_ replica: Int) -> Int
  mutating func enqueue(
    _ id: Int, prompt: Int, output: Int, level: Int, replica: Int, at now: Int64
  ) -> Bool
  mutating func advance(_ replica: Int, at now: Int64)
  mutating func abort(_ id: Int, replica: Int, at now: Int64)
  mutating func fail(_ replica: Int, at now: Int64)
  mutating func setTimeFactor(_ replica: Int, _ factor: Double, at now: Int64)
  /// Running, waiting, free blocks, context: as after all boundaries before `now`.
  func snapshot(_ replica: Int, at now: Int64) -> [Int]
  /// What left since the last call.
  mutating func takeDepartures() -> [ServerDeparture]
}

/// A random configuration of a fleet with everything that will happen to it.
package struct ServerTrial: Sendable {
  package struct Arrival: Sendable {
    package var time: Int64
    package var prompt: Int
    package var output: Int
    package var level: Int
    /// How long the client waits, `Int64.max` for ever.
    package var patience: Int64
  }

  package var rules = SteppingRules()
  package var price = SteppingPrice()
  package var replicas = 1
  package var arrivals: [Arrival] = []
  package var failures: [(time: Int64, replica: Int)] = []
  package var factors: [(time: Int64, replica: Int, factor: Double)] = []
  /// Whether a client whose patience has ended tries once more at once, with the same number.
  package var retries = false
  /// A completed request is followed by another after so long; -1 for never.
  package var think: Int64 = -1
  package var sampling: Int64 = 1
}

/// What a trial observed; equal servers give equal observations.
package struct TrialObservation: Hashable, Sendable {
  /// By number of request, in order of time.
  package var departures: [ServerDeparture] = []
  package var refused: [Int] = []
  package var samples: [Int] = []
  package var samplesLeftOut = 0
}

extension ServerTrial {
  /// The kinds of event in their order at one instant; iteration ends come last.
  private enum Kind: Int, Comparable {
    case failure, factor, timeout, arrival
    static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
  }

  /// An event of the outside world; `number` is a request or an index into a list.
  private struct Event: Comparable {
    var time: Int64
    var kind: Kind
    var number: Int
    /// Attempts of the request before this one.
    var attempt = 0

    static func < (a: Event, b: Event) -> Bool {
      (a.time, a.kind.rawValue, a.number, a.attempt)
        < (b.time, b.kind.rawValue, b.number, b.attempt)
    }
  }

  /// Drives a server through the trial; nil if it did more than `limit` iteration ends.
  package func run<Server: TrialServer & ~Copyable>(
    _ server: inout Server, limit: Int = .max
  ) -> TrialObservation? {
    var seen = TrialObservation()
    // Latest first, so that the next event is the last.
    var outside: [Event] =
      failures.indices.map { Event(time: failures[$0].time, kind: .failure, number: $0) }
      + factors.indices.map { Event(time: factors[$0].time, kind: .factor, number: $0) }
      + arrivals.indices.map { Event(time: arrivals[$0].time, kind: .arrival, number: $0) }
    outside.sort(by: >)
    var places: [Int: (replica: Int, attempt: Int)] = [:]
    var nextSample = sampling
    var ends = 0
    while true {
      var soonest = 0
      for r in 1..<max(replicas, 1) where server.due(r) < server.due(soonest) { soonest = r }
      let now = min(server.due(soonest), outside.last?.time ?? .max)
      if now == .max { break }
      while nextSample <= now, seen.samples.count < 2_000 {
        for r in 0..<replicas { seen.samples += server.snapshot(r, at: nextSample) }
        nextSample += sampling
      }
      if let event = outside.last, event.time == now {
        outside.removeLast()
        let more = perform(event, &server, &places, &seen)
        for event in more { Self.insert(event, into: &outside) }
      } else {
        server.advance(soonest, at: now)
        ends += 1
        if ends > limit { return nil }
      }
      for departure in server.takeDepartures() {
        places[departure.request] = nil
        seen.departures.append(departure)
        let child = departure.request + arrivals.count
        if think >= 0, departure.kind == .completed, departure.request < arrivals.count {
          Self.insert(
            Event(time: departure.time + think, kind: .arrival, number: child), into: &outside)
        }
      }
    }
    for r in 0..<replicas { seen.samples += server.snapshot(r, at: .max) }
    seen.departures.sort { ($0.request, $0.time) < ($1.request, $1.time) }
    return seen
  }

  private func perform<Server: TrialServer & ~Copyable>(
    _ event: Event, _ server: inout Server, _ places: inout [Int: (replica: Int, attempt: Int)],
    _ seen: inout TrialObservation
  ) -> [Event] {
    let now = event.time
    switch event.kind {
    case .failure: server.fail(failures[event.number].replica, at: now)
    case .factor:
      let change = factors[event.number]
      server.setTimeFactor(change.replica, change.factor, at: now)
    case .timeout:
      guard let place = places[event.number], place.attempt == event.attempt else { return [] }
      server.abort(event.number, replica: place.replica, at: now)
      places[event.number] = nil
      if retries, event.attempt == 0 { return enter(event.number, 1, &server, &places, now) }
    case .arrival:
      let more = enter(event.number, 0, &server, &places, now)
      if places[event.number] == nil { seen.refused.append(event.number) }
      return more
    }
    return []
  }

  /// Sends a request to the replica with the least outstanding; returns its timeout, if any.
  private func enter<Server: TrialServer & ~Copyable>(
    _ id: Int, _ attempt: Int, _ server: inout Server,
    _ places: inout [Int: (replica: Int, attempt: Int)], _ now: Int64
  ) -> [Event] {
    let arrival = arrivals[id % arrivals.count]
    var replica = 0
    for r in 1..<max(replicas, 1) where server.outstanding(r) < server.outstanding(replica) {
      replica = r
    }
    let accepted = server.enqueue(
      id, prompt: arrival.prompt, output: arrival.output, level: arrival.level, replica: replica,
      at: now)
    if !accepted { return [] }
    places[id] = (replica, attempt)
    if arrival.patience == .max { return [] }
    return [Event(time: now + arrival.patience, kind: .timeout, number: id, attempt: attempt)]
  }

  private static func insert(_ event: Event, into list: inout [Event]) {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] > event { low = middle + 1 } else { high = middle }
    }
    list.insert(event, at: low)
  }
}

extension SteppingServer: TrialServer {
  package mutating func abort(_ id: Int, replica: Int, at now: Int64) {
    abort(id, replica: replica)
  }

  package mutating func setTimeFactor(_ replica: Int, _ factor: Double, at now: Int64) {
    setTimeFactor(replica, factor)
  }

  package func snapshot(_ replica: Int, at now: Int64) -> [Int] { snapshot(replica) }

  package mutating func takeDepartures() -> [ServerDeparture] {
    defer { left.removeAll() }
    return left
  }
}
