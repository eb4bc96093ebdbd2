import Quantities
import Randomness

// The gate that data pass before a training, and the data score of a task over time.
extension LearningPlane {
  /// Why the data of a training are refused; nil where they pass or nothing checks them.
  ///
  /// Every share is estimated on a sample, so that the gate can be wrong in both ways.
  mutating func refusal(of version: ModelVersion, _ model: Int, at now: Instant) -> String? {
    guard let task = models[model].plan.task, let plan = validation(of: model, task) else {
      return nil
    }
    let truth = defects(of: version.lineage, model, task, at: now)
    let shift = largestShift(of: version, model, task)
    models[model].data.validations += 1
    var draws = data.checks.draws(
      of: UInt64(model) << 40 | models[model].data.validations)
    let sampled = truth.sampled(rows: plan.rows, audit: plan.audit, &draws)
    // The difference of two means of so many rows each.
    let noise = (2 / Double(plan.rows)).squareRoot() * Ziggurat.normal(&draws)
    tasks[task].data.audited += Double(plan.audit)
    let verdict = plan.reason(sampled, shift: abs(shift + noise))
    let isFaulty = plan.reason(truth, shift: abs(shift)) != nil
    if verdict != nil {
      models[model].data.refused += 1
      if !isFaulty { models[model].data.refusedSound += 1 }
    } else if isFaulty {
      models[model].data.passedFaulty += 1
    }
    return verdict
  }

  /// The strictest of the checks of the sources that feed a model and its labels.
  private func validation(of model: Int, _ task: Int) -> ValidationPlan? {
    var strictest: ValidationPlan?
    for source in tasks[task].data.sources + models[model].data.sources {
      guard let plan = data.sources[source].plan.validation else { continue }
      strictest = strictest.map { $0.joined(with: plan) } ?? plan
    }
    return strictest
  }

  /// What is wrong with the data of a version.
  func defects(
    of lineage: DatasetLineage, _ model: Int, _ task: Int, at now: Instant
  ) -> DataDefects {
    var defects = DataDefects()
    let labels = lineage.expected > 0 ? 1 - lineage.labels / lineage.expected : 0
    var (there, fresh) = (1 - lineage.missing, 1.0)
    for source in models[model].data.sources {
      let state = data.sources[source]
      let down = lineage.sources.first { $0.name == state.plan.name }?.down ?? 0
      if state.plan.fallback == .defaults {
        there *= 1 - state.plan.weight * down
      } else {
        fresh -= state.plan.weight * (1 - state.autocorrelation(at: now))
      }
    }
    let window = Double(max(lineage.to - lineage.from, 1)) * 1e-9
    for source in tasks[task].data.sources {
      // A window that ends where the newest labels are missing is older than it says.
      let age = data.sources[source].labelAge(at: now)
      fresh *= 1 - min(age / window, 1)
    }
    defects.missing = 1 - (1 - max(labels, 0)) * max(there, 0)
    defects.late = 1 - max(fresh, 0)
    defects.flipped = wrongShare(of: lineage, task)
    defects.inconsistent = min(lineage.inconsistent, 1)
    defects.duplicates = lineage.duplicates
    let labelled = tasks[task].labelledShare(of: models[model].stable)
    defects.unrepresentative = 1 - (1 - lineage.ownDoing) * labelled
    return defects
  }

  /// Share of wrong labels, the poisoned ones among them that are.
  private func wrongShare(of lineage: DatasetLineage, _ task: Int) -> Double {
    if lineage.poisoned == 0 { return lineage.flipped }
    return tasks[task].wrong(
      flipped: lineage.flipped, poisoned: lineage.poisoned, direction: lineage.poison)
  }

