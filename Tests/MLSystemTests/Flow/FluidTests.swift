import MLSystem
import Quantities
import Randomness
import Testing

/// The response of exponential servers, each with its own Poisson stream: M/M/1 in closed form.
enum ExactCurve {
  static func make(rate: Double) -> FluidCurve {
    FluidCurve(
      capacity: rate, serving: 1, dispersion: 1, topLoad: 0.98,
      FluidCurve.Response(
        number: { $0 / (1 - $0) }, busy: { min(1, $0) },
        waiting: { $0 * $0 / (1 - $0) }),
      law: { load, _ in
        let mean = 1 / (rate * (1 - load))
        return CallLaw(latency: Spectrum(.exponential(mean: mean)))
      },
      saturated: { _ in CallLaw(latency: Spectrum(.exponential(mean: 1 / rate))) })
  }
}

@Suite struct FluidTests {
  @Test func aCurveIsReadBackwards() {
    let curve = ExactCurve.make(rate: 10)
    for load in [0.01, 0.1, 0.5, 0.9, 0.97, 0.99] {
      let (found, slope) = curve.load(ofNumber: load / (1 - load))
      #expect(abs(found - load) < 1e-3)
      // dρ/dL = (1 - ρ)².
      #expect(abs(slope - (1 - load) * (1 - load)) < 0.02 * (1 - load) * (1 - load) + 1e-5)
      #expect(abs(curve.number(at: load) - load / (1 - load)) < 0.01 * load / (1 - load))
    }
  }

  private func group(_ replicas: UInt32, _ split: FluidSplit = .even) -> FluidGroup {
    var group = FluidGroup(split: split)
    group.setReplicas(Array(0..<replicas)) { _ in 0 }
    return group
  }

  @Test func aConstantRateSettlesAtTheStationaryNumber() {
    let curve = ExactCurve.make(rate: 10)
    var group = group(4)
    for _ in 0..<120 {
      group.advance(by: 1, rate: 32, curve: curve, cap: .infinity, isSure: false)
    }
    #expect(abs(group.total - 4 * 4) < 0.1)
    #expect(abs(group.worked - 4 * 0.8) < 0.01)
    #expect(abs(group.completed - 32) < 0.1)
    #expect(group.isCalm)
  }

  @Test func aClearOverloadBuildsTheBacklogThatTheRatesSay() {
    let curve = ExactCurve.make(rate: 10)
    var group = group(2)
    for _ in 0..<600 {
      group.advance(by: 1, rate: 30, curve: curve, cap: .infinity, isSure: false)
    }
    // 600 s of 10 requests a second more than two replicas do; the start costs them a few.
    #expect(abs(group.total - 6000) < 60)
    let wait = group.emissions.reduce(0.0) { $0 + $1.wait * $1.mass } / 30
    #expect(abs(wait - 300) < 4)
    for _ in 0..<300 {
      group.advance(by: 1, rate: 0, curve: curve, cap: .infinity, isSure: false)
    }
    #expect(group.total < 60)
  }

  @Test func aQueueLimitTurnsAwayWhatIsTooMuch() {
    let curve = ExactCurve.make(rate: 10)
    var group = group(2)
    var cut = 0.0
    for second in 0..<400 {
      group.advance(by: 1, rate: 30, curve: curve, cap: 51, isSure: false)
      if second >= 100 { cut += group.cut }
    }
    // Two replicas do 20 of the 30 a second.
    #expect(abs(cut - 300 * 10) < 5)
    #expect(abs(group.total - 102) < 0.1)
  }

  @Test func aNewReplicaUnderTheShortestLineTakesNoOldBacklog() {
    let curve = ExactCurve.make(rate: 10)
    var group = group(2, .leastLoaded)
    for _ in 0..<100 {
      group.advance(by: 1, rate: 40, curve: curve, cap: .infinity, isSure: false)
    }
    let old = group.total / 2
    group.setReplicas([0, 1, 2, 3]) { $0 < 2 ? old : 0 }
    group.advance(by: 1, rate: 15, curve: curve, cap: .infinity, isSure: false)
    #expect(group.cohorts.count == 2)
    #expect(abs(group.cohorts[0].number - (old - 10)) < 0.2)
    for _ in 0..<600 {
      group.advance(by: 1, rate: 15, curve: curve, cap: .infinity, isSure: false)
    }
    // The backlog is gone and all four are one pool.
    #expect(group.cohorts.count == 1)
    #expect(abs(group.total - 4 * 0.6) < 0.05)
  }

  @Test func aSharedLineKeepsItsRequestsWhenReplicasComeAndGo() {
    var group = group(2, .shared)
    let curve = ExactCurve.make(rate: 10)
    for _ in 0..<100 {
      group.advance(by: 1, rate: 30, curve: curve, cap: .infinity, isSure: false)
    }
    let before = group.total
    group.setReplicas([0, 1, 2, 3, 4]) { _ in 0 }
    #expect(abs(group.total - before) < 1e-6)
    group.setReplicas([]) { _ in 0 }
    #expect(abs(group.total - before) < 1e-6)
  }
}

@Suite struct SpectrumTests {
  @Test func theSumOfTwoExponentialTimesIsErlang() {
    let one = Spectrum(.exponential(mean: 0.01))
    let sum = one.convolved(with: one)
    let exact = Distribution.erlang(stages: 2, mean: 0.02)
    for level in [0.1, 0.5, 0.9, 0.99, 0.999] {
      #expect(abs(sum.quantile(level) / exact.quantile(level) - 1) < 0.02)
    }
    #expect(abs(sum.total - 1) < 1e-9)
    #expect(abs(sum.mean - 0.02) < 0.0002)
  }

  @Test func theLastOfManyResidualTimes() {
    // Exponential residuals are as the times: of n the level is 1 - 1/(n + 1).
    let law = Spectrum(.exponential(mean: 1))
    #expect(abs(law.longest(of: 9) - PortableMath.log(10)) < 0.1)
  }
}
