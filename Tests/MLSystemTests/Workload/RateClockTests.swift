import MLSystem
import Quantities
import Randomness
import Testing

/// Arrival times of rates that change.
@Suite struct RateClockTests {
  private func clock(_ profile: RateProfile, horizon: Double, offset: Int64 = 0) -> RateClock {
    RateClock(profile, weekOffset: offset, end: .start + .seconds(horizon))
  }

  /// The arrivals of unit gaps: the inverse of the integrated rate at 1, 2, 3 and so on.
  private func unitArrivals(_ profile: RateProfile, horizon: Double, offset: Int64 = 0) -> [Double]
  {
    var clock = clock(profile, horizon: horizon, offset: offset)
    var times: [Double] = []
    while case let next = clock.advance(by: 1), next != .never { times.append(next.seconds) }
    return times
  }

  @Test func aConstantRateStretchesTime() {
    #expect(unitArrivals(RateProfile(base: 4), horizon: 1.1) == [0.25, 0.5, 0.75, 1.0])
  }

  @Test func stepsMultiplyFromTheirInstantOn() {
    // One a second until 2.5, then four a second: half a request is open at the step.
    let profile = RateProfile(
      base: 1,
      steps: [
        RateStep(at: .start + .seconds(2.5), factor: 4),
        RateStep(at: .start + .seconds(3), factor: 0),
      ])
    #expect(unitArrivals(profile, horizon: 10) == [1, 2, 2.625, 2.875])
  }

  @Test func aSurgeIsATrapezium() {
    // From 10 s on within 4 s from 1 to 5, 2 s at 5, 4 s back. Area above 1: 4·(2 + 2 + 2) = 24.
    let profile = RateProfile(
      base: 1,
      surges: [Surge(at: .start + .seconds(10), ramp: .seconds(4), last: .seconds(2), factor: 5)])
    let times = unitArrivals(profile, horizon: 39.5)
    // 39.5 are expected at rate 1 and 24 more.
    #expect(times.count == 63)
    // On the rise the area is t + t²/2: the first after 10 s is where t + t²/2 = 1, t = √3 - 1.
    #expect(abs(times[10] - (10 + 3.0.squareRoot() - 1)) < 2e-9)
  }

  @Test func surgesThatOverlapMultiply() {
    let surge = Surge(at: .start + .seconds(10), ramp: .seconds(4), last: .seconds(2), factor: 3)
    let profile = RateProfile(base: 1, surges: [surge, surge])
    // Squared: ∫ of (1 + t/2)² over the ramp of 4 s is 2/3·(27 - 1) = 52/3, and 9 for 2 s.
    let expected = 30.0 + 2 * 52.0 / 3 + 18
    let times = unitArrivals(profile, horizon: 40)
    #expect(abs(Double(times.count) - expected) < 1.01)
  }

  @Test func hoursOfTheWeekFollowTheCalendar() {
    // The run starts on a Tuesday at 10:30; 11:00 to 12:00 has twice the rate.
    var hours = Array(repeating: 1.0, count: 168)
    hours[24 + 11] = 2
    let offset: Int64 = 86_400 + 10 * 3600 + 1800
    let clock = clock(
      RateProfile(base: 3, hourOfWeek: hours), horizon: 1e6, offset: offset)
    #expect(clock.rate(at: .start + .seconds(1799)) == 3)
    #expect(clock.rate(at: .start + .seconds(1800)) == 6)
    #expect(clock.rate(at: .start + .seconds(5399)) == 6)
    #expect(clock.rate(at: .start + .seconds(5400)) == 3)
    #expect(clock.rate(at: .start + .seconds(604_800 + 1800)) == 6)
    let times = unitArrivals(
      RateProfile(base: 0.01, hourOfWeek: hours), horizon: 7200, offset: offset)
    // 18 expected in the first half hour, 72 in the hour, 18 in the last: one falls on the end.
    #expect(times.count == 107)
    #expect(times[17] == 1800)
    #expect(abs(times[18] - 1850) < 1e-6)
  }

  @Test func growthIsCompounded() {
    // 50 % a month over two months: ∫ e^(γt) = (e^(2γm) - 1)/γ with γ = ln 1.5 / m.
    let month = 365.25 / 12 * 86_400
    let times = unitArrivals(
      RateProfile(base: 1e-3, growthPerMonth: 0.5), horizon: 2 * month)
    let gamma = PortableMath.log(1.5) / month
    let expected = 1e-3 * (2.25 - 1) / gamma
    #expect(abs(Double(times.count) - expected) < 1.01)
    // The instant by which half of them have come.
    let half = PortableMath.log1p(expected / 2 * 1e3 * gamma) / gamma
    #expect(abs(times[times.count / 2] - half) < 1200)
  }

  @Test func poissonCountsHaveTheirVariance() throws {
    // Counts of 400 runs of mean 50: mean within 5·√(50/400) = 1.8; index of dispersion 1 within
    // 5·√(2/399) = 0.35. False alarm below 1e-5.
    var counts: [Double] = []
    for run in 0..<400 {
      var clock = clock(RateProfile(base: 5), horizon: 10)
      var random = StreamFamily(seed: 1, replication: run).stream("arrivals")
      var count = 0.0
      while clock.advance(by: Ziggurat.exponential(&random)) != .never { count += 1 }
      counts.append(count)
    }
    let mean = counts.reduce(0, +) / 400
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    #expect(abs(mean - 50) < 1.8)
    #expect(abs(variance / mean - 1) < 0.35)
  }

  @Test(arguments: RenewalFamily.allCases, [0.3, 1, 3])
  func renewalGapsHaveMeanOneAndTheirSpread(_ family: RenewalFamily, _ cv: Double) {
    let law = GapLaw.distribution(cv: cv, family: family)
    #expect(abs(law.mean - 1) < 1e-9)
    #expect(abs(law.variance.squareRoot() - cv) < 1e-9 * cv)
  }

  @Test func zeroSpreadIsAMetronome() {
    #expect(GapLaw.distribution(cv: 0, family: .gamma) == .constant(1))
  }
}
