import Quantities

/// The waiting lines of all replicas and shared queues: linked through the request slots, so that a
/// request that gives up leaves from the middle at once, and a line takes no memory of its own.
struct WaitingLines: ~Copyable {
  /// One line; its classes have their ends at `base ..< base + classes`.
  struct Line: BitwiseCopyable {
    var base: UInt32
    /// Priority classes kept apart; 1 for order of arrival.
    var classes: UInt8
    /// Whether an event will look at the oldest request's wait.
    var hasDelayEvent = false
    var count: Int32 = 0
    var items: Int64 = 0
    /// Index of the service whose line it is, and of the replica, or `RequestSlot.none` if shared.
    var service: UInt16
    var arm: UInt8
    var replica: UInt32
  }

  struct Ends: BitwiseCopyable {
    var head = RequestSlot.none
    var tail = RequestSlot.none
  }

  private var lines = Slab<Line>()
  private var ends = Slab<Ends>()

  subscript(line: UInt32) -> Line {
    @inline(__always)
    _read { yield lines[line] }
    @inline(__always)
    _modify { yield &lines[line] }
  }

  /// Makes a line and returns its index.
  mutating func make(service: UInt16, arm: UInt8, replica: UInt32, classes: Int) -> UInt32 {
    lines.append(
      Line(
        base: UInt32(ends.count), classes: UInt8(clamping: classes), service: service, arm: arm,
        replica: replica))
    for _ in 0..<classes { ends.append(Ends()) }
    return UInt32(lines.count - 1)
  }

  /// Puts a request at the end of its class.
  @inline(__always)
  mutating func append(_ request: UInt32, to line: UInt32, pool: inout RequestPool) {
    let place = end(of: request, line, pool)
    let tail = ends[place].tail
    pool[request].previous = tail
    pool[request].next = RequestSlot.none
    pool[request].holder = line
    pool[request].place = .waiting
    if tail == RequestSlot.none { ends[place].head = request } else { pool[tail].next = request }
    ends[place].tail = request
    lines[line].count &+= 1
    lines[line].items &+= Int64(pool[request].items)
  }

  /// Takes a request out, wherever it stands.
  @inline(__always)
  mutating func remove(_ request: UInt32, pool: inout RequestPool) {
    let line = pool[request].holder
    let place = end(of: request, line, pool)
    let next = pool[request].next
    let previous = pool[request].previous
    if previous == RequestSlot.none { ends[place].head = next } else { pool[previous].next = next }
    if next == RequestSlot.none {
      ends[place].tail = previous
    } else {
      pool[next].previous = previous
    }
    lines[line].count &-= 1
    lines[line].items &-= Int64(pool[request].items)
  }

  /// Who is served next, `RequestSlot.none` in an empty line.
  @inline(__always)
  func first(of line: UInt32) -> UInt32 {
    let base = lines[line].base
    if lines[line].classes == 1 { return ends[base].head }
    for i in 0..<UInt32(lines[line].classes) where ends[base + i].head != RequestSlot.none {
      return ends[base + i].head
    }
    return RequestSlot.none
  }

  /// When the request that waits longest came, `never` in an empty line.
  @inline(__always)
  func oldest(in line: UInt32, pool: borrowing RequestPool) -> Instant {
    var oldest = Instant.never
    let base = lines[line].base
    for i in 0..<UInt32(lines[line].classes) {
      let head = ends[base &+ i].head
      if head != RequestSlot.none { oldest = min(oldest, pool[head].entered) }
    }
    return oldest
  }

  @inline(__always)
  private func end(of request: UInt32, _ line: UInt32, _ pool: borrowing RequestPool) -> UInt32 {
    lines[line].base &+ UInt32(min(pool[request].priority, lines[line].classes &- 1))
  }
}
