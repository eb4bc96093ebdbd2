import Pricing
import Quantities
import Randomness

/// What an hour of useful work costs on machines that the cloud takes back.
///
/// Work is saved every `interval`, which takes `write`; an interruption loses what was done since
/// the last save and takes `restart`. Interruptions come at an exponential rate, and the expected
/// time is exact: M e^(R/M) (e^((τ+w)/M) − 1) for each τ of work (Daly, FGCS 22 (2006) 303,
/// doi:10.1016/j.future.2004.11.016).
package struct SpotEconomics: Sendable, Hashable {
  /// Interruptions per machine-hour.
  package var interruptions: Double
  /// Hours of a save.
  package var write: Double
  /// Hours until work goes on after an interruption.
  package var restart: Double
  /// Hours of work between saves.
  package var interval: Double

  /// Rates and times of at least 0, an interval above 0.
  package init(interruptions: Double, write: Double, restart: Double, interval: Double) {
    precondition(interval > 0, "work is done between saves")
    self.interruptions = interruptions
    self.write = write
    self.restart = restart
    self.interval = interval
  }

  /// Useful time / paid time.
  package var efficiency: Double {
    guard interruptions > 0 else { return interval / (interval + write) }
    let mean = 1 / interruptions
    let paid =
      mean * PortableMath.exp(restart / mean) * PortableMath.expm1((interval + write) / mean)
    return interval / paid
  }

  /// The price of a useful hour at a price of spot.
  package func perUsefulHour(_ spot: UnitPrice) -> UnitPrice {
    spot.perUsefulHour(efficiency: efficiency)
  }

  /// The price of a useful hour on demand, where work is saved too and nothing is lost.
  package func perUsefulHour(onDemand: UnitPrice) -> UnitPrice {
    onDemand.scaled(by: (interval + write) / interval)
  }

  /// What spot saves of the price of a useful hour on demand.
  package func saving(spot: UnitPrice, onDemand: UnitPrice) -> Double {
    1 - perUsefulHour(spot).perUnit / perUsefulHour(onDemand: onDemand).perUnit
  }

  /// Interruptions per machine-hour up to which spot is the cheaper; nil where it never is.
  package func breakEvenInterruptions(spot: UnitPrice, onDemand: UnitPrice) -> Double? {
    var copy = self
    copy.interruptions = 0
    guard copy.saving(spot: spot, onDemand: onDemand) > 0 else { return nil }
    var low = 0.0
    var high = 1.0 / (restart + write + interval)
    func saves(at rate: Double) -> Bool {
      copy.interruptions = rate
      return copy.saving(spot: spot, onDemand: onDemand) > 0
    }
    while saves(at: high), high < 1e6 { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if saves(at: middle) { low = middle } else { high = middle }
    }
    return low
  }
}
