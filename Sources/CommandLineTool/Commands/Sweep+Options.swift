import Experiments
import Quantities
import Scenarios
import Syntax

/// What the options of `sweep` and `sensitivity` ask for.
extension Tool {
  /// The axes of `--vary`, with every mistake told.
  func axes(_ arguments: Arguments) throws -> [SettingAxis] {
    let texts = arguments.values("--vary")
    guard !texts.isEmpty else {
      throw CommandFailure(
        .usage,
        "error: a sweep varies something\nhelp: give --vary, such as "
          + "--vary services.llm.replicas=2..12")
    }
    return try axes(texts, of: "--vary", SettingAxis.read)
  }

  /// What the texts of an option vary, each path once, with every mistake told.
  func axes(
    _ texts: [String], of option: String, code: ExitCode = .usage,
    _ read: (_ text: String, _ option: String) throws(DiagnosticsError) -> SettingAxis
  ) throws -> [SettingAxis] {
    var axes: [SettingAxis] = []
    var failures: [String] = []
    for text in texts {
      do throws(DiagnosticsError) {
        let axis = try read(text, option)
        guard !axes.contains(where: { $0.path == axis.path }) else {
          failures.append("error: \(option) \(VisibleText.quoted(axis.path)) is given twice")
          continue
        }
        axes.append(axis)
      } catch {
        failures.append(badOption(error))
      }
    }
    guard failures.isEmpty else {
      throw CommandFailure(code, failures.joined(separator: "\n\n"))
    }
    return axes
  }

  /// Why values are needed where an axis has only two ends; nil for an axis with values.
  func missingSteps(_ axis: SettingAxis, for study: String) -> String? {
    guard case .continuous(let range) = axis.levels else { return nil }
    let ends = "\(range.value(at: 0))..\(range.value(at: 1))"
    return "error: \(study) needs values on `\(VisibleText.escaped(axis.path))`, and \(ends) has "
      + "no steps\nhelp: write \(ends):lin5"
  }

  /// The mistakes of an option's text with their carets.
  func badOption(_ error: DiagnosticsError) -> String {
    let renderer = DiagnosticRenderer(
      error.sources, isColored: terminal.colorOnError, width: terminal.width)
    return renderer.text(error.diagnostics).dropLastLineBreak().dropLastLineBreak()
  }

  func design(_ arguments: Arguments, _ axes: [SettingAxis]) throws -> SweepDesign {
    let name = arguments.value("--design") ?? "grid"
    let points = try arguments.integer("--points", in: 1...SweepPlan.pointLimit)
    guard name != "grid" else {
      guard points == nil else {
        throw CommandFailure(
          .usage,
          "error: a grid has all combinations, so it takes no --points\n"
            + "help: add --design sobol")
      }
      for axis in axes {
        guard let mistake = missingSteps(axis, for: "a grid") else { continue }
        throw CommandFailure(
          .usage, mistake + ", or draw points with --design sobol --points 64")
      }
      return .grid
    }
    guard let points else {
      throw CommandFailure(
        .usage, "error: a \(name) design needs a number of points\nhelp: add --points 64")
    }
    guard name != "sobol" || axes.count <= SobolSequence.largestDimension else {
      throw CommandFailure(
        .usage, "error: a Sobol' design has at most \(SobolSequence.largestDimension) axes")
    }
    return name == "random" ? .random(points: points) : .sobol(points: points)
  }

  func plan(
    _ maker: ExperimentMaker, _ axes: [SettingAxis], _ design: SweepDesign, _ arguments: Arguments
  ) throws -> SweepPlan {
    let source = maker.source
    do {
      let base = try maker.scenario()
      if !arguments.has("--quiet") { try warn(base) }
      let metrics = try metrics(arguments, base)
      // What a point may read beside what the base reads.
      let files = axes.flatMap { axis -> [String] in
        guard axis.path.hasSuffix("file") || axis.path.hasPrefix("catalog"),
          case .values(let values) = axis.levels
        else { return [] }
        return values
      }
      var plan = SweepPlan(
        file: source.name, variant: base.variant, title: base.title,
        digest: try source.digest(of: base, readingAlso: files), toolVersion: Tool.version,
        seed: maker.seed ?? base.seed, replications: base.replications, horizon: base.horizon,
        axes: axes, design: design, metrics: metrics, precision: try precision(arguments))
      plan.settings = base.settingsGiven
      plan.defaults = base.appliedDefaults(beside: axes.map(\.path))
      guard plan.pointCount <= SweepPlan.pointLimit else {
        throw CommandFailure(
          .usage,
          "error: more than \(SweepPlan.pointLimit) points\n"
            + "help: draw some of them with --design sobol --points 1000")
      }
      return plan
    } catch let error as DiagnosticsError {
      throw failure(error, in: source.name)
    } catch let error as FileSystem.Problem {
      throw Self.unreadable(error)
    }
  }

  private func precision(_ arguments: Arguments) throws -> Double? {
    guard let text = arguments.value("--precision") else { return nil }
    guard let share = try? QuantityParser.percent(text), share > 0, share < 1 else {
      throw CommandFailure(
        .usage, "error: --precision takes a share such as 2%, not \(VisibleText.quoted(text))")
    }
    return share
  }

  /// The metrics of `--metrics`, or those that the thresholds and a reader of reports ask for.
  func metrics(_ arguments: Arguments, _ base: Scenario) throws -> [SweepMetric] {
    guard let text = arguments.value("--metrics") else { return base.usualMetrics }
    let names = text.split(separator: ",").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard !names.isEmpty, !names.contains("") else {
      throw CommandFailure(
        .usage, "error: --metrics takes names such as cost.perMonth,ctr.latency.p99")
    }
    let found = try base.metrics(named: names).map { SweepMetric(name: $0.name, unit: $0.unit) }
    var unique: [SweepMetric] = []
    for metric in found where !unique.contains(metric) { unique.append(metric) }
    return unique
  }
}
