import MLSystem
import Pricing
import Quantities
import Scenarios
import Statistics
import Syntax

/// The versioned results file: everything that a report may show, as JSON.
package enum ResultsFile {
  /// What is wrong with a results file.
  package struct Problem: Error, Sendable {
    /// Where, as a path of keys such as `figures[3].unit`.
    package var path: String
    package var reason: String
  }

  /// The file's text; equal results give equal bytes.
  package static func text(_ results: Results) -> String {
    ResultsWriting.json(results).text(.pretty) + "\n"
  }

  /// Reads what `text(_:)` wrote.
  ///
  /// - Throws: `Problem` with the path of the first part that is missing or wrong; a file of
  ///   another
  ///   `schemaVersion` is refused as a whole.
  package static func results(from json: JSONValue) throws(Problem) -> Results {
    let version = try ResultsReader(json, "").integer("schemaVersion")
    guard version == Results.schemaVersion else {
      throw Problem(
        path: "schemaVersion",
        reason: "this file has version \(version), this towtank reads \(Results.schemaVersion)")
    }
    return try ResultsReading.results(ResultsReader(json, ""))
  }
}

/// One part of a results file and where it stands.
package struct ResultsReader {
  let json: JSONValue
  let path: String

  /// The value of a path, which is empty for the whole file.
  package init(_ json: JSONValue, _ path: String) {
    self.json = json
    self.path = path
  }

  func problem(_ key: String, _ reason: String) -> ResultsFile.Problem {
    ResultsFile.Problem(path: path.isEmpty ? key : "\(path).\(key)", reason: reason)
  }

  /// The value of a key; nil where it is absent or null.
  func optional(_ key: String) -> ResultsReader? {
    guard let value = json[key], value != .null else { return nil }
    return ResultsReader(value, path.isEmpty ? key : "\(path).\(key)")
  }

  func part(_ key: String) throws(ResultsFile.Problem) -> ResultsReader {
    guard let part = optional(key) else { throw problem(key, "it is missing") }
    return part
  }

  func string(_ key: String) throws(ResultsFile.Problem) -> String {
    guard let text = try part(key).json.string else { throw problem(key, "a text is wanted") }
    return text
  }

  func double(_ key: String) throws(ResultsFile.Problem) -> Double {
    guard let number = try part(key).json.double else { throw problem(key, "a number is wanted") }
    return number
  }

  func integer(_ key: String) throws(ResultsFile.Problem) -> Int {
    guard let number = try part(key).json.integer else {
      throw problem(key, "a whole number is wanted")
    }
    return number
  }

  func money(_ key: String) throws(ResultsFile.Problem) -> Money {
    guard let money = Money.dollars(try string(key)) else {
      throw problem(key, "an amount of dollars is wanted")
    }
    return money
  }

  func civil(_ key: String) throws(ResultsFile.Problem) -> CalendarInstant {
    guard let instant = CalendarInstant(try string(key)) else {
      throw problem(key, "a date is wanted")
    }
    return instant
  }

  func choice<Choice: RawRepresentable>(
    _ key: String, as type: Choice.Type
  ) throws(ResultsFile.Problem) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try string(key)) else {
      throw problem(key, "`\(try string(key))` is not known")
    }
    return choice
  }

  func elements(_ key: String) throws(ResultsFile.Problem) -> [ResultsReader] {
    let part = try part(key)
    guard case .array(let elements) = part.json else { throw problem(key, "a list is wanted") }
    return elements.enumerated().map { ResultsReader($0.element, "\(part.path)[\($0.offset)]") }
  }

  func list<Item>(
    _ key: String, _ read: (ResultsReader) throws(ResultsFile.Problem) -> Item
  ) throws(ResultsFile.Problem) -> [Item] {
    var items: [Item] = []
    for element in try elements(key) { items.append(try read(element)) }
    return items
  }

  func doubles(_ key: String) throws(ResultsFile.Problem) -> [Double] {
    try list(key) { (element) throws(ResultsFile.Problem) in
      guard let number = element.json.double else {
        throw element.problem("", "a number is wanted")
      }
      return number
    }
  }

  func strings(_ key: String) throws(ResultsFile.Problem) -> [String] {
    try list(key) { (element) throws(ResultsFile.Problem) in
      guard let text = element.json.string else { throw element.problem("", "a text is wanted") }
      return text
    }
  }
}
