import Experiments
import Quantities
import Reports
import Statistics
import Syntax

extension Tool {
  /// `towtank detect FILE`.
  func detect(_ arguments: Arguments) throws -> ExitCode {
    let path = arguments.operands[0]
    let choices = try detectors(arguments)
    let series = try series(arguments)
    try checkFolder(arguments)
    let findings = try findings(in: path, series, choices)
    let isBreach = arguments.has("--fail-on-alarm")
    let report = DetectionReport.report(findings, failsOnAlarm: isBreach)
    let json = DetectionJSON.json(findings)
    let text = json.text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("findings.json", text)], to: folder)
    }
    try show(report, json: json, results: text, arguments)
    return isBreach && findings.alarms > 0 ? .breached : .success
  }

  private func detectors(_ arguments: Arguments) throws -> [DetectorChoice] {
    let texts = arguments.values("--detector")
    var choices: [DetectorChoice] = []
    for text in texts.isEmpty ? [StreamDetector.Kind.adwin.rawValue] : texts {
      do throws(DetectorChoice.Problem) {
        let choice = try DetectorChoice(text)
        guard !choices.contains(choice) else {
          throw DetectorChoice.Problem(
            message: "\(choice.text) is given twice", help: "give it once, or other settings")
        }
        choices.append(choice)
      } catch {
        throw CommandFailure(.usage, "error: --detector: \(error.message)\nhelp: \(error.help)")
      }
    }
    return choices
  }

  private func series(_ arguments: Arguments) throws -> SeriesChoice {
    let columns = arguments.values("--column")
    let predictions = arguments.value("--predictions")
    let truth = arguments.value("--truth")
    var cut: Double?
    if let text = arguments.value("--cut") {
      guard let number = Double(text), number.isFinite else {
        throw CommandFailure(
          .usage, "error: --cut takes a number, not \(VisibleText.quoted(text))")
      }
      cut = number
    }
    switch (predictions, truth) {
    case (let predictions?, let truth?):
      guard columns.isEmpty else {
        throw CommandFailure(.usage, "error: --column and --predictions exclude each other")
      }
      return .errors(predictions: predictions, truth: truth, cut: cut)
    case (nil, nil):
      if cut != nil { throw CommandFailure(.usage, "error: --cut needs --predictions and --truth") }
      for (place, name) in columns.enumerated() where columns[..<place].contains(name) {
        throw CommandFailure(
          .usage, "error: --column \(VisibleText.quoted(name)) is given twice")
      }
      return columns.isEmpty ? .only : .columns(columns)
    default:
      throw CommandFailure(.usage, "error: --predictions and --truth belong together")
    }
  }

  private func findings(
    in path: String, _ series: SeriesChoice, _ choices: [DetectorChoice]
  ) throws -> DetectionFindings {
    do {
      let chunks = try ByteChunks(path: path)
      let reader = try SeriesReader(series) { try chunks.next() }
      var run = DetectionRun(reader, choices)
      return try run.findings(file: path) { Interruption.isRequested }
    } catch let error as FileSystem.Problem {
      throw Self.unreadable(error)
    } catch let error as DelimitedTextError {
      throw Self.refused(error, in: path)
    } catch let error as SeriesReader.Mismatch {
      throw Self.mismatch(error, in: path)
    } catch is CancellationError {
      throw CommandFailure(.interrupted, "interrupted; nothing was written")
    }
  }

  /// A mistake of a stream at its place; what comes after it was not read.
  private static func refused(_ error: DelimitedTextError, in path: String) -> CommandFailure {
    let code: DiagnosticCode =
      switch error.reason {
      case .emptyText: .traceEmpty
      case .missingColumn, .duplicateColumn, .unknownColumn, .unknownTable: .traceColumn
      case .fieldCount, .unclosedQuote, .textAfterQuote, .quoteInsideField, .zeroByte,
        .recordTooLong, .textTooLong, .tooManyFields:
        .traceRow
      case .invalidEncoding, .emptyField, .notANumber, .notFinite, .outOfRange, .malformed:
        .traceCell
      }
    return CommandFailure(
      .invalidInput,
      """
      error[\(code.rawValue)]: \(VisibleText.escaped(error.message))
        --> \(VisibleText.escaped(path)):\(error.line):\(error.column)

      1 error in \(VisibleText.escaped(path)); nothing was judged. \
      `towtank explain \(code.rawValue)` tells more.
      """)
  }

  private static func mismatch(
    _ mismatch: SeriesReader.Mismatch, in path: String
  ) -> CommandFailure {
    let file = "`\(VisibleText.escaped(path))`"
    func list(_ names: [String]) -> String {
      names.prefix(20).map(VisibleText.escaped).joined(separator: ", ")
        + (names.count > 20 ? " and \(names.count - 20) more" : "")
    }
    switch mismatch {
    case .noColumn(let name, let known):
      let near = EditDistance.suggestion(for: name, among: known)
      return CommandFailure(
        .invalidInput,
        """
        error[\(DiagnosticCode.traceColumn.rawValue)]: \(file) has no column \
        \(VisibleText.quoted(name))
        help: \(near.map { "did you mean `\($0)`?" } ?? "its columns are \(list(known))")
        """)
    case .severalColumns(let names):
      let found =
        names.isEmpty
        ? "\(file) has no column of numbers"
        : "\(file) has \(names.count) columns of numbers, and none was chosen"
      let help =
        names.isEmpty
        ? "--predictions and --truth compare two columns of any kind"
        : "--column takes one or more of \(list(names))"
      return CommandFailure(.usage, "error: \(found)\nhelp: \(help)")
    }
  }
}

