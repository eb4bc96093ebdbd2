import Quantities
import Randomness
import Statistics

extension LearningPlane {
  /// Judges the distribution of each watched feature; nil without enough rows.
  mutating func checkFeatures(
    _ model: Int, _ number: Int, _ test: FeatureTest, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeRows(model, number, at: now) else { return nil }
    let version = models[model].stable
    let scale = 1 / max(version.rows, 1) + 1 / sample.rows
    let truths = truths(model, number, test, version, sample)
    let top = min(test.top, models[model].plan.features)
    let limit = models[model].monitors[number].limits.critical(
      test, scale: scale, rows: min(version.rows, sample.rows), features: top)
    var finding = MonitorFinding(
      fires: false, isTrue: truths.contains { $0.value > 1e-9 },
      statistic: test.statistic.rawValue, threshold: limit)
    var (largest, above, feature) = (0.0, 0, 0)
    for truth in truths {
      while feature < min(truth.end, top) {
        let value = measure(model, number, test, truth, feature, sample, version.rows)
        largest = max(largest, value)
        if value > limit {
          above += 1
          if above <= MonitorFinding.mostSigns {
            finding.signs.append(.init(feature: feature, value: value))
          }
        }
        feature += 1
      }
    }
    if above == 0 { return finding }
    finding.fires = true
    let decimals = if case .above = test.limit { 2 } else { 4 }
    finding.text =
      "\(test.statistic.title) \(QuantityFormatter.fixed(largest, decimals: 3)) above "
      + "\(QuantityFormatter.fixed(limit, decimals: decimals)) on \(above) of \(top) features"
    return finding
  }

  /// The rows of a check.
  struct RowSample {
    var rows: Double
    /// Requests that they stand for, by epoch of the features' means.
    var requests: [Double]
    /// The share of them that the check before has looked at as well.
    var overlap: Double
  }

  /// Takes the rows of a check; nil, and nothing taken, where they are too few.
  mutating func takeRows(_ model: Int, _ number: Int, at now: Instant) -> RowSample? {
    let plan = models[model].monitors[number].plan
    var overlap = 0.0
    if let window = plan.window {
      overlap = models[model].monitors[number].roll(to: now, window: window)
    }
    let requests = models[model].monitors[number].windowed
    let looked = requests.reduce(0, +) * (plan.sampling ?? 1)
    let least = Double(max(plan.rows, 1))
    if looked < least { return nil }
    if plan.window == nil {
      for epoch in requests.indices { models[model].monitors[number].pending[epoch] = 0 }
    }
    return RowSample(
      rows: plan.sampling == nil ? least : looked, requests: requests, overlap: overlap)
  }

  /// The true value of each kind of feature between the training rows and those of a check.
  private mutating func truths(
    _ model: Int, _ number: Int, _ test: FeatureTest, _ version: ModelVersion, _ sample: RowSample
  ) -> [FeatureTruth] {
    guard let task = models[model].plan.task else { return [] }
    let current = sample.requests
    let only = current.count { $0 > 0 } == 1 ? current.firstIndex { $0 > 0 } ?? -1 : -1
    let cache = models[model].monitors[number].truths
    if only >= 0 && cache.version == version.number && cache.epoch == only
      && cache.rows == sample.rows
    {
      return cache.values
    }
    let regimes = models[model].regimes
    let kinds = FeatureKind.all(of: tasks[task], regimes)
    let values = kinds.map { kind in
      kind.truth(
        test, reference: version.epochShares, current, regimes, (version.rows, sample.rows))
    }
    models[model].monitors[number].truths = TruthCache(
      version: version.number, epoch: only, rows: sample.rows, values: values)
    return values
  }

  /// Draws what a check measures of one feature.
  mutating func measure(
    _ model: Int, _ number: Int, _ test: FeatureTest, _ truth: FeatureTruth, _ feature: Int,
    _ sample: RowSample, _ reference: Double
  ) -> Double {
    var draws = models[model].monitors[number].draws(ofFeature: feature)
    if let law = truth.law {
      let drawn = law.sample(&draws)
      return test.statistic == .wasserstein ? drawn.wasserstein : drawn.kolmogorov
    }
    let scale = 1 / max(reference, 1) + 1 / sample.rows
    let followsLaw = test.followsLaw(rows: sample.rows)
    if followsLaw && sample.overlap == 0 {
      let noncentrality = test.statistic.noncentrality(of: truth.value, scale: scale)
      let normal = Ziggurat.normal(&draws) + noncentrality.squareRoot()
      let square = normal * normal + (models[model].monitors[number].rest?.sample(&draws) ?? 0)
      return test.statistic.value(ofChiSquare: square, scale: scale)
    }
    let normals = models[model].monitors[number].normals(
      of: feature, count: test.bins - 1, overlap: sample.overlap, &draws)
    if followsLaw {
      let noncentrality = test.statistic.noncentrality(of: truth.value, scale: scale)
      let first = normals[0] + noncentrality.squareRoot()
      let square = normals[1...].reduce(first * first) { $0 + $1 * $1 }
      return test.statistic.value(ofChiSquare: square, scale: scale)
    }
    let current = SampledShares.shares(of: truth.current, rows: sample.rows, normals)
    var expected = truth.reference
    // A reference much larger than the sample adds nothing to its scatter.
    if reference < 100 * sample.rows {
      expected = SampledShares.shares(
        of: truth.reference, rows: max(reference, 1),
        (1..<test.bins).map { _ in Ziggurat.normal(&draws) })
    }
    let value = test.statistic.value(reference: expected, current: current, floor: test.epsilon)
    return test.statistic == .chiSquare ? value / scale : value
  }
}

