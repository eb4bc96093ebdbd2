import Randomness

/// Expected quality of a model that learns from a window of labels while its world wanders.
///
/// Closed forms of the same world that `World` simulates as a path; times are in days. The concept
/// has memory τ: E u(t)·u(s) = e^(-|t-s|/τ). With the label density g over the window, the cosine
/// of what is learnt with the concept is ρ = m / √(q + v), where m = ∫ g k is the overlap with
/// today, q = ∬ g g k how much the window agrees with itself, and v the noise of so many labels.
package struct WindowTraining: Sendable, Hashable {
  /// Memory of the concept; infinite for a world that stands still.
  package var memory: Double
  /// Length of the window of labels.
  package var window: Double
  /// From the end of the window until now: label delay, training, rollout and time in service.
  package var age: Double
  package var labelsPerDay: Double
  /// Dimension of the direction that is learnt.
  package var features: Double
  /// The best score in the world as its labels show it.
  package var best: BinormalQuality

  package init(
    memory: Double, window: Double, age: Double, labelsPerDay: Double, features: Double,
    best: BinormalQuality
  ) {
    self.memory = memory
    self.window = window
    self.age = age
    self.labelsPerDay = labelsPerDay
    self.features = features
    self.best = best
  }

  /// Overlap of the window's mean concept with today's.
  package var overlap: Double {
    let ratio = window / memory
    return PortableMath.exp(-age / memory) * Self.meanDecay(ratio)
  }

  /// Agreement of the window with itself: the squared length of its mean concept.
  package var agreement: Double {
    let ratio = window / memory
    // The closed form cancels below this, the series does not.
    if ratio < 1e-3 { return 1 - ratio / 3 + ratio * ratio / 12 }
    return 2 / ratio * (1 - Self.meanDecay(ratio))
  }

  /// Noise of the learnt direction relative to the concept.
  package var noise: Double { noise(information: best.information) }

  /// Cosine of the learnt direction with today's concept.
  package var cosine: Double { cosine(information: best.information) }

  /// Area under the ROC curve today.
  package var auc: Double {
    BinormalQuality.auc(ofDistance: best.distance * cosine)
  }

  /// The window that balances noise against staleness where both are small: √(1.5 τν), with
  /// ν = (p - 1) / (λκΔ²).
  ///
  /// In days.
  package var bestWindowOfSmallDrift: Double {
    let scale = labelsPerDay * best.information * best.distance * best.distance
    return (1.5 * memory * (features - 1) / scale).squareRoot()
  }

  /// The window with the highest expected quality, found by golden-section search.
  ///
  /// In days.
  package var bestWindow: Double {
    let information = best.information
    let golden = 0.618_033_988_749_894_8
    func loss(_ logWindow: Double) -> Double {
      var candidate = self
      candidate.window = PortableMath.exp(logWindow)
      return -candidate.cosine(information: information)
    }
    // Below the window in which there are as many labels as features nothing can be learnt.
    var low = PortableMath.log(features / labelsPerDay * 1.000_001)
    var high = PortableMath.log(max(20 * memory, features / labelsPerDay * 100))
    while high - low > 1e-9 {
      let left = high - golden * (high - low)
      let right = low + golden * (high - low)
      if loss(left) < loss(right) { high = right } else { low = left }
    }
    return PortableMath.exp((low + high) / 2)
  }

  /// The time between trainings that loses least money: √(2Cτ / (Vρ₀)), in days.
  ///
  /// - Parameters:
  ///   - price: money of one training, C.
  ///   - worth: money per day of one whole unit of ρ, V, in the same currency.
  ///   - fresh: ρ of a model on its first day, ρ₀.
  package static func bestCadence(
    price: Double, worth: Double, memory: Double, fresh: Double
  ) -> Double {
    (2 * price * memory / (worth * fresh)).squareRoot()
  }

  private func noise(information: Double) -> Double {
    let rows = labelsPerDay * window
    return (features - 1)
      / ((rows - features) * information * best.distance * best.distance)
  }

  private func cosine(information: Double) -> Double {
    overlap / (agreement + noise(information: information)).squareRoot()
  }

  /// (1 - e^-x) / x, 1 at 0.
  private static func meanDecay(_ x: Double) -> Double {
    x == 0 ? 1 : -PortableMath.expm1(-x) / x
  }
}
