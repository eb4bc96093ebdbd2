import Syntax

/// One case of a file of golden values: its kind, inputs and expected outputs.
package struct GoldenCase: Sendable {
  /// What is asked of the case, such as `histogram`.
  package let kind: String
  private let fields: JSONValue

  /// A file of cases that cannot be used.
  package struct Unreadable: Error, CustomStringConvertible {
    /// What is wrong.
    package let description: String
  }

  /// The cases of `Tests/Golden/<name>`, a file with a list `cases`.
  package static func all(
    in name: String, testFile: String = #filePath
  ) throws -> [GoldenCase] {
    guard let text = Golden.text(of: name, testFile: testFile) else {
      throw Unreadable(description: "no file \(name)")
    }
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: name, bytes: Array(text.utf8)))
    var diagnostics = Diagnostics()
    let tree = JSON5Parser.parse(file, of: sources, into: &diagnostics)
    let cases = tree?.json["cases"]?.elements ?? []
    if cases.isEmpty { throw Unreadable(description: "\(name) has no cases") }
    return try cases.map { fields in
      guard let kind = fields["kind"]?.string else {
        throw Unreadable(description: "a case of \(name) has no kind")
      }
      return GoldenCase(kind: kind, fields: fields)
    }
  }

  /// The value at a key, or at a path of keys divided by `/`.
  fileprivate func value(_ path: String) throws -> JSONValue {
    var value = fields
    for key in path.split(separator: "/") {
      guard let next = value[String(key)] else {
        throw Unreadable(description: "a case of kind \(kind) has no \(path)")
      }
      value = next
    }
    return value
  }

  /// Whether there is a value at a path.
  package func has(_ path: String) -> Bool { (try? value(path)) != nil }

  /// The number at a path.
  package func number(_ path: String) throws -> Double {
    guard let number = try value(path).double else {
      throw Unreadable(description: "\(path) of a case of kind \(kind) is no number")
    }
    return number
  }

  /// The whole number at a path.
  package func integer(_ path: String) throws -> Int {
    guard let number = try value(path).integer else {
      throw Unreadable(description: "\(path) of a case of kind \(kind) is no whole number")
    }
    return number
  }

  /// The numbers of the list at a path.
  package func numbers(_ path: String) throws -> [Double] {
    try value(path).elements.map { element in
      guard let number = element.double else {
        throw Unreadable(description: "\(path) of a case of kind \(kind) has more than numbers")
      }
      return number
    }
  }

  /// The lists of numbers in the list at a path.
  package func rows(_ path: String) throws -> [[Double]] {
    try value(path).elements.map { $0.elements.compactMap(\.double) }
  }

  /// The text at a path.
  package func text(_ path: String) throws -> String {
    guard let text = try value(path).string else {
      throw Unreadable(description: "\(path) of a case of kind \(kind) is no text")
    }
    return text
  }
}

/// Holds computed figures against the `expected` part of a case, and knows which of its keys were
/// never asked about.
package struct GoldenCheck {
  private let item: GoldenCase
  private let relative: Double
  private let absolute: Double
  private var checked: [String] = []
  private var found: [String] = []

  /// A check at the tolerances of the file.
  package init(_ item: GoldenCase, relative: Double = 1e-9, absolute: Double = 1e-12) {
    self.item = item
    self.relative = relative
    self.absolute = absolute
  }

  /// Whether the case expects something under a key or path.
  package func expects(_ path: String) -> Bool { item.has("expected/" + path) }

  /// Holds one figure against the expected one, at a looser absolute tolerance where one is given.
  package mutating func number(_ path: String, _ value: Double, within: Double? = nil) throws {
    let expected = try item.number("expected/" + path)
    checked.append(path)
    if !agrees(value, expected, within) { found.append("\(path): \(value), not \(expected)") }
  }

  /// Holds a list against the expected one.
  package mutating func numbers(_ path: String, _ values: [Double], within: Double? = nil) throws {
    let expected = try item.numbers("expected/" + path)
    checked.append(path)
    if values.count != expected.count
      || !zip(values, expected).allSatisfy({ agrees($0, $1, within) })
    {
      found.append("\(path): \(values), not \(expected)")
    }
  }

  /// Holds a word against the expected one.
  package mutating func text(_ path: String, _ value: String) throws {
    let expected = try item.text("expected/" + path)
    checked.append(path)
    if value != expected { found.append("\(path): \(value), not \(expected)") }
  }

  /// What differs, and every expected figure that was not asked about.
  package func problems() throws -> [String] {
    let keys = leaves(try item.value("expected"), "")
    return found + keys.filter { !checked.contains($0) }.map { "\($0) was not checked" }
  }

  private func agrees(_ value: Double, _ expected: Double, _ within: Double?) -> Bool {
    (value - expected).magnitude <= within ?? max(relative * expected.magnitude, absolute)
  }

  private func leaves(_ value: JSONValue, _ path: String) -> [String] {
    if value.members.isEmpty { return [path] }
    return value.members.flatMap { leaves($0.value, path.isEmpty ? $0.key : path + "/" + $0.key) }
  }
}
