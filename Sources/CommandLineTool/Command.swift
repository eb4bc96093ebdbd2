import Experiments

/// A command as the parser, the help, the manual and the completions know it.
package struct Command: Sendable {
  package var name: Name
  /// What it takes beside options, such as `FILE...`.
  package var operands: String
  /// How many operands it takes.
  package var operandCount: ClosedRange<Int>
  /// One line, lowercase, without a full stop.
  package var summary: String
  /// A few sentences for the help and the manual.
  package var story: String
  package var options: [Option]
  package var examples: [String]

  package enum Name: String, Sendable, CaseIterable {
    case run, compare, budget, plan, load, review, sweep, merge, sensitivity, backtest, design
    case report, detect, validate, explain, new, catalog, schema, completions, manual
  }

  /// The options of the command and the common ones.
  package var allOptions: [Option] { options + Option.common }
}

extension Command {
  /// Every command, in the order of the help.
  package static let all: [Command] = Name.allCases.map(named)

  /// The entry of a command.
  package static func named(_ name: Name) -> Command {
    switch name {
    case .run, .compare, .budget, .report: simulating(name)
    case .plan: planning
    case .load: loading
    case .sweep: sweeping
    case .merge: merging
    case .sensitivity: sensing
    case .backtest: backtesting
    case .review: reviewing
    case .design: designing
    case .detect: detecting
    default: helping(name)
    }
  }

  private static func simulating(_ name: Name) -> Command {
    switch name {
    case .run:
      Command(
        name: name, operands: "FILE", operandCount: 1...1,
        summary: "simulate a scenario and judge its thresholds",
        story: """
          Runs the replications of a scenario and prints capacity, cost, reliability and life \
          cycle, each figure with its interval. Thresholds decide the exit code.
          """,
        options: [.variant] + Option.simulation + [.out, .json, .format],
        examples: [
          "towtank run scenarios/quickstart.json5",
          "towtank run scenarios/quickstart.json5 --variant ten-times",
          "towtank run scenarios/quickstart.json5 --set services.embed.replicas=6",
        ])
    case .compare: comparing
    case .budget: budgeting
    default:
      Command(
        name: .report, operands: "RESULTS.json", operandCount: 1...1,
        summary: "render a results file again, without simulating",
        story: """
          Every rendering is a pure function of the results file that `run --out` wrote: the \
          report of the run, the monitoring dashboard at an instant, the evaluation of a version \
          of a model, or a model card.
          """,
        options: [
          .format,
          Option("--out", value: "FILE", help: "write to this file instead of stdout"),
        ] + Option.modelReports,
        examples: [
          "towtank report out/results.json --format html --out report.html",
          "towtank report out/results.json --dashboard --at 12d",
          "towtank report out/results.json --evaluation clicks --version 3",
          "towtank report out/results.json --card clicks",
        ])
    }
  }

  private static var detecting: Command {
    Command(
      name: .detect, operands: "FILE", operandCount: 1...1,
      summary: "find changes in a stream of your own",
      story: """
        Reads a CSV file with a header, or one number a line (`-` is the standard input), in \
        constant memory, and judges a column row by row with the detectors that simulated monitors \
        use, or windows of rows by their distance from a reference. Beside the alarms it says how many of them chance alone would raise: it runs each \
        detector on shuffled copies of the rows. An alarm is a finding, not a failure: the exit \
        code is 0 unless --fail-on-alarm makes it 2. `towtank explain NAME` tells the settings of \
        a detector.
        """,
      options: [
        Option(
          "--detector", value: "HOW", repeats: true,
          help: "NAME or NAME:KEY=VALUE,...; adwin by default: "
            + DetectorKind.allCases.map(\.name).joined(separator: ", ")),
        Option(
          "--column", value: "NAME", repeats: true,
          help: "the columns to judge; the only column of numbers by default"),
        Option(
          "--predictions", value: "COLUMN",
          help: "judge errors: 1 where this column differs from that of --truth"),
        Option("--truth", value: "COLUMN", help: "the column of what was right"),
        Option(
          "--cut", value: "P", help: "predictions are scores, and from P on they count as 1"),
        Option(
          "--reference", value: "A..B",
          help: "rows that windows are compared with; the first tenth by default"),
        Option("--window", value: "N", help: "rows of a window, 1000 by default"),
        Option(
          "--decay", value: "COLUMN",
          help: "instead fit how this quality falls with the age of a model"),
        Option("--age", value: "COLUMN", help: "the column of the ages, for --decay"),
        Option("--by", value: "COLUMN", help: "one fit for each value of it, for --decay"),
        Option("--step", value: "TIME", help: "how long a step of age is, such as 28d"),
        Option("--fail-on-alarm", help: "end with 2 if there is an alarm"),
        .out, .json, .format,
      ],
      examples: [
        "towtank detect errors.csv --column error --detector ddm",
        "towtank detect scored.csv --predictions y_pred --truth y --detector hddm-a",
        "towtank detect loans.csv --column income --detector psi --reference 1..5000",
        "towtank detect by-age.csv --decay accuracy --age weeks --step 7d",
        "towtank detect sensors.csv --column V1 --detector page-hinkley:lambda=15",
      ])
  }

  private static func helping(_ name: Name) -> Command {
    switch name {
    case .validate:
      Command(
        name: name, operands: "FILE...", operandCount: 1...64,
        summary: "check scenarios and run nothing",
        story: "Reports all mistakes of each file with line, caret and a way out.",
        options: [
          Option("--resolved", help: "print the whole scenario with every default marked"),
          .variant, .set, .data,
        ],
        examples: ["towtank validate scenarios/quickstart.json5 --resolved"])
    case .explain:
      Command(
        name: name, operands: "[CODE|PRESET|DETECTOR]", operandCount: 0...1,
        summary: "explain a diagnostic code, a preset or a detector at length",
        story: "Without an operand it lists all of them.", options: [],
        examples: ["towtank explain E0107"])
    case .new:
      Command(
        name: name, operands: "[FILE]", operandCount: 0...1,
        summary: "write a small scenario to start from",
        story: "Prints it, or writes FILE if it does not exist yet.", options: [],
        examples: ["towtank new my.json5"])
    case .catalog:
      Command(
        name: name, operands: "[gpus|instances|models]", operandCount: 0...1,
        summary: "list accelerators, instances with prices, model architectures",
        story:
          "Every row has its source and its date; a price that is not known is shown as unknown.",
        options: [
          Option(
            "--filter", value: "TEXT", repeats: true,
            help: "rows that contain TEXT, or column=value"),
          Option(
            "--format", value: "NAME", choices: ["terminal", "csv", "json"],
            help: "form of the list"
          ),
        ],
        examples: ["towtank catalog instances --filter gpu=H100"])
    case .schema:
      Command(
        name: name, operands: "", operandCount: 0...0,
        summary: "print the JSON Schema of scenario files",
        story: "Editors complete and check scenario files with it.", options: [],
        examples: ["towtank schema > scenario.schema.json"])
    case .completions:
      Command(
        name: name, operands: "bash|zsh|fish", operandCount: 1...1,
        summary: "print a completion script for a shell", story: "", options: [],
        examples: ["towtank completions bash > /etc/bash_completion.d/towtank"])
    default:
      Command(
        name: .manual, operands: "", operandCount: 0...0,
        summary: "print the manual page in mdoc", story: "", options: [],
        examples: ["towtank manual | man -l -"])
    }
  }
}
