import Quantities
import Statistics

/// A metric of a route or service that is kept by window of the run.
///
/// A request belongs to the window in which it arrived, a call to that in which it came.
struct MetricWindows {
  /// What is kept.
  enum Metric: String {
    case latency, ttft, tpot, wait
    case requests, availability, shed, failed, timeouts, retries, fallback, goodput, calls
    case busy, queue, replicas
  }

  /// Place among the requests of the model.
  let index: Int
  let metric: Metric
  private let width: Int64
  /// Code of the tenant or segment that is looked at, 0 for all.
  private let tenant: UInt16
  private let segment: UInt8
  var histograms: [LogHistogram] = []
  private var parts: [Double]
  private var wholes: [Double]

  /// Windows for a request whose metric is `metric` of the given tenant or segment.
  init(
    index: Int, metric: Metric, width: Duration, horizon: Duration, tenant: UInt16 = 0,
    segment: UInt8 = 0
  ) {
    self.index = index
    self.metric = metric
    self.width = max(1, width.nanoseconds)
    self.tenant = tenant
    self.segment = segment
    let count = Int((horizon.nanoseconds + self.width - 1) / self.width)
    parts = []
    wholes = []
    if isDistribution {
      histograms = Array(repeating: LogHistogram(), count: count)
    } else {
      parts = Array(repeating: 0, count: count)
      wholes = parts
    }
  }

  private var isDistribution: Bool {
    switch metric {
    case .latency, .ttft, .tpot, .wait: true
    case .requests, .availability, .shed, .failed, .timeouts, .retries, .fallback, .goodput, .calls,
      .busy, .queue, .replicas:
      false
    }
  }

  /// Whether a request is among those looked at.
  @inline(__always)
  func covers(_ slot: RequestSlot) -> Bool {
    (tenant == 0 || tenant == slot.tenant) && (segment == 0 || segment == slot.segment)
  }

  /// The place among the tallies of a route, all first, then tenants, then segments.
  func slice(tenants: Int) -> Int {
    if segment > 0 { return tenants + Int(segment) }
    return Int(tenant)
  }

  /// The window of an instant.
  func place(of instant: Instant) -> Int { Int(instant.nanoseconds / width) }

  /// Adds a time of something that came at `instant`.
  @inline(__always)
  mutating func add(_ nanoseconds: Int64, at instant: Instant) {
    let place = Int(instant.nanoseconds / width)
    if place < histograms.count { histograms[place].add(nanoseconds) }
  }

  /// Adds to the numerator and the denominator of the window of `instant`.
  @inline(__always)
  mutating func add(_ part: Double, over whole: Double, at instant: Instant) {
    let place = Int(instant.nanoseconds / width)
    if place < parts.count {
      parts[place] += part
      wholes[place] += whole
    }
  }

  /// The values of a run that counted from `start` to `end`.
  func values(from start: Instant, to end: Instant) -> [Measure.Value] {
    if isDistribution { return histograms.map { .times($0) } }
    return parts.indices.map { place in
      switch metric {
      case .requests, .goodput, .calls:
        // Counts over the counted seconds of the window.
        let from = max(Int64(place) * width, start.nanoseconds)
        let until = min(Int64(place + 1) * width, end.nanoseconds)
        return .over(parts[place], Double(max(0, until - from)) * 1e-9)
      default: return wholes[place] > 0 ? .ratio(parts[place], over: wholes[place]) : .missing
      }
    }
  }

  /// The unit of the metric.
  var unit: MetricUnit {
    switch metric {
    case .latency, .ttft, .tpot, .wait: .seconds
    case .requests, .goodput, .calls: .perSecond
    case .availability, .shed, .failed, .timeouts, .retries, .fallback, .busy: .share
    case .queue, .replicas: .count
    }
  }
}

extension RouteRecord {
  /// A counted request arrived.
  mutating func noteArrival(_ slot: RequestSlot) {
    for i in windows.indices where windows[i].covers(slot) {
      switch windows[i].metric {
      case .requests: windows[i].add(1, over: 0, at: slot.arrival)
      case .retries, .fallback: windows[i].add(0, over: 1, at: slot.arrival)
      default: break
      }
    }
  }

