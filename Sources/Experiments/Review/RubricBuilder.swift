import MLSystem
import Quantities
import Scenarios

/// Scores a system and its design by what is declared and what was simulated.
///
/// What a scenario does not say earns nothing: a reviewer cannot see it either.
struct RubricBuilder {
  let scenario: Scenario
  let base: Results
  let findings: [Review.Finding]

  private var root: Setting { scenario.settings }
  private var models: [SettingObject.Member] { root["models"].members }
  private var learning: [SettingObject.Member] {
    models.filter(\.value.isRetrained)
  }
  private var sources: [SettingObject.Member] { root["data"].members }
  private var variants: Int { root["variants"].members.count }

  /// The share of stresses that an alert told of in every run.
  private var noticed: Double {
    guard !findings.isEmpty else { return 0 }
    let told = findings.count { $0.noticed.of > 0 && $0.noticed.runs == $0.noticed.of }
    return Double(told) / Double(findings.count)
  }

  private var noticedText: String {
    let told = findings.count { $0.noticed.of > 0 && $0.noticed.runs == $0.noticed.of }
    return "\(told) of \(findings.count) stresses raise an alert in every run (simulated)"
  }

  private func share(_ part: Int, _ whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 0
  }

  private func outcomes(_ outcome: Verdict.Outcome) -> Int {
    base.verdicts.count { $0.outcome == outcome }
  }

  private var metShare: Double { share(outcomes(.met), base.verdicts.count) }

  private var metText: String {
    "\(outcomes(.met)) of \(base.verdicts.count) thresholds are met (simulated)"
  }

  /// The system quality rubric: framing 15, data 15, experiments 15, model 15, deployment 10,
  /// monitoring 15, documentation 5, cost 10.
  func system() -> Rubric {
    Rubric(
      name: "System quality",
      scores: [
        framing, data, experiments, model, deployment, monitoring, documentation, cost,
      ])
  }

  private var framing: Rubric.Score {
    let thresholds = scenario.thresholds.count
    let hasBusiness = root["tasks"].members.contains { !$0.value["value"].isAbsent }
    return RubricItem.score(
      "framing",
      [
        RubricItem(
          5, degree: Double(thresholds) / 3, has: "\(thresholds) thresholds decide",
          lacks: "declare three thresholds or more"),
        RubricItem(
          5, hasBusiness, has: "an outcome has a value",
          lacks: "say what an outcome is worth: tasks.NAME.value"),
        RubricItem(
          5, !root["budget"]["baseline"].isAbsent, has: "a baseline is named",
          lacks: "name the baseline to beat: budget.baseline"),
      ])
  }

  private var data: Rubric.Score {
    let checked = sources.count { $0.value["validation"].kind == "validation" }
    let delayed = root["tasks"].members.contains { $0.value["labels"].origin == .written }
    return RubricItem.score(
      "data",
      [
        RubricItem(
          5, !sources.isEmpty, has: "\(sources.count) sources are declared",
          lacks: "declare where labels and features come from: data"),
        RubricItem(
          5, degree: share(checked, sources.count),
          has: "\(checked) of \(sources.count) sources are validated",
          lacks: "validate every source: data.NAME.validation"),
        RubricItem(
          5, delayed, has: "labels have a delay and an error", lacks: "declare tasks.NAME.labels"),
      ])
  }

  private var experiments: Rubric.Score {
    let tested = models.contains {
      !$0.value["challenger"].isAbsent || !$0.value["rollout"]["test"].isAbsent
        || !$0.value["rollout"]["holdout"].isAbsent
    }
    return RubricItem.score(
      "experiments",
      [
        RubricItem(
          5, degree: Double(variants) / 2, has: "\(variants) variants are compared",
          lacks: "declare two variants or more"),
        RubricItem(
          5, degree: Double(base.identity.replications) / 10,
          has: "\(base.identity.replications) replications", lacks: "run 10 replications"),
        RubricItem(
          5, tested, has: "new versions are tried in shadow or in an A/B test",
          lacks: "try new versions: models.NAME.challenger or rollout.test"),
      ])
  }

  private var model: Rubric.Score {
    let quality = zip(scenario.thresholds, base.verdicts).filter { threshold, _ in
      models.contains { $0.key == threshold.metric.subject }
        || root["tasks"].members.contains { $0.key == threshold.metric.subject }
    }
    let met = quality.count { $0.1.outcome == .met }
    let hasRule = models.contains { $0.value["rule"].flag }
    let segmented = root["traffic"].members.contains { !$0.value["segments"].members.isEmpty }
    return RubricItem.score(
      "model",
      [
        RubricItem(
          5, degree: share(met, quality.count),
          has: "\(met) of \(quality.count) thresholds on quality are met (simulated)",
          lacks: quality.isEmpty
            ? "put a threshold on quality" : "meet the thresholds on quality"),
        RubricItem(
          5, hasRule, has: "a rule is there to compare with",
          lacks: "declare the rule that it replaces: rule: true"),
        RubricItem(
          5, segmented, has: "segments are told apart",
          lacks: "declare segments, so that a fault of one of them shows"),
      ])
  }

