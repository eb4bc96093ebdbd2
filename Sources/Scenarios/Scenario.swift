import Catalog
import Quantities
import Syntax

/// One architecture of a scenario: the base or a variant, decoded, checked, complete.
package struct Scenario: Sendable {
  /// The file as the user named it.
  package let file: String
  /// `base` or the name of a variant.
  package let variant: String
  /// What the variant calls itself.
  package let variantTitle: String?
  /// All settings with their defaults.
  package let settings: Setting
  /// What decides the exit code.
  package let thresholds: [Threshold]
  /// What is improbable about it, by position.
  package let warnings: [Diagnostic]
  /// The texts that ranges point into.
  package let sources: SourceMap
  /// The tables that it stands on: the shipped ones with those of `catalog` over them.
  package let catalog: Catalog
  /// `path=value` texts of the command line that it was read with.
  package let overrides: [String]
  let files: ScenarioFiles
}

extension Scenario {
  /// The question that it answers: `title`, or the name of the file without its ending.
  package var title: String {
    if let title = settings["title"].text { return title }
    let name = file.lastIndex(of: "/").map { file[file.index(after: $0)...] } ?? file[...]
    return String(name.prefix { $0 != "." })
  }

  /// Where the random numbers begin.
  package var seed: UInt64 { UInt64(clamping: settings["seed"].whole ?? 1) }

  /// How often it is run.
  package var replications: Int { settings["replications"].whole ?? 10 }

  /// The calendar instant of simulated time 0.
  package var start: CalendarInstant { settings["start"].calendar ?? .defaultStart }

  /// How long is simulated.
  package var horizon: Duration { settings["horizon"].duration ?? .zero }

  /// What is simulated but not counted.
  package var warmUp: Duration { settings["warmUp"].duration ?? .zero }

  /// How closely it asks to be looked at.
  package var fidelity: String? { settings["fidelity"].text }

  /// The most that a calendar month may cost, and who owns it; nil without a budget.
  package var budget: (perMonth: Money, owner: String?)? {
    settings["budget"]["limit"].money.map { ($0, settings["budget"]["owner"].text) }
  }

  /// What a plan may turn, in the words of its option: `PATH=VALUES`.
  package var knobs: [String] { settings["plan"]["knobs"].elements.compactMap(\.text) }

  /// The names of the incidents that hit the system, in the order of the file.
  package var incidentNames: [String] { IncidentAssembly.names(settings) }

  /// The settings of the command line that are to be given again for the same scenario; the number
  /// of replications has an option of its own.
  package var settingsGiven: [String] { overrides.filter { !$0.hasPrefix("replications=") } }

  /// The names of the things of a kind, in the order of the file.
  package func names(of kind: NameKind) -> [String] {
    if kind == .route { return RouteMap(settings).ways.map(\.name) }
    return settings[kind.map].members.map(\.key)
  }
}

/// A scenario file: the base and its variants.
package struct ScenarioSet: Sendable {
  /// The unpatched file.
  package let base: Scenario
  /// The variants in the order of the file.
  package let variants: [Scenario]

  /// `base` and the names of the variants.
  package var names: [String] { ["base"] + variants.map(\.variant) }

  /// The base or a variant.
  package func variant(named name: String) throws(DiagnosticsError) -> Scenario {
    if name == "base" { return base }
    if let found = variants.first(where: { $0.variant == name }) { return found }
    throw Self.unknownVariant(name, among: names, in: base.sources)
  }

  static func unknownVariant(
    _ name: String, among names: [String], in sources: SourceMap
  ) -> DiagnosticsError {
    DiagnosticsError(
      Diagnostic(
        .unknownVariant, "no variant \(VisibleText.quoted(name))", at: nil,
        help: Decoder.didYouMean(name, names),
        notes: [.init("variants: \(names.joined(separator: ", "))")]),
      in: sources)
  }
}
