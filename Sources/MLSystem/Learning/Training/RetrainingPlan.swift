import Quantities
import Randomness

/// When a model is trained anew.
package struct RetrainingPlan: Sendable, Hashable {
  /// Time between scheduled trainings; nil for none.
  package var every: Duration?
  /// Whether an alarm of a monitor starts one.
  package var onAlarm: Bool
  /// No training starts within this time of the last.
  package var cooldown: Duration
  /// What a training does that the schedule or an alarm starts.
  package var train: TrainingKind
  /// What else starts one.
  package var triggers: [TrainingTrigger]
  /// Whether all triggers must have fired since the last training; otherwise any one is enough.
  package var needsAll: Bool

  package static let never = RetrainingPlan(every: nil, onAlarm: false, cooldown: .zero)

  package init(
    every: Duration?, onAlarm: Bool, cooldown: Duration, train: TrainingKind = .full,
    triggers: [TrainingTrigger] = [], needsAll: Bool = false
  ) {
    self.every = every
    self.onAlarm = onAlarm
    self.cooldown = cooldown
    self.train = train
    self.triggers = triggers
    self.needsAll = needsAll
  }

  /// Every trigger, the schedule and the alarm first.
  var allTriggers: [TrainingTrigger] {
    var all: [TrainingTrigger] = []
    if let every { all.append(TrainingTrigger(.schedule(every: every), train: train)) }
    if onAlarm { all.append(TrainingTrigger(.alarm, train: train)) }
    return all + triggers
  }
}

/// Something that starts a training.
package struct TrainingTrigger: Sendable, Hashable {
  package var rule: Rule
  package var train: TrainingKind

  package init(_ rule: Rule, train: TrainingKind = .full) {
    self.rule = rule
    self.train = train
  }

  package enum Rule: Sendable, Hashable {
    /// Again and again after a fixed time.
    case schedule(every: Duration)
    /// So many labels have arrived since the last training.
    case volume(labels: Double)
    /// Any verdict of a monitor that is an alarm.
    case alarm
    /// A monitor of quality has fired at every verdict for this long.
    case performance(lasting: Duration)
    /// A monitor of the features has fired at every verdict for this long.
    case drift(lasting: Duration)
    /// The value lost against a fresh model has reached the price of a training; see `RegretRule`.
    case costAware(RegretRule)
    /// At given instants.
    case at([Instant])
  }
}

/// The rule that trains when the regret of not having trained pays for it: ∫ V (ρ_fresh - ρ_now)
/// dt ≥ C.
///
/// ρ_fresh follows from the window in closed form (`WindowTraining`). After the accumulated-regret
/// triggers of Modyn (SIGMOD 2025) and CARA (arXiv 2310.04216).
package struct RegretRule: Sendable, Hashable {
  /// Price of a training, C, in dollars.
  package var price: Double
  /// Dollars per day of a whole unit of the cosine with the concept, V.
  package var worth: Double
  /// Whether ρ_now is inferred from the labels that arrive; otherwise from the model's age alone.
  package var usesLabels: Bool

  package init(price: Double, worth: Double, usesLabels: Bool) {
    self.price = price
    self.worth = worth
    self.usesLabels = usesLabels
  }
}

/// What a training does.
package enum TrainingKind: String, Sendable, Hashable, CaseIterable {
  /// From scratch on the whole window.
  case full
  /// From the serving version on the whole window, with a part of the steps.
  case warmStart = "warm-start"
  /// From the serving version on the labels that it has not seen; older ones fade.
  case incremental
}
