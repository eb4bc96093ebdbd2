import Randomness

extension TaskState {
  /// The law of a version's scores in a segment under some conditions of its features.
  ///
  /// A version without a direction is a rule: its scores have a fixed distance that no drift moves.
  func law(
    of version: ModelVersion, segment: Int, _ conditions: FeatureConditions
  ) -> ScoreLaw {
    let scene = world.scenery.scenes[segment]
    let positives = scene.best.positives
    var law: ScoreLaw
    if version.direction.isEmpty {
      law = ScoreLaw(separation: version.belief.distance, positives: positives)
    } else {
      let cosine = world.projection(of: version.direction, path: segment) / version.length
      let shift =
        commonShift(of: version, segment: segment)
        + conditions.commonShift(along: version.direction, length: version.length)
      law = ScoreLaw(
        distance: scene.best.distance * cosine, positives: positives, shift: shift,
        conditions: conditions)
    }
    let added =
      version.addedAUC
      + (segment < version.segmentAUC.count ? version.segmentAUC[segment] : 0)
      + version.loss(inSegment: segment, of: plan.segments)
    return added == 0 ? law : law.adding(auc: added)
  }

  /// The laws of a version's scores in all segments.
  func mixture(of version: ModelVersion, _ conditions: FeatureConditions) -> ScoreMixture {
    ScoreMixture(
      world.scenery.shares.enumerated().map { segment, share in
        ScoreMixture.Part(
          share: share, law: law(of: version, segment: segment, conditions))
      })
  }

  /// What turns a version's scores into figures.
  func terms(of version: ModelVersion) -> QualityTerms {
    QualityTerms(
      kind: plan.kind, value: plan.value, belief: version.belief, threshold: version.threshold)
  }

  /// The quality of a version in one segment, or over all of them, under some conditions: the one
  /// place where concept, separability, prevalence, features and calibration become figures.
  func quality(
    of version: ModelVersion, segment: Int? = nil, _ conditions: FeatureConditions
  ) -> QualityFigures {
    let terms = terms(of: version)
    guard let segment else { return mixture(of: version, conditions).figures(terms) }
    return ScoreMixture(law(of: version, segment: segment, conditions)).figures(terms)
  }

  /// Derives the quality of a version now.
  ///
  /// Figures that take an integral are kept while no law of its scores has moved by more than a
  /// hundredth of a deviation. It changes nothing of the task: as a mutating function it gets the
  /// state where it stands, and not a copy at every tick.
  mutating func judge(_ version: inout ModelVersion) {
    let mixture = mixture(of: version, version.conditions)
    let terms = terms(of: version)
    let several = mixture.parts.count > 1
    if let old = version.integrated, old.terms == terms, old.mixture.isNear(mixture) {
      version.quality = old.figures
    } else {
      version.quality = mixture.integrated(terms)
      version.integrated = (mixture, terms, version.quality)
      if several {
        version.segmentIntegrated = mixture.parts.map { ScoreMixture($0.law).integrated(terms) }
      }
    }
    mixture.addClosed(terms, to: &version.quality)
    if !several { return }
    version.segmentQuality = version.segmentIntegrated
    for (segment, part) in mixture.parts.enumerated() {
      ScoreMixture(part.law).addClosed(terms, to: &version.segmentQuality[segment])
    }
  }

  /// Threshold and served probabilities of a version whose direction has the cosine `cosine` with
  /// the mean concept of its training rows.
  ///
  /// Wrong labels move the probabilities that it serves; the threshold that is best on them is the
  /// one that is best on right ones, for as many of each class are lost. Prevalence is that of the
  /// time of training.
  func calibrate(_ version: inout ModelVersion, distance cosine: Double) {
    let seen = view(of: version.lineage).seen
    let flipped = min(version.lineage.flipped, 0.5)
    let positives = world.scenery.positives
    version.belief = ScoreBelief(
      distance: seen.distance * cosine,
      positives: positives * (1 - flipped) + (1 - positives) * flipped)
    let own = ScoreLaw(separation: best.distance * cosine, positives: positives)
    version.threshold = ScoreMixture(own).bestThreshold(breakEvenLogOdds: breakEvenLogOdds)
  }

  /// A rule of fixed quality, with the threshold that is best at the start.
  func rule(auc: Double) -> ModelVersion {
    var version = ModelVersion(number: 0)
    version.belief = ScoreBelief(
      distance: plan.kind.distance(ofAUC: auc), positives: plan.positives)
    let law = ScoreLaw(separation: version.belief.distance, positives: plan.positives)
    version.threshold = ScoreMixture(law).bestThreshold(breakEvenLogOdds: breakEvenLogOdds)
    version.auc = auc
    return version
  }

  /// Sets threshold and centre of a version to what is best under the conditions that hold now:
  /// recalibration cures a common shift, moved classes and changed costs, and no turned concept.
  func recalibrate(_ version: inout ModelVersion) {
    let mixture = mixture(of: version, version.conditions)
    version.threshold = mixture.bestThreshold(breakEvenLogOdds: breakEvenLogOdds)
    var (centre, distance) = (0.0, 0.0)
    for part in mixture.parts {
      centre += part.share * part.law.centre
      distance += part.share * part.law.separation / (part.law.deviation * part.law.deviation)
    }
    version.belief = ScoreBelief(
      distance: distance, positives: mixture.positives, centre: centre)
    var state = self
    state.judge(&version)
  }
}

extension TaskState {
  /// Log odds of the probability from which a positive decision pays.
  var breakEvenLogOdds: Double { plan.value?.breakEvenLogOdds ?? 0 }

  /// Segments of the requests; one where none are declared.
  var segmentCount: Int { world.scenery.shares.count }

  /// Share of the requests of a segment.
  func share(ofSegment segment: Int) -> Double { world.scenery.shares[segment] }

  /// Prevalence of a segment now.
  func positives(ofSegment segment: Int) -> Double {
    world.scenery.scenes[segment].best.positives
  }

  /// How far the shifts of this epoch move a version's scores.
  func commonShift(of version: ModelVersion, segment: Int) -> Double {
    var moved = 0.0
    let shifts = segmentShifts[segment][Int(world.epochs[world.count - 1])]
    for (shift, weight) in zip(shifts, version.direction) {
      moved += shift * weight / version.length
    }
    return moved
  }
}
