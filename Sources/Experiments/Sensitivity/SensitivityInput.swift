import Quantities
import Randomness
import Scenarios
import Syntax

/// Something of a scenario that may be otherwise: a belief, or a setting between two named ends.
package struct SensitivityInput: Hashable, Sendable {
  /// Such as `traffic.users.growth`.
  package var path: String
  package var law: Law

  package enum Law: Hashable, Sendable {
    /// The law of the scenario's own belief; `form` writes a number of it as text, and `scale` is
    /// the number of the text over that of the belief.
    case belief(Belief, form: AxisNumber, scale: Double)
    /// Everything between two ends alike; `middle` is what the scenario says, nil where nothing.
    case range(AxisRange, middle: String?)
  }

  package init(path: String, law: Law) {
    self.path = path
    self.law = law
  }

  /// A setting that goes from one end of an axis to the other; nil for an axis of values.
  ///
  /// - Parameter middle: what the scenario says.
  package init?(_ axis: SettingAxis, middle: String?) {
    guard case .continuous(let range) = axis.levels else { return nil }
    self.init(path: axis.path, law: .range(range, middle: middle))
  }

  /// Whether the scenario holds it for uncertain.
  package var isBelief: Bool {
    if case .belief = law { true } else { false }
  }

  /// The shares of the law that its low and high end stand for: P10 and P90 of a belief, the ends
  /// of a range.
  package var ends: (low: Double, high: Double) { isBelief ? (0.1, 0.9) : (0, 1) }

  /// How far a search for a turning point goes: to P1 and P99 of a belief.
  package var reach: (low: Double, high: Double) { isBelief ? (0.01, 0.99) : (0, 1) }

  /// The value at a share of the law, as it would be written.
  package func value(at share: Double) -> String {
    switch law {
    case .belief(let belief, let form, let scale): form.text(belief.draw(share) * scale)
    case .range(let range, _): range.value(at: share)
    }
  }

  /// The value in the middle: the median of a belief; nil for what the scenario says.
  package var middle: String? {
    switch law {
    case .belief: value(at: 0.5)
    case .range: nil
    }
  }

  /// The value in the middle, for readers.
  package var middleText: String {
    switch law {
    case .belief: value(at: 0.5)
    case .range(_, let middle): middle ?? "default"
    }
  }

  /// The setting that gives it a value, in the words of `--set`.
  package func setting(_ value: String) -> String { path + "=" + value }
}

extension Scenario {
  /// The beliefs of the scenario, in the order of the language.
  package var beliefs: [SensitivityInput] {
    var found: [SensitivityInput] = []
    Self.collect(settings, into: &found)
    return found
  }

  private static func collect(_ setting: Setting, into found: inout [SensitivityInput]) {
    switch setting.content {
    case .belief(let belief):
      guard let input = SensitivityInput(setting, belief) else { return }
      found.append(input)
    case .object:
      for member in setting.members { collect(member.value, into: &found) }
    case .list(let elements):
      for element in elements { collect(element, into: &found) }
    case .absent, .flag, .text, .number, .money, .calendar, .spread: break
    }
  }

  /// What the scenario says at a path, as text; nil where nothing is said or it is no single value.
  package func text(at path: String) -> String? {
    guard let setting = setting(at: path) else { return nil }
    switch setting.content {
    case .flag, .text, .number, .money, .calendar: break
    case .absent, .spread, .belief, .list, .object: return nil
    }
    return Self.word(setting.json)
  }

  fileprivate static func word(_ json: JSONValue) -> String? {
    switch json {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): ShortestNumber.text(number)
    case .bool(let flag): "\(flag)"
    case .null, .array, .object: nil
    }
  }
}

extension SensitivityInput {
  /// The input of a belief; nil where its percentiles are not written as numbers with a unit.
  fileprivate init?(_ setting: Setting, _ belief: Belief) {
    guard let pair = setting.json["uncertain"],
      let low = pair["p10"].flatMap(Scenario.word).flatMap(AxisNumber.init),
      let high = pair["p90"].flatMap(Scenario.word).flatMap(AxisNumber.init)
    else { return nil }
    // A percentile of 0 has no scale.
    let (form, value) = belief.p10 != 0 ? (low, belief.p10) : (high, belief.p90)
    self.init(
      path: setting.path,
      law: .belief(belief, form: form, scale: form.value / value))
  }
}
