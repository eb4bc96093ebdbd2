/// Corrections of the p-values of several tests made at once, in the order in which they came.
///
/// Ten features that stand still and are each tested at 5 % alarm on 40 % of checks; held against
/// the corrected p-values they do so on 5 % at most.
package enum MultipleTesting {
  /// Each p-value times their number (Bonferroni), at most 1.
  package static func bonferroni(_ p: [Double]) -> [Double] {
    p.map { min(1, $0 * Double(p.count)) }
  }

  /// The step-down procedure of Holm: as safe as Bonferroni's and never weaker.
  ///
  /// S. Holm, Scandinavian Journal of Statistics 6(2), 1979, p. 65.
  package static func holm(_ p: [Double]) -> [Double] {
    var adjusted = p
    var running = 0.0
    for (rank, index) in order(p).enumerated() {
      running = max(running, p[index] * Double(p.count - rank))
      adjusted[index] = min(1, running)
    }
    return adjusted
  }

  /// The step-up procedure of Benjamini and Hochberg 1995 (doi 10.1111/j.2517-6161.1995.tb02031.x),
  /// which holds the expected share of false ones among the alarms.
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var adjusted = p
    var running = 1.0
    for (rank, index) in order(p).enumerated().reversed() {
      running = min(running, p[index] * Double(p.count) / Double(rank + 1))
      adjusted[index] = running
    }
    return adjusted
  }

  private static func order(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
