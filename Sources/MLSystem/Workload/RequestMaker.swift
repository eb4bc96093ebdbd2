import Randomness

/// Draws what a request of one stream brings: sizes and dimensions, from its number alone.
struct RequestMaker {
  private let sizes: CounterStream
  private let dimensions: CounterStream
  private let items: Draw
  private let prompt: Draw
  private let output: Draw
  private let segments: Choice<UInt8>
  private let tenants: Choice<UInt16>
  /// Priority class by index plus one of the tenant; entry 0 is for none.
  private let priorities: [UInt8]

  /// A size that is drawn, or known beforehand.
  private struct Draw {
    var constant: Int32
    var sampler: Sampler?

    init(_ distribution: Distribution?, least: Int32) {
      guard let distribution else {
        constant = least
        return
      }
      constant = 0
      if case .constant(let value) = distribution {
        constant = Draw.whole(value, least: least)
      } else {
        sampler = Sampler(distribution)
      }
    }

    static func whole(_ value: Double, least: Int32) -> Int32 {
      value < 0x1p30 ? max(least, value > 0 ? Int32(value + 0.5) : least) : 1 << 30
    }
  }

  /// A named part that is drawn with its share.
  private struct Choice<Code> {
    /// Upper ends of the shares as words; one less than there are parts.
    var bounds: [UInt64] = []
    /// Index plus one, in those of the route, of each part.
    var codes: [Code] = []

    init(_ shares: [Share], codes: [Code]) {
      self.codes = codes
      let total = shares.reduce(0) { $0 + $1.share }
      var sum = 0.0
      for share in shares.dropLast() {
        sum += share.share
        bounds.append(UInt64(min(sum / total * 0x1p63, 0x1p63 - 1)) * 2)
      }
    }

    func index(_ word: UInt64) -> Int {
      var index = 0
      while index < bounds.count && word >= bounds[index] { index += 1 }
      return index
    }
  }

  /// A maker for `stream`; `tenants` and `segments` are the codes of its parts on its route, and
  /// `classes` turns a priority into the class in which it waits.
  init(
    _ stream: TrafficStream, tenants: [UInt16], segments: [UInt8], classes: (UInt8) -> UInt8,
    streams: StreamFamily
  ) {
    sizes = streams.counter("size \(stream.name)")
    dimensions = streams.counter("dimensions \(stream.name)")
    items = Draw(stream.size.items, least: 1)
    prompt = Draw(stream.size.prompt, least: 0)
    output = Draw(stream.size.output, least: stream.size.output == nil ? 0 : 1)
    self.tenants = Choice(stream.tenants, codes: tenants)
    self.segments = Choice(stream.segments, codes: segments)
    let last = stream.priorities.last ?? 0
    let count = max(stream.tenants.count, 1)
    priorities = (0..<count).map {
      classes($0 < stream.priorities.count ? stream.priorities[$0] : last)
    }
  }

  /// Whether anything differs from request to request.
  var draws: Bool {
    let sizes = [items, prompt, output].contains { $0.sampler != nil }
    return sizes || !tenants.codes.isEmpty || !segments.codes.isEmpty
  }

  /// Fills in what the request `slot.number` brings; a trace's row brings its own sizes.
  ///
  /// It changes nothing here; a reading method would copy the maker.
  mutating func fill(_ slot: inout RequestSlot) {
    size(&slot)
    dimension(&slot)
  }

  private func size(_ slot: inout RequestSlot) {
    slot.items = draw(items, slot.number, 0, least: 1)
    slot.prompt = draw(prompt, slot.number, 1 << 14, least: 0)
    slot.output = draw(output, slot.number, 2 << 14, least: 1)
  }

  private func dimension(_ slot: inout RequestSlot) {
    slot.tenant = 0
    slot.segment = 0
    slot.priority = priorities[0]
    if tenants.codes.isEmpty && segments.codes.isEmpty { return }
    var draws = dimensions.draws(of: slot.number)
    let tenantWord = draws.next()
    let segmentWord = draws.next()
    if !tenants.codes.isEmpty {
      let index = tenants.index(tenantWord)
      slot.tenant = tenants.codes[index]
      slot.priority = priorities[index]
    }
    if !segments.codes.isEmpty { slot.segment = segments.codes[segments.index(segmentWord)] }
  }

  /// Each size has its own draw numbers, so that one law may change without moving the others.
  @inline(__always)
  private func draw(_ draw: Draw, _ number: UInt64, _ first: UInt32, least: Int32) -> Int32 {
    guard let sampler = draw.sampler else { return draw.constant }
    var draws = sizes.draws(of: number, from: first)
    return Draw.whole(sampler.sample(&draws), least: least)
  }
}

/// What the handler of an arrival reads of its stream.
struct StreamKind: BitwiseCopyable {
  /// A new request of the stream, with what all have alike.
  let template: RequestSlot
  /// Whether sizes or dimensions are drawn.
  let draws: Bool
  /// Whether sizes come from a trace.
  let isTrace: Bool

  /// The kind of stream number `stream`.
  init(_ stream: Int, _ maker: RequestMaker, isTrace: Bool) {
    var slot = RequestSlot()
    slot.stream = UInt16(stream)
    slot.place = .arriving
    var maker = maker
    maker.fill(&slot)
    template = slot
    draws = maker.draws
    self.isTrace = isTrace
  }
}
