import Statistics
import Syntax

/// A detector with its settings, as a user chooses it: `adwin` or `page-hinkley:lambda=15`.
package struct DetectorChoice: Hashable, Sendable {
  /// Which detector.
  package var kind: DetectorKind
  /// A value for each of its parameters, in their order.
  package var values: [Double]

  /// A text that names no detector, or gives it values that it cannot have.
  package struct Problem: Error, Hashable {
    /// What is wrong.
    package var message: String
    /// A way out.
    package var help: String

    /// A mistake with a way out.
    package init(message: String, help: String) {
      self.message = message
      self.help = help
    }
  }

  /// Reads `NAME` or `NAME:key=value,key=value`.
  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let kind = DetectorKind(name) else {
      let names = DetectorKind.allCases.map(\.name)
      throw Problem(
        message: "no detector \(VisibleText.quoted(name))",
        help: EditDistance.suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
          ?? "there are " + names.joined(separator: ", "))
    }
    self.kind = kind
    values = kind.parameters.map(\.standard)
    if parts.count > 1 {
      for setting in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        try set(String(setting))
      }
    }
    if let problem = kind.problem(in: values) {
      throw Problem(message: "\(name): \(problem)", help: help)
    }
  }

  private mutating func set(_ setting: String) throws(Problem) {
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    let name = kind.name
    guard parts.count == 2 else {
      throw Problem(
        message: "\(name): \(VisibleText.quoted(setting)) is no key=value", help: help)
    }
    guard let place = kind.parameters.firstIndex(where: { $0.name == parts[0] }) else {
      let near = EditDistance.suggestion(
        for: parts[0], among: kind.parameters.map(\.name))
      throw Problem(
        message: "\(name) has no setting \(VisibleText.quoted(parts[0]))",
        help: near.map { "did you mean `\($0)`?" } ?? help)
    }
    let parameter = kind.parameters[place]
    let value: Double? =
      if case .word(let words) = parameter.domain {
        words.firstIndex(of: parts[1]).map(Double.init)
      } else {
        Double(parts[1])
      }
    guard let value, parameter.takes(value) else {
      throw Problem(
        message: "\(name): `\(parameter.name)` must be \(parameter.expectation), not "
          + VisibleText.quoted(parts[1]),
        help: "\(parameter.name) is the \(parameter.meaning)")
    }
    values[place] = value
  }

  /// The settings that there are, for a help line.
  private var help: String {
    "\(kind.name) takes " + kind.parameters.map(\.name).joined(separator: ", ")
  }

  /// The text that the choice is read from: the name and what differs from the standard.
  package var text: String {
    let changed = settings.filter { !$0.isStandard }.map { "\($0.name)=\($0.value)" }
    return kind.name + (changed.isEmpty ? "" : ":" + changed.joined(separator: ","))
  }

  /// Every setting with its value as text.
  package var settings: [(name: String, value: String, isStandard: Bool, meaning: String)] {
    zip(kind.parameters, values).map { parameter, value in
      let text: String =
        if case .word(let words) = parameter.domain {
          words[Int(value)]
        } else if value.rounded() == value, value.magnitude < 1e15 {
          "\(Int(value))"
        } else {
          "\(value)"
        }
      return (parameter.name, text, value == parameter.standard, parameter.meaning)
    }
  }
}
