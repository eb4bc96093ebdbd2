import Experiments
import MLSystem
import Quantities
import Syntax

/// The parts of the design document.
enum DesignSections {
  static func useCase(_ facts: DesignFacts) -> Section {
    let streams = facts.quoted.entries("traffic").map { name, _ in
      (name, facts.quoted.text("traffic", name))
    }
    let tasks = facts.quoted.entries("tasks").map { name, value in
      let positives = value["positives"].map { ", positives \(QuotedScenario.written($0))" } ?? ""
      return ("predicts \(name)", Optional((value["kind"]?.string ?? "task") + positives))
    }
    return facts.section(
      "use-case", "Use case",
      [
        .paragraph(facts.results.identity.title),
        facts.declared("use-case", streams + tasks),
        facts.simulated(
          "use-case", facts.names(.route).map { ("requests of \($0)", "\($0).requests") }),
      ], missing: "")
  }

  static func businessMetric(_ facts: DesignFacts) -> Section {
    let values = facts.quoted.entries("tasks").map { name, _ in
      ("worth of \(name)", facts.quoted.text("tasks", name, "value"))
    }
    var figures: [(String, String)] = []
    for name in facts.names(.model) {
      figures += [
        ("\(name): value a month", "\(name).value.perMonth"),
        ("\(name): value per 1k answers", "\(name).value.per1k"),
        ("\(name): clicks per ranking", "\(name).ctr"),
        ("\(name): lift over the baseline", "\(name).lift"),
        ("\(name): worth of retraining a month", "\(name).worth-of-retraining.perMonth"),
      ]
    }
    figures.append(("cost per 1k answers", "cost.per1k"))
    return facts.section(
      "business-metric", "Business metric",
      [
        facts.declared(
          "business-metric", values + [("baseline", facts.quoted.text("budget", "baseline"))]),
        facts.simulated("business-metric", figures),
      ], missing: "No answer has a price, so quality is not money here.")
  }

  static func constraints(_ facts: DesignFacts) -> Section {
    var rows: [(String, String?)] = facts.quoted.entries("slos").map { name, _ in
      ("objective \(name)", facts.quoted.text("slos", name))
    }
    rows.append(("budget", facts.quoted.text("budget", "limit")))
    for (name, value) in facts.quoted.entries("hardware") {
      rows.append(
        (
          "quota of \(name)",
          value["quota"].flatMap { $0 == .null ? nil : QuotedScenario.written($0) }
        ))
    }
    for (name, value) in facts.quoted.entries("routes") {
      rows.append(
        (
          "time-out of \(name)",
          value["timeout"].flatMap { $0 == .null ? nil : QuotedScenario.written($0) }
        ))
    }
    let figures = facts.names(.objective).flatMap { name in
      [
        ("\(name): attained", "\(name).attainment"),
        ("\(name): error budget", "\(name).budget-spent"),
      ]
    }
    return facts.section(
      "constraints", "Constraints",
      [facts.declared("constraints", rows), facts.simulated("constraints", figures)],
      missing: "None are declared.")
  }

  static func modelSelection(_ facts: DesignFacts) -> Section {
    let rows: [(String, String?)] = facts.quoted.entries("models").map { name, value in
      let kept = value.members.filter {
        ["task", "base", "precision", "rule", "quality", "features", "learningCurve", "people"]
          .contains($0.key) && $0.value != .null && $0.value != .bool(false)
      }
      return (name, facts.quoted.text(of: .object(kept), at: "models.\(name)"))
    }
    var figures: [(String, String)] = []
    for name in facts.names(.model) {
      figures += [
        ("\(name): AUC", "\(name).auc"), ("\(name): worst day", "\(name).auc.worst-day"),
        ("\(name): accuracy", "\(name).accuracy"), ("\(name): resolved", "\(name).resolved"),
        ("\(name): baseline / model", "\(name).baseline-ratio"),
        ("\(name): above chance", "\(name).over-random"),
        ("\(name): fairness", "\(name).fairness"),
      ]
    }
    return facts.section(
      "model-selection", "Model selection",
      [facts.declared("models", rows), facts.simulated("models", figures)],
      missing: "No model is declared: only serving is simulated.")
  }

  static func dataPipeline(_ facts: DesignFacts) -> Section {
    var rows: [(String, String?)] = facts.quoted.entries("data").map { name, _ in
      ("source \(name)", facts.quoted.text("data", name))
    }
    for (name, _) in facts.quoted.entries("tasks") {
      rows.append(("labels of \(name)", facts.quoted.text("tasks", name, "labels")))
      rows.append(("drift of \(name)", facts.quoted.text("tasks", name, "drift")))
    }
    var figures = facts.quoted.entries("tasks").flatMap { name, _ in
      [
        ("\(name): data score of 30", "\(name).data-score"),
        ("\(name): lowest", "\(name).data-score.worst"),
      ]
    }
    for (name, _) in facts.learned {
      figures.append(("\(name): trainings that data refused", "\(name).refused-data"))
    }
    return facts.section(
      "data-pipeline", "Data pipeline",
      [facts.declared("data", rows), facts.simulated("data", figures)],
      missing: facts.quoted.entries("tasks").isEmpty
        ? "No task, source or label is declared: what the models know comes from elsewhere."
        : "No source of data, no label delay and no drift is declared, so none was simulated.")
  }

