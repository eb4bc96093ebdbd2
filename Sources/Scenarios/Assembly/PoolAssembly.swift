import Catalog
import MLSystem
import Pricing
import Quantities
import Randomness

/// Pools of machines from their settings and the catalogue's prices.
enum PoolAssembly {
  /// The pool of an entry of `hardware`; `zones` are those of all pools.
  static func pool(
    _ entry: SettingObject.Member, _ catalog: Catalog, zones: [String]
  ) -> HardwarePool {
    let value = entry.value
    let name = value["instance"].text ?? ""
    let region = value["region"].text ?? ""
    let row = catalog.price(instance: name, region: region)
    let instance = catalog.instance(name)
    var pool = HardwarePool(
      name: entry.key, instance: name, region: region,
      accelerators: Int((instance?.acceleratorCount ?? 0).rounded(.up)),
      quota: value["quota"].whole,
      provisioning: value["provisioning"].distribution ?? .constant(0),
      offers: value["buy"].elements.map { offer($0, of: value, row) })
    pool.zones = value["zones"].elements.compactMap { zone in
      zone.text.flatMap { zones.firstIndex(of: $0) }
    }
    return pool
  }

  private static func offer(_ way: Setting, of pool: Setting, _ row: PriceRow?) -> PurchaseOffer {
    let own = way.text == nil ? way["price"] : pool["price"]
    let isOwn = own.money != nil && way.text != "spot"
    let quote =
      isOwn
      ? PriceQuote(own.money.map { UnitPrice($0) }, row: own.path)
      : PriceQuote(
        price(of: way, in: row), row: row?.id ?? pool.path, date: row?.provenance.date ?? "",
        isDerived: way.text == "spot" && row?.isSpotDerived == true)
    let growth = pool["priceGrowth"].number ?? 0
    switch way.text {
    case "spot": return PurchaseOffer(.spot, quote: quote, growth: growth)
    case nil:
      return PurchaseOffer(
        .committed(term(of: way)), limit: way["committed"].whole ?? 0, quote: quote)
    default: return PurchaseOffer(.onDemand, quote: quote, growth: growth)
    }
  }

  private static func term(of way: Setting) -> CommitmentTerm {
    way["term"].text.flatMap { CommitmentTerm($0) } ?? .oneYear
  }

  /// The catalogue's price of a machine-hour for a way of buying; nil where it is unknown.
  static func price(of way: Setting, in row: PriceRow?) -> UnitPrice? {
    guard let row else { return nil }
    switch way.text {
    case "spot": return row.spot
    case "on-demand": return row.onDemand
    default:
      return term(of: way) == .oneYear ? row.committedOneYear : row.committedThreeYears
    }
  }
}
