/// The LLM fleets of a run, one for each LLM service.
///
/// Fleets own memory and are not copied, so that an array cannot hold them.
struct FleetTable: ~Copyable {
  private let base: UnsafeMutablePointer<LLMFleet>
  private let count: Int
  /// The fleet of each service, -1 for none.
  private let places: Table<Int>

  /// A fleet for every LLM service, with room for its first replicas; `classes` are the priorities
  /// that a service tells apart if it orders by them.
  init(_ services: [Service], classes: Int) {
    var places: [Int] = []
    var count = 0
    for service in services {
      places.append(service.isLLM ? count : -1)
      if service.isLLM { count += 1 }
    }
    base = .allocate(capacity: max(count, 1))
    for (service, place) in zip(services, places) {
      guard case .llm(var plan) = service.kind else { continue }
      if service.queue.order == .priority { plan.rules.priorityLevels = classes }
      (base + place).initialize(
        to: LLMFleet(plan: plan, replicas: max(1, service.replicas.initial)))
    }
    self.places = Table(places)
    self.count = count
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The fleet of a service, which is an LLM service.
  subscript(service: Int) -> LLMFleet {
    @inline(__always)
    _read { yield base[places[service]] }
    @inline(__always)
    nonmutating _modify { yield &base[places[service]] }
  }
}
