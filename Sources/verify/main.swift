import Glibc

// The fixed list of statistical, generated and accuracy checks. `verify [GROUP...]` runs some of
// them.
let groups: [(name: String, run: @Sendable () async -> [Check])] = [
  ("queueing", QueueingChecks.run), ("learning", LearningChecks.run),
  ("rollouts", RolloutChecks.run),
  ("llm", LLMEqualityChecks.run), ("vidur", VidurChecks.run),
  ("measured-run", MeasuredRunChecks.run), ("alarms", AlarmChecks.run),
  ("detectors", DetectorChecks.run), ("monitors", MonitorChecks.run), ("plan", PlanChecks.run),
  ("flow", FlowChecks.run), ("budget", BudgetChecks.run),
  ("comparison", ComparisonChecks.run),
]

let wanted = CommandLine.arguments.dropFirst()
for word in wanted where !groups.contains(where: { $0.name == word }) {
  print("verify: no group `\(word)`; there are \(groups.map(\.name).joined(separator: ", "))")
  exit(64)
}

var failed = 0
var passed = 0
var skipped = 0
for group in groups where wanted.isEmpty || wanted.contains(group.name) {
  let checks = await group.run()
  print(CheckTable.text(group.name, checks))
  for check in checks {
    switch check.outcome {
    case .passed: passed += 1
    case .failed: failed += 1
    case .skipped: skipped += 1
    }
  }
}
print("\(passed) passed, \(failed) failed, \(skipped) skipped")
exit(failed == 0 ? 0 : 1)
