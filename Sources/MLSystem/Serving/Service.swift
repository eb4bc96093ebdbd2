import Pricing
import Quantities
import Randomness

/// What does the work of a step.
package struct Service: Sendable {
  package var name: String
  package var kind: ServiceKind
  /// Index of the hardware pool of its replicas; nil where it needs no machine of ours.
  package var pool: Int?
  package var replicas: ReplicaPolicy
  package var autoscaler: AutoscalerPlan?
  package var balancer: Balancer
  package var queue: QueuePolicy
  /// Random crashes of a replica; nil for none.
  package var failures: FailureLaw?
  /// Index of the model that it serves; nil for none.
  package var model: Int?
  /// What the service costs beside its machines.
  package var prices: [ServicePrice]

  package init(
    name: String, kind: ServiceKind, pool: Int? = nil, replicas: ReplicaPolicy,
    autoscaler: AutoscalerPlan? = nil, balancer: Balancer = .leastOutstanding,
    queue: QueuePolicy = QueuePolicy(), failures: FailureLaw? = nil, model: Int? = nil,
    prices: [ServicePrice] = []
  ) {
    self.name = name
    self.kind = kind
    self.pool = pool
    self.replicas = replicas
    self.autoscaler = autoscaler
    self.balancer = balancer
    self.queue = queue
    self.failures = failures
    self.model = model
    self.prices = prices
  }
}

/// The kinds of service.
package enum ServiceKind: Sendable, Hashable {
  /// Dynamic batching on replicas.
  case model(ModelServerPlan)
  /// Continuous batching on replicas.
  case llm(LLMServerPlan)
  /// An answer after a random latency, with a limit on the rate: feature store, vector store,
  /// guardrail.
  case lookup(LookupPlan)
}

/// A model server: each replica runs one batch at a time.
package struct ModelServerPlan: Sendable, Hashable {
  package var time: BatchTime
  /// A batch is started when it has this many requests.
  package var maximumRequests: Int
  /// A batch is started when it has this many items.
  package var maximumItems: Int
  package var delay: Duration

  package init(
    time: BatchTime, maximumRequests: Int = 1, maximumItems: Int = .max, delay: Duration = .zero
  ) {
    self.time = time
    self.maximumRequests = maximumRequests
    self.maximumItems = maximumItems
    self.delay = delay
  }
}

/// How long a batch takes.
package enum BatchTime: Sendable, Hashable {
  /// `fixed + perItem · items`.
  case affine(fixed: Duration, perItem: Duration)
  /// A random time in seconds for a batch, whatever its size.
  case random(Distribution)
}

/// An answer after a latency.
package struct LookupPlan: Sendable, Hashable {
  /// Seconds.
  package var latency: Distribution
  /// Calls per second above which calls are throttled (fail); nil for no limit.
  package var limit: Double?

  package init(latency: Distribution, limit: Double? = nil) {
    self.latency = latency
    self.limit = limit
  }
}

/// How many replicas, what one takes of a machine, how long it takes to serve.
package struct ReplicaPolicy: Sendable, Hashable {
  package var initial: Int
  package var minimum: Int
  package var maximum: Int
  /// Replicas that fit one instance of the pool; below 1, a replica needs several instances.
  package var perInstance: Double
  /// Seconds from instance running to serving: image, load, warm-up.
  package var ready: Distribution

  package init(
    initial: Int, minimum: Int, maximum: Int, perInstance: Double = 1,
    ready: Distribution = .constant(0)
  ) {
    self.initial = initial
    self.minimum = minimum
    self.maximum = maximum
    self.perInstance = perInstance
    self.ready = ready
  }
}

/// Which replica gets a request.
package enum Balancer: String, Sendable, Hashable, CaseIterable {
  case roundRobin = "round-robin"
  case random
  case leastOutstanding = "least-outstanding"
  case powerOfTwo = "power-of-two"
  /// One waiting line for all replicas; an idle one takes the next.
  case sharedQueue = "shared-queue"
}

/// What may wait and what is refused.
package struct QueuePolicy: Sendable, Hashable {
  /// Requests that may wait at one replica (in one line, under `sharedQueue`); nil for no limit.
  package var limit: Int?
  /// Drops a waiting request whose deadline has passed or can no longer be met.
  package var shedsByDeadline: Bool
  package var order: QueueOrder

  package init(limit: Int? = nil, shedsByDeadline: Bool = false, order: QueueOrder = .arrival) {
    self.limit = limit
    self.shedsByDeadline = shedsByDeadline
    self.order = order
  }
}

/// Who is served next.
package enum QueueOrder: String, Sendable, Hashable, CaseIterable {
  case arrival
  /// Lower priority number first, by arrival within a priority, never interrupting a batch.
  case priority
}

/// Random crashes of one replica and its restart.
package struct FailureLaw: Sendable, Hashable {
  /// Time from serving to the crash, seconds.
  package var timeToFailure: Distribution
  /// Time until the replica starts again (its start-up time comes on top), seconds.
  package var timeToRepair: Distribution

  package init(timeToFailure: Distribution, timeToRepair: Distribution) {
    self.timeToFailure = timeToFailure
    self.timeToRepair = timeToRepair
  }
}

/// A price of a service that is no machine's.
package struct ServicePrice: Sendable {
  package var basis: Basis
  package var quote: PriceQuote
  /// Growth of the price per month as a ratio, compounded at each turn of the month.
  package var growth: Double

  package enum Basis: Sendable, Hashable {
    case perMonth, perCall
  }

  package init(basis: Basis, quote: PriceQuote, growth: Double = 0) {
    self.basis = basis
    self.quote = quote
    self.growth = growth
  }
}
