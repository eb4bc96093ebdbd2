import Catalog
import Quantities
import Syntax

extension Scenario {
  /// Reads a scenario file, all its variants included, and checks everything that can be checked
  /// before a run.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - overrides: `path=value` texts, applied after a variant's patch.
  ///   - catalog: the tables beneath those that the scenario names.
  /// - Throws: all mistakes of the file and its variants, at most `Diagnostics.errorLimit`.
  package static func load(
    named name: String, bytes: [UInt8], overrides: [String] = [],
    files: ScenarioFiles = .none, catalog: Catalog = .shipped
  ) throws(DiagnosticsError) -> ScenarioSet {
    var loader = ScenarioLoader(name: name, files: files, catalog: catalog)
    return try loader.load(bytes, overrides)
  }
}

/// Makes a scenario set of a file.
struct ScenarioLoader {
  private let name: String
  private let files: ScenarioFiles
  private var catalog: Catalog
  private var sources = SourceMap()
  private var diagnostics = Diagnostics()

  init(name: String, files: ScenarioFiles, catalog: Catalog) {
    self.name = name
    self.files = files
    self.catalog = catalog
  }

  mutating func load(
    _ bytes: [UInt8], _ overrides: [String]
  ) throws(DiagnosticsError) -> ScenarioSet {
    let tree = try read(bytes)
    let base = scenario(tree, overrides, variant: nil)
    var variants: [Scenario] = []
    let members = tree.object?["variants"]?.value.object?.members ?? []
    if members.count > 100 {
      diagnostics.add(
        Diagnostic(
          .tooMany, "more than 100 variants", at: tree.object?["variants"]?.keyRange))
    } else {
      for member in members where !diagnostics.isFull {
        if let made = scenario(tree, overrides, variant: member) { variants.append(made) }
      }
    }
    guard let base, !diagnostics.hasErrors else { throw failure }
    return ScenarioSet(base: base, variants: variants)
  }

  /// The base or one variant; the others are not looked at.
  mutating func load(
    _ bytes: [UInt8], _ overrides: [String], settings: [String], variant name: String
  ) throws(DiagnosticsError) -> Scenario {
    let tree = try read(bytes)
    let members = tree.object?["variants"]?.value.object?.members ?? []
    let member = members.first { $0.key == name }
    guard member != nil || name == "base" else {
      throw ScenarioSet.unknownVariant(name, among: ["base"] + members.map(\.key), in: sources)
    }
    let made = scenario(tree, overrides, settings: settings, variant: member)
    guard let made, !diagnostics.hasErrors else { throw failure }
    return made
  }

  /// The tree of the file with what it includes; its tables are merged.
  private mutating func read(_ bytes: [UInt8]) throws(DiagnosticsError) -> SyntaxNode {
    var reader = ScenarioReader(files: files, name: name)
    let tree = reader.read(name: name, bytes: bytes)
    sources = reader.sources
    diagnostics = reader.diagnostics
    guard let tree, !diagnostics.hasErrors else { throw failure }
    mergeTables(tree)
    return tree
  }

  private var failure: DiagnosticsError {
    DiagnosticsError(diagnostics, in: sources)
  }

  /// The base, or a variant of it; nil where there are mistakes, which were reported.
  private mutating func scenario(
    _ tree: SyntaxNode, _ overrides: [String], settings: [String] = [], variant: SyntaxMember?
  ) -> Scenario? {
    var patcher = Patcher()
    var tree = tree
    if let variant { tree = patcher.applying(variant: variant, to: tree) }
    for override in overrides + settings {
      tree = patcher.applying(setting: override, to: tree, sources: &sources)
    }
    var decoder = Decoder(sources)
    let decoded = decoder.decodeScenario(tree)
    var checks = ScenarioChecks(decoded, decoder, catalog: catalog, files: files)
    checks.run()
    var found = patcher.diagnostics
    found.add(contentsOf: decoder.diagnostics)
    found.add(contentsOf: checks.diagnostics)
    report(found, variant, patcher.changes)
    guard !found.hasErrors else { return nil }
    let title = variant?.value.object?["title"]?.value.string
    return Scenario(
      file: name, variant: variant?.key ?? "base", variantTitle: title, settings: decoded,
      thresholds: checks.thresholds,
      warnings: found.sorted.filter { $0.code.severity == .warning }, sources: sources,
      catalog: catalog, overrides: overrides, files: files)
  }

