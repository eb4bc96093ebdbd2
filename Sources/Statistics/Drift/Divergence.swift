import Randomness

/// Distances between two histograms given as shares of the same bins, each of which adds to 1.
///
/// The definitions are those of the monitoring tools, which differ in what they do about an empty
/// bin: an index with a logarithm needs a floor, the others need none.
package enum Divergence {
  /// The base of the logarithm: nats or bits.
  package enum LogBase: Sendable {
    case e
    case two
  }

  /// What `p` loses if it is coded for `q`: Σ p ln(p / q), each share raised to `floor` and nothing
  /// renormalised (Kullback and Leibler 1951, doi 10.1214/aoms/1177729694).
  package static func kullbackLeibler(
    of p: [Double], from q: [Double], floor: Double = 1e-4
  ) -> Double {
    check(p, q)
    precondition(floor > 0, "an empty share needs a positive floor")
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let p = max(p, floor)
      sum += p * PortableMath.log(p / max(q, floor))
    }
    return sum
  }

  /// The mean loss of both against their middle, without a floor (Lin 1991,
  /// doi 10.1109/18.61115): between 0 and ln 2 or 1.
  package static func jensenShannon(
    _ p: [Double], _ q: [Double], base: LogBase = .e
  ) -> Double {
    check(p, q)
    var sum = 0.0
    for (p, q) in zip(p, q) {
      let middle = (p + q) / 2
      if p > 0 { sum += p * PortableMath.log(p / middle) }
      if q > 0 { sum += q * PortableMath.log(q / middle) }
    }
    let nats = max(0, sum / 2)
    switch base {
    case .e: return nats
    case .two: return nats / ln2
    }
  }

  /// The square root of the Jensen-Shannon divergence, which is a metric: what Evidently (base e)
  /// and NannyML (base 2) compare with 0.1.
  package static func jensenShannonDistance(
    _ p: [Double], _ q: [Double], base: LogBase = .e
  ) -> Double {
    jensenShannon(p, q, base: base).squareRoot()
  }

  /// The largest difference of probability that any set of bins shows: ½ Σ |p - q|.
  package static func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
    check(p, q)
    return zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// The Hellinger distance √(1 - Σ √(p q)), computed as √(½ Σ (√p - √q)²).
  package static func hellinger(_ p: [Double], _ q: [Double]) -> Double {
    check(p, q)
    let sum = zip(p, q).reduce(0) { sum, pair in
      let step = pair.0.squareRoot() - pair.1.squareRoot()
      return sum + step * step
    }
    return (sum / 2).squareRoot()
  }

  /// The largest difference of one share.
  package static func largestDifference(_ p: [Double], _ q: [Double]) -> Double {
    check(p, q)
    return zip(p, q).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  private static let ln2 = 0x1.62e42fefa39efp-1

  private static func check(_ p: [Double], _ q: [Double]) {
    precondition(p.count == q.count, "both histograms have the same bins")
  }
}

/// The shares of counts.
///
/// - Precondition: there is a count above 0.
package func shares(of counts: [Double]) -> [Double] {
  let total = counts.reduce(0, +)
  precondition(total > 0, "shares need a value")
  return counts.map { $0 / total }
}
