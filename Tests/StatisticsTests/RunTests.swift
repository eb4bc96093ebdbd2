import Randomness
import Statistics
import Testing

/// The length of an M/M/1 queue, service time 1, sampled at equal steps; `load` may change with
/// time and is at most `highest`.
private func queueLengths(
  seed: UInt64, horizon: Double, samples: Int, highest: Double, load: (Double) -> Double
) -> [Double] {
  var source = RandomStream(seed: seed)
  let step = horizon / Double(samples)
  var time = 0.0
  var length = 0.0
  var lengths: [Double] = []
  while true {
    let rate = highest + (length > 0 ? 1 : 0)
    time += Ziggurat.exponential(&source) / rate
    while time > Double(lengths.count + 1) * step {
      lengths.append(length)
      if lengths.count == samples { return lengths }
    }
    if source.uniform() * rate < highest {
      if source.uniform() * highest < load(time) { length += 1 }
    } else {
      length -= 1
    }
  }
}

@Suite("Steady state")
struct SteadyStateTests {
  /// A disturbance that decays over 100 steps under noise of a tenth of its size.
  private func settling(seed: UInt64, count: Int) -> [Double] {
    var source = RandomStream(seed: seed)
    return (0..<count).map { i in
      5 + 10 * PortableMath.exp(-Double(i) / 100) + Ziggurat.normal(&source)
    }
  }

  @Test("MSER-5 drops the transient and little more", arguments: 1...10 as ClosedRange<UInt64>)
  func warmUp(seed: UInt64) throws {
    let series = settling(seed: seed, count: 4000)
    let truncation = try #require(SteadyState.warmUp(of: series))
    // After 150 steps 2.2 is left of the disturbance, after 800 less than 0.004.
    #expect(truncation >= 150 && truncation <= 1500)
    #expect(truncation % 5 == 0)
    let rest = Tally(series[truncation...])
    #expect(abs(rest.mean - 5) < 0.15)
  }

  @Test("A series that is still settling, or short, has no steady state")
  func unsettled() {
    #expect(SteadyState.warmUp(of: (0..<1000).map(Double.init)) == nil)
    #expect(SteadyState.warmUp(of: [1, 2, 3]) == nil)
    #expect(SteadyState.warmUp(of: [Double](repeating: 2, count: 100)) == 0)
  }

  /// First-order autoregression with coefficient 0.6: the interval of 20 batches of 100 covers the
  /// mean in 95 % of the runs, in fewer than 88 % or all of 200 runs less than once in 10,000.
  @Test("Batch means cover the mean of a correlated series at their level")
  func batchMeans() {
    var source = RandomStream(seed: 41)
    var covered = 0
    for _ in 0..<200 {
      var value = 0.0
      var series: [Double] = []
      for _ in 0..<2000 {
        value = 0.6 * value + Ziggurat.normal(&source)
        series.append(value)
      }
      let result = SteadyState.batchMeans(of: series)
      if result.interval.contains(0) { covered += 1 }
      #expect(abs(result.lagOne) < 0.8)
    }
    #expect(covered >= 176 && covered < 200)
  }

  @Test("Correlation of neighbours by hand")
  func lagOne() {
    // Mean 2.5; products of neighbours 0.75, -0.25, 0.75 over squares 5.
    #expect(abs(SteadyState.lagOneCorrelation(of: [1, 2, 3, 4]) - 0.25) < 1e-15)
    #expect(SteadyState.lagOneCorrelation(of: [3, 3, 3]) == 0)
  }
}

@Suite("Growth")
struct GrowthFitTests {
  private func flagged(
    runs: Int, horizon: Double, samples: Int = 200, highest: Double, load: (Double) -> Double
  ) -> [GrowthFit] {
    (1...runs).compactMap { seed in
      let lengths = queueLengths(
        seed: UInt64(seed), horizon: horizon, samples: samples, highest: highest, load: load)
      let fit = GrowthFit(lengths, step: horizon / Double(samples))
      return fit?.isUnbounded == true ? fit : nil
    }
  }

  /// At a false-alarm rate of 0.5 % more than one of 20 runs is flagged once in 200 times.
  @Test("A stable queue is not flagged", arguments: [0.5, 0.9, 0.95])
  func stable(load: Double) {
    #expect(flagged(runs: 20, horizon: 2000, highest: load) { _ in load }.count <= 1)
  }

  @Test("An overloaded queue is flagged with its rate and start", arguments: [2.0, 10])
  func overloaded(load: Double) {
    let fits = flagged(runs: 5, horizon: 1000, highest: load) { _ in load }
    #expect(fits.count == 5)
    for fit in fits {
      #expect(abs(fit.rate / (load - 1) - 1) < 0.2)
      #expect(fit.start < 150)
      #expect(abs(fit.end / (1000 * (load - 1)) - 1) < 0.2)
    }
  }

  /// A load of 1.1 is found in 98 % of such runs: fewer than 3 of 5 once in 10,000 times.
  @Test("A slight overload is found over a long run")
  func slight() {
    let fits = flagged(runs: 5, horizon: 10_000, highest: 1.1) { _ in 1.1 }
    #expect(fits.count >= 3)
    for fit in fits { #expect(fit.rate > 0.05 && fit.rate < 0.2) }
  }

  @Test("An overload that begins late is dated")
  func late() {
    let fits = flagged(runs: 4, horizon: 4000, highest: 1.6) { $0 < 2400 ? 0.6 : 1.6 }
    #expect(fits.count == 4)
    for fit in fits { #expect(abs(fit.start - 2400) < 240) }
  }

  @Test("A daily peak that drains is no overload, wherever the run ends", arguments: [2.0, 3.6])
  func diurnal(days: Double) {
    // The load swings from 0.3 to 1.3 within a day of 2,000 service times.
    let fits = flagged(runs: 5, horizon: 2000 * days, highest: 1.3) { time in
      0.8 - 0.5 * PortableMath.cos(time / 2000 * 6.283185307179586)
    }
    #expect(fits.isEmpty)
  }

  @Test("A burst that drains is no overload")
  func burst() {
    let fits = flagged(runs: 5, horizon: 6000, highest: 1.5) {
      $0 > 2000 && $0 < 3000 ? 1.5 : 0.6
    }
    #expect(fits.isEmpty)
  }

  @Test("An exact line, a constant and too few samples")
  func exact() throws {
    let line = (0..<100).map { $0 < 40 ? 3.0 : 3 + 2 * Double($0 - 40) }
    let fit = try #require(GrowthFit(line, step: 10))
    #expect(fit.isUnbounded)
    #expect(abs(fit.rate - 0.2) < 1e-9)
    #expect(abs(fit.start - 400) <= 10)
    let constant = try #require(GrowthFit([Double](repeating: 4, count: 100), step: 1))
    #expect(!constant.isUnbounded)
    #expect(GrowthFit([1, 2, 3], step: 1) == nil)
  }
}
