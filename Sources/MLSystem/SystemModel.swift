import DiscreteEvents
import Pricing
import Quantities
import Randomness

/// Everything that one replication simulates: names resolved to indices, units to numbers, beliefs
/// drawn.
///
/// The scenario floor assembles it and nothing below checks it again. References between parts are
/// indices into the arrays of this value.
package struct SystemModel: Sendable {
  /// The calendar instant of simulated time 0.
  package var start: CalendarInstant
  /// How long the run lasts.
  package var horizon: Duration
  /// The stretch at the beginning that is simulated but not counted.
  package var warmUp: Duration
  package var traffic: [TrafficStream]
  /// What is counted without being simulated as requests.
  package var predictions: [PredictionStream]
  package var routes: [Route]
  package var services: [Service]
  package var pools: [HardwarePool]
  package var tasks: [PredictionTask]
  package var models: [ModelPlan]
  /// Sources of labels and features.
  package var data: [DataSource]
  /// What is made to happen to them.
  package var incidents: [DataIncident]
  /// What is made to happen to services, machines and prices.
  package var systemIncidents: [SystemIncident] = []
  /// Names of the zones in which pools have machines.
  package var zones: [String] = []
  /// Who answers alarms.
  package var onCall: OnCallPlan
  /// Index of the model that the others of its task are held against; nil for none.
  package var baseline: Int?
  /// Money for what is not simulated.
  package var costs: [OtherCost] = []
  package var objectives: [Objective]
  /// What thresholds need kept by window; nothing else is.
  package var windows: [WindowRequest]
  /// Bounds that end a run which would not end by itself.
  package var limits: RunLimits

  package init(
    start: CalendarInstant, horizon: Duration, warmUp: Duration = .zero,
    traffic: [TrafficStream], predictions: [PredictionStream] = [], routes: [Route],
    services: [Service], pools: [HardwarePool] = [],
    tasks: [PredictionTask] = [], models: [ModelPlan] = [],
    data: [DataSource] = [], incidents: [DataIncident] = [], onCall: OnCallPlan = .standard,
    objectives: [Objective] = [],
    windows: [WindowRequest] = [], limits: RunLimits
  ) {
    self.start = start
    self.horizon = horizon
    self.warmUp = warmUp
    self.traffic = traffic
    self.predictions = predictions
    self.routes = routes
    self.services = services
    self.pools = pools
    self.tasks = tasks
    self.models = models
    self.data = data
    self.incidents = incidents
    self.onCall = onCall
    self.objectives = objectives
    self.windows = windows
    self.limits = limits
  }
}

/// The way of a request: steps in series, what bounds it, what happens when it fails.
package struct Route: Sendable {
  package var name: String
  /// Indices of services, in order.
  package var steps: [Int]
  /// From arrival to the last answer; a request that is not done by then has failed.
  package var timeout: Duration?
  package var retries: RetryPolicy
  /// Index of a model that answers without a server when the route fails.
  package var fallback: Int?

  package init(
    name: String, steps: [Int], timeout: Duration? = nil, retries: RetryPolicy = .none,
    fallback: Int? = nil
  ) {
    self.name = name
    self.steps = steps
    self.timeout = timeout
    self.retries = retries
    self.fallback = fallback
  }
}

/// How often and when a failed attempt is tried again.
///
/// A retry is a new attempt of the same request.
package struct RetryPolicy: Sendable, Hashable {
  /// Attempts beyond the first.
  package var maximum: Int
  /// The wait before attempt k is `backoff · 2^(k-1)`.
  package var backoff: Duration
  /// Retries may be at most this share of the requests of the route; 1 for no limit.
  package var budget: Double

  package static let none = RetryPolicy(maximum: 0, backoff: .zero, budget: 1)

  package init(maximum: Int, backoff: Duration, budget: Double) {
    self.maximum = maximum
    self.backoff = backoff
    self.budget = budget
  }
}

/// Machines of one kind and how they are paid for.
package struct HardwarePool: Sendable {
  package var name: String
  /// Catalogue name of the instance, such as `aws/g6.xlarge`.
  package var instance: String
  package var region: String
  /// Accelerators of one instance; 0 on a CPU instance.
  package var accelerators: Int
  /// The most instances that may run at once; nil for no limit.
  package var quota: Int?
  /// From the request for an instance until it runs.
  package var provisioning: Distribution
  /// The purchase waterfall, first choice first.
  package var offers: [PurchaseOffer]
  /// How the time of a machine is counted on the bill.
  package var billing: BillingRule
  /// Indices of the zones over which its machines are spread; empty where they are not told apart.
  package var zones: [Int] = []

  package init(
    name: String, instance: String, region: String, accelerators: Int, quota: Int? = nil,
    provisioning: Distribution, offers: [PurchaseOffer], billing: BillingRule = .exact
  ) {
    self.name = name
    self.instance = instance
    self.region = region
    self.accelerators = accelerators
    self.quota = quota
    self.provisioning = provisioning
    self.offers = offers
    self.billing = billing
  }
}

/// Money for what is not simulated: a migration, seats, people.
package struct OtherCost: Sendable, Hashable {
  package var name: String
  /// Paid once at `at`, which may lie beyond the run.
  package var once: Money?
  package var at: Instant
  /// Per calendar month.
  package var perMonth: Money?

  package init(name: String, once: Money? = nil, at: Instant = .start, perMonth: Money? = nil) {
    self.name = name
    self.once = once
    self.at = at
    self.perMonth = perMonth
  }
}

/// A promise over the run: the share of good requests of a route.
package struct Objective: Sendable {
  package var name: String
  package var route: Int
  package var good: Good
  /// The share of requests that must be good, such as 0.99.
  package var target: Double

  package enum Good: Sendable {
    case answered
    case latencyBelow(Duration)
    case firstTokenBelow(Duration)
  }

  package init(name: String, route: Int, good: Good, target: Double) {
    self.name = name
    self.route = route
    self.good = good
    self.target = target
  }
}

/// A metric that must be kept by window, because a threshold asks for its worst window.
package struct WindowRequest: Sendable, Hashable {
  /// Canonical metric name without its statistic, as in `MetricName`: `ctr.latency`.
  package var metric: String
  package var window: Duration

  package init(metric: String, window: Duration) {
    self.metric = metric
    self.window = window
  }
}