  /// The largest shift of a feature's mean between the rows of a version and now.
  private func largestShift(of version: ModelVersion, _ model: Int, _ task: Int) -> Double {
    var largest = 0.0
    for feature in 0..<models[model].plan.features {
      let trained = tasks[task].meanShift(of: feature, in: version.epochShares)
      let now = feature < tasks[task].shiftsNow.count ? tasks[task].shiftsNow[feature] : 0
      let served = models[model].stable.conditions.law(ofFeature: feature).mean
      if abs(now + served - trained) > abs(largest) { largest = now + served - trained }
    }
    return largest
  }

  /// Scores the data of the last day, for the measure of the task.
  mutating func scoreData(of task: Int, at now: Instant, for span: Duration) {
    if data.isEmpty || tasks[task].models.isEmpty { return }
    let from = max(now - .days(1), .start)
    var lowest = DataScore.best
    for model in tasks[task].models where models[model].plan.training != nil {
      var lineage = DatasetLineage()
      lineage.from = from.nanoseconds
      lineage.to = now.nanoseconds
      lineage.flipped = tasks[task].wrong(at: now, seenAt: now)
      lineage.ownDoing = tasks[task].plan.labels.ownDoing
      for (index, fault) in models[model].data.faults.enumerated() {
        note(fault, index, in: &lineage, from: from, to: now, cut: now)
      }
      for source in models[model].data.sources {
        lineage.sources.append(
          .init(
            name: data.sources[source].plan.name,
            down: data.sources[source].downShare(from: from, to: now)))
      }
      for source in tasks[task].data.sources + models[model].data.sources {
        lineage.duplicates = max(lineage.duplicates, data.sources[source].plan.duplicates)
      }
      var defects = defects(of: lineage, model, task, at: now)
      for source in tasks[task].data.sources where data.sources[source].isLossy {
        let down = data.sources[source].downShare(from: from, to: now)
        defects.missing = 1 - (1 - defects.missing) * (1 - down)
      }
      lowest = min(lowest, DataScore(of: defects).total)
    }
    tasks[task].data.scored.add(lowest, for: span)
  }
}

extension ValidationPlan {
  /// What both ask for.
  func joined(with other: ValidationPlan) -> ValidationPlan {
    ValidationPlan(
      rows: min(rows, other.rows), audit: max(audit, other.audit),
      score: max(score, other.score), completeness: max(completeness, other.completeness),
      shift: min(shift, other.shift), flipped: min(flipped, other.flipped))
  }

  /// The first of its lines that data cross; nil where they pass.
  package func reason(_ defects: DataDefects, shift: Double) -> String? {
    let there = 1 - defects.missing
    if there < completeness {
      return "\(QuantityFormatter.percent(there)) of the data are there, "
        + "less than \(QuantityFormatter.percent(completeness))"
    }
    if shift > self.shift {
      return "a feature has moved by \(QuantityFormatter.fixed(shift, decimals: 2)) sd, "
        + "more than \(QuantityFormatter.fixed(self.shift, decimals: 2))"
    }
    if audit > 0 && defects.flipped > flipped {
      return "\(QuantityFormatter.percent(defects.flipped)) of the audited labels are wrong, "
        + "more than \(QuantityFormatter.percent(flipped))"
    }
    let total = DataScore(of: defects).total
    if total < score {
      return "data score \(QuantityFormatter.fixed(total, decimals: 1)) below "
        + QuantityFormatter.fixed(score, decimals: 1)
    }
    return nil
  }
}

extension DataDefects {
  /// What a sample shows: shares of `rows` rows, and of `audit` labels that were made again.
  ///
  /// Without an audit nobody sees wrong labels. What follows from clocks and plans is known.
  package func sampled(rows: Int, audit: Int, _ draws: inout CounterDraws) -> DataDefects {
    var seen = self
    func share(_ truth: Double, of count: Int) -> Double {
      MeasuredQuality.share(truth, rows: Int64(count), draws: &draws) ?? 0
    }
    seen.missing = share(missing, of: rows)
    seen.inconsistent = share(inconsistent, of: rows)
    seen.duplicates = share(duplicates, of: rows)
    seen.flipped = share(flipped, of: audit)
    return seen
  }
}