extension LearningPlane {
  /// Judges the share of missing values of each watched feature; nil without enough rows.
  mutating func checkMissing(
    _ model: Int, _ number: Int, _ test: MissingTest, at now: Instant
  ) -> MonitorFinding? {
    guard let sample = takeRows(model, number, at: now) else { return nil }
    let total = sample.requests.reduce(0, +)
    var finding = MonitorFinding(
      fires: false, statistic: "missing", threshold: test.threshold)
    var largest = 0.0
    for feature in 0..<min(test.top, models[model].plan.features) {
      var gone = 0.0
      for (regime, requests) in sample.requests.enumerated()
      where feature < models[model].regimes[regime].constants { gone += requests }
      if gone == 0 { break }
      var draws = models[model].monitors[number].draws(ofFeature: feature)
      let rows = Int64(sample.rows)
      let count = Binomial.sample(trials: rows, p: min(gone / total, 1), &draws)
      let share = Double(count) / Double(rows)
      largest = max(largest, share)
      finding.isTrue = true
      if share > test.threshold && finding.signs.count < MonitorFinding.mostSigns {
        finding.signs.append(.init(feature: feature, value: share))
      }
    }
    if finding.signs.isEmpty { return finding }
    finding.fires = true
    finding.text =
      "\(QuantityFormatter.percent(largest, decimals: 1)) of the values of "
      + "\(finding.signs.count) features missing"
    return finding
  }
}

extension MonitorFinding {
  /// The most features of one check that are named in the record of alarms.
  static let mostSigns = 64
}

extension MonitorState {
  /// The draws of the check under way for one feature: each has numbers of its own, so that another
  /// count of them changes no draw.
  func draws(ofFeature feature: Int) -> CounterDraws {
    draws.draws(of: UInt64(checks) << 16 | UInt64(feature))
  }

  /// The requests that a check may look at, by epoch.
  var windowed: [Double] {
    parts.reduce(into: pending) { sum, part in
      for (place, requests) in part.requests.enumerated() { sum[place] += requests }
    }
  }

  /// Adds requests of a regime of features, which may be new.
  mutating func add(_ requests: Double, of regime: Int) {
    while pending.count <= regime { pending.append(0) }
    pending[regime] += requests
  }

  /// Moves the window up to `now`, and returns the share of it that the last check looked at too.
  mutating func roll(to now: Instant, window: Duration) -> Double {
    parts.append(WindowPart(end: now, requests: pending))
    let fresh = pending.reduce(0, +)
    for epoch in pending.indices { pending[epoch] = 0 }
    parts.removeAll { now - $0.end >= window }
    let all = windowed.reduce(0, +)
    return all > 0 ? (all - fresh) / all : 0
  }

  /// Standard normals of a feature: new ones, or such as go on from those of the check before where
  /// windows overlap (an autoregression with the correlation that the shared rows give).
  mutating func normals(
    of feature: Int, count: Int, overlap: Double, _ draws: inout CounterDraws
  ) -> [Double] {
    var normals = (0..<count).map { _ in Ziggurat.normal(&draws) }
    if plan.window == nil { return normals }
    let place = feature * count
    while noise.count < place + count { noise.append(normals[noise.count - place]) }
    let rest = max(0, 1 - overlap * overlap).squareRoot()
    for index in 0..<count {
      normals[index] = overlap * noise[place + index] + rest * normals[index]
      noise[place + index] = normals[index]
    }
    return normals
  }
}

/// Shares that a sample shows, bin by bin.
enum SampledShares {
  /// The shares of `rows` rows over bins of true `shares`: a multinomial draw, binomial by binomial
  /// at the ranks of `normals`, one for every bin but the last.
  static func shares(of shares: [Double], rows: Double, _ normals: [Double]) -> [Double] {
    let total = Int64(max(1, rows.rounded()))
    var left = total
    var rest = 1.0
    var sampled: [Double] = []
    for (share, normal) in zip(shares, normals) {
      let chance = rest > 0 ? min(max(share / rest, 0), 1) : 0
      let count = Binomial.quantile(PortableMath.normalCDF(normal), trials: left, p: chance)
      sampled.append(Double(count) / Double(total))
      left -= count
      rest -= share
    }
    sampled.append(Double(left) / Double(total))
    return sampled
  }
}
