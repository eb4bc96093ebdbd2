import Quantities
import Statistics

extension RouteRecord {
  /// Adds the measures of a route called `name`, observed for `seconds` after the warm-up.
  func addMeasures(of name: String, _ seconds: Double, to measures: inout [Measure]) {
    add(all, name, nil, seconds, to: &measures)
    for (tenant, tally) in zip(tenantNames, tenants) {
      let selector = MetricName.Selector(dimension: "tenant", value: tenant)
      add(tally, name, selector, seconds, to: &measures)
    }
    for (segment, tally) in zip(segmentNames, segments) {
      let selector = MetricName.Selector(dimension: "segment", value: segment)
      add(tally, name, selector, seconds, to: &measures)
    }
  }

  private func add(
    _ tally: RequestTally, _ route: String, _ selector: MetricName.Selector?, _ seconds: Double,
    to measures: inout [Measure]
  ) {
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      measures.append(
        Measure(MetricName(route, metric, selector: selector), unit: unit, value: value))
    }
    let counts = tally.counts
    add("latency", .seconds, .times(tally.latency))
    add("requests", .perSecond, .over(Double(counts.arrived), seconds))
    add("availability", .share, .share(counts.served, of: tally.ended))
    add("shed", .share, .share(counts.shed, of: tally.ended))
    add("failed", .share, .share(counts.failed, of: tally.ended))
    add("timeouts", .share, .share(tally.timeouts, of: tally.ended))
    add("retries", .share, .share(tally.retries, of: counts.arrived))
    add("fallback", .share, .share(counts.fallback, of: counts.arrived))
    add("goodput", .perSecond, .over(Double(tally.good), seconds))
    if hasTokens {
      add("ttft", .seconds, .times(tally.firstToken))
      add("tpot", .seconds, .times(tally.perToken))
    }
  }
}

extension ServiceRecord {
  /// Adds the measures of `service`, observed for `seconds` after the warm-up until `end`.
  func addMeasures(
    of service: Service, _ seconds: Double, _ end: Instant, to measures: inout [Measure]
  ) {
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      measures.append(Measure(MetricName(service.name, metric), unit: unit, value: value))
    }
    add("latency", .seconds, .times(latency))
    add("wait", .seconds, .times(wait))
    add("calls", .perSecond, .over(Double(calls), seconds))
    switch service.kind {
    case .lookup: return
    case .model:
      add("batch", .count, .share(batched, of: batches))
    case .llm:
      add("ttft", .seconds, .times(firstToken))
      add("tpot", .seconds, .times(perToken))
    }
    add("busy", .share, .over(busy.seconds(at: end), ready.seconds(at: end)))
    add("queue", .count, .over(waiting.seconds(at: end), seconds))
    add("replicas", .count, .over(ready.seconds(at: end), seconds))
    add("peak.replicas", .count, .scalar(Double(ready.peak)))
    add("availability", .share, .over(ready.seconds(at: end), wanted.seconds(at: end)))
  }

  /// Adds what only an LLM service called `name` has; `blocks` are those of one replica.
  func addTokenMeasures(
    of name: String, _ totals: LLMTotals, blocks: Int, _ seconds: Double, _ end: Instant,
    to measures: inout [Measure]
  ) {
    func add(_ metric: String, _ unit: MetricUnit, _ value: Measure.Value) {
      measures.append(Measure(MetricName(name, metric), unit: unit, value: value))
    }
    add("itl", .seconds, .times(totals.interTokenLatency))
    add("batch", .count, .share(totals.sequences, of: totals.iterations))
    let room = Double(blocks) * ready.seconds(at: end)
    add("kv", .share, .over(totals.blockSeconds, room))
    // Without blocks no server was looked into.
    add("preemptions", .count, blocks == 0 ? .missing : .share(totals.preemptions, of: calls))
    add("tokens", .tokensPerSecond, .over(Double(totals.outputTokens), seconds))
  }
}
