/// What a model is scored by, after the warm-up.
struct ModelScores: Sendable {
  var answered = 0.0
  /// Sums over what was answered.
  var quality = QualityFigures()
  /// The same sums as if all requests came from each segment, where there are several.
  var segments: [QualityFigures] = []
  /// Sum and weight of the quality of the day that is under way, and the worst day so far.
  var day: Int64 = -1
  var dayAnswered = 0.0
  var dayAUC = 0.0
  var worstDay: Double?
  var age = 0.0
  var seconds = 0.0
  var exposed: Int64 = 0
  var retrainings = 0
  var trainings = TrainingScores()
  var review = ReviewScores()
  /// Answers on which the model is held against the baseline, and what that would have been worth.
  var compared = 0.0
  var baseline = QualityFigures()
  /// Answers of versions, their worth, and the figures that the first version would have had.
  var shadowed = 0.0
  var servedValue = 0.0
  var never = QualityFigures()
  var promotions = 0
  var escaped = 0
  var rollbacks = 0
  var falseRollbacks = 0
  var diagnoses = 0
  var misdiagnoses = 0
  var rollouts = RolloutScores()

  mutating func add(
    _ count: Double, _ figures: QualityFigures, _ bySegment: [QualityFigures], day: Int64
  ) {
    if count <= 0 { return }
    if day != self.day {
      closeDay()
      self.day = day
    }
    answered += count
    quality.add(count, figures)
    if !bySegment.isEmpty {
      if segments.isEmpty {
        segments = Array(repeating: QualityFigures(), count: bySegment.count)
      }
      for segment in segments.indices { segments[segment].add(count, bySegment[segment]) }
    }
    dayAnswered += count
    dayAUC += count * figures[.auc]
  }

  mutating func closeDay() {
    if dayAnswered > 0 { worstDay = min(worstDay ?? 1, dayAUC / dayAnswered) }
    dayAnswered = 0
    dayAUC = 0
  }
}
