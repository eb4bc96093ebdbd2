import Experiments
import Scenarios
import Syntax

extension Tool {
  /// `towtank explain [CODE|PRESET|DETECTOR]`.
  func explain(_ arguments: Arguments) throws -> ExitCode {
    guard let word = arguments.operands.first else {
      for code in DiagnosticCode.allCases {
        try output.write("\(code.rawValue)  \(code.title)\n")
      }
      try output.write("\nPRESETS\n")
      for (kind, preset) in Self.presets {
        let lines = HelpText.wrapped("  \(preset.name)  ", "\(preset.summary) (\(kind.name))")
        try output.write(lines.joined(separator: "\n") + "\n")
      }
      try output.write("\nDETECTORS\n")
      for kind in DetectorKind.allCases {
        let lines = HelpText.wrapped("  \(kind.name)  ", kind.summary)
        try output.write(lines.joined(separator: "\n") + "\n")
      }
      return .success
    }
    if let code = DiagnosticCode(rawValue: word.uppercased()) {
      try output.write("\(code.rawValue): \(code.title)\n\n\(code.explanation)\n")
      return .success
    }
    let detector = DetectorKind(word.lowercased())
    if let detector { try output.write(DetectorText.explanation(of: detector)) }
    let presets = Self.presets.filter { $0.preset.name == word }
    guard detector != nil || !presets.isEmpty else { throw unexplained(word) }
    for (kind, preset) in presets {
      try output.write(
        "preset \(preset.name) of \(kind.name): \(preset.summary)\n\n  \(preset.text)\n\n"
          + "Write \"\(preset.name)\", or { preset: \"\(preset.name)\", ... } with what differs.\n")
    }
    return .success
  }

  private static var presets: [(kind: ObjectKind, preset: ObjectKind.Preset)] {
    ScenarioSchema.objects.flatMap { kind in kind.presets.map { (kind, $0) } }
  }

  private func unexplained(_ word: String) -> CommandFailure {
    let names =
      DiagnosticCode.allCases.map(\.rawValue) + Self.presets.map(\.preset.name)
      + DetectorKind.allCases.map(\.name)
    let near =
      EditDistance.suggestion(for: word, among: names)
      ?? EditDistance.suggestion(for: word.uppercased(), among: names)
    return CommandFailure(
      .usage,
      "error: no code, preset or detector \(VisibleText.quoted(word))\n"
        + (near.map { "help: did you mean `\($0)`?" } ?? "help: `towtank explain` lists them"))
  }
}
