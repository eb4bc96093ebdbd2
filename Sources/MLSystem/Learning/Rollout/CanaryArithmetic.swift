import Randomness
import Statistics

/// What a canary can see, in closed form.
package enum CanaryArithmetic {
  /// Requests of the canary that tell an error rate from the usual one, by a one-sided test of two
  /// proportions, and how long they take.
  ///
  /// n = [z_α√(p₀(1-p₀)(1+r)) + z_β√(p₁(1-p₁)+r·p₀(1-p₀))]² / (p₁-p₀)² with r the ratio of canary
  /// to stable requests.
  ///
  /// - Parameters:
  ///   - base: error rate of the stable version, p₀.
  ///   - faulty: error rate of the candidate, p₁.
  ///   - share: share of the requests that the candidate answers.
  ///   - rate: requests per second, of both versions.
  ///   - alpha: chance of an alarm without a fault.
  ///   - power: chance of an alarm with it.
  package static func timeToDetect(
    base: Double, faulty: Double, share: Double, rate: Double, alpha: Double = 0.05,
    power: Double = 0.8
  ) -> (requests: Double, seconds: Double, extraErrors: Double) {
    let ratio = share / (1 - share)
    let usual = base * (1 - base)
    let spread =
      PortableMath.normalQuantile(1 - alpha) * (usual * (1 + ratio)).squareRoot()
      + PortableMath.normalQuantile(power) * (faulty * (1 - faulty) + ratio * usual).squareRoot()
    let difference = faulty - base
    let requests = spread * spread / (difference * difference)
    return (requests, requests / (share * rate), requests * difference)
  }

  /// The exact chance that `errors > factor x baseline` undoes a version, as a sum over both
  /// binomials.
  ///
  /// Complexity: O(stable + canary) binomial terms, of which those without weight are skipped.
  package static func rollbackChance(
    canary: Int64, stable: Int64, base: Double, faulty: Double, factor: Double
  ) -> Double {
    var chance = 0.0
    for errors in 0...stable {
      let own = mass(errors, of: stable, base)
      if own < 1e-15 {
        if Double(errors) > base * Double(stable) { break }
        continue
      }
      // The same comparison as the rule itself makes, so that ties fall the same way.
      let line = factor * (Double(errors) / Double(stable))
      var least = Int64((line * Double(canary)).rounded(.down))
      while least > 0 && Double(least) / Double(canary) > line { least -= 1 }
      while least <= canary && Double(least) / Double(canary) <= line { least += 1 }
      if least <= canary {
        chance += own * Binomial.survival(least - 1, trials: canary, p: faulty)
      }
    }
    return chance
  }

  /// Share of the error budget that a fault spends while a canary is watched: share x defect rate x
  /// time, over what the objective allows in `window` (Google SRE workbook, "Canarying releases").
  package static func budgetSpent(
    share: Double, defects: Double, seconds: Double, objective: Double, window: Double
  ) -> Double {
    share * defects * seconds / ((1 - objective) * window)
  }

  /// The chance of exactly `k` of `trials`, from its logarithm.
  private static func mass(_ k: Int64, of trials: Int64, _ p: Double) -> Double {
    let (n, k) = (Double(trials), Double(k))
    let ways =
      PortableMath.logGamma(n + 1) - PortableMath.logGamma(k + 1) - PortableMath.logGamma(n - k + 1)
    return PortableMath.exp(
      ways + k * PortableMath.log(p) + (n - k) * PortableMath.log1p(-p))
  }
}
