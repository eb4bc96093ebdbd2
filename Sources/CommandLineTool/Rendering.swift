import Experiments
import Reports
import Syntax

/// The forms that a report is printed or written in.
enum ReportForm: String, CaseIterable {
  case terminal, markdown, html, csv, json
}

extension Tool {
  /// The report in the form that `--format` or `--json` asks for, on stdout.
  func show(
    _ report: Report, json: @autoclosure () -> JSONValue, results: @autoclosure () -> String,
    _ arguments: Arguments
  ) throws {
    if arguments.has("--json") {
      try output.write(json().text(.pretty) + "\n")
      return
    }
    switch ReportForm(rawValue: arguments.value("--format") ?? "terminal") ?? .terminal {
    case .terminal:
      let renderer = TerminalRenderer(
        width: terminal.width, usesColour: terminal.colorOnOutput)
      try output.write(renderer.render(report))
    case .markdown: try output.write(MarkdownRenderer().render(report))
    case .html: try output.write(HTMLRenderer().render(report))
    case .csv: try output.write(CSVRenderer().render(report))
    case .json: try output.write(results())
    }
  }

  /// Writes every form of a report into a folder, each file whole or not at all.
  func write(_ report: Report, results: [(name: String, text: String)], to folder: String) throws {
    var files = results
    files.append(("report.txt", TerminalRenderer(width: 80).render(report)))
    files.append(("report.md", MarkdownRenderer().render(report)))
    files.append(("report.html", HTMLRenderer().render(report)))
    files += CSVRenderer().files(report).map { ($0.name, $0.text) }
    do throws(FileSystem.Problem) {
      try FileSystem.makeFolder(folder)
      for file in files { try FileSystem.write(file.text, to: folder + "/" + file.name) }
    } catch {
      throw CommandFailure(.output, "error: cannot write \(error.path): \(error.reason)")
    }
  }

  /// Finds out before a long run whether `--out` can be written; makes nothing.
  ///
  /// - Throws: `CommandFailure` 74.
  func checkFolder(_ arguments: Arguments) throws {
    guard let folder = arguments.value("--out") else { return }
    do throws(FileSystem.Problem) {
      try FileSystem.checkWritable(folder)
    } catch {
      throw CommandFailure(
        .output, "error: cannot write to \(error.path): \(error.reason)\nnothing was run")
    }
  }

  func exitCode(_ outcome: Verdict.Outcome?) -> ExitCode {
    switch outcome {
    case .met, nil: .success
    case .breached: .breached
    case .undecided: .undecided
    }
  }
}
