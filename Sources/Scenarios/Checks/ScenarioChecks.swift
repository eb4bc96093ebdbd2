import Catalog
import Syntax

/// Holds the parts of a scenario against each other: names, routes, times, prices, promises.
struct ScenarioChecks {
  let root: Setting
  let catalog: Catalog
  let files: ScenarioFiles
  let routeMap: RouteMap
  let references: [Decoder.Reference]
  let rows: [Decoder.RowReference]
  /// Whether the decoder found no mistake, so that what is absent was left out.
  let isSound: Bool
  var diagnostics = Diagnostics()
  var thresholds: [Threshold] = []
  /// The first declaration of each name.
  private(set) var names: [String: Decoder.Declaration] = [:]
  private let declarations: [Decoder.Declaration]

  init(_ root: Setting, _ decoder: Decoder, catalog: Catalog, files: ScenarioFiles) {
    self.root = root
    self.catalog = catalog
    self.files = files
    routeMap = RouteMap(root)
    references = decoder.references
    rows = decoder.rows
    isSound = !decoder.diagnostics.hasErrors
    declarations = decoder.declarations
  }

  /// Runs all checks; what follows from a mistake that the decoder reported is left out.
  mutating func run() {
    checkNames()
    checkReferences()
    checkRows()
    checkTimes()
    checkRoutes()
    for stream in root["traffic"].members { checkStream(stream) }
    for service in root["services"].members { checkService(service) }
    for pool in root["hardware"].members { checkPool(pool) }
    for task in root["tasks"].members { checkTask(task) }
    for model in root["models"].members { checkModel(model) }
    checkData()
    checkIncidents()
    for objective in root["slos"].members { checkObjective(objective) }
    checkOnCall()
    checkThresholds()
    checkFidelity()
    guard isSound, !diagnostics.hasErrors else { return }
    warnOfLoad()
    warnOfMissingPrices()
  }

  private mutating func checkNames() {
    for declaration in declarations {
      guard let first = names[declaration.name] else {
        names[declaration.name] = declaration
        continue
      }
      report(
        .doubledName,
        "\(VisibleText.quoted(declaration.name)) is \(first.kind.phrase) already",
        declaration.range, also: [.init(first.range, "declared here")],
        help: "all maps share one namespace: rename one")
    }
  }

  private mutating func checkReferences() {
    for reference in references {
      let wanted = reference.kinds.map(\.phrase).joined(separator: " or ")
      if let found = names[reference.name] {
        guard !reference.kinds.contains(found.kind) else { continue }
        report(
          .wrongNameKind,
          "\(VisibleText.quoted(reference.name)) is \(found.kind.phrase), not \(wanted)",
          reference.range, notes: [.init("it is declared", at: found.range)])
      } else {
        let candidates = declarations.filter { reference.kinds.contains($0.kind) }.map(\.name)
        let maps = reference.kinds.map { "`\($0.map)`" }.joined(separator: " or ")
        report(
          .unknownName, "no \(VisibleText.quoted(reference.name)) in \(maps)", reference.range,
          help: Decoder.didYouMean(reference.name, candidates),
          notes: candidates.isEmpty ? [] : [.init("there: \(candidates.joined(separator: ", "))")])
      }
    }
  }

  private mutating func checkRows() {
    for row in rows {
      let names: [String]
      let noun: String
      switch row.kind {
      case .instance:
        guard catalog.instance(row.name) == nil else { continue }
        names = catalog.names(of: .instances)
        noun = "instance"
      case .architecture:
        guard catalog.model(row.name) == nil else { continue }
        names = catalog.names(of: .models)
        noun = "model"
      }
      report(
        .unknownRow, "the catalogue has no \(noun) \(VisibleText.quoted(row.name))", row.range,
        help: Decoder.didYouMean(row.name, names) ?? "`towtank catalog \(noun)s` lists them")
    }
  }

  /// Instants after the horizon, and a warm-up that leaves nothing to count.
  private mutating func checkTimes() {
    guard let horizon = root["horizon"].number else { return }
    if let warmUp = root["warmUp"].number, warmUp >= horizon {
      report(
        .afterHorizon, "the warm-up leaves nothing of the horizon to count", root["warmUp"].range)
    }
    var events: [Setting] = []
    for stream in root["traffic"].members {
      events += stream.value["surges"].elements.map { $0["at"] }
      events += stream.value["rate"]["steps"].elements.compactMap { $0.elements.first }
    }
    for task in root["tasks"].members {
      events += task.value["drift"].elements.map { $0["at"] }
    }
    events += root["incidents"].elements.map { $0["at"] }
    for event in events {
      guard let at = event.number, at >= horizon, at > 0 else { continue }
      report(
        .afterHorizon, "the horizon ends before this", event.range,
        notes: [.init("`horizon` is set", at: root["horizon"].range)])
    }
  }

  mutating func report(
    _ code: DiagnosticCode, _ message: String, _ range: SourceRange,
    also: [Diagnostic.Label] = [], help: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    diagnostics.add(
      Diagnostic(code, message, at: range, secondary: also, help: help, notes: notes))
  }
}

extension Setting {
  /// Whether nobody wrote anything here; a value with a mistake is absent but not left out.
  var isLeftOut: Bool { isAbsent && origin == .standard }

  /// Where the key of a member is written, or where the object stands that lacks it.
  func keyRange(_ key: String) -> SourceRange {
    members.first { $0.key == key }?.keyRange ?? range
  }
}

extension SettingObject.Member {
  /// The name of the entry in back quotes.
  var quoted: String { VisibleText.quoted(key) }
}
