import Randomness

/// The test of two shares with a pooled variance, as canaries use it for error rates.
public struct TwoProportionTest: Hashable, Sendable {
  /// The second share less the first.
  public let difference: Double
  /// The difference in standard errors under equal shares, 0 where both are 0 or 1.
  public let z: Double
  /// The probability of a second share so much greater if both were equal.
  public let secondIsGreater: Double
  /// The probability of so large a difference, either way.
  public let twoSided: Double
  /// The difference as a part of the first share; infinite where that is 0.
  package let lift: Double

  /// Tests `first` successes of `firstTrials` against `second` of `secondTrials`.
  public init(first: Int64, of firstTrials: Int64, second: Int64, of secondTrials: Int64) {
    precondition(firstTrials > 0 && secondTrials > 0, "a share needs a trial")
    let a = Double(first) / Double(firstTrials)
    let b = Double(second) / Double(secondTrials)
    let pooled = Double(first + second) / Double(firstTrials + secondTrials)
    let variance =
      pooled * (1 - pooled) * (1 / Double(firstTrials) + 1 / Double(secondTrials))
    difference = b - a
    lift = difference == 0 ? 0 : difference / a
    z = variance > 0 ? difference / variance.squareRoot() : 0
    secondIsGreater = PortableMath.normalCDF(-z)
    twoSided = min(1, 2 * PortableMath.normalCDF(-abs(z)))
  }
}

/// The exact test of two shares by Fisher 1935, given how many succeeded in all.
package struct FisherExactTest: Hashable, Sendable {
  /// The probability of a table that is as unlikely as the one seen or less likely.
  package let twoSided: Double

  /// Tests `first` successes of `firstTrials` against `second` of `secondTrials`.
  ///
  /// - Complexity: O(successes).
  package init(first: Int64, of firstTrials: Int64, second: Int64, of secondTrials: Int64) {
    precondition(first >= 0 && first <= firstTrials, "successes are between 0 and the trials")
    precondition(second >= 0 && second <= secondTrials, "successes are between 0 and the trials")
    let total = first + second
    let least = max(0, total - secondTrials)
    let most = min(total, firstTrials)
    /// How much likelier `k + 1` successes of the first are than `k`.
    func ratio(_ k: Int64) -> Double {
      Double(firstTrials - k) / Double(k + 1) * Double(total - k)
        / Double(secondTrials - total + k + 1)
    }
    // Weights relative to the likeliest table, by ratios: no factorial is formed.
    let mean = Double(total) * Double(firstTrials) / Double(max(1, firstTrials + secondTrials))
    let start = min(max(Int64(mean), least), most)
    var weights = [Double](repeating: 0, count: Int(most - least) + 1)
    weights[Int(start - least)] = 1
    for k in start..<most { weights[Int(k + 1 - least)] = weights[Int(k - least)] * ratio(k) }
    for k in (least..<start).reversed() {
      weights[Int(k - least)] = weights[Int(k + 1 - least)] / ratio(k)
    }
    // Tables that are equally likely in theory may differ in their last digits.
    let limit = weights[Int(first - least)] * (1 + 1e-7)
    let sum = weights.reduce(0, +)
    twoSided = min(1, weights.reduce(0) { $1 <= limit ? $0 + $1 : $0 } / sum)
  }
}
