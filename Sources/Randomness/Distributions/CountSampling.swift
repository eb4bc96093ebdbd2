/// Exact draws of counts, with a cost that grows with the logarithm of the count.
///
/// Large counts are halved by order statistics: a gamma or a beta variate says where the middle one
/// of the events lies, and what is left is a smaller count of the same law (J. H. Ahrens and U.
/// Dieter, "Computer Methods for Sampling from Gamma, Beta, Poisson and Binomial Distributions",
/// Computing 12, 1974, doi 10.1007/BF02293108).
public enum CountSampling {
  /// Below this mean a count is found event by event.
  private static let fewest = 16.0

  /// A Poisson count of the given mean.
  public static func poisson<S: RandomSource>(mean: Double, _ source: inout S) -> Int64 {
    precondition(mean >= 0 && mean < 1e17, "a mean count is neither negative nor endless")
    var left = mean
    var count: Int64 = 0
    while left > fewest {
      // The time of event number `middle` at rate 1.
      let middle = Int64(left * 0.875)
      let time = MarsagliaTsang.draw(Double(middle), &source)
      if time > left {
        return count + binomial(count: middle - 1, share: left / time, &source)
      }
      count += middle
      left -= time
    }
    var time = Ziggurat.exponential(&source)
    while time < left {
      count += 1
      time += Ziggurat.exponential(&source)
    }
    return count
  }

  /// The count of successes among `count` trials that each succeed with the chance `share`.
  public static func binomial<S: RandomSource>(
    count: Int64, share: Double, _ source: inout S
  ) -> Int64 {
    precondition(count >= 0 && share >= 0 && share <= 1, "a share lies between 0 and 1")
    if share > 0.5 { return count - binomial(count: count, share: 1 - share, &source) }
    var trials = count
    var chance = share
    var successes: Int64 = 0
    while Double(trials) * chance > fewest {
      // The place of the middle one of so many uniform points: beta with these two shapes.
      let middle = trials / 2 + 1
      let low = MarsagliaTsang.draw(Double(middle), &source)
      let high = MarsagliaTsang.draw(Double(trials + 1 - middle), &source)
      let place = low / (low + high)
      if place <= chance {
        successes += middle
        trials -= middle
        chance = (chance - place) / (1 - place)
      } else {
        trials = middle - 1
        chance /= place
      }
    }
    return successes + few(trials, chance, &source)
  }

  /// Successes found one by one: the gaps between them are geometric.
  private static func few<S: RandomSource>(
    _ trials: Int64, _ chance: Double, _ source: inout S
  ) -> Int64 {
    if chance <= 0 || trials == 0 { return 0 }
    if chance >= 1 { return trials }
    if chance > 0.5 { return trials - few(trials, 1 - chance, &source) }
    let scale = -1 / PortableMath.log1p(-chance)
    var successes: Int64 = 0
    var place = 0.0
    while true {
      place += (Ziggurat.exponential(&source) * scale).rounded(.down) + 1
      if place > Double(trials) { return successes }
      successes += 1
    }
  }
}
