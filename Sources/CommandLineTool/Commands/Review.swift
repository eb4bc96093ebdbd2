import Experiments
import Quantities
import Reports
import Scenarios
import Syntax

extension Command {
  static let reviewing = Command(
    name: .review, operands: "FILE", operandCount: 1...1,
    summary: "put an architecture under stress and price what it loses",
    story: """
      Lets ten times the traffic come, every data source, service and pool fail, models go wrong \
      and prices double, one at a time, paired with the same runs without. Prints who is hurt, how \
      fast it is seen and undone, the expected yearly loss, the single biggest risk, what remedies \
      buy, a runbook, two rubrics, and the defaults that could flip the verdict. The exit code is \
      that of the scenario without stress.
      """,
    options: [
      .variant,
      Option(
        "--worth", value: "AMOUNT",
        help: "what an unanswered request is worth; else what answering one costs"),
      Option(
        "--frequency", value: "STRESS=N", repeats: true,
        help: "times a year that a stress happens, such as outage-ranker=2"),
      Option("--remedies", value: "N", help: "try remedies against the N worst, 3 by default"),
    ] + Option.simulation + [.out, .json, .format],
    examples: ["towtank review scenarios/quickstart.json5 --worth '$0.01'"])
}

extension Tool {
  /// `towtank review FILE`.
  func review(_ arguments: Arguments) async throws -> ExitCode {
    let path = arguments.operands[0]
    let options = try reviewOptions(arguments)
    let maker = try maker(path, arguments)
    let base = try chosen(path, arguments)
    let known = StressBook.stresses(of: base).map(\.id)
    for id in options.frequencies.keys.sorted() where !known.contains(id) {
      let near = EditDistance.suggestion(for: id, among: known)
      throw CommandFailure(
        .usage,
        "error: no stress \(VisibleText.quoted(id))\n"
          + (near.map { "help: did you mean `\($0)`?" }
            ?? "help: there are \(known.joined(separator: ", "))"))
    }
    try checkFolder(arguments)
    if !arguments.has("--quiet") { try warn(base) }
    let progress = Progress(
      errors: errors, isShown: terminal.errorIsTerminal && !arguments.has("--quiet"),
      label: "review, about", total: base.replications * (known.count + 10))
    defer { progress.erase() }
    let review = try await simulating(path) {
      var runner = ReviewRunner(
        maker: maker, options: options, jobs: try jobs(arguments),
        isCancelled: { Interruption.isRequested }, finished: { progress.show($0) })
      return try await runner.run()
    }
    progress.erase()
    let report = ReviewReport.report(review)
    let text = ReviewJSON.json(review).text(.pretty) + "\n"
    if let folder = arguments.value("--out") {
      try write(report, results: [("review.json", text)], to: folder)
    }
    try show(report, json: ReviewJSON.json(review), results: text, arguments)
    return exitCode(review.base.outcome)
  }

  private func reviewOptions(_ arguments: Arguments) throws -> ReviewRunner.Options {
    var options = ReviewRunner.Options(
      remedied: try arguments.integer("--remedies", in: 0...100)
        ?? ReviewRunner.Options.usualRemedied)
    if let text = arguments.value("--worth") {
      do throws(QuantityError) {
        options.worth = try QuantityParser.money(text.hasPrefix("$") ? text : "$" + text).dollars
      } catch {
        throw CommandFailure(
          .usage, "error: --worth `\(VisibleText.escaped(text))`: \(error.reason)")
      }
    }
    for text in arguments.values("--frequency") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let perYear = Double(parts[1]), perYear > 0, perYear.isFinite else {
        throw CommandFailure(
          .usage, "error: --frequency takes STRESS=TIMES-A-YEAR, not \(VisibleText.quoted(text))")
      }
      options.frequencies[parts[0]] = perYear
    }
    return options
  }
}
