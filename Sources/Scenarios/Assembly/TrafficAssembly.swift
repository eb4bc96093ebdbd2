import MLSystem
import Quantities
import Randomness

/// Streams of requests from their settings.
enum TrafficAssembly {
  /// The hourly multiples of a day whose busiest hour is 1.
  static let consumerDay = [
    0.52, 0.40, 0.31, 0.26, 0.24, 0.27, 0.35, 0.47, 0.58, 0.66, 0.71, 0.75, 0.79, 0.78, 0.76, 0.76,
    0.78, 0.82, 0.88, 0.95, 1.00, 0.98, 0.87, 0.70,
  ]
  static let officeDay = [
    0.06, 0.05, 0.05, 0.05, 0.06, 0.08, 0.15, 0.35, 0.70, 0.95, 1.00, 0.97, 0.80, 0.88, 0.97, 0.95,
    0.88, 0.70, 0.45, 0.30, 0.22, 0.16, 0.11, 0.08,
  ]

  /// The requests per second over the run.
  ///
  /// Beliefs have been drawn.
  static func profile(of stream: Setting) -> RateProfile {
    let rate = stream["rate"]
    var profile = RateProfile(base: rate.number ?? 0)
    if rate.kind == "rate" { profile = shaped(rate) }
    profile.growthPerMonth = stream["growth"].number ?? 0
    profile.surges = stream["surges"].elements.map { surge in
      Surge(
        at: surge["at"].instant ?? .start, ramp: surge["ramp"].duration ?? .zero,
        last: surge["last"].duration ?? .zero, factor: surge["factor"].number ?? 1)
    }
    .sorted { $0.at < $1.at }
    return profile
  }

  /// A stream whose predictions are only counted.
  static func predictions(of entry: SettingObject.Member, model: Int) -> PredictionStream {
    PredictionStream(
      name: entry.key, model: model, rate: profile(of: entry.value),
      errors: entry.value["errors"].number ?? 0)
  }

  private static func shaped(_ rate: Setting) -> RateProfile {
    let steps = rate["steps"].elements
    if !steps.isEmpty {
      // The profile is the first positive rate times a factor from each instant on.
      let rates = steps.map { $0.elements.last?.number ?? 0 }
      let base = rates.first { $0 > 0 } ?? 0
      return RateProfile(
        base: base,
        steps: zip(steps, rates).map { step, rate in
          RateStep(
            at: step.elements.first?.instant ?? .start, factor: base > 0 ? rate / base : 0)
        })
    }
    var hours = week(rate)
    if let mean = rate["mean"].number {
      let average = hours.reduce(0, +) / Double(max(hours.count, 1))
      if average > 0 { hours = hours.map { $0 / average } }
      return RateProfile(base: mean, hourOfWeek: hours)
    }
    let top = hours.max() ?? 1
    if top > 0 { hours = hours.map { $0 / top } }
    return RateProfile(base: rate["peak"].number ?? 0, hourOfWeek: hours)
  }

  /// The 168 hours of a week from Monday, none where the rate does not move.
  private static func week(_ rate: Setting) -> [Double] {
    let weekend = rate["weekend"].number ?? 1
    var hours = rate["shape"].elements.compactMap(\.number)
    switch rate["shape"].text {
    case "consumer-day": hours = consumerDay
    case "office-day": hours = officeDay
    default: break
    }
    if hours.isEmpty {
      guard weekend != 1 else { return [] }
      hours = [Double](repeating: 1, count: 24)
    }
    return (0..<168).map { hour in
      hours[hour % hours.count] * (hour >= 120 ? weekend : 1)
    }
  }

  /// The mean requests per second over a week, before growth and surges; nil for a trace and where
  /// the rate is a belief that was not drawn.
  static func meanRate(of stream: Setting) -> Double? {
    guard !stream["rate"].isAbsent else { return nil }
    if case .belief = stream["rate"].content { return nil }
    let profile = profile(of: stream)
    let hours = profile.hourOfWeek
    if !profile.steps.isEmpty { return profile.base * (profile.steps.map(\.factor).max() ?? 1) }
    return hours.isEmpty
      ? profile.base : profile.base * hours.reduce(0, +) / Double(hours.count)
  }

  /// The law of the gaps between requests.
  static func arrivals(
    of stream: Setting, _ files: ScenarioFiles
  ) throws(ScenarioFiles.Problem) -> ArrivalProcess {
    if stream["trace"].kind == "trace" { return .trace(try replay(stream["trace"], files)) }
    let arrivals = stream["arrivals"]
    let cv = arrivals["cv"].number ?? 1
    switch arrivals["law"].text {
    case "gamma": return .renewal(cv: cv, family: .gamma)
    case "weibull": return .renewal(cv: cv, family: .weibull)
    case "lognormal": return .renewal(cv: cv, family: .lognormal)
    default: return .poisson
    }
  }

  private static func replay(
    _ trace: Setting, _ files: ScenarioFiles
  ) throws(ScenarioFiles.Problem) -> TraceReplay {
    let path = trace["file"].text ?? ""
    guard let target = ScenarioFiles.normalized(path, from: []) else {
      throw ScenarioFiles.Problem("the path leaves its folder")
    }
    let columns = trace["columns"]
    let gap = columns["gap"].text
    let format: TraceFormat =
      trace["format"].text == "azure-llm"
      ? .azureLLM
      : .csv(
        TraceColumns(
          time: gap ?? columns["time"].text ?? "", timeIsGap: gap != nil,
          items: columns["items"].text, prompt: columns["prompt"].text,
          output: columns["output"].text))
    return TraceReplay(
      open: try files.trace(target), format: format, file: path,
      speed: trace["speed"].number ?? 1, loops: trace["loop"].flag)
  }

  /// Named shares in the order in which they are written.
  static func shares(_ setting: Setting) -> [Share] {
    setting.members.map { Share(name: $0.key, share: $0.value.number ?? 0) }
  }

  /// Priorities by tenant.
  static func priorities(of stream: Setting) -> [UInt8] {
    let tenants = stream["tenants"].members.map(\.key)
    let priority = stream["priority"]
    let one = UInt8(clamping: priority.whole ?? 0)
    if tenants.isEmpty { return [one] }
    return tenants.map { tenant in
      priority.members.isEmpty ? one : UInt8(clamping: priority[tenant].whole ?? 0)
    }
  }
}
