import Randomness

/// The latency laws that the requests of a run meet, each with a number of its own.
///
/// A tick only finds the number; a law is worked out when a report window that contains it is
/// folded, and kept. Loads are told apart by 0.02 of -ln(1 - ρ), waits by a 32nd of an octave.
package struct LawBook {
  /// The number of a law in its book.
  package struct ID: Hashable, Sendable, Comparable {
    let index: Int32

    package static func < (a: ID, b: ID) -> Bool { a.index < b.index }
  }

  private enum Key: Hashable {
    case load(surface: Int32, bin: Int32, member: Int32)
    case backlog(surface: Int32, wait: Int32, deviation: Int32, member: Int32)
    case fixed(Int32)
    case series(ID, ID)
    case later(ID, wait: Int32)
  }

  private var keys: [Key] = []
  private var ids: [Key: ID] = [:]
  private var surfaces: [ResponseSurface] = []
  private var places: [ObjectIdentifier: Int32] = [:]
  private var fixed: [LatencyLaw] = []
  /// By number, then by `LawQuantity`.
  private var laws: [[Kept?]] = []

  private struct Kept {
    var law: LatencyLaw?
    var steps: [LatencyLaw.Step]
  }

  /// An empty book.
  package init() {}

  /// How many laws there are.
  package var count: Int { keys.count }

  // MARK: Finding numbers

  /// The law of a service at a load up to its surface's top; `member` is nil for all requests.
  package mutating func law(
    of surface: ResponseSurface, at load: Double, member: Int? = nil
  ) -> ID {
    let depth = -PortableMath.log1p(-min(max(load, 0), surface.topLoad))
    let bin = Int32(depth / Self.depthStep)
    return id(.load(surface: place(surface), bin: bin, member: Int32(member ?? -1)))
  }

  /// The law of a service whose replicas have a backlog: a wait in seconds, normal with the given
  /// deviation, then the saturated service.
  package mutating func law(
    of surface: ResponseSurface, wait: Double, deviation: Double, member: Int? = nil
  ) -> ID {
    id(
      .backlog(
        surface: place(surface), wait: Self.bin(wait), deviation: Self.bin(deviation),
        member: Int32(member ?? -1)))
  }

  /// A law that is always the same, such as that of a lookup; it gets a new number every time.
  package mutating func law(_ law: LatencyLaw) -> ID {
    fixed.append(law)
    return id(.fixed(Int32(fixed.count - 1)))
  }

  /// The law of one step after another.
  package mutating func series(_ first: ID, _ second: ID) -> ID { id(.series(first, second)) }

  /// A law after a fixed wait in seconds, such as that of a retry after its back-off.
  package mutating func later(_ law: ID, by seconds: Double) -> ID {
    seconds > 0 ? id(.later(law, wait: Self.bin(seconds))) : law
  }

  private static let depthStep = 0.02
  private static let waitSteps = 32.0

  /// The bin of a time in seconds; 0 is for less than a tenth of a microsecond.
  private static func bin(_ seconds: Double) -> Int32 {
    seconds > 1e-7 ? Int32(PortableMath.log2(seconds / 1e-7) * waitSteps) + 1 : 0
  }

  /// The time in nanoseconds that a bin stands for.
  private static func time(_ bin: Int32) -> Double {
    bin == 0 ? 0 : 100 * PortableMath.pow(2, (Double(bin) - 0.5) / waitSteps)
  }

  private mutating func place(_ surface: ResponseSurface) -> Int32 {
    if let known = places[ObjectIdentifier(surface)] { return known }
    surfaces.append(surface)
    places[ObjectIdentifier(surface)] = Int32(surfaces.count - 1)
    return Int32(surfaces.count - 1)
  }

  private mutating func id(_ key: Key) -> ID {
    if let known = ids[key] { return known }
    let new = ID(index: Int32(keys.count))
    keys.append(key)
    laws.append(LawQuantity.allCases.map { _ in nil })
    ids[key] = new
    return new
  }

  // MARK: Reading laws

  /// A law by its number; nil where the service has no such quantity.
  package mutating func law(_ id: ID, _ quantity: LawQuantity = .latency) -> LatencyLaw? {
    kept(id, quantity).law
  }

  /// A law as values with the shares at or below them.
  mutating func steps(_ id: ID, _ quantity: LawQuantity) -> [LatencyLaw.Step] {
    kept(id, quantity).steps
  }

  private mutating func kept(_ id: ID, _ quantity: LawQuantity) -> Kept {
    if let known = laws[Int(id.index)][quantity.rawValue] { return known }
    let law = make(keys[Int(id.index)], quantity)
    let new = Kept(law: law, steps: law?.steps ?? [])
    laws[Int(id.index)][quantity.rawValue] = new
    return new
  }

  private mutating func make(_ key: Key, _ quantity: LawQuantity) -> LatencyLaw? {
    switch key {
    case .load(let surface, let bin, let member):
      let depth = (Double(bin) + 0.5) * Self.depthStep
      return surfaces[Int(surface)].law(
        at: -PortableMath.expm1(-depth), quantity, member: member < 0 ? nil : Int(member))
    case .backlog(let surface, let wait, let deviation, let member):
      let law = surfaces[Int(surface)].saturated.law(quantity, member < 0 ? nil : Int(member))
      // Tokens follow each other alike, however long the request has waited for the first.
      if quantity == .perToken { return law }
      return law?.after(wait: Self.time(wait), deviation: Self.time(deviation))
    case .fixed(let index): return quantity == .latency ? fixed[Int(index)] : nil
    case .later(let law, let wait):
      if quantity == .perToken || quantity == .wait { return self.law(law, quantity) }
      return self.law(law, quantity)?.shifted(by: Self.time(wait))
    case .series(let first, let second): return series(first, second, quantity)
    }
  }

  private mutating func series(_ first: ID, _ second: ID, _ quantity: LawQuantity) -> LatencyLaw? {
    switch quantity {
    case .latency, .wait:
      guard let before = law(first, quantity), let after = law(second, quantity) else { return nil }
      return before.convolved(with: after)
    case .firstToken:
      // The first token is that of the first step that makes any.
      if let token = law(first, .firstToken) { return token }
      guard let before = law(first), let token = law(second, .firstToken) else { return nil }
      return before.convolved(with: token)
    case .perToken: return law(first, .perToken) ?? law(second, .perToken)
    }
  }
}
