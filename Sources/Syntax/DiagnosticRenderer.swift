/// Turns diagnostics into text with carets, plain or coloured, or into JSON.
package struct DiagnosticRenderer: Sendable {
  /// The texts that the diagnostics point into.
  let sources: SourceMap
  /// Whether escape sequences for colour are written.
  let isColored: Bool
  /// The number of terminal cells that a source line may take.
  let width: Int

  /// A renderer for the files of a map.
  package init(_ sources: SourceMap, isColored: Bool = false, width: Int = 80) {
    self.sources = sources
    self.isColored = isColored
    self.width = max(width, 40)
  }

  /// All diagnostics by position, each followed by an empty line.
  package func text(_ diagnostics: Diagnostics) -> String {
    diagnostics.sorted.map { text($0) + "\n" }.joined()
  }

  /// One diagnostic, every line ended.
  package func text(_ diagnostic: Diagnostic) -> String {
    let severity = diagnostic.code.severity
    let head = paint("\(severity.rawValue)[\(diagnostic.code.rawValue)]", severity.paint)
    var result = head + paint(": \(diagnostic.message)", .bold) + "\n"
    result += snippets(of: diagnostic)
    if let help = diagnostic.help { result += paint("help", .bold) + ": \(help)\n" }
    for note in diagnostic.notes {
      let place = note.range.map { " at " + sources.place($0) } ?? ""
      result += paint("note", .bold) + ": \(note.text)\(place)\n"
    }
    return result
  }

  /// The closing line: how many errors there are, what follows from it, where to read more.
  ///
  /// Example: "3 errors in my.json5; nothing was run. `towtank explain E0311` tells more."
  package func summary(_ diagnostics: Diagnostics, in name: String, consequence: String) -> String {
    let count = diagnostics.errorCount
    let noun = count == 1 ? "1 error" : "\(count) errors"
    let cut = diagnostics.isCut ? " (the rest was not looked at)" : ""
    let last = diagnostics.sorted.last { $0.code.severity == .error }
    let more = last.map { " `towtank explain \($0.code.rawValue)` tells more." } ?? ""
    return "\(noun) in \(VisibleText.escaped(name))\(cut); \(consequence).\(more)\n"
  }

  private func snippets(of diagnostic: Diagnostic) -> String {
    guard let primary = diagnostic.primary else { return "" }
    var marks = [Mark(label: primary, isPrimary: true, location: location(primary.range))]
    marks += diagnostic.secondary.map {
      Mark(label: $0, isPrimary: false, location: location($0.range))
    }
    let digits = marks.map { String($0.location.line).count }.max() ?? 1
    var result = ""
    var files = [primary.range.file]
    for mark in marks where !files.contains(mark.label.range.file) {
      files.append(mark.label.range.file)
    }
    for (index, file) in files.enumerated() {
      let here = marks.filter { $0.label.range.file == file }
      let arrow = index == 0 ? "-->" : ":::"
      let first = here.first { $0.isPrimary } ?? here[0]
      result += "  " + paint(arrow, .blue) + " \(sources.place(first.label.range))\n"
      result += gutter(digits, nil) + "\n"
      result += lines(of: here, digits: digits)
    }
    return result
  }

  /// The source lines of marks in one file with their underlines, `...` where lines are left out.
  private func lines(of marks: [Mark], digits: Int) -> String {
    var result = ""
    var previous: Int?
    for line in Set(marks.map(\.location.line)).sorted() {
      if let previous, line > previous + 1 { result += paint("...", .blue) + "\n" }
      previous = line
      let here = marks.filter { $0.location.line == line }
      let focus = here.first { $0.isPrimary } ?? here[0]
      let view = SourceLineView(
        file: sources[focus.label.range.file], focus: focus.label.range.offsets,
        width: width - digits - 3)
      result += gutter(digits, line) + " " + view.text + "\n"
      for mark in here {
        result += gutter(digits, nil) + " " + underline(mark, in: view) + "\n"
      }
    }
    return result
  }

  private func underline(_ mark: Mark, in view: SourceLineView) -> String {
    let cells = view.cells(of: mark.label.range.offsets)
    let sign = mark.isPrimary ? "^" : "-"
    let tail = mark.label.text.isEmpty ? "" : " " + mark.label.text
    let line = String(repeating: sign, count: cells.count)
    let style: Paint = mark.isPrimary ? .red : .blue
    return String(repeating: " ", count: cells.lowerBound) + paint(line + tail, style)
  }

  private func gutter(_ digits: Int, _ line: Int?) -> String {
    let number = line.map(String.init) ?? ""
    let space = String(repeating: " ", count: digits - number.count)
    return paint(space + number + " |", .blue)
  }

  private func location(_ range: SourceRange) -> SourceLocation {
    sources[range.file].location(of: range.start)
  }
}

extension DiagnosticRenderer {
  private struct Mark {
    var label: Diagnostic.Label
    var isPrimary: Bool
    var location: SourceLocation
  }

  fileprivate enum Paint: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "34"
  }

  fileprivate func paint(_ text: String, _ style: Paint) -> String {
    isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The diagnostics as a JSON list, by position.
  package func json(_ diagnostics: Diagnostics) -> JSONValue {
    .array(diagnostics.sorted.map(json))
  }

  private func json(_ diagnostic: Diagnostic) -> JSONValue {
    var members = [
      JSONMember("code", .string(diagnostic.code.rawValue)),
      JSONMember("severity", .string(diagnostic.code.severity.rawValue)),
      JSONMember("message", .string(diagnostic.message)),
    ]
    if let primary = diagnostic.primary { members.append(JSONMember("at", json(primary))) }
    if !diagnostic.secondary.isEmpty {
      members.append(JSONMember("also", .array(diagnostic.secondary.map(json))))
    }
    if let help = diagnostic.help { members.append(JSONMember("help", .string(help))) }
    if !diagnostic.notes.isEmpty {
      let notes = diagnostic.notes.map { note in
        JSONValue.string(note.text + (note.range.map { " at " + sources.place($0) } ?? ""))
      }
      members.append(JSONMember("notes", .array(notes)))
    }
    return .object(members)
  }

  private func json(_ label: Diagnostic.Label) -> JSONValue {
    let file = sources[label.range.file]
    let start = file.location(of: label.range.start)
    let end = file.location(of: label.range.end)
    var members = [
      JSONMember("file", .string(file.name)),
      JSONMember("line", .integer(start.line)),
      JSONMember("column", .integer(start.column)),
      JSONMember("endLine", .integer(end.line)),
      JSONMember("endColumn", .integer(end.column)),
    ]
    if !label.text.isEmpty { members.append(JSONMember("label", .string(label.text))) }
    return .object(members)
  }
}

extension Severity {
  fileprivate var paint: DiagnosticRenderer.Paint {
    switch self {
    case .error: .red
    case .warning: .yellow
    }
  }
}
