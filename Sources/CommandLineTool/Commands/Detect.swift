import Experiments
import Quantities
import Reports
import Statistics
import Syntax

extension Tool {
  /// `towtank detect FILE`.
  func detect(_ arguments: Arguments) throws -> ExitCode {
    if let value = arguments.value("--decay") { return try decay(arguments, of: value) }
    for option in ["--age", "--by", "--step"] where arguments.has(option) {
      throw CommandFailure(.usage, "error: \(option) belongs to --decay")
    }
    let path = arguments.operands[0]
    let choices = try detectors(arguments)
    let series = try series(arguments)
    try checkFolder(arguments)
    let hasWindows = choices.contains { if case .window = $0.kind { true } else { false } }
    let plan = hasWindows ? try plan(arguments, path) : nil
    let findings = try findings(in: path, series, choices, plan)
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
    for text in texts.isEmpty ? [DetectorKind.stream(.adwin).name] : texts {
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
    in path: String, _ series: SeriesChoice, _ choices: [DetectorChoice], _ plan: WindowPlan?
  ) throws -> DetectionFindings {
    try Self.reading(path) {
      let chunks = try ByteChunks(path: path)
      let reader = try SeriesReader(series) { try chunks.next() }
      var run = DetectionRun(reader, choices, plan: plan)
      return try run.findings(file: path) { Interruption.isRequested }
    }
  }

  /// The reference and the windows; the first tenth of a file by default, for which it is read
  /// twice.
  private func plan(_ arguments: Arguments, _ path: String) throws -> WindowPlan {
    let window = try arguments.integer("--window", in: 2...10_000_000) ?? 1_000
    if let text = arguments.value("--reference") {
      let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 1, last > first,
        last - first < 10_000_000
      else {
        throw CommandFailure(
          .usage,
          "error: --reference takes rows such as 1..5000, not \(VisibleText.quoted(text))")
      }
      return WindowPlan(reference: first...last, window: window)
    }
    guard !FileSystem.isPipe(path) else {
      throw CommandFailure(
        .usage,
        "error: a pipe is read once, so its tenth is not known\nhelp: say --reference 1..5000")
    }
    let rows = try Self.reading(path) {
      let chunks = try ByteChunks(path: path)
      return try SeriesReader.rowCount { try chunks.next() }
    }
    return WindowPlan(reference: 1...max(rows / 10, 2), window: window)
  }

  /// Reads a stream, with every failure told at its place.
  static func reading<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as FileSystem.Problem {
      throw unreadable(error)
    } catch let error as DelimitedTextError {
      throw refused(error, in: path)
    } catch let error as SeriesReader.Mismatch {
      throw mismatch(error, in: path)
    } catch let error as DetectionRun.TooShort {
      throw CommandFailure(
        .invalidInput,
        """
        error[\(DiagnosticCode.traceEmpty.rawValue)]: `\(VisibleText.escaped(path))` has \
        \(error.rows) rows; reference and first window take \(error.needed)
        help: --reference and --window make them smaller
        """)
    } catch is CancellationError {
      throw CommandFailure(.interrupted, "interrupted; nothing was written")
    }
  }

  /// A mistake of a stream at its place; what comes after it was not read.
  static func refused(_ error: DelimitedTextError, in path: String) -> CommandFailure {
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
  static func explanation(of kind: DetectorKind) -> String {
    var lines = HelpText.wrapped("detector \(kind.name): ", kind.summary)
    lines += ["", "SETTINGS"]
    for parameter in kind.parameters {
      let choice = DetectorText.value(parameter)
      lines += HelpText.wrapped(
        "  " + HelpText.padded("\(parameter.name)=\(choice)", 21),
        "\(parameter.meaning); \(parameter.expectation)")
    }
    lines += [""]
    lines += HelpText.wrapped("", falseAlarms(of: kind))
    lines += ["", "towtank detect FILE --detector \(kind.name)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func value(_ parameter: StreamDetector.Parameter) -> String {
    if case .word(let words) = parameter.domain { return words[Int(parameter.standard)] }
    return parameter.standard.rounded() == parameter.standard
      ? "\(Int(parameter.standard))" : "\(parameter.standard)"
  }

  /// What is known of its false alarms; measured figures are those of `verify detectors`.
  private static func falseAlarms(of kind: DetectorKind) -> String {
    switch kind {
    case .stream(let kind): falseAlarms(of: kind)
    case .window(let test): falseAlarms(of: test)
    }
  }

  private static func falseAlarms(of test: WindowTest) -> String {
    switch test {
    case .ks, .chiSquare, .mannWhitney:
      "False alarms: alpha of the windows, where rows are independent of one another."
    case .psi:
      "False alarms: of 10 bins, 100 rows and a limit of 0.2 about 3 % of the windows, from 500 rows "
        + "on none. alpha=0.05 instead moves the limit with the number of rows, so that 5 % alarm."
    case .kl, .js, .wasserstein:
      "False alarms: no rate is declared; it depends on the rows of a window. `detect` measures it."
    }
  }

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
