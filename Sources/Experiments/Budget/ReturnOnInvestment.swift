import Quantities
import Statistics

/// What a model is worth above the baseline that the budget names, against what it costs.
///
/// Its worth is that of its answers by the task's `value`; the baseline costs nothing to run, for a
/// rule needs no server, and what is bought is bought for the model.
package struct ReturnOnInvestment: Sendable {
  package var model: String
  package var baseline: String
  /// Worth a month above the baseline's, run by run.
  package var gain: MoneyFigure
  /// What a month costs, without what arises once.
  package var cost: MoneyFigure
  /// Gain − cost, a month.
  package var net: MoneyFigure
  /// What arises once.
  package var oneOff: Money
  /// Months until the net gain has paid what arises once; nil where it never does.
  package var payback: Double?
  /// (net gain over the run − one-off) / (cost over the run + one-off).
  package var ratio: Double?

  /// The return of every priced model against the named baseline, in the order of the scenario.
  package static func all(_ results: Results) -> [ReturnOnInvestment] {
    let scenario = ResolvedScenario(results)
    guard let baseline = scenario.baseline else { return [] }
    let task = scenario.text("models", baseline, "task")
    let models = results.identity.subjects.filter { $0.kind == .model && $0.name != baseline }
    return models.compactMap { model in
      guard scenario.text("models", model.name, "task") == task else { return nil }
      return of(results, model: model.name, baseline: baseline)
    }
  }

  private static func of(
    _ results: Results, model: String, baseline: String
  ) -> ReturnOnInvestment? {
    guard let value = results.figure("\(model).value.perMonth"), (value.estimate ?? 0) != 0,
      let ratio = results.figure("\(model).baseline-ratio")
    else { return nil }
    let months = results.cost.months.reduce(0) { $0 + $1.covered }
    let costs = results.cost.perMonth.values
    var gains: [Money] = []
    var nets: [Money] = []
    for run in costs.indices {
      guard run < value.values.count, run < ratio.values.count, let worth = value.values[run],
        let share = ratio.values[run],
        let gain = Money(dollars: worth * (1 - share))
      else { return nil }
      gains.append(gain)
      nets.append(gain - costs[run])
    }
    guard !gains.isEmpty else { return nil }
    let net = CostJoining.figure(nets)
    let oneOff = oneOff(results)
    let paid = results.cost.perMonth.expected.scaled(by: months) + oneOff
    return ReturnOnInvestment(
      model: model, baseline: baseline, gain: CostJoining.figure(gains),
      cost: results.cost.perMonth, net: net, oneOff: oneOff,
      payback: oneOff == .zero || net.expected <= .zero ? nil : oneOff / net.expected,
      ratio: paid > .zero ? (net.expected.scaled(by: months) - oneOff) / paid : nil)
  }

  /// The mean over runs of what arises once.
  package static func oneOff(_ results: Results) -> Money {
    let sum = results.cost.charges.filter { $0.kind == "one-off" }.compactMap(\.amount).total()
    return sum.times(1, over: Int128(max(results.counts.count, 1)))
  }
}
