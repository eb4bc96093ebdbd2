/// An option as the command line, the help, the manual and the completions know it.
package struct Option: Sendable, Hashable {
  /// With its dashes: `--seed`.
  package var name: String
  /// What stands for its value in the help, such as `N`; nil for a switch.
  package var value: String?
  /// The values that it takes, where they are few.
  package var choices: [String]
  /// May be given more than once.
  package var repeats: Bool
  /// One line, lowercase, without a full stop.
  package var help: String

  package init(
    _ name: String, value: String? = nil, choices: [String] = [], repeats: Bool = false,
    help: String
  ) {
    self.name = name
    self.value = value
    self.choices = choices
    self.repeats = repeats
    self.help = help
  }

  /// `--seed N`.
  package var synopsis: String { value.map { "\(name) \($0)" } ?? name }
}

extension Option {
  static let help = Option("--help", help: "print this help and end")
  static let color = Option(
    "--color", value: "WHEN", choices: ["auto", "always", "never"],
    help: "colour of terminal output; NO_COLOR is respected")
  static let quiet = Option("--quiet", help: "no progress and no hints on stderr")

  static let variant = Option(
    "--variant", value: "NAME", repeats: true, help: "run this variant instead of the base")
  static let set = Option(
    "--set", value: "PATH=VALUE", repeats: true,
    help: "set a value of the scenario, such as services.llm.replicas=3")
  static let seed = Option("--seed", value: "N", help: "seed of all random streams")
  static let replications = Option(
    "--replications", value: "N", help: "independent runs; more of them, narrower intervals")
  static let jobs = Option(
    "--jobs", value: "N", help: "replications at a time; results do not depend on it")
  static let data = Option(
    "--data", value: "DIR", help: "folder of traces and tables; else TOWTANK_DATA")
  static let out = Option(
    "--out", value: "DIR", help: "write results and reports here; nothing is written without it")
  static let json = Option("--json", help: "print a stable JSON summary instead of the report")
  static let format = Option(
    "--format", value: "NAME", choices: ["terminal", "markdown", "html", "csv", "json"],
    help: "print the report in this form")

  /// Other reports than that of the run.
  static let modelReports = [
    Option("--dashboard", help: "show the monitoring dashboard at the instant of --at"),
    Option(
      "--at", value: "INSTANT", help: "instant of the dashboard, such as 12d; the end without it"),
    Option("--evaluation", value: "MODEL", help: "evaluate a version of this model"),
    Option("--version", value: "N", help: "number of the version; the newest without it"),
    Option("--card", value: "MODEL", help: "show the model card of this model"),
    Option("--run", value: "N", help: "run whose alarms, versions and events are shown, from 1"),
  ]

  /// What every command takes.
  static let common = [color, quiet, help]
  /// What every command that simulates takes.
  static let simulation = [set, seed, replications, jobs, data]
}
