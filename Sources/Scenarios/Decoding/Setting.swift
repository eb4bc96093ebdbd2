import Quantities
import Randomness
import Syntax

/// A value of a scenario after decoding: checked against the schema, units resolved, defaults
/// filled in.
package struct Setting: Sendable {
  /// Where a value comes from.
  package enum Origin: Sendable, Hashable {
    /// Written in a file or with `--set`.
    case written
    /// From a preset that was named.
    case preset
    /// Nobody wrote it.
    case standard
  }

  /// What the value is, in the base unit of its dimension.
  package indirect enum Content: Sendable {
    /// Nothing, which means what the words say.
    case absent(String)
    case flag(Bool)
    case text(String)
    case number(Double)
    case money(Money)
    case calendar(CalendarInstant)
    case spread(Distribution)
    case belief(Belief)
    case list([Setting])
    case object(SettingObject)
  }

  /// The value.
  package var content: Content
  /// Where it is written; for a default, where the object stands that lacks it.
  package var range: SourceRange
  /// Its path in the scenario: `services.ranker.replicas.min`.
  package var path: String
  /// Where it comes from.
  package var origin: Origin
  /// How it is written, for scalars, spreads and beliefs.
  package var json: JSONValue
}

/// An object after decoding: every key of its kind is there, in the order of the schema.
package struct SettingObject: Sendable {
  /// A key and its value.
  package struct Member: Sendable {
    /// The key.
    package var key: String
    /// Where the key is written; for a default, where the object stands.
    package var keyRange: SourceRange
    /// The value.
    package var value: Setting
  }

  /// The object of the schema, empty for a map of entries.
  package var kind: String
  /// The members in the order of the schema, or of the file for a map.
  package var members: [Member]
}

/// A value that nobody knows: one draw per replication.
///
/// The law is lognormal where both percentiles are above 0, else normal, through both of them; a
/// draw beyond the range of the key is moved to its end.
package struct Belief: Sendable, Hashable {
  /// One in ten draws is below.
  package var p10: Double
  /// One in ten draws is above.
  package var p90: Double
  /// The range that the key allows.
  package var range: ClosedRange<Double>
  /// Whether the value is an amount of dollars.
  package var isMoney: Bool

  /// A belief through two percentiles, p10 below p90.
  package init(p10: Double, p90: Double, range: ClosedRange<Double>, isMoney: Bool) {
    self.p10 = p10
    self.p90 = p90
    self.range = range
    self.isMoney = isMoney
  }

  /// The law of the draws before they are moved into the range.
  package var distribution: Distribution {
    p10 > 0 ? .lognormal(p10: p10, p90: p90) : .normal(p10: p10, p90: p90)
  }

  /// The value at a uniform number from [0, 1).
  package func draw(_ uniform: Double) -> Double {
    // A uniform of exactly 0 would be minus infinity; the next smaller chance is 2^-53.
    let value = distribution.quantile(max(uniform, 0x1p-54))
    return min(max(value, range.lowerBound), range.upperBound)
  }
}

extension Setting {
  /// The member of a key; absent where this is no object or lacks it.
  package subscript(key: String) -> Setting {
    if case .object(let object) = content,
      let member = object.members.first(where: { $0.key == key })
    {
      return member.value
    }
    return Setting(
      content: .absent(""), range: range, path: path.isEmpty ? key : path + "." + key,
      origin: .standard, json: .null)
  }

  /// The entries of a map or the members of an object.
  package var members: [SettingObject.Member] {
    if case .object(let object) = content { object.members } else { [] }
  }

  /// The elements of a list.
  package var elements: [Setting] {
    if case .list(let elements) = content { elements } else { [] }
  }

  /// The object of the schema that this is: `service:model`, empty for anything else.
  package var kind: String {
    if case .object(let object) = content { object.kind } else { "" }
  }

  /// Whether nothing stands here.
  package var isAbsent: Bool {
    if case .absent = content { true } else { false }
  }

  /// The text, if it is one.
  package var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  /// The number, if it is one; a belief must have been drawn before.
  package var number: Double? {
    if case .number(let value) = content { value } else { nil }
  }

  /// The number as a whole one.
  package var whole: Int? { number.flatMap { Int(exactly: $0.rounded()) } }

  /// The number of seconds as a duration.
  package var duration: Duration? { number.map { .seconds($0) } }

  /// The number of seconds as an instant.
  package var instant: Instant? {
    duration.map { Instant(nanoseconds: $0.nanoseconds) }
  }

  /// Whether it is true.
  package var flag: Bool {
    if case .flag(let flag) = content { flag } else { false }
  }

  /// The amount of money, if it is one.
  package var money: Money? {
    if case .money(let money) = content { money } else { nil }
  }

  /// The calendar instant, if it is one.
  package var calendar: CalendarInstant? {
    if case .calendar(let instant) = content { instant } else { nil }
  }

  /// The law of the value; a number is a constant.
  package var distribution: Distribution? {
    switch content {
    case .spread(let distribution): distribution
    case .number(let value): .constant(value)
    case .absent, .flag, .text, .money, .calendar, .belief, .list, .object: nil
    }
  }

  /// The tree with every belief replaced by its value at the uniform number of its path.
  package func drawing(_ uniform: (String) -> Double) -> Setting {
    var copy = self
    switch content {
    case .belief(let belief):
      let value = belief.draw(uniform(path))
      copy.content =
        belief.isMoney ? .money(Money(dollars: value) ?? .zero) : .number(value)
    case .list(let elements): copy.content = .list(elements.map { $0.drawing(uniform) })
    case .object(var object):
      for index in object.members.indices {
        object.members[index].value = object.members[index].value.drawing(uniform)
      }
      copy.content = .object(object)
    case .absent, .flag, .text, .number, .money, .calendar, .spread: break
    }
    return copy
  }
}
