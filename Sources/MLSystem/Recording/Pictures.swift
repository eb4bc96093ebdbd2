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
  }

  private var services: [ServicePictures]
  private var routes: [RoutePictures]
  private var last = Instant.start

  /// Empty pictures of a run of length `horizon`.
  init(services: Int, routes: Int, horizon: Duration) {
    let empty = TimeSeries(horizon: max(1, horizon.nanoseconds), buckets: Self.buckets)
    self.services = Array(
      repeating: ServicePictures(queue: empty, busy: empty, replicas: empty), count: services)
    self.routes = Array(
      repeating: RoutePictures(requests: empty, lost: empty), count: routes)
  }

  /// Adds what happened at a service since the last reading.
  mutating func add(_ record: ServiceRecord, of service: Int, at now: Instant) {
    let span = Double((now - last).nanoseconds)
    if span == 0 { return }
    let reading = LevelReading(record, at: now)
    let before = services[service].last
    services[service].last = reading
    let ready = Double(reading.ready - before.ready)
    let (from, to) = (last.nanoseconds, now.nanoseconds)
    services[service].queue.addLevel(
      Double(reading.waiting - before.waiting) / span, from: from, to: to)
    services[service].replicas.addLevel(ready / span, from: from, to: to)
    if ready > 0 {
      services[service].busy.addLevel(
        Double(reading.busy - before.busy) / ready, from: from, to: to)
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
