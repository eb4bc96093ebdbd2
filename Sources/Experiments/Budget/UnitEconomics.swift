import Quantities

/// What one more of something costs, beside what one costs on average.
package struct UnitEconomics: Sendable {
  package struct Row: Sendable {
    /// `1k answers`.
    package var unit: String
    package var average: MoneyFigure
    /// What follows use: what the next ones cost while nothing that is fixed has to grow; nil where
    /// it is not known.
    package var marginal: MoneyFigure?
    package var note: String
  }

  package var rows: [Row]

  /// The unit costs of results.
  package init(_ results: Results) {
    rows = []
    let cost = results.cost
    let variable = Self.variable(results)
    func part(_ whole: MoneyFigure) -> MoneyFigure? {
      guard cost.perMonth.values.count == whole.values.count else { return nil }
      let values = whole.values.indices.map { run -> Money in
        let month = cost.perMonth.values[run]
        return month > .zero ? whole.values[run].scaled(by: variable[run] / month) : .zero
      }
      return CostJoining.figure(values)
    }
    if let figure = cost.perThousand {
      rows.append(
        Row(unit: "1k answers", average: figure, marginal: part(figure), note: ""))
    }
    if let figure = cost.perMillionTokens {
      rows.append(
        Row(unit: "1M output tokens", average: figure, marginal: part(figure), note: ""))
    }
    for model in results.identity.subjects where model.kind == .model {
      if let row = Self.trainingRun(results, model.name) { rows.append(row) }
      if let row = Self.qualityPoint(results, model.name) { rows.append(row) }
    }
  }

  /// What of a month follows use, run by run.
  private static func variable(_ results: Results) -> [Money] {
    let lines = results.cost.lines.filter { CostBasis($0) == .usage }
    return results.cost.perMonth.values.indices.map { run in
      lines.compactMap { run < $0.figure.values.count ? $0.figure.values[run] : nil }.total()
    }
  }

  private static func trainingRun(_ results: Results, _ model: String) -> Row? {
    guard let runs = results.figure("\(model).retrainings"),
      let cost = results.figure("\(model).training-cost")
    else { return nil }
    let values = zip(cost.values, runs.values).compactMap { cost, count -> Money? in
      guard let cost, let count, count > 0 else { return nil }
      return Money(dollars: cost / count)
    }
    guard !values.isEmpty, values.count == cost.values.count else { return nil }
    return Row(
      unit: "training run of \(model)", average: CostJoining.figure(values), marginal: nil,
      note: "")
  }

  private static func qualityPoint(_ results: Results, _ model: String) -> Row? {
    let scenario = ResolvedScenario(results)
    guard let baseline = scenario.baseline, baseline != model,
      let auc = results.figure("\(model).auc"), let base = results.figure("\(baseline).auc")
    else { return nil }
    let costs = results.cost.perMonth.values
    var values: [Money] = []
    for run in costs.indices {
      guard run < auc.values.count, run < base.values.count, let a = auc.values[run],
        let b = base.values[run], a > b
      else { return nil }
      values.append(costs[run].scaled(by: 0.01 / (a - b)))
    }
    guard !values.isEmpty else { return nil }
    return Row(
      unit: "0.01 AUC of \(model)", average: CostJoining.figure(values), marginal: nil,
      note: "a month, above \(baseline)")
  }
}

/// Whether a line follows use, or is owed as it stands.
package enum CostBasis: Sendable {
  case baseline
  case usage

  /// A commitment, a fixed price and a fleet that never changes are a baseline; what is counted,
  /// and machine time that differs from run to run, follows use.
  package init(_ line: CostLine) {
    let option = line.path.last ?? ""
    if option == "fixed" || option.hasPrefix("committed") {
      self = .baseline
    } else if line.unit == "instance-hour" {
      self = line.figure.isExact ? .baseline : .usage
    } else {
      self = .usage
    }
  }
}
