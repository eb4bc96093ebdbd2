import Catalog
import Pricing
import Quantities
import Syntax

extension ScenarioChecks {
  /// Every way of buying needs a price: in the catalogue for the region, or the user's own.
  mutating func checkPool(_ pool: SettingObject.Member) {
    let value = pool.value
    guard let instance = value["instance"].text, catalog.instance(instance) != nil,
      let region = value["region"].text
    else { return }
    let row = catalog.price(instance: instance, region: region)
    for way in value["buy"].elements {
      let hasOwn =
        way.text == nil
        ? !way["price"].isAbsent : way.text == "on-demand" && !value["price"].isAbsent
      guard !hasOwn else { continue }
      if way.text != nil || way.kind == "commitment" {
        guard PoolAssembly.price(of: way, in: row) == nil else { continue }
        reportUnpriced(pool, way, row, instance, region)
      }
    }
    let commitments = value["buy"].elements.filter { $0.kind == "commitment" }
    let machines = commitments.reduce(0) { $0 + ($1["committed"].whole ?? 0) }
    if let quota = value["quota"].whole, machines > quota {
      report(
        .outOfRange, "pool \(pool.quoted) commits to \(machines) machines, its quota is \(quota)",
        value["quota"].range)
    }
    warnOfAge(row, pool)
  }

  private mutating func reportUnpriced(
    _ pool: SettingObject.Member, _ way: Setting, _ row: PriceRow?, _ instance: String,
    _ region: String
  ) {
    let option = way.text ?? "committed, \(way["term"].text ?? "1 year")"
    let regions = catalog.prices.filter { $0.instance == instance }.map(\.region)
    let range = way.origin == .written ? way.range : pool.value["instance"].range
    let place = row == nil ? "in \(VisibleText.quoted(region))" : "\(option)"
    var notes: [Diagnostic.Note] = []
    if row == nil, !regions.isEmpty {
      notes = [.init("priced regions: \(regions.prefix(8).joined(separator: ", "))")]
    }
    let help: String? =
      row == nil
      ? Decoder.didYouMean(region, regions) ?? "add price: \"$…/h\" to the pool"
      : way.text == "spot" ? "buy on-demand instead" : "add price: \"$…/h\" to it"
    report(
      .unpriced, "no price of \(VisibleText.quoted(instance)) \(place)",
      row == nil ? pool.value["region"].range : range, help: help, notes: notes)
  }

  private mutating func warnOfAge(_ row: PriceRow?, _ pool: SettingObject.Member) {
    guard let row, let start = root["start"].calendar, let age = row.age(at: start),
      age > .days(365), pool.value["price"].isAbsent
    else { return }
    report(
      .oldPrices,
      "the prices of \(VisibleText.quoted(row.instance)) are of \(row.provenance.date), "
        + "more than a year before `start`", pool.value["instance"].range)
  }
}
