import Pricing
import Quantities

/// What of a pool's time is bought on the spot market, and what that saves.
package struct SpotUse: Sendable {
  package var pool: String
  /// Share of the pool's machine-hours.
  package var share: Double
  /// Machine-hours a month.
  package var hours: Double
  /// Machine-hours a month that no spot was had for.
  package var fallback: Double
  package var price: UnitPrice?
  package var onDemandPrice: UnitPrice?
  /// A month, against the same hours on demand; nil without both prices.
  package var saving: Money?
  /// Share of the paid time that may be lost to interruptions before on demand is the cheaper.
  package var breakEvenLoss: Double?

  /// Every pool that buys spot.
  package static func all(_ results: Results) -> [SpotUse] {
    var pools: [String] = []
    let spot = PurchaseOption.spot.text
    for charge in results.cost.charges where charge.option == spot && charge.isMachineTime {
      if !pools.contains(charge.resource) { pools.append(charge.resource) }
    }
    let commitments = CommitmentAnalysis.all(results)
    let months = results.cost.months.reduce(0) { $0 + $1.covered }
    let scale = 1 / (months * Double(max(results.counts.count, 1)))
    return pools.map { pool in
      let rows = results.cost.charges.filter { $0.resource == pool && $0.isMachineTime }
      let bought = rows.filter { $0.option == spot }
      let hours = bought.reduce(0) { $0 + $1.quantity }
      let used = rows.filter { $0.kind != "committed, unused" }.reduce(0) { $0 + $1.quantity }
      let other = rows.filter { $0.option == PurchaseOption.onDemand.text }
      let amount = bought.compactMap(\.amount).total()
      let isKnown = bought.allSatisfy { $0.amount != nil } && hours > 0
      let price = isKnown ? UnitPrice(amount.scaled(by: 1 / hours)) : nil
      let onDemand = commitments.first { $0.pool == pool }?.onDemandPrice
      var found = SpotUse(
        pool: pool, share: used > 0 ? hours / used : 0, hours: hours * scale,
        fallback: other.reduce(0) { $0 + $1.quantity } * scale, price: price,
        onDemandPrice: onDemand, saving: nil, breakEvenLoss: nil)
      if let price, let onDemand, onDemand > .zero {
        found.saving = (onDemand.cost(of: hours) - amount).scaled(by: scale)
        found.breakEvenLoss = 1 - price.perUnit / onDemand.perUnit
      }
      return found
    }
  }
}
