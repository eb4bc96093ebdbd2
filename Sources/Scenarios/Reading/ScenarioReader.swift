import Syntax

/// Reads a scenario file with what it includes into one tree.
struct ScenarioReader {
  let files: ScenarioFiles
  /// The folder of the scenario as the user wrote it, empty or ended by a slash.
  private let folder: String
  var sources = SourceMap()
  var diagnostics = Diagnostics()
  private var open: [String] = []
  private var count = 0

  private static let limit = 64

  init(files: ScenarioFiles, name: String) {
    self.files = files
    folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
  }

  /// The tree of the scenario with its includes beneath it; nil where it could not be read.
  mutating func read(name: String, bytes: [UInt8]) -> SyntaxNode? {
    let file = sources.add(SourceFile(name: name, bytes: bytes))
    open = [String(name.dropFirst(folder.count))]
    return tree(of: file, in: [])
  }

  private mutating func tree(of file: FileID, in folder: [Substring]) -> SyntaxNode? {
    guard let tree = JSON5Parser.parse(file, of: sources, into: &diagnostics) else { return nil }
    guard let include = tree.object?["include"] else { return tree }
    var paths: [SyntaxNode] = []
    switch include.value.value {
    case .string: paths = [include.value]
    case .array(let elements): paths = elements.filter { $0.string != nil }
    case .null, .bool, .number, .object: return tree
    }
    var base: SyntaxNode?
    for path in paths {
      guard let included = self.included(path, from: folder) else { continue }
      base = base.map { Merging.merged($0, included) } ?? included
    }
    return base.map { Merging.merged($0, tree, type: .object("scenario")) } ?? tree
  }

  private mutating func included(_ node: SyntaxNode, from folder: [Substring]) -> SyntaxNode? {
    let path = node.string ?? ""
    guard let target = ScenarioFiles.normalized(path, from: folder) else {
      diagnostics.add(
        Diagnostic(
          .pathEscape, "\(VisibleText.quoted(path)) leaves the folder of the scenario",
          at: node.range, help: "put the file beneath the scenario"))
      return nil
    }
    guard !open.contains(target) else {
      let way = (open.drop { $0 != target } + [target]).map(VisibleText.escaped)
      diagnostics.add(
        Diagnostic(
          .includeCycle, "this includes itself: \(way.joined(separator: " -> "))", at: node.range))
      return nil
    }
    count += 1
    guard count <= Self.limit else {
      diagnostics.add(
        Diagnostic(.tooMany, "more than \(Self.limit) files are included", at: node.range))
      return nil
    }
    do {
      let bytes = try files.read(target)
      let file = sources.add(SourceFile(name: self.folder + target, bytes: bytes))
      open.append(target)
      defer { open.removeLast() }
      return tree(of: file, in: target.split(separator: "/").dropLast())
    } catch {
      diagnostics.add(
        Diagnostic(
          .unreadableFile,
          "cannot read \(VisibleText.quoted(self.folder + target)): \(error.reason)",
          at: node.range))
      return nil
    }
  }
}
