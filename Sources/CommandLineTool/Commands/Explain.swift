import Syntax

extension Tool {
  /// `towtank explain [CODE]`.
  func explain(_ arguments: Arguments) throws -> ExitCode {
    guard let word = arguments.operands.first else {
      for code in DiagnosticCode.allCases {
        try output.write("\(code.rawValue)  \(code.title)\n")
      }
      return .success
    }
    guard let code = DiagnosticCode(rawValue: word.uppercased()) else {
      let near = EditDistance.suggestion(
        for: word.uppercased(), among: DiagnosticCode.allCases.map(\.rawValue))
      throw CommandFailure(
        .usage,
        "error: no code `\(word)`\n"
          + (near.map { "help: did you mean `\($0)`?" } ?? "help: `towtank explain` lists them"))
    }
    try output.write("\(code.rawValue): \(code.title)\n\n\(code.explanation)\n")
    return .success
  }
}
