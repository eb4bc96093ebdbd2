import Quantities
import Randomness
import Statistics

/// The queue of predictions that wait for people, and what became of them.
struct ReviewState: Sendable {
  /// Those who wait, by the middle of the hour in which they came.
  private(set) var waiting: [(since: Double, count: Int64)] = []
  private(set) var queued: Int64 = 0
  /// A fraction of a review that was begun.
  var credit = 0.0
  /// Up to when everything is accounted for, and the answers counted by then.
  var until = Instant.start
  var answered: Int64 = 0
  /// Everything since the start of the run, for the bill.
  var paidReviews: Int64 = 0
  var paidSeconds = 0.0
  let draws: CounterStream
  /// The quality for which the band around the threshold was last sought, and its accuracy.
  var band: (auc: Double, threshold: Double, accuracy: Double)?

  init(draws: CounterStream) { self.draws = draws }

  mutating func add(_ count: Int64, at time: Double) {
    if count <= 0 { return }
    waiting.append((time, count))
    queued += count
  }

  /// Takes the oldest; returns the sum of their waits to `time`.
  mutating func take(_ count: Int64, at time: Double) -> Double {
    var (left, sum, done) = (min(count, queued), 0.0, 0)
    queued -= left
    for index in waiting.indices where left > 0 {
      let taken = min(left, waiting[index].count)
      waiting[index].count -= taken
      left -= taken
      sum += Double(taken) * max(0, time - waiting[index].since)
      if waiting[index].count == 0 { done = index + 1 }
    }
    waiting.removeFirst(done)
    return sum
  }

  /// Sends the newest away until no more than `limit` wait; returns how many.
  mutating func trim(to limit: Int64) -> Int64 {
    var excess = max(0, queued - limit)
    let sent = excess
    queued -= sent
    while excess > 0, let last = waiting.last {
      let taken = min(excess, last.count)
      excess -= taken
      waiting[waiting.count - 1].count -= taken
      if waiting[waiting.count - 1].count == 0 { waiting.removeLast() }
    }
    return sent
  }
}

/// What reviews are scored by, after the warm-up.
struct ReviewScores: Sendable {
  var predictions = 0.0
  var sent = 0.0
  var reviewed = 0.0
  var overflowed = 0.0
  var waits = 0.0
  /// Integral of the queue over time.
  var queueSeconds = 0.0
  var seconds = 0.0
  /// Decisions that were made, by whomever, and those that were right.
  var decisions = 0.0
  var right = 0.0
}

// Predictions that people look at.
extension LearningPlane {
  /// Time between two looks at a queue of reviews.
  static var reviewStep: Duration { .hours(1) }

  /// Accounts for the last hour of a model's reviews.
  mutating func review(_ model: Int, at now: Instant, _ counters: VersionCounters) {
    schedule(.review(model: UInt16(model)), at: now + Self.reviewStep)
    guard let plan = models[model].plan.review, let people = models[plan.by].plan.people,
      var state = models[model].review
    else { return }
    close(model, at: now, counters)
    let totals = models[model].seen
    let answered = totals.stable.answered + totals.candidate.answered
    let new = answered - state.answered
    let middle = (state.until.seconds + now.seconds) / 2
    var draws = state.draws.draws(of: UInt64(state.until.nanoseconds / 1_000_000_000))
    let sent = Binomial.sample(trials: max(0, new), p: plan.share, &draws)
    let accuracy = models[model].stable.accuracy
    let inBand = bandAccuracy(model, plan, &state)
    // Who comes during the hour may be looked at in it.
    state.add(sent, at: middle)
    let shift = people.hours.work(from: state.until, to: now, start: start)
    state.credit += shift.seconds / 3600 * Double(people.staff) * people.perHour
    let able = min(Int64(state.credit), state.queued)
    state.credit = state.queued > able ? state.credit - Double(able) : 0
    let done = able
    let waits = state.take(done, at: max(middle, shift.middle))
    let overflow = state.trim(to: Int64(plan.limit))
    state.paidReviews += done
    state.paidSeconds += shift.seconds * Double(people.staff)
    let span = (now - state.until).seconds
    let others = Double(new - sent)
    let outside =
      plan.share < 1 ? (accuracy - plan.share * inBand) / (1 - plan.share) : accuracy
    let kept = plan.overflow == .model ? Double(overflow) : 0
    models[model].scores.review.add(
      ReviewScores(
        predictions: Double(new), sent: Double(sent), reviewed: Double(done),
        overflowed: Double(overflow), waits: waits,
        queueSeconds: Double(state.queued) * span, seconds: span,
        decisions: others + Double(done + overflow),
        right: others * outside + Double(done) * people.accuracy + kept * inBand))
    state.until = now
    state.answered = answered
    models[model].review = state
  }

