import Quantities
import Randomness

extension SystemModel {
  /// Simulates one replication at a fidelity.
  ///
  /// - Parameters:
  ///   - surfaces: where responses of services are measured and kept; replications and variants
  ///     that share it share what was measured, and give the same bytes as if they did not.
  ///   - hasEpisodes: whether stretches in which the fluid is not to be trusted are simulated
  ///     request by request.
  package func simulate(
    seed: UInt64, replication: Int, fidelity: Fidelity, surfaces: SurfaceStore,
    hasEpisodes: Bool = true, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunRecord {
    switch fidelity {
    case .requests:
      return try simulate(seed: seed, replication: replication, isCancelled: isCancelled)
    case .flow:
      let curves: FluidPlane.CurveSource = { [self] service, timeFactor, replicas in
        let spec = surfaceSpec(of: service, timeFactor: timeFactor)
        let surface = try surfaces.surface(spec, replicas: replicas, isCancelled: isCancelled)
        return FluidCurve(surface, members: membersByRoute(of: service))
      }
      func run(_ episodes: [Episode]) throws -> RunRecord {
        try simulateFlow(
          seed: seed, replication: replication, episodes: episodes, isCancelled: isCancelled,
          curves: curves)
      }
      // The first run finds the stretches in which the fluid is not to be trusted.
      let first = try run([])
      return first.doubtful.isEmpty || !hasEpisodes ? first : try run(first.doubtful)
    }
  }

  /// By route: which members of a service's spec come by it, with their rates; empty where all do.
  private func membersByRoute(of service: Int) -> [[(member: Int, weight: Double)]] {
    let streams = surfaceStreams(of: service)
    if Set(streams.map { traffic[$0].route }).count < 2 { return [] }
    return routes.indices.map { route in
      streams.enumerated().compactMap { member, stream in
        traffic[stream].route == route ? (member, traffic[stream].rate.meanAtStart) : nil
      }
    }
  }
}

extension FluidCurve {
  /// The tables of a measured surface.
  convenience init(_ surface: ResponseSurface, members: [[(member: Int, weight: Double)]]) {
    self.init(
      capacity: surface.capacity, serving: surface.serving, dispersion: surface.dispersion,
      topLoad: surface.topLoad,
      Response(
        number: surface.number(at:), busy: surface.busy(at:), dropped: surface.dropped(at:),
        noise: surface.noise(at:), waiting: surface.waiting(at:), batch: surface.batch(at:)),
      law: { load, route in
        CallLaw(members, route) { surface.law(at: load, $0, member: $1) }
      },
      saturated: { route in
        CallLaw(members, route) { surface.saturated.law($0, $1) }
      },
      errors: CurveErrors(capacity: surface.capacityError, laws: surface.nodeError(at:)))
  }
}

extension CallLaw {
  /// The laws of a call of the requests of one route, or of all, from those of the members.
  init(
    _ members: [[(member: Int, weight: Double)]], _ route: Int?,
    _ law: (LawQuantity, Int?) -> LatencyLaw?
  ) {
    func spectrum(_ quantity: LawQuantity) -> Spectrum? {
      guard let route, route < members.count, !members[route].isEmpty else {
        return law(quantity, nil).map(Spectrum.init)
      }
      let whole = members[route].reduce(0) { $0 + $1.weight }
      var sum: Spectrum?
      for (member, weight) in members[route] {
        guard let own = law(quantity, member) else { return nil }
        let share = whole > 0 ? weight / whole : 1 / Double(members[route].count)
        Spectrum.add(Spectrum(own), share, to: &sum)
      }
      return sum
    }
    self.init(
      latency: spectrum(.latency) ?? Spectrum(constant: 0), firstToken: spectrum(.firstToken),
      perToken: spectrum(.perToken), wait: spectrum(.wait))
  }
}

extension Spectrum {
  /// A measured law.
  init(_ law: LatencyLaw) {
    self.init(quantiles: law.quantiles.map { $0 * 1e-9 }, levels: LatencyLaw.levels)
  }
}
