/// What the features of a task are like where a model reads them, against what it was trained on.
///
/// All of it looks like drift and is none of the concept: `ScoreLaw` says what each part does to
/// the scores.
package struct FeatureConditions: Sendable, Hashable {
  /// Shift of the mean of each feature from the first, in its standard deviations.
  package var shifts: [Double]
  /// Share of the squared weight of the score that is served as its default, the feature's mean.
  package var missing: Double
  /// Share of the squared weight of the score that is served from an old copy.
  package var stale: Double
  /// Correlation of the old copy with what is true now.
  package var autocorrelation: Double
  /// Standard deviation of the score as a multiple of what it was in training; 1 is no noise.
  package var noise: Double
  /// Share of the squared weight of the score that is served in another unit, and its factor.
  package var rescaled = 0.0
  package var scale = 1.0
  /// How many features, from the first, are served as a constant, and in another unit.
  package var constants = 0
  package var rescaledCount = 0

  /// Features as they were in training.
  package static let sound = FeatureConditions()

  package init(
    shifts: [Double] = [], missing: Double = 0, stale: Double = 0, autocorrelation: Double = 1,
    noise: Double = 1
  ) {
    self.shifts = shifts
    self.missing = missing
    self.stale = stale
    self.autocorrelation = autocorrelation
    self.noise = noise
  }

  /// How far the shifts of the means move every score of a unit direction.
  func commonShift(along direction: [Double], length: Double) -> Double {
    var moved = 0.0
    for (shift, weight) in zip(shifts, direction) { moved += shift * weight / length }
    return moved
  }
}
