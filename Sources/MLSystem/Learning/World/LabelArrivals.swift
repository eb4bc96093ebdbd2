import Randomness

/// How many of the labels of a stretch of predictions have arrived, by the law of their delay.
///
/// Keeps G(x) = ∫₀ˣ F, with F the distribution of the delay, so that the arrived share of
/// predictions spread evenly over a stretch is a difference of two values.
package struct LabelArrivals: Sendable {
  /// The least delay: labels of younger predictions cannot be there.
  ///
  /// Seconds.
  package let least: Double
  /// Beyond this delay less than one label in ten thousand is still missing.
  ///
  /// Seconds.
  package let last: Double

  /// The delay that a monitor waits for: the last percent of the labels comes too late for it.
  ///
  /// Seconds.
  package let patience: Double

  private let step: Double
  private let integral: [Double]

  package init(delay: Distribution) {
    least = max(0, delay.quantile(0))
    let tail = max(least, delay.quantile(0.9999))
    last = tail
    patience = max(least, delay.quantile(0.99))
    if tail > least {
      // Equal steps: the table resolves the delay to 1/4096 of its range.
      let count = 4096
      let step = tail / Double(count)
      var sums = [0.0]
      sums.reserveCapacity(count + 1)
      var before = delay.cumulative(0)
      for i in 1...count {
        let after = delay.cumulative(Double(i) * step)
        sums.append(sums[i - 1] + step * (before + after) / 2)
        before = after
      }
      self.step = step
      integral = sums
    } else {
      step = 0
      integral = []
    }
  }

  /// G(x) in seconds; x may be negative, where nothing has arrived.
  package func integral(to x: Double) -> Double {
    if x <= least { return 0 }
    if integral.isEmpty { return x - least }
    let end = integral.count - 1
    if x >= last { return integral[end] + (x - last) }
    let place = x / step
    let low = min(Int(place), end - 1)
    let share = place - Double(low)
    return integral[low] + share * (integral[low + 1] - integral[low])
  }

  /// Share of the labels of predictions spread evenly over [from, to] that has arrived at `time`.
  package func arrived(from: Double, to: Double, by time: Double) -> Double {
    if to <= from { return time - from > least ? 1 : 0 }
    return (integral(to: time - from) - integral(to: time - to)) / (to - from)
  }
}
