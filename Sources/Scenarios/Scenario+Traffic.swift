import Quantities

extension Scenario {
  /// The settings that make `times` as many requests come, in the words of `--set`.
  ///
  /// Rates are multiplied, shapes, growth and surges kept; a recorded trace is replayed so much
  /// faster, and so ends earlier. With 0 nobody comes at all; nil where a trace stands in the way
  /// of that.
  /// - Parameter streams: the streams that are multiplied; nil for all.
  package func trafficSettings(times: Double, of streams: [String]? = nil) -> [String]? {
    precondition(times >= 0 && times.isFinite, "traffic is multiplied by a number from 0 on")
    var made: [String] = []
    for stream in settings["traffic"].members where streams?.contains(stream.key) ?? true {
      let path = "traffic.\(stream.key)"
      let trace = stream.value["trace"]
      if trace.kind == "trace" {
        guard times > 0 else { return nil }
        made += Self.scaled(trace["speed"], by: times, suffix: "", at: path + ".trace.speed")
        continue
      }
      let rate = stream.value["rate"]
      guard rate.kind == "rate" else {
        made += Self.scaled(rate, by: times, suffix: "/s", at: path + ".rate")
        continue
      }
      for key in ["mean", "peak"] {
        made += Self.scaled(rate[key], by: times, suffix: "/s", at: "\(path).rate.\(key)")
      }
      let steps = rate["steps"].elements.compactMap { step -> String? in
        guard let at = step.elements.first?.duration, let rate = step.elements.last?.number else {
          return nil
        }
        return "[\"\(QuantityFormatter.exact(at))\", \"\(Self.text(rate * times))/s\"]"
      }
      if !steps.isEmpty { made.append("\(path).rate.steps=[\(steps.joined(separator: ", "))]") }
    }
    return made
  }

  /// One setting for a number or a belief; none for what is absent.
  private static func scaled(
    _ setting: Setting, by factor: Double, suffix: String, at path: String
  ) -> [String] {
    // A value with a unit is text, a bare number is not.
    func value(_ number: Double) -> String {
      let text = text(number * factor) + suffix
      return suffix.isEmpty ? text : "\"\(text)\""
    }
    switch setting.content {
    case .number(let number): return ["\(path)=\(value(number))"]
    case .belief(let belief):
      // A belief has two different ends, so that nobody coming is a number again.
      if factor == 0 { return ["\(path)=\(value(0))"] }
      return ["\(path)={ uncertain: { p10: \(value(belief.p10)), p90: \(value(belief.p90)) } }"]
    case .absent, .flag, .text, .money, .calendar, .spread, .list, .object: return []
    }
  }

  private static func text(_ number: Double) -> String { QuantityFormatter.shortest(number) }
}
