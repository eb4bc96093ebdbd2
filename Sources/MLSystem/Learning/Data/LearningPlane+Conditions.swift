import Quantities

extension LearningPlane {
  /// What the features of a version are like where it reads them.
  ///
  /// A version that learnt on a fault knows nothing else: it does without features that were not
  /// there, and takes those in another unit as they are.
  func conditions(
    of version: ModelVersion, _ model: Int, _ before: FeatureConditions, at now: Instant
  ) -> FeatureConditions {
    var conditions = before
    var stale = StaleShares(conditions)
    for (index, fault) in models[model].data.faults.enumerated() {
      let isOn = fault.lasts(at: now)
      let learnt = version.lineage.blind.contains(index)
      let share = fault.features.weight
      switch fault.effect {
      case .missing, .unseen:
        if isOn && !learnt { conditions.freeze(fault.features, at: 0) }
      case .constant(let value):
        if isOn && !learnt { conditions.freeze(fault.features, at: value) }
      case .rescaled(let scale, let shift):
        if isOn && !learnt { conditions.rescale(fault.features, by: scale, shift: shift) }
        if !isOn && learnt { conditions.rescale(fault.features, by: 1 / scale, shift: -shift) }
      case .skew(let agreement):
        if isOn && version.lineage.skewed.contains(index) { stale.add(share, agreement) }
      case .leakage:
        if version.lineage.skewed.contains(index) { conditions.missing += share }
      }
    }
    for source in models[model].data.sources {
      let state = data.sources[source]
      if state.isDown && state.plan.fallback == .defaults {
        conditions.missing += state.plan.weight
      } else {
        stale.add(state.plan.weight, state.autocorrelation(at: now))
      }
    }
    conditions.missing = min(conditions.missing, 1)
    stale.write(to: &conditions)
    return conditions
  }

  /// What a version's features are like until the next event of the plane.
  func conditions(of version: ModelVersion, _ model: Int, _ task: Int) -> FeatureConditions {
    let before = tasks[task].conditions
    if models[model].data.sources.isEmpty && models[model].data.faults.isEmpty { return before }
    // What holds until the next tick is that of its middle.
    let now = models[model].settled + tasks[task].world.tick * 0.5
    return conditions(of: version, model, before, at: now)
  }

  /// What leaking features add to the AUC of a version wherever it is measured offline.
  package func leakedAUC(of version: ModelVersion, _ model: Int) -> Double {
    var added = 0.0
    for index in version.lineage.skewed {
      if case .leakage(let auc) = models[model].data.faults[index].effect { added += auc }
    }
    return added
  }
}

/// Shares of weight that are old copies, each with its own correlation.
private struct StaleShares {
  var weight: Double
  var product: Double

  init(_ conditions: FeatureConditions) {
    weight = conditions.stale
    product = conditions.stale * conditions.autocorrelation
  }

  mutating func add(_ share: Double, _ correlation: Double) {
    if correlation >= 1 { return }
    weight += share
    product += share * correlation
  }

  func write(to conditions: inout FeatureConditions) {
    if weight <= 0 { return }
    conditions.autocorrelation = product / weight
    conditions.stale = min(weight, 1 - conditions.missing)
  }
}

extension FeatureConditions {
  /// Puts a constant in the place of features, that many deviations from their mean.
  mutating func freeze(_ features: FeatureShare, at value: Double) {
    missing += features.weight
    constants = max(constants, features.count)
    if value != 0 { shift(features.count, by: value) }
  }

  /// Serves features in another unit.
  mutating func rescale(_ features: FeatureShare, by factor: Double, shift: Double) {
    // Two rescaled groups are told apart by their weight alone: the scale is the mean of both.
    let both = rescaled + features.weight
    if both > 0 { scale = (scale * rescaled + factor * features.weight) / both }
    rescaled = min(both, 1)
    rescaledCount = max(rescaledCount, features.count)
    if shift != 0 { self.shift(features.count, by: shift) }
  }

  private mutating func shift(_ count: Int, by value: Double) {
    while shifts.count < count { shifts.append(0) }
    for feature in 0..<count { shifts[feature] += value }
  }

  /// Mean and deviation of a feature as it is served, counted from 0, where it had 0 and 1.
  package func law(ofFeature feature: Int) -> (mean: Double, deviation: Double) {
    let mean = feature < shifts.count ? shifts[feature] : 0
    if feature < constants { return (mean, 0) }
    return (mean, feature < rescaledCount ? abs(scale) : 1)
  }
}
