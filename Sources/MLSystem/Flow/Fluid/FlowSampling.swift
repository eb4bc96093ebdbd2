import Randomness

/// Counts drawn fast: exactly where they are small, by a normal law where nobody could tell.
enum FlowSampling {
  /// Variance above which the normal law stands for the binomial one: its skewness is below 0.05.
  private static let plenty = 400.0

  /// Successes among so many trials of the given chance.
  @inline(__always)
  static func binomial(_ count: Int64, _ chance: Double, _ draws: inout CounterDraws) -> Int64 {
    if count <= 0 || !(chance > 0) { return 0 }
    if chance >= 1 { return count }
    let mean = Double(count) * chance
    let variance = mean * (1 - chance)
    if variance < plenty { return CountSampling.binomial(count: count, share: chance, &draws) }
    let drawn = mean + variance.squareRoot() * Ziggurat.normal(&draws)
    return min(count, max(0, Int64(drawn.rounded())))
  }

  /// A Poisson count.
  static func poisson(_ mean: Double, _ draws: inout CounterDraws) -> Int64 {
    if !(mean > 0) { return 0 }
    if mean < plenty { return CountSampling.poisson(mean: mean, &draws) }
    return max(0, Int64((mean + mean.squareRoot() * Ziggurat.normal(&draws)).rounded()))
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
