extension Command {
  /// `towtank budget`.
  static let budgeting = Command(
    name: .budget, operands: "FILE [RESULTS.json]", operandCount: 1...2,
    summary: "forecast the money month by month against a limit",
    story: """
      Prints expected value, P10, P50 and P90 of each calendar month of the horizon, accrual and \
      cash, the cost tree, unit costs, commitments, chargeback, alerts and returns. The limit is \
      the scenario's budget, or --fail-over. --diff compares two results files of `run --out` \
      instead, for pull requests.
      """,
    options: [
      .variant,
      Option(
        "--fail-over", value: "AMOUNT",
        help: "end with 2 if a month is expected to cost more, such as '$5k' or 5000"),
      Option(
        "--baseline", value: "NAME",
        help: "explain the change from this variant, or from this results file"),
      Option("--levers", help: "simulate what might save money, and rank it"),
      Option(
        "--drivers",
        help: "simulate each input down and up, rank them, and tell the regret of commitments"),
      Option("--diff", help: "compare two results files: FILE is the one before"),
    ] + Option.simulation + [.out, .json, .format],
    examples: [
      "towtank budget scenarios/lifecycle-month.json5 --fail-over '$250/month'",
      "towtank budget scenarios/lifecycle-month.json5 --levers",
      "towtank budget --diff before/results.json after/results.json --format markdown",
    ])
}
