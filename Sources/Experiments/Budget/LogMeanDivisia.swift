import Randomness

/// The additive logarithmic mean Divisia index: what of the change of a product comes from each of
/// its factors, with nothing left over.
///
/// Each factor bears `L(after, before) · ln(factor after / factor before)` with the logarithmic
/// mean L (Ang, Energy Policy 33 (2005) 867, doi:10.1016/j.enpol.2003.10.010). A product that comes
/// from or goes to zero is borne by the first factor that does, which is the limit of the formula
/// (Ang and Liu, Energy 32 (2007) 1457).
package enum LogMeanDivisia {
  /// The effect of each factor; they add to `product(after) − product(before)`.
  ///
  /// - Parameters: factors of at least 0, as many before as after.
  package static func effects(before: [Double], after: [Double]) -> [Double] {
    precondition(before.count == after.count, "the same factors before and after")
    let old = before.reduce(1, *)
    let new = after.reduce(1, *)
    guard old > 0, new > 0 else {
      var effects = before.map { _ in 0.0 }
      if let place = before.indices.first(where: { before[$0] <= 0 || after[$0] <= 0 }) {
        effects[place] = max(new, 0) - max(old, 0)
      }
      return effects
    }
    let mean = mean(old, new)
    return zip(before, after).map { mean * PortableMath.log($1 / $0) }
  }

  /// The logarithmic mean of two numbers above 0: (b − a) / ln(b / a), and a where they are equal.
  package static func mean(_ a: Double, _ b: Double) -> Double {
    let share = (b - a) / a
    // ln(1 + x) keeps its digits where both are nearly equal.
    return share == 0 ? a : (b - a) / PortableMath.log1p(share)
  }
}
