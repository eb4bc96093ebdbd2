import Randomness

/// How Kayenta's judge `NetflixACAJudge` classifies one metric of a canary against its baseline
/// (`spinnaker/kayenta` at a69573b, `NetflixACAJudge.scala`, `MannWhitneyClassifier.scala`).
///
/// The canary is high where the whole confidence interval of the shift lies above a quarter of its
/// estimate, so the interval's width hardly matters once it leaves 0 behind: seven samples of ten
/// at a hundred times the baseline pass (`spinnaker/spinnaker#6278`).
package struct KayentaJudge: Hashable, Sendable {
  /// Which deviation counts.
  package enum Direction: Hashable, Sendable {
    case increase
    case decrease
    case either
  }

  /// What becomes of measurements that are not numbers.
  package enum MissingValues: Hashable, Sendable {
    /// They are left out; a metric without any is without data.
    case remove
    /// They count as 0; a metric without any passes.
    case replace
  }

  /// What is compared with the allowed effects.
  package enum EffectMeasure: Hashable, Sendable {
    /// The canary's mean over the baseline's.
    case meanRatio
    /// The share of pairs in which the canary is higher.
    case commonLanguage
  }

  /// What the judge says of a metric.
  package enum Label: String, Hashable, Sendable {
    case pass = "Pass"
    case high = "High"
    case low = "Low"
    case noData = "Nodata"
    /// Data must be there and is not.
    case missingRequiredData = "NodataFailMetric"
  }

  /// The verdict on a metric.
  package struct Verdict: Hashable, Sendable {
    /// The classification.
    package var label: Label
    /// Whether it fails the canary by itself.
    package var isCritical: Bool
    /// The mean of the canary over that of the baseline; 1 where nothing was compared, not a
    /// number where a mean is 0.
    package var meanRatio: Double

    /// A verdict with these parts.
    package init(label: Label, isCritical: Bool = false, meanRatio: Double = 1) {
      self.label = label
      self.isCritical = isCritical
      self.meanRatio = meanRatio
    }
  }

  /// Which deviation counts.
  package var direction = Direction.either
  /// What becomes of measurements that are not numbers.
  package var missingValues = MissingValues.remove
  /// How many quartile distances beyond the quartiles a value is an outlier and left out.
  ///
  /// Nil keeps all; Kayenta's default where outliers are removed is 3.
  package var outlierFactor: Double?
  /// Whether a failure of the metric fails the canary by itself.
  package var isCritical = false
  /// Whether absent data counts against the canary.
  package var mustHaveData = false
  /// What is compared with the allowed effects.
  package var measure = EffectMeasure.meanRatio
  /// The least effect that counts as high; nil is 1, or 0.5 of the common language measure.
  package var allowedIncrease: Double?
  /// The greatest effect that counts as low; nil as above.
  package var allowedDecrease: Double?
  /// The least effect at which a critical metric fails the canary; nil as above.
  package var criticalIncrease: Double?
  /// The greatest effect at which a critical metric fails the canary; nil as above.
  package var criticalDecrease: Double?
  /// The share of the estimated shift that the interval has to leave behind.
  package var tolerance = 0.25
  /// The confidence of the interval.
  package var level = 0.98

  /// The judge with Kayenta's defaults.
  package init() {}

  /// Classifies the canary's measurements against the baseline's.
  package func judge(canary: [Double], baseline: [Double]) -> Verdict {
    let canary = prepared(canary)
    let baseline = prepared(baseline)
    if canary.isEmpty || baseline.isEmpty {
      switch missingValues {
      case .replace: return Verdict(label: .pass)
      case .remove:
        return mustHaveData && !isCritical
          ? Verdict(label: .missingRequiredData)
          : Verdict(label: .noData, isCritical: isCritical)
      }
    }
    // Equal data pass, and so does one value throughout.
    let all = Tally(canary + baseline)
    if canary.sorted() == baseline.sorted() || all.minimum == all.maximum {
      return Verdict(label: .pass)
    }
    let shift = KayentaShift(canary: canary, baseline: baseline, level: level)
    let means = (Tally(canary).mean, Tally(baseline).mean)
    let ratio = means.0 == 0 || means.1 == 0 ? Double.nan : means.0 / means.1
    let effect: Double
    switch measure {
    case .meanRatio: effect = ratio
    case .commonLanguage: effect = MannWhitneyTest(canary, baseline).share
    }
    let neutral = measure == .meanRatio ? 1 : 0.5
    let limit = tolerance * abs(shift.estimate)
    // An effect that cannot be computed is not asked about.
    func reaches(_ least: Double?) -> Bool { effect.isNaN || effect >= least ?? neutral }
    func falls(to most: Double?) -> Bool { effect.isNaN || effect <= most ?? neutral }
    if direction != .decrease && shift.low > limit && reaches(allowedIncrease) {
      return Verdict(
        label: .high, isCritical: isCritical && reaches(criticalIncrease), meanRatio: ratio)
    }
    if direction != .increase && shift.high < -limit && falls(to: allowedDecrease) {
      return Verdict(
        label: .low, isCritical: isCritical && falls(to: criticalDecrease), meanRatio: ratio)
    }
    return Verdict(label: .pass, meanRatio: ratio)
  }

  private func prepared(_ values: [Double]) -> [Double] {
    let numbers: [Double]
    switch missingValues {
    case .remove: numbers = values.filter { !$0.isNaN }
    case .replace: numbers = values.map { $0.isNaN ? 0 : $0 }
    }
    guard let outlierFactor, !numbers.isEmpty else { return numbers }
    let sorted = numbers.sorted()
    let first = quantile(0.25, ofSorted: sorted)
    let third = quantile(0.75, ofSorted: sorted)
    let reach = outlierFactor * (third - first)
    // What lies within the first and the last hundredth stays in any case.
    let low = min(quantile(0.01, ofSorted: sorted), first - reach)
    let high = max(quantile(0.99, ofSorted: sorted), third + reach)
    return numbers.filter { $0 >= low && $0 <= high }
  }
}
