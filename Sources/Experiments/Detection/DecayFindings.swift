import Quantities
import Statistics
import Syntax

/// How the quality of models falls with their age, by data set.
package struct DecayFindings: Sendable {
  /// The file, as the user named it.
  package var file: String
  /// The column of the quality.
  package var value: String
  /// The column of the age.
  package var age: String
  /// How long a step of age is; nil where the user did not say.
  package var step: Duration?
  /// One for each data set, in the order of the file.
  package var sets: [Set]

  /// A data set; without a fit where its quality does not fall, or there are too few points.
  package struct Set: Sendable {
    /// Its name in the column that tells them apart; empty where there is one only.
    package var name: String
    /// Its points.
    package var points: [DecayFit.Point]
    /// The curve through them.
    package var fit: DecayFit?
  }

  /// Reads a table with a column of ages and one of qualities, and fits each data set.
  ///
  /// - Throws: `DelimitedTextError` at the place of what cannot be read, and what `next` throws.
  package init(
    file: String, value: String, age: String, by group: String?, step: Duration?,
    next: () throws -> [UInt8]?
  ) throws {
    self.file = file
    self.value = value
    self.age = age
    self.step = step
    var reader = DelimitedTextReader()
    while let bytes = try next() { reader.append(bytes) }
    reader.finish()
    let header = try DelimitedTextHeader(reading: &reader)
    let places = (
      value: try header.require(value), age: try header.require(age),
      group: try group.map { try header.require($0) }
    )
    sets = []
    while try reader.advance() {
      try reader.expectFieldCount(header.names.count)
      let point = DecayFit.Point(
        age: try reader.number(places.age, column: age),
        value: try reader.number(places.value, column: value))
      let name = try places.group.map { try reader.text($0) } ?? ""
      if let place = sets.firstIndex(where: { $0.name == name }) {
        sets[place].points.append(point)
      } else {
        sets.append(Set(name: name, points: [point]))
      }
    }
    if sets.isEmpty { throw DelimitedTextError(line: 2, column: 1, reason: .emptyText) }
    for place in sets.indices { sets[place].fit = DecayFit(sets[place].points) }
  }

  /// The findings as JSON.
  package var json: JSONValue {
    .object([
      JSONMember("schemaVersion", .integer(1)), JSONMember("file", .string(file)),
      JSONMember("value", .string(value)), JSONMember("age", .string(age)),
      JSONMember("stepSeconds", step.map { .number($0.seconds) } ?? .null),
      JSONMember("sets", .array(sets.map(Self.json))),
    ])
  }

  private static func json(_ set: Set) -> JSONValue {
    func finite(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }
    var members = [
      JSONMember("name", .string(set.name)), JSONMember("points", .integer(set.points.count)),
    ]
    if let fit = set.fit {
      members += [
        JSONMember("tau", .number(fit.tau)), JSONMember("tauLow", finite(fit.interval.low)),
        JSONMember("tauHigh", finite(fit.interval.high)), JSONMember("first", .number(fit.first)),
        JSONMember("floor", .number(fit.floor)), JSONMember("rootMeanSquare", .number(fit.error)),
      ]
    }
    return .object(members)
  }
}
