import Experiments
import Quantities
import Reports
import Syntax

extension Tool {
  /// `towtank detect FILE --decay COLUMN --age COLUMN`.
  func decay(_ arguments: Arguments, of value: String) throws -> ExitCode {
    let path = arguments.operands[0]
    for option in ["--detector", "--column", "--predictions", "--truth", "--cut", "--reference"]
    where arguments.has(option) {
      throw CommandFailure(.usage, "error: --decay and \(option) exclude each other")
    }
    guard let age = arguments.value("--age") else {
      throw CommandFailure(.usage, "error: --decay needs --age, the column of the ages")
    }
    let step = try arguments.value("--step").map(step)
    try checkFolder(arguments)
    let findings = try Self.reading(path) {
      let chunks = try ByteChunks(path: path)
      return try DecayFindings(
        file: path, value: value, age: age, by: arguments.value("--by"), step: step
      ) { try chunks.next() }
    }
    let report = DecayReport.report(findings)
    let text = findings.json.text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("findings.json", text)], to: folder)
    }
    try show(report, json: findings.json, results: text, arguments)
    return .success
  }

  private func step(_ text: String) throws -> Duration {
    do {
      let step = try QuantityParser.duration(text)
      guard step > .zero else {
        throw CommandFailure(.usage, "error: --step takes a time above zero")
      }
      return step
    } catch let error as QuantityError {
      throw CommandFailure(
        .usage, "error: --step \(VisibleText.quoted(text)): \(error.reason)\nhelp: write 28d or 6h")
    }
  }
}
