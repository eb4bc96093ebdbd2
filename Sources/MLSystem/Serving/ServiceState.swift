import Quantities
import Randomness

/// A service as it runs: its plan in the form that the handlers of events read.
struct ServiceState {
  enum Kind: UInt8 {
    case model, llm, lookup
  }

  let kind: Kind
  /// Nanoseconds of a batch: `fixed + perItem · items`, or drawn from `time`.
  var fixed: Int64 = 0
  var perItem: Int64 = 0
  /// The time of a batch, or the latency of a lookup, in seconds; nil where it is affine.
  var time: Sampler?
  var maximumRequests: Int32 = 1
  var maximumItems: Int64 = .max
  var delay = Duration.zero
  /// What an LLM request spends before the engine.
  var frontEnd = Duration.zero
  var bucket: TokenBucket?

  let sharesQueue: Bool
  let queueLimit: Int32
  let shedsByDeadline: Bool
  /// Classes of its waiting lines.
  let classes: Int
  /// Index of the model served, -1 for none.
  let model: Int
  /// Whether a lookup refuses every call, because it is down.
  var isDown = false
  /// Whether it was said that its pool has no room.
  var isShort = false
  /// The replicas ever made, by slot.
  var slots: [UInt32] = []
  /// Streams of draws by traffic stream: service times and latencies.
  let draws: [CounterStream]
  /// Streams of draws by traffic stream for the balancer.
  let balancing: [CounterStream]
  /// Streams of draws by traffic stream for the errors of a bad version.
  let errors: [CounterStream]

  /// The running form of `service`; `classes` is the number of priorities in the model.
  init(_ service: Service, of model: SystemModel, classes: Int, streams: StreamFamily) {
    switch service.kind {
    case .model(let plan):
      kind = .model
      maximumRequests = Int32(clamping: max(1, plan.maximumRequests))
      maximumItems = Int64(plan.maximumItems)
      delay = plan.delay
      switch plan.time {
      case .affine(let fixed, let perItem):
        self.fixed = fixed.nanoseconds
        self.perItem = perItem.nanoseconds
      case .random(let distribution): time = Sampler(distribution)
      }
    case .llm(let plan):
      kind = .llm
      frontEnd = plan.frontEnd
    case .lookup(let plan):
      kind = .lookup
      time = Sampler(plan.latency)
      bucket = plan.limit.map { TokenBucket(rate: $0) }
    }
    sharesQueue = service.balancer == .sharedQueue && kind == .model
    queueLimit = Int32(clamping: service.queue.limit ?? Int(Int32.max))
    shedsByDeadline = service.queue.shedsByDeadline
    self.classes = service.queue.order == .priority ? classes : 1
    self.model = service.model ?? -1
    func counters(_ purpose: String) -> [CounterStream] {
      model.traffic.map { streams.counter("\(purpose) \(service.name) of \($0.name)") }
    }
    draws = counters("service")
    balancing = counters("balancer")
    errors = counters("errors")
  }
}

extension RequestSlot {
  /// The first draw number of the request's current attempt and step.
  @inline(__always)
  var firstDraw: UInt32 { UInt32(attempt) << 16 | UInt32(step) << 6 }
}

extension Service {
  /// Whether it serves tokens.
  var isLLM: Bool {
    switch kind {
    case .llm: true
    case .model, .lookup: false
    }
  }
}

extension HorizontalAutoscaler {
  /// The autoscaler of a service, nil where it has none.
  init?(of service: Service) {
    guard let plan = service.autoscaler else { return nil }
    self.init(
      plan: plan, minimum: service.replicas.minimum, maximum: service.replicas.maximum)
  }
}
