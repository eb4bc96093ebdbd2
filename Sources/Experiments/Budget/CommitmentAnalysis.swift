import Catalog
import Pricing
import Quantities

/// What is committed of a pool, how well it is used, and how much would have been right.
package struct CommitmentAnalysis: Sendable {
  package var pool: String
  /// `1 year`.
  package var term: String
  /// Machines committed now; 0 where none are.
  package var machines: Int
  /// Price of a committed machine-hour and of one on demand; nil: unknown.
  package var committedPrice: UnitPrice?
  package var onDemandPrice: UnitPrice?
  /// Whether a price is that of the shipped catalogue and stands in no ledger row.
  package var isCataloguePrice: Bool
  /// Share of the pool's used machine-hours that commitments pay.
  package var coverage: Double
  /// Share of the committed machine-hours that are used; nil where nothing is committed.
  package var utilisation: Double?
  /// 1 − what is paid / what the used hours would cost on demand; negative where idle hours cost
  /// more than the discount saves.
  package var savingsRate: Double?
  /// Share of the committed hours that must be used for a commitment to pay.
  package var breakEven: Double?
  /// What idle committed machines cost a month.
  package var unused: Money
  /// The newsvendor's level under the simulated demand; nil without both prices or a demand.
  package var recommended: Int?
  /// What the recommended level would save a month against the present one.
  package var saving: Money?
  /// What the present and the recommended level cost a month more than the best at other traffic;
  /// empty where that was not simulated.
  package var regrets: [Regret]

  /// The cost of being wrong about traffic.
  package struct Regret: Sendable, Hashable {
    /// Traffic as a multiple of the scenario's.
    package var factor: Double
    package var present: Money
    package var recommended: Money
    /// The level that would have been best.
    package var best: Int
  }
}

extension CommitmentAnalysis {
  /// Every pool whose machines are paid for, by pool and term; a pool without a commitment is
  /// judged by what one year would cost.
  ///
  /// - Parameter stressed: what was asked for at other traffic, for the regrets.
  package static func all(
    _ results: Results, stressed: [StressedDemand] = []
  ) -> [CommitmentAnalysis] {
    let scenario = ResolvedScenario(results)
    let committed = scenario.committed
    return results.cost.demands.flatMap { demand -> [CommitmentAnalysis] in
      let own = committed.filter { $0.pool == demand.pool }
      let terms = own.isEmpty ? ["1 year"] : own.map(\.term)
      return terms.compactMap { term in
        analysis(
          results, scenario, demand, term, own.first { $0.term == term }?.machines ?? 0, stressed)
      }
    }
  }

  private static func analysis(
    _ results: Results, _ scenario: ResolvedScenario, _ demand: MachineDemand, _ term: String,
    _ machines: Int, _ stressed: [StressedDemand]
  ) -> CommitmentAnalysis? {
    let rows = results.cost.charges.filter { $0.resource == demand.pool && $0.isMachineTime }
    let option = CommitmentTerm(term).map { PurchaseOption.committed($0).text } ?? ""
    let prices = Prices(rows, scenario, pool: demand.pool, term: term, option: option)
    let used = rows.filter { $0.kind != "committed, unused" }.reduce(0) { $0 + $1.quantity }
    let mine = rows.filter { $0.option == option }
    let paid = mine.reduce(0) { $0 + $1.quantity }
    let busy = mine.filter { $0.kind == "committed, used" }.reduce(0) { $0 + $1.quantity }
    guard used > 0 || paid > 0 else { return nil }
    let months = results.cost.months.reduce(0) { $0 + $1.covered }
    let scale = 1 / (months * Double(max(results.counts.count, 1)))
    let idle = mine.filter { $0.kind == "committed, unused" }.compactMap(\.amount).total()
    var found = CommitmentAnalysis(
      pool: demand.pool, term: term, machines: machines, committedPrice: prices.committed,
      onDemandPrice: prices.onDemand, isCataloguePrice: prices.isFromCatalogue,
      coverage: used > 0 ? busy / used : 0, utilisation: paid > 0 ? busy / paid : nil,
      savingsRate: nil, breakEven: nil, unused: idle.scaled(by: scale), recommended: nil,
      saving: nil, regrets: [])
    guard let committed = prices.committed, let onDemand = prices.onDemand,
      onDemand > .zero
    else { return found }
    found.breakEven = committed.perUnit / onDemand.perUnit
    if busy > 0 { found.savingsRate = 1 - committed.cost(of: paid) / onDemand.cost(of: busy) }
    let level = CommitmentLevel.level(
      hours: demand.hours, onDemand: onDemand, committed: committed)
    found.recommended = level
    func cost(_ machines: Int, _ hours: [Double]) -> Money {
      CommitmentLevel.cost(
        at: machines, hours: hours, onDemand: onDemand, committed: committed
      ).scaled(by: scale)
    }
    found.saving = cost(machines, demand.hours) - cost(level, demand.hours)
    found.regrets = stressed.compactMap { stress in
      guard let hours = stress.demands.first(where: { $0.pool == demand.pool })?.hours else {
        return nil
      }
      let best = CommitmentLevel.level(hours: hours, onDemand: onDemand, committed: committed)
      let least = cost(best, hours)
      return Regret(
        factor: stress.factor, present: cost(machines, hours) - least,
        recommended: cost(level, hours) - least, best: best)
    }
    return found
  }

  /// The prices of a machine-hour: those of the ledger, else the scenario's own, else the
  /// catalogue's.
  private struct Prices {
    var committed: UnitPrice?
    var onDemand: UnitPrice?
    var isFromCatalogue = false

    init(
      _ rows: [Charge], _ scenario: ResolvedScenario, pool: String, term: String, option: String
    ) {
      func paid(_ option: String) -> UnitPrice? {
        rows.first { $0.option == option }?.unitPrice.map { UnitPrice($0) }
      }
      committed = paid(option)
      onDemand = paid(PurchaseOption.onDemand.text)
      if onDemand == nil, let text = scenario.text("hardware", pool, "price") {
        onDemand = (try? QuantityParser.price(text))?.unitPrice
      }
      guard committed == nil || onDemand == nil,
        let instance = scenario.text("hardware", pool, "instance"),
        let region = scenario.text("hardware", pool, "region"),
        let row = Catalog.shipped.price(instance: instance, region: region)
      else { return }
      isFromCatalogue = true
      onDemand = onDemand ?? row.onDemand
      committed =
        committed ?? (term == "3 years" ? row.committedThreeYears : row.committedOneYear)
    }
  }
}
