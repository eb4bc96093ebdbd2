import Experiments
import MLSystem
import Quantities
import Statistics
import Syntax

/// What the results say about one model.
package struct ModelFacts {
  let results: Results
  let model: String
  /// The scenario as it was run, with its defaults.
  let scenario: JSONValue

  /// - Parameter scenario: the scenario of the results, where it has been read already.
  package init(_ results: Results, model: String, scenario: JSONValue? = nil) {
    self.results = results
    self.model = model
    self.scenario = scenario ?? Self.scenario(of: results)
  }

  /// The scenario that results are of, read from its text.
  static func scenario(of results: Results) -> JSONValue {
    var sources = SourceMap()
    let file = sources.add(
      SourceFile(name: "resolved", bytes: Array(results.identity.resolved.utf8)))
    var diagnostics = Diagnostics()
    return JSON5Parser.parse(file, of: sources, into: &diagnostics)?.json ?? .null
  }

  /// What the scenario says about the model.
  var plan: JSONValue { scenario["models"]?[model] ?? .null }

  /// What the model predicts; nil where its quality is not simulated.
  var task: (name: String, plan: JSONValue)? {
    guard let name = plan["task"]?.string, let plan = scenario["tasks"]?[name] else { return nil }
    return (name, plan)
  }

  /// Services that answer with the model.
  var servers: [String] {
    (scenario["services"]?.members ?? []).filter { $0.value["serves"]?.string == model }.map(\.key)
  }

  /// Rules and people that predict the same and are never trained.
  var baselines: [String] {
    guard let task else { return [] }
    return (scenario["models"]?.members ?? []).filter {
      $0.key != model && $0.value["task"]?.string == task.name && $0.value["rule"] == .bool(true)
    }.map(\.key)
  }

  /// Versions of the model in one replication, in the order of their numbers.
  func versions(in replication: Int) -> [VersionRecord] {
    results.versions.filter { $0.replication == replication && $0.record.model == model }
      .map(\.record)
  }

  /// How good the answers are: the figures of the model that say so, with their labels.
  static let qualities: [(metric: String, label: String)] = [
    ("auc", "AUC"), ("auc.worst-day", "AUC of the worst day"), ("accuracy", "accuracy"),
    ("precision", "precision"), ("recall", "recall"), ("false-positives", "false positives"),
    ("pr-auc", "area under precision and recall"), ("log-loss", "log loss, nats"),
    ("calibration-error", "calibration error"), ("ctr", "clicks per ranking"),
    ("lift", "lift against the baseline"), ("ndcg", "NDCG"), ("mae", "mean absolute error"),
    ("rmse", "root mean square error"), ("resolved", "resolved"), ("wrong", "wrong"),
    ("refused", "refused"), ("invalid", "invalid"),
    ("fairness", "least ratio of true-positive rates"),
    ("value.perMonth", "value a month"), ("lost.perMonth", "lost against an oracle, a month"),
  ]

  /// Rows of the qualities that were observed, overall or of one segment.
  func qualityRows(segment: String? = nil) -> [Row] {
    Self.qualities.compactMap { metric, label in
      let found = results.figures.first { figure in
        figure.metric.subject == model && figure.metric.metric == metric
          && figure.metric.selector?.value == segment
          && (segment == nil || figure.metric.selector?.dimension == "segment")
      }
      // Counts are of the life cycle: versions that were refused are no answers that were refused.
      guard let found, found.estimate != nil, found.unit != .count else { return nil }
      return Row([.text(label), .reading(Reading(found))])
    }
  }

  /// Segments for which the model has a quality of its own.
  var segments: [String] {
    var found: [String] = []
    for figure in results.figures where figure.metric.subject == model {
      guard let selector = figure.metric.selector, selector.dimension == "segment",
        !found.contains(selector.value)
      else { continue }
      found.append(selector.value)
    }
    return found
  }

  /// Thresholds that name the model and were breached.
  var breaches: [String] {
    results.verdicts.filter { verdict in
      verdict.outcome == .breached
        && [".", "["].contains { verdict.threshold.hasPrefix(model + $0) }
    }
    .map(\.threshold)
  }
}
