import Quantities
import Randomness

/// What is predicted: the world that moves, and when the truth about a prediction arrives.
///
/// The world is a unit vector (the concept) that labels depend on; see `World`.
package struct PredictionTask: Sendable {
  package var name: String
  /// Prevalence of the positive class.
  package var positives: Double
  /// AUC that a perfect learner could reach at the start.
  package var bestAUC: Double
  package var labels: LabelPlan
  package var drifts: [Drift]
  /// What answers are worth; nil where quality has no price.
  package var value: TaskValue?
  package var kind: TaskKind
  /// Parts of the requests with worlds of their own; empty where all are alike.
  package var segments: [TaskSegment]

  package init(
    name: String, positives: Double, bestAUC: Double, labels: LabelPlan, drifts: [Drift],
    value: TaskValue? = nil, kind: TaskKind = .classification,
    segments: [TaskSegment] = []
  ) {
    self.name = name
    self.positives = positives
    self.bestAUC = bestAUC
    self.labels = labels
    self.drifts = drifts
    self.value = value
    self.kind = kind
    self.segments = segments
  }
}

/// When labels arrive and how good they are.
package struct LabelPlan: Sendable, Hashable {
  /// Seconds from the prediction to its label.
  package var delay: Distribution
  /// Share of labels that are wrong.
  package var flipped: Double
  /// Share of requests that ever get a label.
  package var share: Double
  /// Price of one label; nil for unknown, zero for free.
  package var price: Money?
  /// Share of the labels that repeat what the model in service decided.
  package var ownDoing: Double
  /// Share of the refused whose label never comes; 1 where only the accepted get one.
  package var selected: Double
  /// The most labels that are paid for in a month, spent evenly; nil for no limit.
  package var budget: Double?

  /// Whether no label is left out, neither of the refused nor for want of money.
  var areAllMade: Bool { selected == 0 && budget == nil }

  package init(
    delay: Distribution, flipped: Double = 0, share: Double = 1, price: Money? = .zero,
    ownDoing: Double = 0, selected: Double = 0, budget: Double? = nil
  ) {
    self.delay = delay
    self.flipped = flipped
    self.share = share
    self.price = price
    self.ownDoing = ownDoing
    self.selected = selected
    self.budget = budget
  }
}

/// A part of a task's requests with a concept, a prevalence and a separability of its own.
package struct TaskSegment: Sendable, Hashable {
  package var name: String
  /// Share of the requests.
  package var share: Double
  /// Prevalence of the positive class.
  package var positives: Double
  /// AUC that a perfect learner of this segment alone could reach at the start.
  package var bestAUC: Double
  /// Cosine of its concept with the common one; its walk keeps near it.
  package var correlation: Double

  package init(
    name: String, share: Double, positives: Double, bestAUC: Double, correlation: Double
  ) {
    self.name = name
    self.share = share
    self.positives = positives
    self.bestAUC = bestAUC
    self.correlation = correlation
  }
}
