/// A place in a scenario: keys separated by dots, and entries of lists by their number in brackets.
///
/// `traffic.users.surges[0].factor` is the factor of the first surge.
struct SettingPath {
  /// A step from a value to one inside it.
  enum Part: Hashable {
    case key(String)
    /// Counted from 0.
    case entry(Int)
  }

  /// The most steps of a path.
  private static let limit = 32

  let parts: [Part]

  /// Reads a path; nil for what is none.
  init?(_ text: String) {
    var parts: [Part] = []
    for piece in text.split(separator: ".", omittingEmptySubsequences: false) {
      let key = piece.prefix { $0 != "[" }
      guard !key.isEmpty else { return nil }
      parts.append(.key(String(key)))
      var rest = piece.dropFirst(key.count)
      while let bracket = rest.first {
        guard bracket == "[", let end = rest.firstIndex(of: "]"),
          let entry = Int(rest[..<end].dropFirst()), entry >= 0
        else { return nil }
        parts.append(.entry(entry))
        rest = rest[rest.index(after: end)...]
      }
    }
    guard parts.count <= Self.limit else { return nil }
    self.parts = parts
  }

  /// Steps as they are written.
  static func text(_ parts: some Sequence<Part>) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .key(let key): text += text.isEmpty ? key : "." + key
      case .entry(let entry): text += "[\(entry)]"
      }
    }
    return text
  }
}

extension Scenario {
  /// What stands at a path such as `traffic.users.surges[0].factor`; nil where it leads nowhere.
  package func setting(at path: String) -> Setting? {
    guard let path = SettingPath(path) else { return nil }
    var setting = settings
    for part in path.parts {
      switch part {
      case .key(let key): setting = setting[key]
      case .entry(let entry):
        guard setting.elements.indices.contains(entry) else { return nil }
        setting = setting.elements[entry]
      }
    }
    return setting
  }
}
