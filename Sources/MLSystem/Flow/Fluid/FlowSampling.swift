import Randomness

/// Counts drawn fast: exactly where they are small, by a normal law with the right skewness where
/// nobody could tell.
enum FlowSampling {
  /// Variance above which the normal law stands for the binomial one.
  ///
  /// With the first term of Cornish and Fisher ("Moments and Cumulants in the Specification of
  /// Distributions", 1937) its quantiles are right to a tenth of a count there.
  private static let plenty = 20.0

  /// Successes among so many trials of the given chance.
  @inline(__always)
  static func binomial(_ count: Int64, _ chance: Double, _ draws: inout CounterDraws) -> Int64 {
    if count <= 0 || !(chance > 0) { return 0 }
    if chance >= 1 { return count }
    let mean = Double(count) * chance
    let variance = mean * (1 - chance)
    if variance < plenty {
      // Rare events of very many trials are Poisson.
      return chance < 1e-3
        ? min(count, few(mean, &draws))
        : CountSampling.binomial(count: count, share: chance, &draws)
    }
    let place = Ziggurat.normal(&draws)
    let skew = (1 - 2 * chance) * (place * place - 1) / 6
    let drawn = mean + variance.squareRoot() * place + skew
    return min(count, max(0, Int64(drawn.rounded())))
  }

  /// A Poisson count.
  static func poisson(_ mean: Double, _ draws: inout CounterDraws) -> Int64 {
    if !(mean > 0) { return 0 }
    if mean < plenty { return few(mean, &draws) }
    let place = Ziggurat.normal(&draws)
    let drawn = mean + mean.squareRoot() * place + (place * place - 1) / 6
    return max(0, Int64(drawn.rounded()))
  }

  /// A small Poisson count, event by event.
  @inline(__always)
  private static func few(_ mean: Double, _ draws: inout CounterDraws) -> Int64 {
    var time = Ziggurat.exponential(&draws)
    var count: Int64 = 0
    while time < mean {
      count += 1
      time += Ziggurat.exponential(&draws)
    }
    return count
  }

  /// Shares a count among masses at random; what none of them gets goes to the first.
  static func split(
    _ count: Int64, over masses: [Double], into parts: inout [Int64], _ draws: inout CounterDraws
  ) {
    var mass = masses.reduce(0, +)
    var left = count
    for index in masses.indices {
      if left <= 0 || mass <= 0 { break }
      let here =
        masses[index] > 0 ? binomial(left, min(1, masses[index] / mass), &draws) : 0
      parts[index] += here
      left -= here
      mass -= masses[index]
    }
    if left > 0, !parts.isEmpty { parts[0] += left }
  }
}