  /// Share of right decisions of the model among those that go to people.
  ///
  /// Those nearest to the threshold c are a band c ± h with h such that a share of all scores lies
  /// in it; errors in it follow from the two normal laws.
  private func bandAccuracy(
    _ model: Int, _ plan: ReviewPlan, _ state: inout ReviewState
  ) -> Double {
    let version = models[model].stable
    guard plan.pick == .uncertain, plan.share > 0, let task = models[model].plan.task else {
      return version.accuracy
    }
    if let band = state.band, abs(band.auc - version.auc) < 1e-6,
      abs(band.threshold - version.threshold) < 1e-6
    {
      return band.accuracy
    }
    let quality = BinormalQuality(
      auc: min(max(version.auc, 0.500_1), 0.999_9), positives: tasks[task].plan.positives)
    let accuracy = quality.accuracy(nearest: plan.share, to: version.threshold)
    state.band = (version.auc, version.threshold, accuracy)
    return accuracy
  }

  /// Reviews that were made since the start of the run.
  package func reviews(of model: Int) -> Int64 { models[model].review?.paidReviews ?? 0 }

  /// Whole hours that people were paid for to review a model, since the start of the run.
  package func reviewHours(of model: Int) -> Int64 {
    Int64(((models[model].review?.paidSeconds ?? 0) / 3600).rounded())
  }

  /// Measures of a model whose predictions are reviewed.
  func reviewMeasures(of model: ModelState) -> [Measure] {
    guard model.plan.review != nil else { return [] }
    let scores = model.scores.review
    func measure(
      _ metric: String, _ unit: MetricUnit, _ part: Double, _ whole: Double
    ) -> Measure {
      Measure(
        MetricName(model.plan.name, metric), unit: unit,
        value: whole > 0 ? .ratio(part, over: whole) : .missing)
    }
    return [
      measure("review.done", .share, scores.reviewed, scores.sent),
      measure("review.overflow", .share, scores.overflowed, scores.sent),
      measure("review.accuracy", .share, scores.right, scores.decisions),
      measure("review.queue", .count, scores.queueSeconds, scores.seconds),
      measure("review.wait", .seconds, scores.waits, scores.reviewed),
    ]
  }
}

extension ReviewScores {
  /// Adds another stretch.
  mutating func add(_ other: ReviewScores) {
    predictions += other.predictions
    sent += other.sent
    reviewed += other.reviewed
    overflowed += other.overflowed
    waits += other.waits
    queueSeconds += other.queueSeconds
    seconds += other.seconds
    decisions += other.decisions
    right += other.right
  }
}

extension BinormalQuality {
  /// Share of right decisions among the share of scores that lie nearest to `threshold`.
  package func accuracy(nearest share: Double, to threshold: Double) -> Double {
    func mass(_ from: Double, _ to: Double) -> (positive: Double, negative: Double) {
      let half = distance / 2
      return (
        positives
          * (PortableMath.normalCDF(to - half) - PortableMath.normalCDF(from - half)),
        (1 - positives)
          * (PortableMath.normalCDF(to + half) - PortableMath.normalCDF(from + half))
      )
    }
    var (low, high) = (0.0, 16 + abs(threshold))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let inside = mass(threshold - middle, threshold + middle)
      if inside.positive + inside.negative < share { low = middle } else { high = middle }
    }
    let below = mass(threshold - high, threshold)
    let above = mass(threshold, threshold + high)
    let all = below.positive + below.negative + above.positive + above.negative
    return all > 0 ? (below.negative + above.positive) / all : 0.5
  }
}

extension BusinessHours {
  /// Seconds of work within a stretch of a run, and the middle of the first shift in it in seconds.
  fileprivate func work(
    from: Instant, to: Instant, start: CalendarInstant
  ) -> (seconds: Double, middle: Double) {
    var (sum, now, middle) = (0.0, from, 0.0)
    while now < to {
      let begins = next(from: now, start: start)
      if begins >= to { break }
      let civil = start.adding(begins - .start)
      let left = Double(closes - civil.secondOfDay)
      let ends = min(to, begins + .seconds(max(left, 1)))
      sum += (ends - begins).seconds
      if middle == 0 { middle = (begins.seconds + ends.seconds) / 2 }
      now = ends
    }
    return (sum, middle)
  }
}