  static func training(_ facts: DesignFacts) -> Section {
    var rows: [(String, String?)] = []
    var figures: [(String, String)] = []
    for (name, _) in facts.learned {
      for key in ["training", "retraining", "pipeline", "challenger"] {
        rows.append(("\(name): \(key)", facts.quoted.text("models", name, key)))
      }
      figures += [
        ("\(name): trainings", "\(name).retrainings"),
        ("\(name): failed", "\(name).failed-trainings"),
        ("\(name): refused by gates", "\(name).refused"),
        ("\(name): age of what serves", "\(name).age"),
        ("\(name): cost of training", "\(name).training-cost"),
        ("\(name): AUC below an oracle", "\(name).regret"),
      ]
    }
    return facts.section(
      "training", "Training",
      [facts.declared("training", rows), facts.simulated("training", figures)],
      missing: "No model is trained here: what serves is taken as it is.")
  }

  static func inference(_ facts: DesignFacts) -> Section {
    let routes = facts.quoted.entries("routes").map { name, _ in
      ("route \(name)", facts.quoted.text("routes", name))
    }
    let services = facts.quoted.entries("services").map { name, value in
      // What it costs stands with the money.
      let kept = value.members.filter { $0.key != "price" && $0.value != .null }
      return (name, facts.quoted.text(of: .object(kept), at: "services.\(name)"))
    }
    let pools = facts.quoted.entries("hardware").map { name, _ in
      ("machines \(name)", facts.quoted.text("hardware", name))
    }
    var figures: [(String, String)] = []
    for name in facts.names(.route) {
      figures += [
        ("\(name): p50", "\(name).latency.p50"), ("\(name): p99", "\(name).latency.p99"),
        ("\(name): first token p95", "\(name).ttft.p95"),
        ("\(name): answered", "\(name).availability"),
        ("\(name): good answers", "\(name).goodput"),
      ]
    }
    for name in facts.names(.modelServer, .llmServer) {
      figures += [
        ("\(name): replicas", "\(name).replicas"),
        ("\(name): most replicas", "\(name).peak.replicas"),
        ("\(name): busy", "\(name).busy"),
      ]
    }
    return facts.section(
      "inference", "Inference",
      [
        facts.declared("services", routes + services + pools),
        facts.simulated("services", figures),
      ],
      missing: "Nothing is served: predictions are only counted.")
  }

  static func monitoring(_ facts: DesignFacts) -> Section {
    var rows: [(String, String?)] = []
    var figures: [(String, String)] = []
    for (name, _) in facts.learned {
      rows.append(("\(name): monitors", facts.quoted.text("models", name, "monitors")))
      rows.append(("\(name): diagnosis", facts.quoted.text("models", name, "diagnosis")))
      figures += [
        ("\(name): from a change to its alarm", "\(name).detection-delay"),
        ("\(name): changes missed", "\(name).missed"),
        ("\(name): false alarms a month", "\(name).false-alarms"),
      ]
    }
    rows.append(("on call", facts.quoted.text("onCall")))
    for name in facts.names(.objective) {
      figures += [("\(name): pages", "\(name).pages"), ("\(name): tickets", "\(name).tickets")]
    }
    return facts.section(
      "monitoring", "Monitoring",
      [facts.declared("monitoring", rows), facts.simulated("monitoring", figures)],
      missing: "No monitor, objective or on-call is declared: nobody watches.")
  }

  static func rollout(_ facts: DesignFacts) -> Section {
    var rows: [(String, String?)] = []
    var figures: [(String, String)] = []
    for (name, _) in facts.learned {
      rows.append(("\(name): rollout", facts.quoted.text("models", name, "rollout")))
      rows.append(
        ("\(name): versions may be bad", facts.quoted.text("models", name, "badVersions")))
      rows.append(("\(name): other changes", facts.quoted.text("models", name, "changes")))
      figures += [
        ("\(name): rollouts", "\(name).rollouts"),
        ("\(name): time to full", "\(name).time-to-full"),
        ("\(name): rolled back", "\(name).rollbacks"),
        ("\(name): false rollbacks", "\(name).false-rollbacks"),
        ("\(name): users of bad versions", "\(name).exposed"),
        ("\(name): cost of double running", "\(name).rollout-cost"),
      ]
    }
    return facts.section(
      "rollout", "Rollout",
      [facts.declared("rollout", rows), facts.simulated("rollout", figures)],
      missing: "No version ever follows the first.")
  }

  static func risks(_ facts: DesignFacts) -> Section? {
    let declared = (facts.quoted.root["incidents"]?.elements ?? []).enumerated().map {
      ("incident \($0.offset + 1)", Optional(QuotedScenario.written($0.element)))
    }
    guard !declared.isEmpty else { return nil }
    let measured = IncidentSection.section(facts.results)?.blocks ?? []
    return facts.section(
      "risks", "What was made to fail",
      [facts.declared("risks", declared)] + measured.map(Optional.some), missing: "")
  }

  static func money(_ facts: DesignFacts) -> Section? { CostSection.section(facts.results) }

  /// The usual reasons to stop a project, as far as they were simulated.
  static func killCriteria(_ facts: DesignFacts) -> [String] {
    KillCriteria.findings(facts.results)
  }
}
