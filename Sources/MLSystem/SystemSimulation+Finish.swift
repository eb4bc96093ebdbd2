import DiscreteEvents
import Pricing
import Quantities
import Statistics

// From the state at the end to the record of the run.
extension SystemSimulation {
  /// What the run leaves behind; `end` is where simulated time stood.
  consuming func record(_ outcome: RunOutcome, replication: Int) -> RunRecord {
    let end = outcome.time == .never ? horizon : min(outcome.time, horizon)
    if fluid.isFlowing { flowToEnd(end) } else if fluid.isOn { endInEpisode() }
    countInFlight()
    takePictures(end)
    for service in services.indices where services[service].kind == .llm {
      if !fluid.isOn { fleets[service].settleTotals(at: end) }
    }
    learning.finish(at: end, counters: &counters)
    bookTotals(until: end)
    var counts = RequestCounts()
    for route in routeRecords.indices { counts.add(routeRecords[route].all.counts) }
    counts.predicted = learning.predicted
    let ledger = accounts.ledger(at: end)
    let incidents = incidentRecords(at: end, ledger)
    let doubtful = doubtfulEpisodes()
    var record = RunRecord(
      replication: replication, outcome: outcome, counts: counts,
      measures: measures(at: end) + learning.trainingCosts(ledger) + rolloutCosts(ledger)
        + incidentMeasures(at: end),
      windows: windowedMeasures(at: end),
      series: pictures.series(of: model) + learning.recordedSeries(),
      timeline: timeline.joined(with: learning.timeline, end: end),
      saturations: saturations(at: end), ledger: ledger, versions: learning.pricedVersions(ledger),
      alarms: learning.alarms, incidents: incidents + learning.incidentRecords(at: end),
      trust: trust(), demands: accounts.demands)
    record.doubtful = doubtful
    return record
  }

  /// Counts the requests that are not over, from the pool itself, so that conservation is a check.
  private mutating func countInFlight() {
    for request in 0..<UInt32(requests.slotCount) {
      let slot = requests[request]
      if slot.place != .free, slot.isCounted {
        routeRecords[Int(streamRoutes[Int(slot.stream)])].note(slot) { $0.counts.inFlight += 1 }
      }
    }
  }

  /// Every gap between two tokens at the LLM services of a route.
  private func tokenGaps(of route: Route) -> LogHistogram {
    var gaps = LogHistogram()
    // Those of episodes would stand for all.
    if fluid.isOn { return gaps }
    for service in Set(route.steps).sorted() where services[service].kind == .llm {
      gaps.merge(fleets[service].totals.interTokenLatency)
    }
    return gaps
  }

  /// What double running has cost, by model that changes.
  private func rolloutCosts(_ ledger: Ledger) -> [Measure] {
    var measures: [Measure] = []
    for (index, plan) in model.models.enumerated() where learning.canChange(index) {
      var total = LedgerTotal()
      for service in model.services where service.model == index {
        total = total + ledger.total(of: "serving/\(service.name)/candidate")
      }
      measures.append(
        Measure(
          MetricName(plan.name, "rollout-cost"), unit: .dollars,
          value: total.isComplete ? .scalar(total.known.dollars) : .missing))
    }
    return measures
  }

  private func measures(at end: Instant) -> [Measure] {
    let counted = max(0, (end - warmUpEnd).seconds)
    var measures: [Measure] = []
    for (route, plan) in model.routes.enumerated() {
      routeRecords[route].addMeasures(of: plan.name, counted, to: &measures)
      if routeRecords[route].hasTokens {
        measures.append(
          Measure(
            MetricName(plan.name, "itl"), unit: .seconds, value: .times(tokenGaps(of: plan))))
      }
    }
    for (service, plan) in model.services.enumerated() {
      serviceRecords[service].addMeasures(of: plan, counted, end, to: &measures)
      if case .llm(let server) = plan.kind {
        let totals = fluid.isOn ? fluidTotals(service) : fleets[service].totals
        serviceRecords[service].addTokenMeasures(
          of: plan.name, totals, blocks: fluid.isOn ? 0 : server.rules.blocks, counted, end,
          to: &measures)
      }
    }
    measures += learning.measures()
    for (index, objective) in model.objectives.enumerated() {
      let place = model.objectives[..<index].count { $0.route == objective.route }
      let tally = routeRecords[objective.route].objectives[place]
      measures.append(
        Measure(
          MetricName(objective.name, "attainment"), unit: .share,
          value: .share(tally.met, of: tally.ended)))
      let missed = Double(tally.ended - tally.met)
      measures.append(
        Measure(
          MetricName(objective.name, "budget-spent"), unit: .share,
          value: tally.ended == 0
            ? .missing : .ratio(missed, over: Double(tally.ended) * (1 - objective.target))))
      let burn = incidents.burns[index]
      for (metric, count) in [("pages", burn.pages), ("tickets", burn.tickets)] {
        measures.append(
          Measure(
            MetricName(objective.name, metric), unit: .count, value: .scalar(Double(count))))
      }
    }
    return measures
  }
}

extension RequestCounts {
  /// Adds the counts of other requests.
  mutating func add(_ other: RequestCounts) {
    arrived += other.arrived
    served += other.served
    shed += other.shed
    failed += other.failed
    inFlight += other.inFlight
    fallback += other.fallback
  }
}

extension Measure.Value {
  /// A share of counts, missing where there is nothing to share.
  static func share(_ part: Int64, of whole: Int64) -> Measure.Value {
    whole > 0 ? .ratio(Double(part), over: Double(whole)) : .missing
  }

  /// A distribution, missing where there is no value.
  static func times(_ histogram: LogHistogram) -> Measure.Value {
    histogram.isEmpty ? .missing : .distribution(histogram)
  }

  /// A quantity over a length of time, missing where there is none.
  static func over(_ quantity: Double, _ time: Double) -> Measure.Value {
    time > 0 ? .ratio(quantity, over: time) : .missing
  }
}