  /// Adds what was found; in a variant only what the base does not have, with the patch it follows
  /// from.
  private mutating func report(
    _ found: Diagnostics, _ variant: SyntaxMember?, _ changes: [Patcher.Change]
  ) {
    for diagnostic in found.list {
      guard let variant else {
        diagnostics.add(diagnostic)
        continue
      }
      guard diagnostic.code.severity == .error, !isKnown(diagnostic) else { continue }
      diagnostics.add(Self.explained(diagnostic, variant, changes))
    }
  }

  private func isKnown(_ diagnostic: Diagnostic) -> Bool {
    diagnostics.list.contains {
      $0.code == diagnostic.code && $0.message == diagnostic.message
        && isSamePlace($0.primary?.range, diagnostic.primary?.range)
    }
  }

  /// Whether two ranges are one; a setting of the command line is a source of its own each time it
  /// is applied.
  private func isSamePlace(_ first: SourceRange?, _ second: SourceRange?) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    return first == second
      || (sources[first.file].name == Patcher.settingName
        && sources[second.file].name == Patcher.settingName
        && sources[first.file].bytes == sources[second.file].bytes
        && first.start == second.start && first.end == second.end)
  }

  /// The diagnostic with a note that names the base's line, or the variant that it follows from.
  private static func explained(
    _ diagnostic: Diagnostic, _ variant: SyntaxMember, _ changes: [Patcher.Change]
  ) -> Diagnostic {
    var diagnostic = diagnostic
    let range = diagnostic.primary?.range
    let change = changes.last { change in
      guard let range, change.range.file == range.file else { return false }
      return change.range.start <= range.start && range.start < max(change.range.end, 1)
    }
    if let change {
      if let replaced = change.replaced {
        diagnostic.notes.append(
          .init("this changes \(VisibleText.quoted(change.path)), which is declared", at: replaced))
      }
    } else {
      diagnostic.notes.append(
        .init("in variant \(VisibleText.quoted(variant.key))", at: variant.keyRange))
    }
    return diagnostic
  }

  /// Merges the tables that `catalog` names over the shipped ones.
  private mutating func mergeTables(_ tree: SyntaxNode) {
    guard let value = tree.object?["catalog"]?.value else { return }
    let paths = value.array ?? [value]
    for path in paths {
      guard let text = path.string else { continue }
      guard let target = ScenarioFiles.normalized(text, from: []) else {
        diagnostics.add(
          Diagnostic(
            .pathEscape, "\(VisibleText.quoted(text)) leaves the folder of the scenario",
            at: path.range, help: "put the file beneath the scenario"))
        continue
      }
      do throws(ScenarioFiles.Problem) {
        let bytes = try files.readData(target)
        merge(UserTable(name: text, bytes: bytes))
      } catch {
        diagnostics.add(
          Diagnostic(
            .unreadableFile, "cannot read \(VisibleText.quoted(text)): \(error.reason)",
            at: path.range))
      }
    }
  }

  private mutating func merge(_ table: UserTable) {
    do throws(UserTableFaults) {
      catalog = try catalog.merging(userTable: table).catalog
    } catch {
      let file = sources.add(SourceFile(name: table.name, bytes: table.bytes))
      for fault in error.faults {
        diagnostics.add(
          Diagnostic(
            fault.code, VisibleText.escaped(fault.message),
            at: sources[file].range(ofLine: fault.line, column: fault.column, in: file)))
      }
    }
  }
}
