import Randomness

/// Availability of parts and of what is built from them, in closed form, for independent failures.
package enum Availability {
  /// Share of time up of a part that fails after `mtbf` and is repaired in `mttr` on average:
  /// MTBF / (MTBF + MTTR), in any one unit of time.
  package static func ofPart(mtbf: Double, mttr: Double) -> Double { mtbf / (mtbf + mttr) }

  /// All parts are needed: the product.
  ///
  /// A service with hard dependencies is such a series.
  package static func series(_ parts: [Double]) -> Double { parts.reduce(1, *) }

  /// One part is enough.
  package static func parallel(_ parts: [Double]) -> Double {
    1 - parts.reduce(1) { $0 * (1 - $1) }
  }

  /// At least `needed` of `count` equal parts are up: a binomial tail.
  package static func atLeast(_ needed: Int, of count: Int, each availability: Double) -> Double {
    precondition(needed >= 0 && needed <= count)
    if needed == 0 || availability == 1 { return 1 }
    if availability == 0 { return 0 }
    // P(X >= k) = I_a(k, n - k + 1).
    return PortableMath.incompleteBeta(
      Double(needed), Double(count - needed + 1), availability)
  }
}
