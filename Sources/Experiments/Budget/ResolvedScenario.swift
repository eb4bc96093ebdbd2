import Quantities
import Syntax

/// The scenario that results came from, read back from the text that they hold.
///
/// It is what a budget needs to know of the design and no ledger tells: which service uses which
/// pool, what is committed, which values are beliefs. A text that cannot be read has nothing.
package struct ResolvedScenario: Sendable {
  /// The scenario with all its defaults.
  package let root: JSONValue

  /// The scenario of results.
  package init(_ results: Results) { self.init(text: results.identity.resolved) }

  /// The scenario of a resolved text.
  package init(text: String) {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "resolved", bytes: Array(text.utf8)))
    var diagnostics = Diagnostics()
    let tree = JSON5Parser.parse(file, of: sources, into: &diagnostics)
    root = diagnostics.hasErrors ? .null : tree?.json ?? .null
  }

  /// A value that nobody knows: its path and the percentiles as they are written.
  package struct Belief: Sendable, Hashable {
    package var path: String
    package var p10: String
    package var p90: String
  }

  /// Every belief, in the order of the scenario.
  package var beliefs: [Belief] {
    var found: [Belief] = []
    Self.collect(root, "", into: &found)
    return found
  }

  private static func collect(_ value: JSONValue, _ path: String, into found: inout [Belief]) {
    if let law = value["uncertain"], let p10 = law["p10"], let p90 = law["p90"] {
      found.append(Belief(path: path, p10: text(p10), p90: text(p90)))
      return
    }
    let prefix = path.isEmpty ? "" : path + "."
    for member in value.members { collect(member.value, prefix + member.key, into: &found) }
    for (index, element) in value.elements.enumerated() {
      collect(element, "\(path)[\(index)]", into: &found)
    }
  }

  /// A value in the words of a setting.
  static func text(_ value: JSONValue) -> String { value.string ?? value.text(.compact) }

  /// Machines that are paid for a term, of one pool and term.
  package struct Committed: Sendable, Hashable {
    package var pool: String
    /// `1 year` or `3 years`.
    package var term: String
    package var machines: Int
    /// Share of the price of the term that is paid as it begins.
    package var upfront: Double
  }

  /// What is committed, by pool and term.
  package var committed: [Committed] {
    var found: [Committed] = []
    for pool in root["hardware"]?.members ?? [] {
      for way in pool.value["buy"]?.elements ?? [] {
        guard let count = way["committed"]?.double, count >= 1, count <= 1e6 else { continue }
        let term = way["term"]?.string ?? "1 year"
        let machines = Int(count)
        let share = Self.share(way["upfront"])
        if let place = found.firstIndex(where: { $0.pool == pool.key && $0.term == term }) {
          let old = found[place]
          let sum = Double(old.machines + machines)
          found[place].upfront =
            (old.upfront * Double(old.machines) + share * Double(machines)) / sum
          found[place].machines += machines
        } else {
          found.append(Committed(pool: pool.key, term: term, machines: machines, upfront: share))
        }
      }
    }
    return found
  }

  /// A share as it is written: `100 %` or a number.
  private static func share(_ value: JSONValue?) -> Double {
    guard let value else { return 0 }
    if let number = value.double { return min(max(number, 0), 1) }
    let ratio = try? QuantityParser.ratio(value.string ?? "")
    return min(max(ratio?.value ?? 0, 0), 1)
  }

  /// The names of the entries of a map of the root.
  package func names(of map: String) -> [String] { (root[map]?.members ?? []).map(\.key) }

  /// A text within an entry of a map of the root.
  package func text(_ map: String, _ name: String, _ key: String) -> String? {
    root[map]?[name]?[key]?.string
  }

  /// The model that the budget names as the one that the others are held against.
  package var baseline: String? { root["budget"]?["baseline"]?.string }

  /// The model that answers at a service.
  package func model(servedBy service: String) -> String? { text("services", service, "serves") }

  /// What leaving would cost by the scenario's own `costs`.
  package var onExit: [(name: String, amount: Money)] {
    (root["costs"]?.members ?? []).compactMap { cost in
      guard let text = cost.value["onExit"]?.string,
        let money = try? QuantityParser.money(text), money > .zero
      else { return nil }
      return (cost.key, money)
    }
  }
}
