import Quantities
import Randomness

/// Something that is made to happen to services, machines or prices at a time.
///
/// What happens to data is a `DataIncident`.
package struct SystemIncident: Sendable, Hashable {
  package var name: String
  package var at: Instant
  /// When it ends by itself; nil where only a repair ends it.
  package var last: Duration?
  /// Seconds from the response of the on-call until it is undone; nil where they cannot undo it.
  package var repair: Distribution?
  package var kind: Kind

  package enum Kind: Sendable, Hashable {
    /// Every replica, or every machine, is gone; a lookup refuses every call.
    case outage(Place)
    /// Everything takes so many times as long.
    case slowDown(Place, factor: Double)
    /// A share of the calls that are answered is answered with an error.
    case errors(Place, share: Double)
    /// A vendor or owner has switched a model off: whatever serves it answers with errors.
    case deprecation(model: Int)
    /// A share of the replicas or machines that there are is gone and not replaced.
    case capacityLoss(Place, share: Double)
    /// What is bought while it lasts costs so many times as much; commitments keep their price.
    case priceSpike(Place, factor: Double)

    package var place: Place {
      switch self {
      case .outage(let place), .slowDown(let place, _), .errors(let place, _),
        .capacityLoss(let place, _), .priceSpike(let place, _):
        place
      case .deprecation(let model): .model(model)
      }
    }
  }

  /// What is hit: indices into the model.
  package enum Place: Sendable, Hashable {
    case service(Int)
    case pool(Int)
    /// Everything of the pools that stands in a zone.
    case zone(Int)
    /// Whatever serves a model.
    case model(Int)
  }

  package init(
    name: String, at: Instant, last: Duration? = nil, repair: Distribution? = nil, kind: Kind
  ) {
    self.name = name
    self.at = at
    self.last = last
    self.repair = repair
    self.kind = kind
  }
}

extension SystemModel {
  /// The name of what an incident hits.
  package func name(of place: SystemIncident.Place) -> String {
    switch place {
    case .service(let index): services[index].name
    case .pool(let index): pools[index].name
    case .zone(let index): zones[index]
    case .model(let index): models[index].name
    }
  }

  /// The services of which an incident takes, slows or spoils something.
  func services(hitBy place: SystemIncident.Place) -> [Int] {
    services.indices.filter { index in
      switch place {
      case .service(let service): return service == index
      case .pool(let pool): return services[index].pool == pool
      case .model(let model): return services[index].model == model
      case .zone(let zone):
        guard let pool = services[index].pool else { return false }
        return pools[pool].zones.contains(zone)
      }
    }
  }
}

extension SystemModel {
  /// Whether an incident takes machines of a pool.
  func losesMachines(pool: Int) -> Bool {
    systemIncidents.contains { incident in
      switch incident.kind {
      case .outage(.pool(pool)), .capacityLoss(.pool(pool), _): true
      case .outage(.zone(let zone)): pools[pool].zones.contains(zone)
      case .outage, .slowDown, .errors, .deprecation, .capacityLoss, .priceSpike: false
      }
    }
  }
}

/// How far an incident is.
package enum IncidentStage: UInt8, BitwiseCopyable, Sendable {
  case begins
  /// It is over by itself.
  case ends
  /// The human who was called comes.
  case answered
  /// They have undone it.
  case mended
}
