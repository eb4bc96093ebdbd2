import Quantities

/// What is really wrong with a model at an instant, whatever its monitors say; none is empty.
package struct TrueCauses: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The means of its features are not those that it was trained on.
  package static let dataDrift = TrueCauses(rawValue: 1)
  /// A feature is constant, in another unit, missing or unseen.
  package static let brokenFeature = TrueCauses(rawValue: 2)
  /// Features are served from an old copy.
  package static let staleFeature = TrueCauses(rawValue: 4)
  /// Labels that arrive now are wrong beyond the usual.
  package static let labelFault = TrueCauses(rawValue: 8)
  /// The concept has turned away from what it was trained on.
  package static let conceptDrift = TrueCauses(rawValue: 16)
  /// Features are computed otherwise in training than where they are served, or leak there.
  package static let skew = TrueCauses(rawValue: 32)
  /// The version knows features as they were before their repair; only another one helps.
  package static let outdated = TrueCauses(rawValue: 128)
  /// The share of positives is off its mean, as it is every season.
  package static let season = TrueCauses(rawValue: 256)
  /// Labels do not arrive.
  package static let labelOutage = TrueCauses(rawValue: 64)
}

extension LearningPlane {
  /// What is really wrong with the stable version of a model now.
  ///
  /// The concept has drifted where the version's cosine with it is 2 % below that of its training;
  /// features have where a mean is more than a tenth of a deviation off.
  package func trueCauses(of model: Int, at now: Instant) -> TrueCauses {
    guard let task = models[model].plan.task else { return [] }
    var causes: TrueCauses = []
    let version = models[model].stable
    if !version.direction.isEmpty {
      var cosine = 0.0
      for segment in 0..<tasks[task].segmentCount {
        let along = tasks[task].world.projection(of: version.direction, path: segment)
        cosine += tasks[task].share(ofSegment: segment) * along / version.length
      }
      if cosine < 0.98 * version.lineage.cosine { causes.insert(.conceptDrift) }
      if hasMoved(version, task) { causes.insert(.dataDrift) }
    }
    for (index, fault) in models[model].data.faults.enumerated() {
      let isOn = fault.lasts(at: now)
      let learnt = version.lineage.blind.contains(index)
      switch fault.effect {
      case .constant, .missing, .unseen, .rescaled:
        if isOn && !learnt { causes.insert(.brokenFeature) }
        if !isOn && learnt { causes.insert(.outdated) }
      case .skew, .leakage:
        guard version.lineage.skewed.contains(index) else { continue }
        if isOn { causes.insert(.skew) }
        if !isOn && fault.isLeak { causes.insert(.outdated) }
      }
    }
    for source in models[model].data.sources {
      let state = data.sources[source]
      if state.isDown && state.plan.fallback == .defaults {
        causes.insert(.brokenFeature)
      } else if state.frozen > 0 || state.isDown {
        if state.autocorrelation(at: now) < 0.98 { causes.insert(.staleFeature) }
      }
    }
    if isInSeason(task) { causes.insert(.season) }
    for source in tasks[task].data.sources where data.sources[source].isDown {
      causes.insert(.labelOutage)
    }
    let arriving = now - .seconds(tasks[task].arrivals.least)
    let usual = tasks[task].plan.labels.flipped
    if tasks[task].wrong(at: arriving, seenAt: now) > usual + 1e-9 { causes.insert(.labelFault) }
    return causes
  }

  /// Whether a seasonal task has a share of positives more than a twentieth off its mean.
  private func isInSeason(_ task: Int) -> Bool {
    let plan = tasks[task].plan
    let isSeasonal = plan.drifts.contains {
      if case .seasonal = $0.common { true } else { false }
    }
    return isSeasonal && abs(tasks[task].prevalence / plan.positives - 1) > 0.05
  }

  /// Whether a feature's mean is off what the version was trained on.
  private func hasMoved(_ version: ModelVersion, _ task: Int) -> Bool {
    let now = tasks[task].shiftsNow
    for feature in 0..<(tasks[task].shifts.map(\.count).max() ?? 0) {
      let trained = tasks[task].meanShift(of: feature, in: version.epochShares)
      if abs((feature < now.count ? now[feature] : 0) - trained) > 0.1 { return true }
    }
    return false
  }
}
