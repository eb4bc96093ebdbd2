import Statistics

/// What the features of a model are like for a while, as far as their distributions tell.
struct FeatureRegime: Sendable, Hashable {
  /// Epoch of the means in the world.
  var epoch: Int
  /// What is done to them where the stable version reads them.
  var shifts: [Double] = []
  var constants = 0
  var rescaled = 0
  var scale = 1.0

  init(epoch: Int, _ conditions: FeatureConditions) {
    self.epoch = epoch
    shifts = conditions.shifts
    constants = conditions.constants
    rescaled = conditions.rescaledCount
    scale = rescaled > 0 ? conditions.scale : 1
  }

  /// The first feature after those that something is done to.
  var end: Int { max(shifts.count, constants, rescaled) }

  /// The law of a feature that the world has as N(mean, 1).
  func part(ofFeature feature: Int, mean: Double, weight: Double) -> NormalMixture.Part {
    let added = feature < shifts.count ? shifts[feature] : 0
    // A constant is a law so narrow that no bin splits it.
    if feature < constants { return .init(mean: added, deviation: 1e-3, weight: weight) }
    let factor = feature < rescaled ? scale : 1
    return .init(
      mean: factor * mean + added, deviation: max(abs(factor), 1e-3), weight: weight)
  }
}

extension ModelState {
  /// The number of the regime that holds now; a new one is remembered.
  mutating func regime(epoch: Int) -> Int {
    let now = FeatureRegime(epoch: epoch, stable.conditions)
    if let known = regimes.lastIndex(of: now) { return known }
    regimes.append(now)
    return regimes.count - 1
  }
}

/// Features that all that happens treats alike.
struct FeatureKind {
  /// The first of them, and the first after them.
  var first: Int
  var end: Int
  /// Their mean by epoch.
  var means: [Double]

  /// All kinds of features of a model; the last one never moves.
  static func all(of task: TaskState, _ regimes: [FeatureRegime]) -> [FeatureKind] {
    var ends = regimes.flatMap { [$0.constants, $0.rescaled] }
    for regime in regimes { ends += Array(1..<(regime.shifts.count + 1)) }
    var kinds: [FeatureKind] = []
    var first = 0
    for kind in task.kinds {
      for end in Set(ends.filter { first < $0 && $0 < kind.end }).sorted() + [kind.end] {
        kinds.append(FeatureKind(first: first, end: end, means: kind.means))
        first = end
      }
    }
    return kinds
  }

  /// How far they are from what a version learnt from.
  ///
  /// - Parameters:
  ///   - reference: share of the version's rows by epoch.
  ///   - current: requests by regime.
  ///   - rows: of the reference and of the sample.
  func truth(
    _ test: FeatureTest, reference: [Double], _ current: [Double], _ regimes: [FeatureRegime],
    _ rows: (reference: Double, current: Double)
  ) -> FeatureTruth {
    let learnt = law(
      reference.enumerated().filter { $0.element > 0 }.map {
        NormalMixture.Part(mean: means[$0.offset], weight: $0.element)
      })
    let total = current.reduce(0, +)
    let served = law(
      current.enumerated().filter { $0.element > 0 }.map {
        let regime = regimes[$0.offset]
        return regime.part(
          ofFeature: first, mean: means[regime.epoch], weight: $0.element / total)
      })
    var truth = FeatureTruth(end: end, value: 0)
    if !test.statistic.isBinned {
      let law = SampleDistanceLaw(
        reference: learnt, current: served, referenceRows: max(rows.reference, 1),
        currentRows: rows.current)
      truth.law = law
      truth.value =
        test.statistic == .wasserstein ? law.trueWasserstein : law.trueKolmogorov
      return truth
    }
    let edges = test.edges
    truth.reference = learnt.shares(between: edges)
    truth.current = truth.reference
    if learnt == served { return truth }
    truth.current = served.shares(between: edges)
    truth.value = test.statistic.value(
      reference: truth.reference, current: truth.current, floor: test.epsilon)
    return truth
  }

  /// A mixture of the parts, those that are alike joined.
  private func law(_ parts: [NormalMixture.Part]) -> NormalMixture {
    var joined: [NormalMixture.Part] = []
    for part in parts {
      if let place = joined.firstIndex(where: {
        $0.mean == part.mean && $0.deviation == part.deviation
      }) {
        joined[place].weight += part.weight
      } else {
        joined.append(part)
      }
    }
    let total = joined.reduce(0) { $0 + $1.weight }
    if total <= 0 { return NormalMixture() }
    for place in joined.indices { joined[place].weight /= total }
    // One part has all the weight, whatever rounding says.
    if joined.count == 1 { joined[0].weight = 1 }
    return NormalMixture(joined)
  }
}

extension TaskState {
  /// Sets threshold and centre of a version by the shifts that its training rows had: a new version
  /// takes features as they are.
  func centre(_ version: inout ModelVersion) {
    var moved = 0.0
    for (epoch, share) in version.epochShares.enumerated() where share > 0 {
      for (shift, weight) in zip(shifts[epoch], version.direction) {
        moved += share * shift * weight / version.length
      }
    }
    version.threshold += moved
    version.belief.centre += moved
  }
}
