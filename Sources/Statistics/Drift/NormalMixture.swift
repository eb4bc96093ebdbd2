import Randomness

/// The law of a feature: a weighted mixture of normal laws, one of them by default.
package struct NormalMixture: Hashable, Sendable {
  /// One normal law and its weight.
  package struct Part: Hashable, Sendable {
    /// The mean.
    package var mean: Double
    /// The standard deviation.
    package var deviation: Double
    /// The weight; those of a mixture add to 1.
    package var weight: Double

    /// A part with these figures.
    package init(mean: Double, deviation: Double = 1, weight: Double = 1) {
      precondition(deviation > 0, "a normal law has a positive deviation")
      precondition(weight >= 0, "a weight is not negative")
      self.mean = mean
      self.deviation = deviation
      self.weight = weight
    }
  }

  /// The parts.
  package let parts: [Part]

  /// A mixture of parts whose weights add to 1.
  package init(_ parts: [Part]) {
    precondition(!parts.isEmpty, "a mixture has a part")
    let total = parts.reduce(0) { $0 + $1.weight }
    precondition(abs(total - 1) < 1e-9, "the weights of a mixture add to 1")
    self.parts = parts
  }

  /// The standard normal law, moved by `mean` and spread by `deviation`.
  package init(mean: Double = 0, deviation: Double = 1) {
    self.init([Part(mean: mean, deviation: deviation)])
  }

  /// The probability of a value up to `x`.
  package func cumulative(_ x: Double) -> Double {
    parts.reduce(0) {
      $0 + $1.weight * PortableMath.normalCDF((x - $1.mean) / $1.deviation)
    }
  }

  /// The stretch outside of which lies less than 6e-7 of the probability.
  package var reach: ClosedRange<Double> {
    let lows = parts.map { $0.mean - 5 * $0.deviation }
    let highs = parts.map { $0.mean + 5 * $0.deviation }
    return (lows.min() ?? 0)...(highs.max() ?? 0)
  }

  /// The probability of each stretch between `edges`, and of those beyond them.
  package func shares(between edges: [Double]) -> [Double] {
    var last = 0.0
    var shares: [Double] = []
    for edge in edges {
      let next = cumulative(edge)
      shares.append(next - last)
      last = next
    }
    return shares + [1 - last]
  }

  /// The edges of `count` bins that hold equal shares of the law.
  package func edges(count: Int) -> [Double] {
    (1..<count).map { index in
      let share = Double(index) / Double(count)
      var (low, high) = (reach.lowerBound, reach.upperBound)
      while high - low > 1e-12 * max(1, abs(high)) {
        let middle = (low + high) / 2
        if cumulative(middle) < share { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
  }
}
