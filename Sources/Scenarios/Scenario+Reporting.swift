import Catalog
import MLSystem
import Syntax

extension Scenario {
  /// The `kind` of a service, such as `llm`; nil where there is no such service.
  package func serviceKind(of name: String) -> String? {
    settings["services"].members.first { $0.key == name }.map { member in
      String(member.value.kind.drop { $0 != ":" }.dropFirst())
    }
  }

  /// Where the rows of the price tables come from, by the row's name.
  package var priceSources: [String: String] {
    var sources: [String: String] = [:]
    for pool in settings["hardware"].members {
      guard let instance = pool.value["instance"].text else { continue }
      for row in catalog.prices(of: instance) { sources[row.id] = row.provenance.source }
    }
    return sources
  }
}
