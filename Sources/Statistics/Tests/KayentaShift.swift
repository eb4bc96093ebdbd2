import Randomness

/// The shift between a canary and its baseline as Kayenta computes it: the roots of the rank
/// statistic of the shifted sample (`MannWhitney.scala`, after R's `wilcox.test`), found by Brent's
/// method to 0.0001 (`BrentSolver.java`).
///
/// The statistic is a staircase, so a root is the place of a step, or whichever point of a level
/// stretch at 0 the search meets first; the steps of the search are therefore part of the rule.
package struct KayentaShift: Hashable, Sendable {
  /// The lower end of the interval.
  package let low: Double
  /// The upper end of the interval.
  package let high: Double
  /// The estimate: about that of Hodges and Lehmann.
  package let estimate: Double

  /// The shift of `canary` above `baseline`, neither of them empty.
  package init(canary: [Double], baseline: [Double], level: Double = 0.98) {
    precondition(!canary.isEmpty && !baseline.isEmpty, "a shift needs two samples")
    var x = canary.sorted()
    var y = baseline.sorted()
    if x[0] == x[x.count - 1] && y[0] == y[y.count - 1] {
      // Two constants have no scatter to compare with. Kayenta adds normal noise of a hundred
      // thousandth of each; here the quantiles of that noise, so that the verdict is a function of
      // the data.
      x = Self.blurred(x)
      y = Self.blurred(y)
    }
    let staircase = RankStaircase(x: x, y: y)
    let z = PortableMath.normalQuantile((1 - level) / 2)
    low = staircase.clampedRoot(-z)
    high = staircase.clampedRoot(z)
    estimate = staircase.root(0)
  }

  private static func blurred(_ values: [Double]) -> [Double] {
    let n = Double(values.count)
    return values.enumerated().map { index, value in
      value + abs(value) * 1e-5 * PortableMath.normalQuantile((Double(index) + 0.5) / n)
    }
  }
}

/// The standardised rank statistic of `x` less a shift against `y`, as a function of the shift.
private struct RankStaircase {
  let x: [Double]
  let y: [Double]

  private var least: Double { x[0] - y[y.count - 1] }
  private var most: Double { x[x.count - 1] - y[0] }

  /// The statistic at a shift, less `quantile`.
  ///
  /// - Complexity: O(n + m).
  private func value(_ shift: Double, _ quantile: Double) -> Double {
    let (n, m) = (Double(x.count), Double(y.count))
    var (i, j) = (0, 0)
    var ranks = 0.0
    var ties = 0.0
    while i < x.count || j < y.count {
      let next = min(
        i < x.count ? x[i] - shift : .infinity, j < y.count ? y[j] : .infinity)
      let (firstX, firstY) = (i, j)
      while i < x.count, x[i] - shift == next { i += 1 }
      while j < y.count, y[j] == next { j += 1 }
      let size = Double(i - firstX + j - firstY)
      ranks += Double(i - firstX) * (Double(firstX + firstY) + (size + 1) / 2)
      ties += size * size * size - size
    }
    let excess = ranks - n * (n + 1) / 2 - n * m / 2
    let correction = excess == 0 ? 0 : excess > 0 ? 0.5 : -0.5
    let variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    return (excess - correction) / variance.squareRoot() - quantile
  }

  /// The shift at which the statistic falls to `quantile`, within those that can be.
  func clampedRoot(_ quantile: Double) -> Double {
    if value(least, quantile) <= 0 { return least }
    if value(most, quantile) >= 0 { return most }
    return root(quantile)
  }

  /// Brent's root finder in the form of Netlib's `zeroin`, step by step.
  func root(_ quantile: Double) -> Double {
    var (a, b) = (least, most)
    var (fa, fb) = (value(a, quantile), value(b, quantile))
    var (c, fc) = (a, fa)
    if fa == 0 { return a }
    if fb == 0 { return b }
    for _ in 0...1000 {
      let last = b - a
      if abs(fc) < abs(fb) {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let tolerance = 2 * 0x1p-52 * abs(b) + 0.5e-4
      var step = (c - b) / 2
      if abs(step) <= tolerance || fb == 0 { return b }
      if abs(last) >= tolerance && abs(fa) > abs(fb) {
        let reach = c - b
        var p: Double
        var q: Double
        if a == c {
          p = reach * (fb / fa)
          q = 1 - fb / fa
        } else {
          let (ac, bc, ba) = (fa / fc, fb / fc, fb / fa)
          p = ba * (reach * ac * (ac - bc) - (b - a) * (bc - 1))
          q = (ac - 1) * (bc - 1) * (ba - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        if p < 0.75 * reach * q - abs(tolerance * q) / 2 && p < abs(last * q / 2) { step = p / q }
      }
      if abs(step) < tolerance { step = step > 0 ? tolerance : -tolerance }
      (a, fa) = (b, fb)
      b += step
      fb = value(b, quantile)
      if (fb > 0 && fc > 0) || (fb < 0 && fc < 0) { (c, fc) = (a, fa) }
    }
    return b
  }
}
