import Quantities
import Randomness

// What an alarm sets in motion, at once or once a human has come to it.
extension LearningPlane {
  /// Does what an alarm calls for, or calls the human who will.
  ///
  /// - Parameter asked: the training that the triggers of the model ask for.
  mutating func respond(
    _ model: Int, _ number: Int, _ asked: TrainingKind?, at now: Instant,
    _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    let plan = models[model].monitors[number].plan
    switch plan.routing {
    case .log: return
    case .automatic: act(on: model, asked, at: now, counters, &actions)
    case .onCall:
      if asked != nil { models[model].response.asked = asked }
      call(for: model, within: plan.within, at: now)
    }
  }

  /// Calls the human on duty, unless one is on the way or was here less than a day ago.
  private mutating func call(for model: Int, within: Duration?, at now: Instant) {
    let latest = within.map { now + $0 } ?? .never
    if let due = models[model].response.due {
      if latest < due { expect(model, at: latest) }
      return
    }
    if let called = models[model].response.called, now - called < .days(1) { return }
    models[model].response.called = now
    var draws = models[model].response.draws.draws(of: models[model].response.calls)
    models[model].response.calls += 1
    expect(model, at: min(onCall.response(to: now, start: start, &draws), latest))
  }

  private mutating func expect(_ model: Int, at due: Instant) {
    models[model].response.due = due
    schedule(.response(model: UInt16(model)), at: due)
  }

  /// The human who was called acts, or the time in which to wait for them is over.
  mutating func endResponse(
    _ model: Int, at now: Instant, _ counters: VersionCounters, _ actions: inout [LifecycleAction]
  ) {
    // An earlier response was entered since.
    guard models[model].response.due == now else { return }
    models[model].response.due = nil
    models[model].response.answered += 1
    let waited = now - (models[model].response.called ?? now)
    let isOver = !models[model].monitors.contains { $0.isFiring }
    note(
      .response, models[model].plan.name, at: now,
      "on call after \(QuantityFormatter.time(waited.seconds))"
        + (isOver ? ": the alarm is over" : ""))
    let asked = models[model].response.asked
    models[model].response.asked = nil
    if !isOver { act(on: model, asked, at: now, counters, &actions) }
  }

  /// Does what an alarm calls for now.
  private mutating func act(
    on model: Int, _ asked: TrainingKind?, at now: Instant, _ counters: VersionCounters,
    _ actions: inout [LifecycleAction]
  ) {
    if models[model].plan.diagnosis != nil {
      diagnose(model, asked, at: now)
      return
    }
    // While a new version is on its way there is nothing more to be done about an alarm.
    if let asked, models[model].rollout == nil {
      startTraining(model, asked, at: now, why: "after an alarm", counters, &actions)
    }
  }
}
