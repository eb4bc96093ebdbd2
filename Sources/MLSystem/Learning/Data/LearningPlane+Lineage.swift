import Quantities

extension LearningPlane {
  /// What is true of the data of a window as they stand at `cut`; number 0 is the version that
  /// serves at the start, which knows no model before it.
  func lineage(
    of model: Int, _ task: Int, number: Int, from: Int64, to: Int64, cut: Int64
  ) -> DatasetLineage {
    var lineage = DatasetLineage()
    let plan = tasks[task].plan
    lineage.from = from
    lineage.to = to
    lineage.flipped = plan.labels.flipped
    lineage.ownDoing = number == 0 ? 0 : plan.labels.ownDoing
    if data.isEmpty { return lineage }
    countLabels(&lineage, model, task, cut: cut)
    let (start, end) = (Instant(nanoseconds: from), Instant(nanoseconds: to))
    lineage.schema = models[model].data.schema
    for (index, fault) in models[model].data.faults.enumerated() {
      note(fault, index, in: &lineage, from: start, to: end, cut: Instant(nanoseconds: cut))
    }
    lineage.incidents += tasks[task].data.incidents(
      from: start, to: end, cut: Instant(nanoseconds: cut))
    for source in tasks[task].data.sources + models[model].data.sources {
      let state = data.sources[source]
      let down = state.downShare(from: start, to: max(end, Instant(nanoseconds: cut)))
      let name = state.plan.name
      if down > 0, !lineage.sources.contains(where: { $0.name == name }) {
        lineage.sources.append(.init(name: name, down: down))
      }
      lineage.duplicates = max(lineage.duplicates, state.plan.duplicates)
    }
    return lineage
  }

  /// What a fault of the features in a window does to what is learnt from it.
  ///
  /// Rows without a feature say nothing of its weight, and the others say all of it: with a share b
  /// of such rows the noise of that weight is that of n (1 - b) rows. From 95 % on nothing is
  /// learnt of it. A feature in two units is learnt in the unit that most rows have.
  func note(
    _ fault: FeatureFault, _ index: Int, in lineage: inout DatasetLineage, from start: Instant,
    to end: Instant, cut: Instant
  ) {
    let share = fault.share(from: start, to: end)
    let weight = fault.features.weight
    switch fault.effect {
    case .missing, .unseen, .constant:
      if share >= 0.95 {
        lineage.blind.append(index)
      } else if share > 0 {
        lineage.useful /= 1 - weight + weight / (1 - share)
      }
      lineage.missing = max(lineage.missing, weight * share)
    case .rescaled:
      if share >= 0.5 { lineage.blind.append(index) }
      // The smaller part of the rows is in the other unit.
      lineage.inconsistent += weight * share
    case .skew(let agreement):
      if fault.lasts(at: cut) {
        lineage.skewed.append(index)
        lineage.inconsistent += weight * (1 - agreement)
      }
    case .leakage: if fault.lasts(at: cut) { lineage.skewed.append(index) }
    }
    let isKnown = share >= DatasetLineage.spoiltShare && !fault.isMadeInTraining
    if isKnown || lineage.skewed.last == index { lineage.incidents.append(fault.incident) }
  }

  /// Counts the labels of the window, those that were due, the wrong and the poisoned ones.
  private func countLabels(
    _ lineage: inout DatasetLineage, _ model: Int, _ task: Int, cut: Int64
  ) {
    let state = tasks[task]
    let world = state.world
    let time = Double(cut) * 1e-9
    let now = Instant(nanoseconds: cut)
    var (flipped, poisoned) = (0.0, 0.0)
    var segment = world.lastSegment(before: lineage.to)
    while segment >= 0 && world.starts[segment + 1] > lineage.from {
      let from = max(world.starts[segment], lineage.from)
      let to = min(world.starts[segment + 1], lineage.to)
      let whole = Double(world.starts[segment + 1] - world.starts[segment])
      if to > from {
        let made = models[model].labels[segment] * Double(to - from) / whole
        let (start, end) = (Double(from) * 1e-9, Double(to) * 1e-9)
        let here = made * state.arrived(from: start, to: end, by: time)
        lineage.labels += here
        lineage.expected += made * state.arrivals.arrived(from: start, to: end, by: time)
        let at = Instant(nanoseconds: world.starts[segment])
        flipped += here * state.data.flipped(at: at, seenAt: now)
        if let poison = state.data.poisoned(at: at, seenAt: now) {
          poisoned += here * poison.share
          lineage.poison = poison.direction
        }
      }
      segment -= 1
    }
    if lineage.labels <= 0 { return }
    lineage.flipped = TaskData.joined(lineage.flipped, flipped / lineage.labels)
    lineage.poisoned = poisoned / lineage.labels
  }

