import Quantities
import Randomness

/// A fault of some features of a model while it lasts, and when it began and was repaired.
struct FeatureFault: Sendable {
  /// Index of the incident that brought it.
  var incident: Int
  var features: FeatureShare
  var from: Instant
  var effect: Effect
  /// When it ended or was repaired; never while it lasts.
  var to = Instant.never

  enum Effect: Sendable, Hashable {
    /// A constant that many standard deviations from the mean.
    case constant(Double)
    case rescaled(scale: Double, shift: Double)
    case missing
    case unseen
    case skew(agreement: Double)
    case leakage(auc: Double)
  }

  func lasts(at now: Instant) -> Bool { from <= now && now < to }

  /// Share of a stretch during which it lasted.
  func share(from start: Instant, to end: Instant) -> Double {
    if end <= start { return 0 }
    return max((min(to, end) - max(from, start)).seconds, 0) / (end - start).seconds
  }

  /// Whether it is in training sets and not in what is served.
  var isMadeInTraining: Bool {
    switch effect {
    case .skew, .leakage: true
    case .constant, .rescaled, .missing, .unseen: false
    }
  }

  var isLeak: Bool { if case .leakage = effect { true } else { false } }

  /// Whether rows that it is in say nothing about what the features are worth.
  var leavesNothing: Bool {
    switch effect {
    case .constant, .missing, .unseen: true
    case .rescaled, .skew, .leakage: false
    }
  }
}

extension FeatureFault {
  /// What happens, for the timeline.
  var detail: String {
    let count = features.count == 1 ? "a feature" : "\(features.count) features"
    let weight = QuantityFormatter.percent(features.weight)
    let of = "\(count) with \(weight) of the weight"
    return switch effect {
    case .constant(let value):
      "\(of): stuck at \(QuantityFormatter.fixed(value, decimals: 1)) sd from the mean"
    case .rescaled(let scale, _):
      "\(of): in another unit, \(QuantityFormatter.shortest(scale, significant: 4)) times"
    case .missing: "\(of): defaults are served"
    case .unseen: "\(of): values never seen before, defaults are served"
    case .skew(let agreement):
      "\(of): computed otherwise in training, correlation "
        + QuantityFormatter.fixed(agreement, decimals: 2)
    case .leakage(let auc):
      "\(of): leak the answer in training, AUC +\(QuantityFormatter.fixed(auc, decimals: 3))"
    }
  }
}

extension DataIncident {
  /// The model whose features it hits; nil for what hits sources and labels.
  var model: Int? {
    switch kind {
    case .brokenFeature(let features, _), .upstreamOutage(let features),
      .schemaChange(let features), .skew(let features, _), .leakage(let features, _):
      features.model
    case .sourceOutage, .staleFeatures, .labelFault, .poisonedLabels: nil
    }
  }

  /// The fault of features that begins with it.
  func featureFault(number: Int, at now: Instant) -> FeatureFault? {
    let (features, effect): (FeatureShare, FeatureFault.Effect)
    switch kind {
    case .brokenFeature(let share, let breakage):
      features = share
      effect =
        switch breakage {
        case .mean: .missing
        case .constant(let value): .constant(value)
        case .rescaled(let scale, let shift): .rescaled(scale: scale, shift: shift)
        }
    case .upstreamOutage(let share): (features, effect) = (share, .missing)
    case .schemaChange(let share): (features, effect) = (share, .unseen)
    case .skew(let share, let agreement):
      (features, effect) = (share, .skew(agreement: agreement))
    case .leakage(let share, let auc): (features, effect) = (share, .leakage(auc: auc))
    case .sourceOutage, .staleFeatures, .labelFault, .poisonedLabels: return nil
    }
    return FeatureFault(incident: number, features: features, from: now, effect: effect)
  }
}

/// What a model's data have been through.
struct ModelData: Sendable {
  /// Sources of its features.
  var sources: [Int] = []
  /// All faults so far, in order of their beginning.
  var faults: [FeatureFault] = []
  /// Counts changes of what its features mean; a training set keeps the number.
  var schema = 0
  /// Trainings that the gate refused, of them those that nothing was wrong with, and faulty ones
  /// that it let pass.
  var refused = 0
  var refusedSound = 0
  var passedFaulty = 0
  var validations: UInt64 = 0
}
