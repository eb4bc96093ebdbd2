import Experiments
import MLSystem
import Scenarios
import Statistics
import Testing

/// A study of functions that are known, without simulation.
@Suite struct SensitivityRunnerTests {
  /// Two inputs on [0, 10] and [1, 3], by default 2 and 1.
  static func inputs() throws -> [SensitivityInput] {
    try [("a=0..10", "2"), ("b=1.0..3.0", "1")].map { text, middle in
      let axis = try SettingAxis.readRange(text, option: "--input")
      return try #require(SensitivityInput(axis, middle: middle))
    }
  }

  /// y = a² + b + noise, the same noise at every point; the threshold is y < 26.
  static func point(_ values: [String?]) -> StudyPoint {
    let a = Double(values[0] ?? "2") ?? .nan
    let b = Double(values[1] ?? "1") ?? .nan
    let each = [-1, 0, 1].map { a * a + b + $0 }
    let mean = a * a + b
    return StudyPoint(
      cells: [SweepCell(estimate: mean, low: mean - 2.5, high: mean + 2.5, values: each)],
      readings: [StudyPoint.Reading(value: mean, halfWidth: 1, holds: mean < 26), nil])
  }

  @Test func swingsArePairedAndOthersStayInTheMiddle() async throws {
    var runner = SensitivityRunner(try Self.inputs()) { $0.map(Self.point) }
    let (middle, swings) = try await runner.swings()
    #expect(middle.cells[0]?.estimate == 5)
    #expect(swings[0].difference(of: 0)?.estimate == 100)
    #expect(swings[1].difference(of: 0)?.estimate == 2)
    // The noise is the same at both ends, so that it cancels.
    #expect(swings[0].difference(of: 0)?.halfWidth == 0)
  }

  @Test func thresholdsTurnWhereTheFunctionCrosses() async throws {
    var runs = 0
    var runner = SensitivityRunner(try Self.inputs()) { points in
      runs += points.count
      return points.map(Self.point)
    }
    let turns = try await runner.turns(thresholds: 2)
    #expect(turns.count == 4)
    // a² + 1 = 26 at a = 5, half of its range, where one more of y is a tenth of a.
    guard case .turns(let share, let isBelow) = turns[0].finding else {
      Issue.record("no turn")
      return
    }
    #expect(isBelow)
    #expect((share.estimate - 0.5).magnitude < 1.0 / 128)
    #expect(share.contains(0.5))
    #expect((share.halfWidth - 0.01).magnitude < 0.005)
    #expect(turns[1].finding == .holdsThroughout)
    #expect(turns[2].finding == .unknown)
    #expect(runs == 4 + 8)
  }

  @Test func pointsAreRunOnce() async throws {
    var seen: [[String?]] = []
    var runner = SensitivityRunner(try Self.inputs()) { points in
      seen += points
      return points.map(Self.point)
    }
    _ = try await runner.swings()
    _ = try await runner.turns(thresholds: 1)
    #expect(Set(seen).count == seen.count)
  }

  @Test func morrisAndSobolSeeTheFunction() async throws {
    var runner = SensitivityRunner(try Self.inputs()) { $0.map(Self.point) }
    let morris = try await runner.morris(trajectories: 30, seed: 1, metrics: 1)
    let effects = try #require(morris.effects[0])
    #expect((effects[1].mean.estimate - 2).magnitude < 1e-5)
    #expect((effects[0].mean.estimate - 100).magnitude < 15)
    // Var a² on [0, 10] is 80,000/90, Var b is 1/3: the values have six digits.
    let sobol = try await runner.sobol(rows: 512, seed: 1, metrics: 1)
    let indices = try #require(sobol.indices[0])
    let share = (80_000.0 / 90) / (80_000.0 / 90 + 1.0 / 3)
    #expect((indices[0].first.estimate - share).magnitude < 0.02)
    #expect(indices[1].total.estimate < 0.002)
    #expect((sobol.deviations[0] ?? 0) / (80_000.0 / 90).squareRoot() < 1.02)
  }
}

@Suite struct SensitivityInputTests {
  static func scenario(_ growth: String) throws -> ScenarioSource {
    ScenarioSource(
      name: "f.json5",
      bytes: Array(
        """
        {
          horizon: "10 s",
          traffic: { users: { to: "r", rate: \(growth) } },
          routes: { r: { steps: ["m"] } },
          services: { m: { kind: "lookup", latency: "5 ms" } },
        }
        """.utf8))
  }

  /// The median of a lognormal belief is the geometric mean of P10 and P90.
  @Test func aBeliefIsWrittenInItsUnit() throws {
    let source = try Self.scenario("{ uncertain: { p10: \"10/s\", p90: \"1k/s\" } }")
    let inputs = try source.scenario().beliefs
    #expect(inputs.map(\.path) == ["traffic.users.rate"])
    let input = inputs[0]
    #expect(input.value(at: 0.1) == "10/s")
    #expect(input.value(at: 0.9) == "1000/s")
    #expect(input.middle == "100/s")
    let set = try source.scenario(settings: [input.setting("100/s")])
    #expect(set.beliefs.isEmpty)
    #expect(set.text(at: "traffic.users.rate") == "100/s")
    #expect(set.text(at: "traffic.users.nothing") == nil)
  }

  /// A surge is an entry of a list, which a setting reaches by its number.
  @Test func aBeliefInAListIsAnInput() throws {
    let surges = """
      "10/s", surges: [
        { at: "1 s", factor: "2x", last: "1 s" },
        { at: "3 s", factor: { uncertain: { p10: "2x", p90: "8x" } }, last: "2 s" },
      ]
      """
    let source = try Self.scenario(surges)
    let inputs = try source.scenario().beliefs
    #expect(inputs.map(\.path) == ["traffic.users.surges[1].factor"])
    #expect(inputs[0].value(at: 0.9) == "8x")
    let set = try source.scenario(settings: [inputs[0].setting("5x")])
    #expect(set.beliefs.isEmpty)
    #expect(set.text(at: "traffic.users.surges[0].factor") == "2x")
    #expect(set.text(at: "traffic.users.surges[1].factor") == "5x")
    #expect(set.text(at: "traffic.users.surges[2].factor") == nil)
  }

  /// 20 M requests in 10 s are 2 M a second: each input alone stays below it, both at their upper
  /// ends do not.
  @Test func allPointsAreLookedAtByTheLargest() throws {
    let source = try Self.scenario("\"1k/s\", growth: \"0 %/month\"")
    let maker = ExperimentMaker(source: source, toolVersion: "t")
    func inputs(_ texts: [String]) throws -> [SensitivityInput] {
      try texts.compactMap {
        SensitivityInput(try SettingAxis.readRange($0, option: "--input"), middle: "1")
      }
    }
    let one = try inputs(["traffic.users.rate=1k/s..1.5M/s"])
    #expect(try one.fidelity(maker).fidelity == .requests)
    let both = try inputs(["traffic.users.rate=1k/s..1.5M/s", "horizon=5..15 s"])
    let choice = try both.fidelity(maker)
    #expect(choice.fidelity == .flow)
    #expect(
      choice.reason
        == "a run has 23M requests at traffic.users.rate=1500000/s, horizon=15 s, more than 20M"
    )
  }
}