  /// Where learning would go from a window's mean concept, noise apart: towards the concept, and as
  /// far as the labels are somebody's own decisions, towards those.
  ///
  /// Returns the direction in the dimensions of the world, and the squared length beyond them.
  func adjusted(
    direction concept: [Double], _ model: Int, _ task: Int, seen: BinormalQuality,
    _ lineage: DatasetLineage
  ) -> (direction: [Double], rest: Double) {
    let clean = max(1 - lineage.ownDoing - lineage.poisoned, 0)
    var direction = concept
    let scale = clean == 1 ? seen.distance : seen.distance * clean
    for i in direction.indices { direction[i] *= scale }
    var rest = 0.0
    func add(_ share: Double, _ unit: [Double], beyond: Double, threshold: Double) {
      var (dot, square) = (0.0, 0.0)
      for (a, b) in zip(unit, concept) {
        dot += a * b
        square += b * b
      }
      let cosine = square > 0 ? dot / square.squareRoot() : 0
      let length =
        share * FeedbackLoop.strength(of: seen, cosine: cosine, threshold: threshold)
      for i in direction.indices { direction[i] += length * unit[i] }
      rest += length * length * beyond
    }
    let old = models[model].stable
    if lineage.ownDoing > 0 && !old.direction.isEmpty {
      add(
        lineage.ownDoing, old.direction.map { $0 / old.length },
        beyond: old.rest / (old.length * old.length), threshold: old.threshold)
    }
    if lineage.poisoned > 0 {
      let poison = tasks[task].data.poison[lineage.poison]
      add(lineage.poisoned, poison.vector(to: concept), beyond: 0, threshold: old.threshold)
    }
    // What is not learnt of blind features is length that answers nothing.
    var blind = 0.0
    for index in lineage.blind where models[model].data.faults[index].leavesNothing {
      blind += models[model].data.faults[index].features.weight
    }
    if blind > 0 {
      let kept = max(1 - blind, 0).squareRoot()
      for i in direction.indices {
        rest += direction[i] * direction[i] * min(blind, 1)
        direction[i] *= kept
      }
    }
    return (direction, rest)
  }
}

extension TaskState {
  /// The world as the labels of a data set show it, and what one of them says about a direction
  /// orthogonal to the concept.
  func view(of lineage: DatasetLineage) -> (seen: BinormalQuality, information: Double) {
    if lineage.flipped == plan.labels.flipped { return (seen, information) }
    let seen = plan.kind.seen(best, throughFlips: min(lineage.flipped, 0.5))
    return (seen, plan.kind.information(of: seen))
  }

  /// How much the labels of predictions at `instant` still say of the concept, against the usual:
  /// flips take twice their share away, poisoned labels theirs.
  func uprightness(at instant: Int64, seenAt cut: Int64) -> Double {
    if data.faults.isEmpty { return 1 }
    let (at, now) = (Instant(nanoseconds: instant), Instant(nanoseconds: cut))
    let upright = 1 - 2 * data.flipped(at: at, seenAt: now)
    return upright * (1 - (data.poisoned(at: at, seenAt: now)?.share ?? 0))
  }

  /// Share of wrong labels among those of predictions at `instant`, the usual ones included, as
  /// they stand at `now`.
  func wrong(at instant: Instant, seenAt now: Instant) -> Double {
    if data.faults.isEmpty { return plan.labels.flipped }
    let flipped = TaskData.joined(plan.labels.flipped, data.flipped(at: instant, seenAt: now))
    guard let poison = data.poisoned(at: instant, seenAt: now) else { return flipped }
    return wrong(flipped: flipped, poisoned: poison.share, direction: poison.direction)
  }

  /// Share of wrong labels where some are decisions in a poisoned direction, and of the others a
  /// share is flipped.
  func wrong(flipped: Double, poisoned: Double, direction: Int) -> Double {
    let decision = BinormalQuality(
      distance: best.distance * data.poison[direction].cosine, positives: best.positives)
    let wrong = 1 - decision.accuracy(threshold: best.bestThreshold)
    return (1 - poisoned) * flipped + poisoned * wrong
  }

  /// Labels that come of `labels` predictions that would get one: what is paid for and, where only
  /// the accepted get one, what the score of an area `auc` accepts.
  func labelled(_ labels: Double, of version: ModelVersion, over span: Duration) -> Double {
    min(labels * labelledShare(of: version), paid(over: span))
  }

  /// Share of a version's predictions that get a label, were all paid for: the refused may get
  /// none.
  func labelledShare(of version: ModelVersion) -> Double {
    if plan.labels.selected == 0 { return 1 }
    let score = BinormalQuality(auc: version.auc, positives: plan.positives)
    return SelectedLabels(share: plan.labels.selected)
      .labelled(score, threshold: version.threshold)
  }

  /// The most labels of one model that are paid for in a stretch; the budget is spent evenly.
  func paid(over span: Duration) -> Double {
    guard let budget = plan.labels.budget else { return .infinity }
    let month = 365.25 / 12 * 86_400
    return budget * span.seconds / month / Double(max(models.count, 1))
  }

  /// The area that right labels show of a version whose true one is `auc`: where the refused get
  /// none, a narrower range of scores is seen.
  func labelledArea(_ auc: Double, of version: ModelVersion) -> Double {
    if plan.labels.selected == 0 { return auc }
    let score = BinormalQuality(
      auc: min(max(auc, 1e-6), 1 - 1e-6), positives: plan.positives)
    return SelectedLabels(share: plan.labels.selected).auc(score, threshold: version.threshold)
  }
}
