import MLSystem
import Quantities
import Randomness
import TestSupport
import Testing

/// Predictions that are counted and not simulated; false alarms once in a million seeds.
struct PredictionCounterTests {
  private static func counter(
    _ rate: RateProfile, errors: Double = 0, seed: UInt64 = 5, end: Duration = .days(30)
  ) -> PredictionCounter {
    PredictionCounter(
      PredictionStream(name: "shoppers", model: 0, rate: rate, errors: errors), weekOffset: 0,
      end: .start + end, streams: StreamFamily(seed: seed, replication: 0))
  }

  @Test("the count of a month is Poisson around the area under its rate")
  func monthly() {
    // Twice the rate from day 10 on: 10 d x 50/s + 20 d x 100/s.
    var counter = Self.counter(
      RateProfile(base: 50, steps: [RateStep(at: .start + .days(10), factor: 2)]))
    let expected = 86_400.0 * (10 * 50 + 20 * 100)
    let score = (Double(counter.take(upTo: .start + .days(30))) - expected) / expected.squareRoot()
    #expect(abs(score) < StatisticalChecks.scoreLimit(falseAlarm: 1e-6))
  }

  @Test("looking more often changes no total")
  func looks() {
    var once = Self.counter(RateProfile(base: 3))
    var often = Self.counter(RateProfile(base: 3))
    var sum: Int64 = 0
    for minute in 1...(3 * 24 * 60) {
      sum += often.take(upTo: .start + .seconds(Double(60 * minute)))
    }
    #expect(sum == once.take(upTo: .start + .days(3)))
  }

  @Test("nothing is predicted after the end")
  func end() {
    var counter = Self.counter(RateProfile(base: 10), end: .days(1))
    let day = counter.take(upTo: .start + .days(1))
    #expect(day > 0)
    #expect(counter.take(upTo: .start + .days(9)) == 0)
  }

  @Test("versions share the predictions, and errors come from the stream and from the version")
  func versions() {
    var counter = Self.counter(RateProfile(base: 1000), errors: 0.01)
    var counters = VersionCounters(models: 1, routes: 0)
    counter.count(
      upTo: .start + .days(1), share: 0.1, errors: (stable: 0, candidate: 0.03), into: &counters)
    let stable = VersionCounters.index(of: 0, .stable)
    let candidate = VersionCounters.index(of: 0, .candidate)
    let asked = (
      stable: counters.answered[stable] + counters.errors[stable],
      candidate: counters.answered[candidate] + counters.errors[candidate]
    )
    let all = Double(asked.stable + asked.candidate)
    check(Double(asked.candidate), of: all, share: 0.1)
    check(Double(counters.errors[stable]), of: Double(asked.stable), share: 0.01)
    // 1 - 0.99 x 0.97.
    check(Double(counters.errors[candidate]), of: Double(asked.candidate), share: 0.0397)
    #expect(counter.answered == counters.answered.reduce(0, +))
  }

  private func check(_ count: Double, of all: Double, share: Double) {
    let score = (count - all * share) / (all * share * (1 - share)).squareRoot()
    #expect(abs(score) < StatisticalChecks.scoreLimit(falseAlarm: 1e-6))
  }
}
