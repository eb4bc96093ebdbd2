import Quantities
import Randomness

extension SystemModel {
  /// Requests that are expected over the run.
  package var requestsAhead: Double {
    traffic.reduce(0) { sum, stream in
      if case .trace = stream.arrivals { return sum }
      var clock = RateClock(stream.rate, weekOffset: weekOffset, end: .start + horizon)
      return sum + clock.area(upTo: .start + horizon)
    }
  }

  /// Why requests cannot be a fluid here; nil where they can.
  package var flowRefusal: FlowRefusal? {
    for stream in traffic {
      if case .trace = stream.arrivals {
        return FlowRefusal(
          subject: stream.name, reason: "it replays a trace, whose every request is known")
      }
    }
    let priorities = Set(traffic.flatMap(\.priorities))
    for service in services where service.queue.order == .priority && priorities.count > 1 {
      return FlowRefusal(
        subject: service.name, reason: "its line prefers some requests to others")
    }
    for route in routes where route.retries.maximum > 0 && route.retries.budget >= 1 {
      let limits = route.steps.contains { services[$0].queue.limit != nil }
      if limits, route.retries.maximum > 3 {
        return FlowRefusal(
          subject: route.name,
          reason: "more than three retries without a budget against a queue limit make storms")
      }
    }
    return nil
  }
}

/// Why a system cannot be run as flow.
package struct FlowRefusal: Error, Sendable, Hashable {
  /// The stream, service or route that stands against it.
  package var subject: String
  package var reason: String

  package init(subject: String, reason: String) {
    self.subject = subject
    self.reason = reason
  }
}
