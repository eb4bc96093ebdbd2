import DiscreteEvents
import Quantities
import Statistics

// Metrics by window, where a threshold asks for the worst one.
extension SystemSimulation {
  /// Sets up the windows that the model asks for; a metric that is none of ours stays empty.
  mutating func openWindows() {
    for (index, request) in model.windows.enumerated() {
      guard let dot = request.metric.firstIndex(of: "."),
        let metric = MetricWindows.Metric(
          rawValue: String(request.metric[request.metric.index(after: dot)...]))
      else { continue }
      let place = request.metric[..<dot]
      let parts = place.split(separator: "[", maxSplits: 1)
      guard let name = parts.first else { continue }
      if let route = model.routes.firstIndex(where: { $0.name == name }) {
        let codes = selector(parts.count > 1 ? parts[1].dropLast() : "", on: route)
        routeRecords[route].windows.append(
          MetricWindows(
            index: index, metric: metric, width: request.window, horizon: model.horizon,
            tenant: codes.tenant, segment: codes.segment))
      } else if let service = model.services.firstIndex(where: { $0.name == name }) {
        serviceRecords[service].windows.append(
          MetricWindows(
            index: index, metric: metric, width: request.window, horizon: model.horizon))
        serviceRecords[service].levels.append(LevelReading())
      }
    }
  }

  /// The codes of a selector such as `tenant=paid` on a route.
  private func selector(_ text: Substring, on route: Int) -> (tenant: UInt16, segment: UInt8) {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return (0, 0) }
    let record = routeRecords[route]
    let names = parts[0] == "tenant" ? record.tenantNames : record.segmentNames
    guard let index = names.firstIndex(of: String(parts[1])) else { return (0, 0) }
    return parts[0] == "tenant"
      ? (UInt16(index + 1), 0) : (0, UInt8(clamping: index + 1))
  }

  /// Enters the end of the first window of every request.
  func scheduleWindows(_ calendar: inout EventCalendar<SystemEvent>) {
    for (index, request) in model.windows.enumerated() {
      calendar.schedule(
        .windowEnds(index: UInt16(index)), at: Instant.start + request.window,
        priority: EventPriority.booking)
    }
  }

  /// A window of a request ends.
  mutating func endWindow(
    _ index: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    takeCounts(now)
    foldLaws(now)
    closeWindow(index, now)
    calendar.schedule(
      .windowEnds(index: UInt16(index)), at: now + model.windows[index].window,
      priority: EventPriority.booking)
  }

  private mutating func closeWindow(_ index: Int, _ now: Instant) {
    for service in serviceRecords.indices {
      serviceRecords[service].closeWindow(index, at: now)
    }
  }

  /// The values of all windows of a run that ended at `end`.
  mutating func windowedMeasures(at end: Instant) -> [WindowedMeasure] {
    for index in model.windows.indices { closeWindow(index, end) }
    var found: [Int: MetricWindows] = [:]
    for route in routeRecords.indices {
      for kept in routeRecords[route].windows { found[kept.index] = kept }
    }
    for service in serviceRecords.indices {
      for kept in serviceRecords[service].windows { found[kept.index] = kept }
    }
    return model.windows.enumerated().map { index, request in
      guard let kept = found[index] else {
        return WindowedMeasure(request: request, unit: .count, values: [])
      }
      return WindowedMeasure(
        request: request, unit: kept.unit, values: kept.values(from: warmUpEnd, to: end))
    }
  }
}