  /// A counted request was served.
  mutating func noteServed(_ slot: RequestSlot, _ end: RequestEnd) {
    for i in windows.indices where windows[i].covers(slot) {
      switch windows[i].metric {
      case .latency: windows[i].add(end.latency.nanoseconds, at: slot.arrival)
      case .ttft:
        if let first = end.firstToken { windows[i].add(first.nanoseconds, at: slot.arrival) }
      case .tpot:
        if let time = end.perToken { windows[i].add(time.nanoseconds, at: slot.arrival) }
      case .availability: windows[i].add(1, over: 1, at: slot.arrival)
      case .shed, .failed, .timeouts: windows[i].add(0, over: 1, at: slot.arrival)
      case .goodput: windows[i].add(end.isGood ? 1 : 0, over: 0, at: slot.arrival)
      default: break
      }
    }
  }

  /// A counted request was shed or has failed.
  mutating func noteFailed(_ slot: RequestSlot, _ reason: FailureReason, hasFallback: Bool) {
    for i in windows.indices where windows[i].covers(slot) {
      switch windows[i].metric {
      case .availability: windows[i].add(0, over: 1, at: slot.arrival)
      case .shed: windows[i].add(reason.isShed ? 1 : 0, over: 1, at: slot.arrival)
      case .failed: windows[i].add(reason.isShed ? 0 : 1, over: 1, at: slot.arrival)
      case .timeouts: windows[i].add(reason == .timedOut ? 1 : 0, over: 1, at: slot.arrival)
      case .fallback: windows[i].add(hasFallback ? 1 : 0, over: 0, at: slot.arrival)
      default: break
      }
    }
  }

  /// A counted request is tried again.
  mutating func noteRetry(_ slot: RequestSlot) {
    for i in windows.indices where windows[i].covers(slot) && windows[i].metric == .retries {
      windows[i].add(1, over: 0, at: slot.arrival)
    }
  }
}

extension ServiceRecord {
  /// A call of a counted request has come to `stage` after so long.
  @inline(__always)
  mutating func noteTime(
    _ metric: MetricWindows.Metric, _ nanoseconds: Int64, _ slot: RequestSlot
  ) {
    for i in windows.indices where windows[i].metric == metric {
      windows[i].add(nanoseconds, at: slot.entered)
    }
  }

  /// A counted call comes.
  mutating func noteCall(_ slot: RequestSlot) {
    for i in windows.indices where windows[i].metric == .calls {
      windows[i].add(1, over: 0, at: slot.entered)
    }
  }

  /// The window `index` of the model's requests ends at `now`: its levels are read.
  mutating func closeWindow(_ index: Int, at now: Instant) {
    for i in windows.indices where windows[i].index == index {
      let last = levels[i]
      let reading = LevelReading(self, at: now)
      levels[i] = reading
      let inside = Instant(nanoseconds: max(0, now.nanoseconds - 1))
      let span = Double((now - last.at).nanoseconds)
      switch windows[i].metric {
      case .busy:
        windows[i].add(
          Double(wide: reading.busy - last.busy), over: Double(wide: reading.ready - last.ready),
          at: inside)
      case .queue:
        windows[i].add(Double(wide: reading.waiting - last.waiting), over: span, at: inside)
      case .replicas:
        windows[i].add(Double(wide: reading.ready - last.ready), over: span, at: inside)
      case .availability:
        windows[i].add(
          Double(wide: reading.ready - last.ready),
          over: Double(wide: reading.wanted - last.wanted),
          at: inside)
      default: break
      }
    }
  }
}

/// Areas under the levels of a service at an instant.
struct LevelReading {
  var at = Instant.start
  var waiting: Int128 = 0
  var busy: Int128 = 0
  var ready: Int128 = 0
  var wanted: Int128 = 0

  init() {}

  init(_ record: ServiceRecord, at now: Instant) {
    at = now
    waiting = record.waiting.area(at: now)
    busy = record.busy.area(at: now)
    ready = record.ready.area(at: now)
    wanted = record.wanted.area(at: now)
  }
}
