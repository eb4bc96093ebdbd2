import Quantities
import Randomness

/// One stream of requests: who asks, how often, how much.
package struct TrafficStream: Sendable {
  package var name: String
  /// Index of the route that its requests take.
  package var route: Int
  package var arrivals: ArrivalProcess
  /// Requests per second over the run; ignored by a trace.
  package var rate: RateProfile
  package var size: RequestSize
  /// Dimensions of a request; the shares of each list add to 1, and an empty list is no dimension.
  package var segments: [Share]
  package var tenants: [Share]
  /// Priority by tenant index, 0 first served; one entry when there are no tenants.
  package var priorities: [UInt8]

  package init(
    name: String, route: Int, arrivals: ArrivalProcess, rate: RateProfile, size: RequestSize,
    segments: [Share] = [], tenants: [Share] = [], priorities: [UInt8] = [0]
  ) {
    self.name = name
    self.route = route
    self.arrivals = arrivals
    self.rate = rate
    self.size = size
    self.segments = segments
    self.tenants = tenants
    self.priorities = priorities
  }
}

/// A named part of a whole.
package struct Share: Sendable, Hashable {
  package var name: String
  package var share: Double

  package init(name: String, share: Double) {
    self.name = name
    self.share = share
  }
}

/// What a request brings: items to score, or tokens.
package struct RequestSize: Sendable, Hashable {
  /// Items to score, at least 1.
  package var items: Distribution
  /// Prompt tokens; nil where no LLM is asked.
  package var prompt: Distribution?
  /// Output tokens, at least 1.
  package var output: Distribution?

  package init(
    items: Distribution = .constant(1), prompt: Distribution? = nil, output: Distribution? = nil
  ) {
    self.items = items
    self.prompt = prompt
    self.output = output
  }
}

/// How the gaps between requests fall around the rate.
package enum ArrivalProcess: Sendable {
  case poisson
  /// Independent gaps of the given coefficient of variation.
  case renewal(cv: Double, family: RenewalFamily)
  /// Recorded arrivals.
  case trace(TraceReplay)
}

/// The law of the gaps of a renewal process.
package enum RenewalFamily: Sendable, Hashable, CaseIterable {
  case gamma, weibull, lognormal
}

/// Requests per second as a function of time: a level, a weekly shape, growth, steps and surges.
package struct RateProfile: Sendable, Hashable {
  /// Requests per second at multiplier 1.
  package var base: Double
  /// Multipliers of the 168 hours of a week from Monday 00:00 UTC; empty for a constant rate.
  package var hourOfWeek: [Double]
  /// Share gained per calendar month of 365.25/12 days, compounded: 0.08 is 8 % a month.
  package var growthPerMonth: Double
  /// Multipliers that hold from their instant on, in order of time.
  package var steps: [RateStep]
  package var surges: [Surge]

  package init(
    base: Double, hourOfWeek: [Double] = [], growthPerMonth: Double = 0, steps: [RateStep] = [],
    surges: [Surge] = []
  ) {
    self.base = base
    self.hourOfWeek = hourOfWeek
    self.growthPerMonth = growthPerMonth
    self.steps = steps
    self.surges = surges
  }

  /// The mean over a week of the shape, before growth, steps and surges.
  var meanAtStart: Double {
    hourOfWeek.isEmpty ? base : base * hourOfWeek.reduce(0, +) / Double(hourOfWeek.count)
  }
}

/// From `at` on the rate is multiplied by `factor`, until the next step.
package struct RateStep: Sendable, Hashable {
  package var at: Instant
  package var factor: Double

  package init(at: Instant, factor: Double) {
    self.at = at
    self.factor = factor
  }
}

/// A flash crowd: the rate rises linearly to `factor` within `ramp`, holds for `last`, falls within
/// `ramp`.
package struct Surge: Sendable, Hashable {
  package var at: Instant
  package var ramp: Duration
  package var last: Duration
  package var factor: Double

  package init(at: Instant, ramp: Duration, last: Duration, factor: Double) {
    self.at = at
    self.ramp = ramp
    self.last = last
    self.factor = factor
  }
}
