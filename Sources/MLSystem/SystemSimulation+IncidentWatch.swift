import DiscreteEvents
import Pricing
import Quantities
import Randomness
import Statistics

// Who sees incidents, when, and whom they hurt.
extension SystemSimulation {
  mutating func scheduleMinute(
    after now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let next = now + .minutes(1)
    if next < horizon {
      calendar.schedule(.minuteEnds, at: next, priority: EventPriority.sample)
    }
  }

  /// A minute ends: alerts and recoveries are looked at.
  mutating func endMinute(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    if incidents.watches.contains(where: \.isOpen) { lookAtFluid(now) }
    for objective in incidents.burns.indices {
      let (ended, bad) = totals(ofObjective: objective)
      let fired = incidents.burns[objective].endMinute(ended: ended, bad: bad)
      for alert in fired { noteAlert(alert, objective, now, &calendar) }
    }
    let isCalm = !incidents.hurtsSomebody
    for index in incidents.plans.indices where !incidents.watches[index].hasBegun {
      incidents.watches[index].endEarlierMinute(
        harm(ofRoutes: incidents.routes[index]), isCalm: isCalm)
    }
    for index in incidents.plans.indices where incidents.watches[index].isOpen {
      let isUsual = incidents.watches[index].endMinute(harm(ofRoutes: incidents.routes[index]))
      if isUsual, !incidents.isOn[index] {
        incidents.records[index].recovered = now
        incidents.watches[index].isOpen = false
      }
    }
    scheduleMinute(after: now, &calendar)
  }

  /// An alert on an error budget goes on: the incidents behind it are seen.
  private mutating func noteAlert(
    _ alert: BurnRateAlert, _ objective: Int, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    let plan = model.objectives[objective]
    let speed = QuantityFormatter.shortest(alert.threshold, significant: 3)
    timeline.note(
      .alarm, plan.name, at: now,
      "\(alert.severity == .page ? "page" : "ticket"): the error budget burns "
        + "\(speed)x too fast over \(QuantityFormatter.time(alert.long))")
    for index in incidents.plans.indices
    where incidents.watches[index].isOpen && incidents.routes[index].contains(plan.route) {
      // Nobody sees a price in how requests fare.
      if case .priceSpike = incidents.plans[index].kind { continue }
      notice(incident: index, by: plan.name, now, &calendar)
    }
  }

  /// A month ends: what was dearer stands on the bill.
  mutating func noticeBill(_ now: Instant, _ calendar: inout EventCalendar<SystemEvent>) {
    for index in incidents.plans.indices where incidents.watches[index].hasBegun {
      guard case .priceSpike = incidents.plans[index].kind else { continue }
      notice(incident: index, by: "the bill of the month", now, &calendar)
    }
  }

  /// Somebody is told of an incident for the first time.
  mutating func notice(
    incident index: Int, by alert: String, _ now: Instant,
    _ calendar: inout EventCalendar<SystemEvent>
  ) {
    if incidents.records[index].noticed != nil { return }
    incidents.records[index].noticed = now
    incidents.records[index].noticedBy = alert
    var draws = incidents.draws.draws(of: UInt64(index))
    let due = model.onCall.response(to: now, start: model.start, &draws)
    schedule(incident: index, .answered, at: due, &calendar)
  }

  /// The human who was called comes, and begins to undo what can be undone.
  mutating func answer(
    incident index: Int, _ now: Instant, _ calendar: inout EventCalendar<SystemEvent>
  ) {
    incidents.records[index].answered = now
    let record = incidents.records[index]
    let waited = QuantityFormatter.time((now - (record.noticed ?? now)).seconds)
    let isOver = !incidents.isOn[index]
    timeline.note(
      .response, record.subject, at: now,
      "on call after \(waited)" + (isOver ? ": the \(record.cause) is over" : ""))
    guard !isOver, let repair = incidents.plans[index].repair else { return }
    var draws = incidents.draws.draws(of: UInt64(index), from: 1 << 8)
    let span = Duration(drawn: max(0, Sampler(repair).sample(&draws)))
    schedule(incident: index, .mended, at: now + span, &calendar)
  }

  // MARK: Counting

  /// Draws what became of the requests of a fluid until now, which an incident is judged by.
  mutating func lookAtFluid(_ now: Instant) {
    takeCounts(now)
    foldLaws(now)
  }

  /// What has become of the requests of some routes so far.
  func harm(ofRoutes routes: [Int]) -> RequestHarm {
    var sum = RequestHarm()
    for route in routes {
      let tally = routeRecords[route].all
      // Whether those of a fluid were in time is drawn with their latencies.
      let pending = fluid.isOn ? fluid.routes[route].served[0] : 0
      sum.ended += tally.ended - pending
      sum.bad += tally.ended - pending - tally.good
      sum.unanswered += tally.counts.shed + tally.counts.failed
      sum.fallback += tally.counts.fallback
    }
    return sum
  }

  /// The requests of an objective that ended so far, and those of them that did not meet it.
  private func totals(ofObjective index: Int) -> (ended: Int64, bad: Int64) {
    let route = model.objectives[index].route
    let place = model.objectives[..<index].count { $0.route == route }
    let tally = routeRecords[route].objectives[place]
    return (tally.ended, tally.ended - tally.met)
  }

  /// The records of all incidents that began before `end`.
  ///
  /// What is lost: charges above the usual price, and answers that were not given at what an answer
  /// of the stable version of the models on those routes is worth at the end.
  mutating func incidentRecords(at end: Instant, _ ledger: Ledger) -> [IncidentRecord] {
    for index in incidents.plans.indices where incidents.plans[index].at < end {
      if incidents.watches[index].isOpen {
        _ = incidents.watches[index].endMinute(harm(ofRoutes: incidents.routes[index]))
      }
      incidents.records[index].lost = moneyLost(by: index, ledger)
      // Whatever requests fare like meanwhile, it is not for the price.
      if case .priceSpike = incidents.plans[index].kind { continue }
      incidents.records[index].hurt = incidents.watches[index].hurt
      incidents.records[index].fallback = incidents.watches[index].fallback
    }
    return incidents.records.filter { $0.start < end }
  }

  /// Dollars that an incident cost; nil where nothing says what an answer is worth.
  private func moneyLost(by index: Int, _ ledger: Ledger) -> Double? {
    let plan = incidents.plans[index]
    if case .priceSpike = plan.kind {
      let charged = ledger.total(of: Accounts.category(of: plan))
      return charged.isComplete ? charged.known.dollars : nil
    }
    var models: [Int] = []
    for route in incidents.routes[index] {
      for step in model.routes[route].steps {
        if let served = model.services[step].model, !models.contains(served) {
          models.append(served)
        }
      }
    }
    let worths = models.compactMap { learning.worth(ofAnswer: $0) }
    guard !worths.isEmpty else { return nil }
    let lost = max(0, incidents.watches[index].unanswered - incidents.watches[index].fallback)
    return worths.reduce(0, +) * lost
  }

  /// The measures of every incident, in the order of the model.
  func incidentMeasures(at end: Instant) -> [Measure] {
    var all: [Measure] = []
    for index in incidents.plans.indices {
      let record = incidents.records[index]
      let hasBegun = incidents.watches[index].hasBegun
      var isCounted = !incidents.routes[index].isEmpty && hasBegun
      if case .priceSpike = incidents.plans[index].kind { isCounted = false }
      all += record.measures(
        hurt: isCounted ? record.hurt : nil, lost: hasBegun ? record.lost : nil,
        recovered: isCounted ? record.recovered : nil)
    }
    return all + learning.incidentMeasures(at: end)
  }
}
