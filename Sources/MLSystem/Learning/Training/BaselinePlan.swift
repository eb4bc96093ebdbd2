import Quantities

/// People who do a model's work: as the baseline it is held against, or as those who review it.
package struct PeoplePlan: Sendable, Hashable {
  /// How many work at the same time.
  package var staff: Int
  /// Reviews of one of them per hour.
  package var perHour: Double
  package var hours: BusinessHours
  /// Share of their decisions that are right.
  package var accuracy: Double
  /// Price of an hour of one of them, whether there is work or not; nil for unknown.
  package var wage: Money?
  /// Price of a review besides; nil for unknown.
  package var perReview: Money?

  package init(
    staff: Int, perHour: Double, hours: BusinessHours, accuracy: Double, wage: Money? = .zero,
    perReview: Money? = .zero
  ) {
    self.staff = staff
    self.perHour = perHour
    self.hours = hours
    self.accuracy = accuracy
    self.wage = wage
    self.perReview = perReview
  }
}

/// Which predictions go to people, and what happens when those cannot keep up.
package struct ReviewPlan: Sendable, Hashable {
  /// Index of the model that stands for the people.
  package var by: Int
  /// Share of the predictions.
  package var share: Double
  package var pick: Pick
  /// The most that may wait.
  package var limit: Int
  package var overflow: Overflow

  package enum Pick: String, Sendable, Hashable, CaseIterable {
    /// Those whose scores lie nearest to the threshold.
    case uncertain
    case random
  }

  package enum Overflow: String, Sendable, Hashable, CaseIterable {
    /// The model's own decision stands.
    case model
    /// Nobody decides.
    case drop
  }

  package init(by: Int, share: Double, pick: Pick, limit: Int, overflow: Overflow) {
    self.by = by
    self.share = share
    self.pick = pick
    self.limit = limit
    self.overflow = overflow
  }
}

/// A version that is judged beside the one in production before it takes its place: on the labels
/// of the same predictions, which it only mirrors.
package struct ChallengerPlan: Sendable, Hashable {
  /// Labels at which it is judged, once.
  package var labels: Double
  /// It takes over where it is better at this one-sided level, and is retired otherwise.
  package var confidence: Double
  /// Time between looks at the labels.
  package var every: Duration

  package init(labels: Double, confidence: Double, every: Duration) {
    self.labels = labels
    self.confidence = confidence
    self.every = every
  }
}
