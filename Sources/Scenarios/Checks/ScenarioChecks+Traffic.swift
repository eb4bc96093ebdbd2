import Randomness
import Syntax

extension ScenarioChecks {
  /// Routes that come back to themselves, and services that nobody calls.
  mutating func checkRoutes() {
    let map = routeMap
    for cycle in map.cycles {
      report(
        .routeCycle, "route \(cycle.route.quoted) comes back to itself", cycle.route.keyRange,
        notes: [.init("the way is \(cycle.way.map(VisibleText.escaped).joined(separator: " -> "))")]
      )
    }
    for route in map.tooLong {
      report(
        .tooMany, "route \(route.quoted) calls more than \(RouteMap.limit) services",
        route.keyRange)
    }
    if root["routes"].isLeftOut, root["services"].members.count > 1 {
      report(
        .missingKey, "`routes` is missing in the scenario: there is more than one service",
        root.keyRange("services"), help: "add routes: { requests: [\"…\"] }")
      return
    }
    checkNestedRoutes(map)
    for route in root["routes"].members {
      guard let name = route.value["fallback"].text, root["models"][name].kind == "model",
        !root["models"][name].isFixed
      else { continue }
      report(
        .wrongNameKind, "the fallback `\(name)` is no rule, so it needs a server to answer",
        route.value["fallback"].range, help: "name a model with rule: true")
    }
    guard map.cycles.isEmpty, map.tooLong.isEmpty, isSound, !diagnostics.hasErrors else { return }
    var called: Set<String> = []
    for stream in root["traffic"].members {
      if counts(stream.value) { continue }
      guard let name = map.route(of: stream.value), let way = map.way(name) else { return }
      called.formUnion(way.services)
    }
    for service in root["services"].members where !called.contains(service.key) {
      report(
        .uncalledService, "nobody calls service \(service.quoted)", service.keyRange,
        help: "name it in the steps of a route, or take it away")
    }
  }

  /// A route within a route brings its steps only; what else it says would be lost.
  private mutating func checkNestedRoutes(_ map: RouteMap) {
    let nested = Set(
      root["routes"].members.flatMap { $0.value["steps"].elements.compactMap(\.text) })
    for route in root["routes"].members where nested.contains(route.key) {
      for key in ["timeout", "retries", "fallback"] {
        let value = route.value[key]
        guard !value.isAbsent else { continue }
        report(
          .notSimulated,
          "`\(key)` of \(route.quoted) is not simulated: another route has it as a step",
          route.value.keyRange(key), help: "give it to the outer route")
      }
    }
  }

  mutating func checkStream(_ stream: SettingObject.Member) {
    let value = stream.value
    if counts(value) { return checkCounted(stream) }
    if let errors = value["errors"].number, errors > 0 {
      report(
        .conflictingKeys, "errors of requests come from services: `errors` has no meaning",
        value.keyRange("errors"), help: "take it away, or send the stream to a model")
    }
    if value["to"].isLeftOut, root["routes"].isLeftOut, root["services"].members.isEmpty {
      report(
        .missingKey, "stream \(stream.quoted) goes nowhere: there are no services",
        stream.keyRange, help: "add services, or name a model whose predictions are counted")
    }
    if value["to"].isLeftOut, root["routes"].members.count > 1 {
      report(
        .missingKey, "`to` is missing in stream \(stream.quoted): there is more than one route",
        stream.keyRange, help: "add to: \"\(root["routes"].members[0].key)\"")
    }
    let hasRate = !value["rate"].isLeftOut
    let hasTrace = !value["trace"].isLeftOut
    if hasRate == hasTrace {
      report(
        hasRate ? .conflictingKeys : .missingKey,
        hasRate
          ? "stream \(stream.quoted) has both `rate` and `trace`"
          : "stream \(stream.quoted) needs `rate` or `trace`",
        hasRate ? value.keyRange("trace") : stream.keyRange,
        also: hasRate ? [.init(value.keyRange("rate"), "the rate")] : [],
        help: hasRate ? "keep one of them" : "add rate: \"10/s\"")
    }
    checkRate(value["rate"], stream)
    if hasTrace { checkTrace(value["trace"], stream) }
    checkPriority(value, stream)
    checkTokens(value, stream)
  }

  /// Whether a stream goes to a model, so that its predictions are only counted.
  func counts(_ stream: Setting) -> Bool {
    guard let name = stream["to"].text else { return false }
    return root["models"].members.contains { $0.key == name }
  }

  /// Counted predictions have a rate and nothing that only a request has.
  private mutating func checkCounted(_ stream: SettingObject.Member) {
    let value = stream.value
    var idle = ["trace", "prompt", "output", "tenants"].filter { !value[$0].isAbsent }
    if let items = value["items"].distribution, items.mean != 1 { idle.append("items") }
    if value["arrivals"]["law"].text != "exponential" { idle.append("arrivals") }
    if value["priority"].whole != 0 { idle.append("priority") }
    for key in idle where value[key].origin == .written {
      report(
        .conflictingKeys,
        "predictions of stream \(stream.quoted) are only counted: `\(key)` has no meaning",
        value.keyRange(key), help: "take `\(key)` away, or send the stream to a route")
    }
    if value["rate"].isLeftOut {
      report(
        .missingKey, "stream \(stream.quoted) needs `rate`", stream.keyRange,
        help: "add rate: \"10/s\"")
    }
    checkRate(value["rate"], stream)
  }

