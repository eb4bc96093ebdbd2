import Catalog
import Syntax

/// A scenario file held in memory, which experiments read again with other settings.
///
/// A sweep, a plan or a review makes each of its points by settings, in the words that a user
/// would give to `--set`: one way to change a scenario, checked whole each time.
package struct ScenarioSource: Sendable {
  /// The file as the user named it.
  package let name: String
  package let bytes: [UInt8]
  /// `path=value` texts of the command line, applied after a variant's patch.
  package let overrides: [String]
  package let files: ScenarioFiles
  /// The tables beneath those that the scenario names.
  package let catalog: Catalog

  package init(
    name: String, bytes: [UInt8], overrides: [String] = [], files: ScenarioFiles = .none,
    catalog: Catalog = .shipped
  ) {
    self.name = name
    self.bytes = bytes
    self.overrides = overrides
    self.files = files
    self.catalog = catalog
  }

  /// The base with all its variants.
  ///
  /// - Throws: all mistakes of the file and its variants, at most `Diagnostics.errorLimit`.
  package func all() throws(DiagnosticsError) -> ScenarioSet {
    try Scenario.load(
      named: name, bytes: bytes, overrides: overrides, files: files, catalog: catalog)
  }

  /// The base or one variant, with `path=value` settings applied last, in order.
  ///
  /// A setting that repeats what stands there already is no mistake. Its value is JSON5, or text
  /// without quotes.
  /// - Throws: the mistakes of the patched scenario; `unknownVariant`.
  package func scenario(
    variant: String = "base", settings: [String] = []
  ) throws(DiagnosticsError) -> Scenario {
    var loader = ScenarioLoader(name: name, files: files, catalog: catalog)
    return try loader.load(bytes, overrides, settings: settings, variant: variant)
  }
}