  private var deployment: Rubric.Score {
    let staged = learning.count {
      let rollout = $0.value["rollout"]
      return !rollout["steps"].elements.isEmpty || !rollout["mirror"].isAbsent
        || rollout["strategy"].text != "canary" || !rollout["test"].isAbsent
    }
    let undone = learning.count { !$0.value["rollout"]["rollbackIf"].elements.isEmpty }
    return RubricItem.score(
      "deployment",
      [
        RubricItem(
          5, degree: share(staged, learning.count),
          has: "\(staged) of \(learning.count) models roll out in steps",
          lacks: "roll out in steps: models.NAME.rollout: \"canary-10-50-100\""),
        RubricItem(
          5, degree: share(undone, learning.count),
          has: "\(undone) of \(learning.count) have rules that undo them",
          lacks: "say what undoes a rollout: rollout.rollbackIf"),
      ])
  }

  private var monitoring: Rubric.Score {
    let objectives = root["slos"].members.count
    let watched = learning.count { !$0.value["monitors"].elements.isEmpty }
    return RubricItem.score(
      "monitoring",
      [
        RubricItem(
          5, objectives > 0, has: "\(objectives) objectives", lacks: "declare slos"),
        RubricItem(
          5, degree: learning.isEmpty ? 0 : share(watched, learning.count),
          has: "\(watched) of \(learning.count) models are watched",
          lacks: "watch the models that learn: models.NAME.monitors"),
        RubricItem(
          5, degree: noticed, has: noticedText, lacks: "let an alert tell of every stress"),
      ])
  }

  private var documentation: Rubric.Score {
    let titled = root["title"].text != nil
    let named = base.identity.budget?.owner != nil
    return RubricItem.score(
      "documentation",
      [
        RubricItem(3, titled, has: "it says which question it answers", lacks: "write a title"),
        RubricItem(2, named, has: "the budget has an owner", lacks: "name budget.owner"),
      ])
  }

  private var cost: Rubric.Score {
    let unknown = base.cost.unknown.count
    let limit = base.identity.budget?.perMonth
    let isWithin = limit.map { base.cost.perMonth.expected <= $0 } ?? false
    return RubricItem.score(
      "cost",
      [
        RubricItem(3, limit != nil, has: "a budget is declared", lacks: "declare budget.limit"),
        RubricItem(
          4, unknown == 0, has: "everything has a price", lacks: "price the \(unknown) items"),
        RubricItem(
          3, isWithin, has: "a month is within the budget (simulated)",
          lacks: "come within the budget"),
      ])
  }

  /// The design rubric: completeness 30, feasibility 25, observability 20, maintainability 15,
  /// business 10.
  func design() -> Rubric {
    let parts = [
      "traffic", "routes", "services", "hardware", "tasks", "models", "data", "slos", "budget",
      "thresholds",
    ]
    let there = parts.filter { !root[$0].members.isEmpty || !root[$0].elements.isEmpty }
    let missing = parts.filter { !there.contains($0) }
    let defaults = base.identity.defaults.count
    return Rubric(
      name: "Design",
      scores: [
        RubricItem.score(
          "completeness",
          [
            RubricItem(
              30, degree: share(there.count, parts.count),
              has: "\(there.count) of \(parts.count) parts are declared",
              lacks: "declare \(missing.joined(separator: ", "))")
          ]),
        RubricItem.score(
          "feasibility",
          [
            RubricItem(
              25, degree: metShare, has: metText, lacks: "meet every threshold")
          ]),
        RubricItem.score(
          "observability",
          [
            RubricItem(
              20, degree: noticed, has: noticedText, lacks: "let an alert tell of every stress")
          ]),
        RubricItem.score(
          "maintainability",
          [
            RubricItem(
              5, degree: Double(variants) / 2, has: "\(variants) variants show the way out",
              lacks: "declare two variants or more"),
            RubricItem(
              5, degree: defaults == 0 ? 1 : min(1, 20 / Double(defaults)),
              has: "it stands on \(defaults) defaults", lacks: "write down what is a default"),
            RubricItem(
              5, !learning.isEmpty, has: "models are retrained",
              lacks: "say when models are "
                + "trained anew: models.NAME.retraining"),
          ]),
        business,
      ])
  }

  private var business: Rubric.Score {
    let hasValue = root["tasks"].members.contains { !$0.value["value"].isAbsent }
    return RubricItem.score(
      "business",
      [
        RubricItem(
          5, hasValue, has: "an outcome has a value",
          lacks: "say what an outcome is worth: tasks.NAME.value"),
        RubricItem(
          5, base.identity.budget != nil, has: "a budget is declared",
          lacks: "declare budget.limit"),
      ])
  }
}
