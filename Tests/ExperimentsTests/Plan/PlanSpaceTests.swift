import Experiments
import Syntax
import Testing

@Suite("The space that knobs span")
struct PlanSpaceTests {
  private func knobs(_ texts: String...) throws -> [SettingAxis] {
    try texts.map { try SettingAxis.read($0, option: "--knob") }
  }

  @Test("The last knob turns fastest, every combination is there once")
  func space() throws {
    let space = try PlanSpace(knobs("a=1,2", "b=x,y,z"))
    #expect(space.count == 6)
    #expect(space.values(of: 0) == ["1", "x"])
    #expect(space.values(of: 1) == ["1", "y"])
    #expect(space.values(of: 5) == ["2", "z"])
    #expect(space.settings(of: 4) == ["a=2", "b=y"])
    #expect(Set((0..<6).map { space.values(of: $0) }).count == 6)
  }

  @Test("The path variant names variants and is no setting")
  func variants() throws {
    let space = try PlanSpace(knobs("variant=base,big", "a=1"))
    #expect(space.variant(of: 1) == "big")
    #expect(space.settings(of: 1) == ["a=1"])
  }

  @Test("No knob, the same path twice, no steps and too many combinations are refused")
  func spaces() throws {
    #expect(throws: PlanProblem.noKnobs) { try PlanSpace([]) }
    #expect(throws: PlanProblem.knobGivenTwice(path: "a")) {
      try PlanSpace(knobs("a=1..100", "a=2"))
    }
    let open = try knobs("a=0.5..2")
    #expect(throws: PlanProblem.knobWithoutSteps(open[0])) { try PlanSpace(open) }
    #expect(throws: PlanProblem.tooManyCombinations) {
      try PlanSpace(knobs("a=1..100", "b=1..100"))
    }
  }
}

@Suite("How the chance of a wrong plan is spent")
struct PlanLevelTests {
  @Test("The parts add to alpha at most")
  func parts() {
    let levels = PlanLevels(alpha: 0.05, points: 200, thresholds: 3, replications: 20)
    #expect(levels.looks == [1, 2, 3, 4, 6, 9, 14, 20])
    // One-sided tails: a quarter over thresholds and looks, half over points, a quarter over
    // rivals.
    let dropping = (1 - levels.dropping) / 2 * 3 * 8
    let passing = (1 - levels.passing) / 2 * 200
    var dearer = 0.0
    for rank in 1...1000 { dearer += (1 - levels.dearer(rank: rank)) / 2 * 8 }
    #expect(abs(dropping - 0.0125) < 1e-12)
    #expect(abs(passing - 0.025) < 1e-12)
    #expect(dearer <= 0.0125)
    #expect(dropping + passing + dearer <= 0.05)
  }

  @Test("Looks are rising and end with the last replication", arguments: [2, 3, 10, 40, 1000])
  func looks(_ replications: Int) {
    let looks = PlanLevels(points: 1, thresholds: 1, replications: replications).looks
    #expect(looks.last == replications)
    #expect(zip(looks, looks.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// 0.9^35 = 0.02503 and 0.9^36 = 0.02253: at a tail of 2.5 % a share of 90 % takes 36 runs.
  @Test("A share of runs takes so many runs")
  func shares() {
    let levels = PlanLevels(alpha: 0.05, points: 1, thresholds: 1, replications: 40)
    #expect(levels.replicationsNeeded(forShare: 0.9) == 36)
  }
}
