import Quantities
import Statistics

/// Levels and rates over the run in equal buckets, for pictures.
struct Pictures {
  /// The most buckets of a run.
  static let buckets = 200

  private struct ServicePictures {
    var queue: TimeSeries
    var busy: TimeSeries
    var replicas: TimeSeries
    var last = LevelReading()
  }

  private struct RoutePictures {
    var requests: TimeSeries
    var lost: TimeSeries
    var arrivedBefore: Int64 = 0
    var lostBefore: Int64 = 0
    /// Latencies of the requests that ended between two looks, and what had ended before the last.
    var median: TimeSeries
    var tail: TimeSeries
    var latencyBefore = LogHistogram()
  }

  private var services: [ServicePictures]
  private var routes: [RoutePictures]
  private var last = Instant.start
  /// The last look at latencies, and the time between two.
  private var lastLatency = Instant.start
  private let latencyStep: Duration

  /// The most looks at latencies of a run: each costs a copy of what a route has seen.
  private static let latencyBuckets = 100

  /// Empty pictures of a run of length `horizon`.
  init(services: Int, routes: Int, horizon: Duration) {
    let empty = TimeSeries(horizon: max(1, horizon.nanoseconds), buckets: Self.buckets)
    self.services = Array(
      repeating: ServicePictures(queue: empty, busy: empty, replicas: empty), count: services)
    let coarse = TimeSeries(horizon: max(1, horizon.nanoseconds), buckets: Self.latencyBuckets)
    latencyStep = Duration(nanoseconds: coarse.width)
    self.routes = Array(
      repeating: RoutePictures(requests: empty, lost: empty, median: coarse, tail: coarse),
      count: routes)
  }

  /// Whether latencies are due for another look.
  func isLatencyDue(at now: Instant) -> Bool { now - lastLatency >= latencyStep }

  /// Adds the latencies of a route that ended since the last look; `latency` holds all so far.
  mutating func add(_ latency: LogHistogram, of route: Int, at now: Instant) {
    let (from, to) = (lastLatency.nanoseconds, now.nanoseconds)
    let before = routes[route].latencyBefore
    if let median = latency.quantile(0.5, since: before),
      let tail = latency.quantile(0.99, since: before)
    {
      routes[route].median.addLevel(median * 1e-9, from: from, to: to)
      routes[route].tail.addLevel(tail * 1e-9, from: from, to: to)
    }
    routes[route].latencyBefore = latency
  }

  /// Ends a look at the latencies of all routes.
  mutating func finishLatencies(at now: Instant) { lastLatency = now }

  /// Adds what happened at a service since the last reading.
  mutating func add(_ record: ServiceRecord, of service: Int, at now: Instant) {
    let span = Double((now - last).nanoseconds)
    if span == 0 { return }
    let reading = LevelReading(record, at: now)
    let before = services[service].last
    services[service].last = reading
    let ready = Double(wide: reading.ready - before.ready)
    let (from, to) = (last.nanoseconds, now.nanoseconds)
    services[service].queue.addLevel(
      Double(wide: reading.waiting - before.waiting) / span, from: from, to: to)
    services[service].replicas.addLevel(ready / span, from: from, to: to)
    if ready > 0 {
      services[service].busy.addLevel(
        Double(wide: reading.busy - before.busy) / ready, from: from, to: to)
    }
  }

  /// Adds what happened on a route since the last reading: totals of requests and of those lost.
  mutating func add(arrived: Int64, lost: Int64, of route: Int, at now: Instant) {
    let span = (now - last).seconds
    if span == 0 { return }
    let (from, to) = (last.nanoseconds, now.nanoseconds)
    routes[route].requests.addLevel(
      Double(arrived - routes[route].arrivedBefore) / span, from: from, to: to)
    routes[route].lost.addLevel(
      Double(lost - routes[route].lostBefore) / span, from: from, to: to)
    routes[route].arrivedBefore = arrived
    routes[route].lostBefore = lost
  }

  /// Ends a reading of everything.
  mutating func finishReading(at now: Instant) { last = now }

  /// The pictures under the names of the model.
  func series(of model: SystemModel) -> [RecordedSeries] {
    var all: [RecordedSeries] = []
    for (route, pictures) in zip(model.routes, routes) {
      all.append(
        RecordedSeries(
          name: MetricName(route.name, "requests"), unit: .perSecond, series: pictures.requests))
      all.append(
        RecordedSeries(
          name: MetricName(route.name, "lost"), unit: .perSecond, series: pictures.lost))
      all.append(
        RecordedSeries(
          name: MetricName(route.name, "latency.p50"), unit: .seconds, series: pictures.median))
      all.append(
        RecordedSeries(
          name: MetricName(route.name, "latency.p99"), unit: .seconds, series: pictures.tail))
    }
    for (service, pictures) in zip(model.services, services) {
      if case .lookup = service.kind { continue }
      func add(_ metric: String, _ unit: MetricUnit, _ series: TimeSeries) {
        all.append(
          RecordedSeries(name: MetricName(service.name, metric), unit: unit, series: series))
      }
      add("queue", .count, pictures.queue)
      add("busy", .share, pictures.busy)
      add("replicas", .count, pictures.replicas)
    }
    return all
  }
}
