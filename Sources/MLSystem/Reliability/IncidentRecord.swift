import Quantities

/// What an incident was, who saw it when, when it was over, and whom it hurt.
package struct IncidentRecord: Sendable, Hashable {
  package var name: String
  /// What happened, such as `outage` or `slow-down`.
  package var cause: String
  /// The service, pool, zone, source, model or task that it happened to.
  package var subject: String
  package var start: Instant
  /// When an alert first spoke of it, and which; nil where none did.
  package var noticed: Instant?
  package var noticedBy: String?
  /// When the human who was called came.
  package var answered: Instant?
  /// When it was over or undone; nil where it lasted to the end of the run.
  package var ended: Instant?
  /// When those whom it hurt were served as before; nil where they were not by the end of the run.
  package var recovered: Instant?
  /// Requests from its start to the recovery, above what was usual before, that were not served or
  /// not as promised.
  package var hurt: Double = 0
  /// Requests of these that were answered by nobody but the fallback.
  package var fallback: Double = 0
  /// What it cost: dearer purchases, and answers that were not given and would have been worth
  /// something; nil where nothing says what an answer is worth.
  package var lost: Double?

  package init(name: String, cause: String, subject: String, start: Instant) {
    self.name = name
    self.cause = cause
    self.subject = subject
    self.start = start
  }
}

extension IncidentRecord {
  /// Its measures, with what of it is known.
  func measures(hurt: Double?, lost: Double?, recovered: Instant?) -> [Measure] {
    func since(_ instant: Instant?) -> Double? { instant.map { ($0 - start).seconds } }
    let all: [(String, MetricUnit, Double?)] = [
      ("hurt", .count, hurt), ("lost", .dollars, lost),
      ("time-to-notice", .seconds, since(noticed)), ("time-to-end", .seconds, since(ended)),
      ("time-to-recover", .seconds, since(recovered)),
    ]
    return all.map { metric, unit, value in
      Measure(
        MetricName(name, metric), unit: unit, value: value.map { .scalar($0) } ?? .missing)
    }
  }
}

extension SystemIncident.Kind {
  /// The word for what happened, as scenarios write it.
  package var cause: String {
    switch self {
    case .outage: "outage"
    case .slowDown: "slow-down"
    case .errors: "errors"
    case .deprecation: "deprecation"
    case .capacityLoss: "capacity-loss"
    case .priceSpike: "price-spike"
    }
  }
}