/// What `towtank explain` says of a detector.
enum DetectorText {
  static func explanation(of kind: StreamDetector.Kind) -> String {
    var lines = HelpText.wrapped("detector \(kind.rawValue): ", kind.summary)
    lines += ["", "SETTINGS"]
    for parameter in kind.parameters {
      let choice = DetectorText.value(parameter)
      lines += HelpText.wrapped(
        "  " + HelpText.padded("\(parameter.name)=\(choice)", 21),
        "\(parameter.meaning); \(parameter.expectation)")
    }
    lines += [""]
    lines += HelpText.wrapped("", falseAlarms(of: kind))
    lines += ["", "towtank detect FILE --detector \(kind.rawValue)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func value(_ parameter: StreamDetector.Parameter) -> String {
    if case .word(let words) = parameter.domain { return words[Int(parameter.standard)] }
    return parameter.standard.rounded() == parameter.standard
      ? "\(Int(parameter.standard))" : "\(parameter.standard)"
  }

  /// What is known of its false alarms; measured figures are those of `verify detectors`.
  private static func falseAlarms(of kind: StreamDetector.Kind) -> String {
    switch kind {
    case .adwin:
      "False alarms: delta bounds one look, and there is a look at every clock-th item. On errors "
        + "at a rate of 15 % it raises less than 0.1 in 10,000 items."
    case .ddm:
      "False alarms: no rate is declared. On errors at a rate of 15 % it raises about 0.6 in "
        + "10,000 items, most of them soon after its start."
    case .eddm:
      "False alarms: no rate is declared. On errors at a rate of 15 % it raises about 16 in 10,000 "
        + "items."
    case .hddmA, .hddmW:
      "False alarms: `alarm` bounds one comparison, and there is one at every item. On errors at a "
        + "rate of 15 % it raises about 0.1 to 0.3 in 10,000 items."
    case .pageHinkley:
      "False alarms: no rate is declared; it depends on the scatter of the values against lambda. "
        + "On errors at a rate of 15 % it raises none in 10,000 items at lambda 50, and 6 at 15."
    case .kswin:
      "False alarms: alpha is the rate of one test, and there is one at every item; neighbouring "
        + "tests share most of their items."
    case .cusum:
      "False alarms: one in 465 items for independent normal values with k = 0.5, h = 5 and a known "
        + "mean and deviation; h = 8 makes it one in about 9,600."
    }
  }
}
