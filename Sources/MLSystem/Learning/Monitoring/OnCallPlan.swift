import Quantities
import Randomness

/// Who answers alarms, when, how fast, and what their time costs.
package struct OnCallPlan: Sendable, Hashable {
  /// Seconds from an alarm, or from the next working hour, to the response.
  package var responds: Distribution
  /// When alarms are answered; others wait.
  package var hours: BusinessHours
  /// Money of one alarm that a human looks at; nil for unknown, zero for free.
  package var price: Money?

  /// A quarter of an hour around the clock, free of charge.
  package static let standard = OnCallPlan(responds: .constant(900))

  package init(responds: Distribution, hours: BusinessHours = .always, price: Money? = .zero) {
    self.responds = responds
    self.hours = hours
    self.price = price
  }

  /// When a human responds to an alarm at `now` of a run that began at `start`.
  func response(to now: Instant, start: CalendarInstant, _ draws: inout CounterDraws) -> Instant {
    let wait = max(0, Sampler(responds).sample(&draws))
    return hours.next(from: now, start: start) + .seconds(wait)
  }
}

/// Work on a model that is paid by the piece: alarms looked at, diagnoses, remedies, ratings.
package struct PaidWork: Sendable, Hashable {
  package var kind: Kind
  package var model: Int
  /// Who or what is paid for, in the ledger.
  package var resource: String
  /// What it is for, such as `monitoring/ranker`.
  package var category: String
  /// What is counted, such as `alarm`.
  package var unit: String
  /// Price of one; nil for unknown.
  package var price: Money?
  /// Where the price is written.
  package var row: String

  package enum Kind: Sendable, Hashable {
    case alarms
    /// Ratings of a monitor, by its number.
    case ratings(monitor: Int)
    case diagnoses, recalibrations, repairs, relabelled
  }
}

extension SystemModel {
  /// The work on models that has a price, or one that is unknown, in an order of the model alone.
  package var paidWork: [PaidWork] {
    var all: [PaidWork] = []
    for (index, model) in models.enumerated() {
      let calls = model.monitors.contains { $0.routing == .onCall }
      if calls && onCall.price != .zero {
        all.append(
          PaidWork(
            kind: .alarms, model: index, resource: "on-call",
            category: "monitoring/\(model.name)", unit: "alarm", price: onCall.price,
            row: "onCall"))
      }
      for (number, monitor) in model.monitors.enumerated() {
        guard case .ratings(let test) = monitor.kind, test.price != .zero else { continue }
        all.append(
          PaidWork(
            kind: .ratings(monitor: number), model: index, resource: monitor.name,
            category: "monitoring/\(model.name)", unit: "rating", price: test.price,
            row: "models.\(model.name).monitors"))
      }
    }
    for (index, model) in models.enumerated() {
      guard let plan = model.diagnosis else { continue }
      let pieces: [(PaidWork.Kind, String, String, Money?)] = [
        (.diagnoses, "diagnosis", "diagnosis", plan.price),
        (.recalibrations, "recalibration", "recalibration", plan.recalibrate.price),
        (.repairs, "repair", "repair", plan.repair.price),
        (.relabelled, "relabelling", "label", plan.relabel.price),
      ]
      for (kind, resource, unit, price) in pieces where price != .zero {
        all.append(
          PaidWork(
            kind: kind, model: index, resource: resource, category: "diagnosis/\(model.name)",
            unit: unit, price: price, row: "models.\(model.name).diagnosis"))
      }
    }
    return all
  }
}

extension LearningPlane {
  /// How much of some paid work was done so far.
  package func done(_ work: PaidWork) -> Int64 {
    switch work.kind {
    case .alarms: models[work.model].response.answered
    case .ratings(let monitor): models[work.model].monitors[monitor].ratings
    case .diagnoses: models[work.model].diagnosis.diagnoses
    case .recalibrations: models[work.model].diagnosis.recalibrations
    case .repairs: models[work.model].diagnosis.repairs
    case .relabelled: models[work.model].diagnosis.relabelled
    }
  }
}

/// The human response to the alarms of a model.
struct ResponseState: Sendable {
  /// When the human who was called acts; nil while nobody is called.
  var due: Instant?
  /// When somebody was called last.
  var called: Instant?
  /// The training that triggers asked for.
  var asked: TrainingKind?
  /// Calls so far, and those that were answered.
  var calls: UInt64 = 0
  var answered: Int64 = 0
  var draws: CounterStream
}