  private mutating func checkRate(_ rate: Setting, _ stream: SettingObject.Member) {
    guard rate.kind == "rate" else { return }
    let given = ["mean", "peak", "steps"].filter { !rate[$0].isLeftOut }
    if given.count != 1 {
      report(
        given.isEmpty ? .missingKey : .conflictingKeys,
        given.isEmpty
          ? "the rate of stream \(stream.quoted) needs `mean`, `peak` or `steps`"
          : "the rate of stream \(stream.quoted) has `\(given[0])` and `\(given[1])`",
        given.isEmpty ? rate.range : rate.keyRange(given[1]), help: "give one of them")
    }
    let steps = rate["steps"].elements
    for (index, step) in steps.enumerated() {
      guard step.elements.count == 2, let at = step.elements[0].number else { continue }
      if index == 0, at != 0 {
        report(.outOfRange, "the first step must be at 0", step.elements[0].range)
      }
      if index > 0, let before = steps[index - 1].elements.first?.number, at <= before {
        report(.outOfRange, "the steps must go on in time", step.elements[0].range)
      }
    }
    if !steps.isEmpty, rate["shape"].text != "constant" {
      report(
        .conflictingKeys, "`steps` already say how the rate moves", rate.keyRange("shape"),
        help: "take `shape` away")
    }
    let hours = rate["shape"].elements
    if !hours.isEmpty, hours.count != 24, hours.count != 168 {
      report(
        .wrongCount, "a shape has 24 or 168 hours, not \(hours.count)", rate["shape"].range)
    } else if !hours.isEmpty, hours.allSatisfy({ $0.number == 0 }) {
      report(.outOfRange, "a shape needs an hour above 0", rate["shape"].range)
    }
  }

  private mutating func checkTrace(_ trace: Setting, _ stream: SettingObject.Member) {
    let columns = trace["columns"]
    if trace["format"].text == "csv" {
      let hasTime = columns["time"].text != nil
      let hasGap = columns["gap"].text != nil
      if hasTime == hasGap {
        report(
          hasTime ? .conflictingKeys : .missingKey,
          hasTime
            ? "a trace has a column `time` or `gap`, not both"
            : "the trace of stream \(stream.quoted) needs the column of its times",
          hasTime ? columns.keyRange("gap") : trace.range,
          help: hasTime ? "keep one of them" : "add columns: { time: \"…\" }")
      }
    }
    var idle: [String] = []
    if stream.value["growth"].number != 0 { idle.append("growth") }
    if !stream.value["surges"].elements.isEmpty { idle.append("surges") }
    if stream.value["arrivals"]["law"].text != "exponential" { idle.append("arrivals") }
    for key in idle where stream.value[key].origin == .written {
      report(
        .conflictingKeys, "a trace brings its own arrivals: `\(key)` has no meaning",
        stream.value.keyRange(key), help: "take `\(key)` away")
    }
    guard let path = trace["file"].text else { return }
    guard let target = checkedPath(path, trace["file"].range) else { return }
    do {
      _ = try files.trace(target)
    } catch {
      let from = trace["from"].text.map { "it comes from \(VisibleText.escaped($0))" }
      report(
        .unreadableFile, "cannot read \(VisibleText.quoted(path)): \(error.reason)",
        trace["file"].range, help: "give its folder with --data or TOWTANK_DATA",
        notes: from.map { [.init($0)] } ?? [])
    }
  }

  /// A path that stays beneath its folder; nil where it was reported.
  mutating func checkedPath(_ path: String, _ range: SourceRange) -> String? {
    if let target = ScenarioFiles.normalized(path, from: []) { return target }
    report(
      .pathEscape, "\(VisibleText.quoted(path)) leaves the folder of the scenario", range,
      help: "put the file beneath the scenario or beneath the folder given by --data")
    return nil
  }

  private mutating func checkPriority(_ value: Setting, _ stream: SettingObject.Member) {
    let priorities = value["priority"].members
    guard !priorities.isEmpty else { return }
    let tenants = value["tenants"].members.map(\.key)
    for priority in priorities where !tenants.contains(priority.key) {
      report(
        .unknownName, "stream \(stream.quoted) has no tenant \(priority.quoted)",
        priority.keyRange, help: Decoder.didYouMean(priority.key, tenants))
    }
    for tenant in tenants where !priorities.contains(where: { $0.key == tenant }) {
      report(
        .missingKey, "tenant `\(tenant)` has no priority", value.keyRange("priority"),
        help: "add \(tenant): 0")
    }
  }

  /// A stream whose route asks an LLM must say how many tokens it brings and gets.
  private mutating func checkTokens(_ value: Setting, _ stream: SettingObject.Member) {
    let map = routeMap
    guard let name = map.route(of: value), let way = map.way(name) else { return }
    let llm = way.services.first { root["services"][$0].kind == "service:llm" }
    guard let llm, value["trace"]["format"].text != "azure-llm" else { return }
    for key in ["prompt", "output"] where value[key].isLeftOut {
      if value["trace"]["columns"][key].text != nil { continue }
      report(
        .missingKey, "`\(key)` is missing in stream \(stream.quoted): `\(llm)` counts tokens",
        stream.keyRange, help: "add \(key): { lognormal: { p50: 500, p99: 4000 } }")
    }
  }
}
