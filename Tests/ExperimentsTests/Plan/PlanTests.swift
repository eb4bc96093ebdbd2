import Experiments
import MLSystem
import Scenarios
import Statistics
import Syntax
import Testing

/// Small systems whose answers are known beforehand.
enum PlanScenarios {
  /// An M/D/c-like system: 50 requests/s of 50 ms each keep 2.5 servers busy, so that 3 hold and 2
  /// are overloaded; a replica costs a fixed price an hour.
  static let fleet = """
    {
      start: "2026-08-03", horizon: "1 min", warmUp: "5 s", replications: 5,
      traffic: { users: { rate: "50/s" } },
      services: {
        app: {
          kind: "model", on: "cpu", time: "50 ms", balancer: "shared-queue", replicas: 1,
        },
      },
      hardware: { cpu: { instance: "aws/m7i.2xlarge", region: "us-east-1" } },
      thresholds: ["app.latency.p99 < 1 s"],
      variants: { double: { "traffic.users.rate": "100/s" } },
      plan: { knobs: ["services.app.replicas=1..6"] },
    }
    """

  static func maker(_ text: String, variant: String = "base") -> ExperimentMaker {
    ExperimentMaker(
      source: ScenarioSource(name: "s.json5", bytes: Array(text.utf8)), variant: variant,
      toolVersion: "t")
  }

  static func plan(
    _ text: String, _ knobs: [String], isExhaustive: Bool = false, jobs: Int = 2
  ) async throws -> Plan {
    let space = try PlanSpace(knobs.map { try SettingAxis.read($0, option: "--knob") })
    var race = PlanRace(
      space: space, maker: maker(text), isExhaustive: isExhaustive, jobs: jobs,
      isCancelled: { false }, finished: { _ in })
    return try await race.run()
  }
}

@Suite("Plans")
struct PlanTests {
  @Test("The cheapest fleet that keeps up wins, dearer ones are never run")
  func fleet() async throws {
    let plan = try await PlanScenarios.plan(PlanScenarios.fleet, ["services.app.replicas=1..6"])
    #expect(plan.winner == 2)
    #expect(plan.outcome == .met)
    #expect(plan.hasFloors)
    // Overload shows in the first replication; what is dearer even without traffic is not run.
    #expect(plan.points[0].replications == 1)
    #expect(plan.points[1].replications == 1)
    #expect(plan.points[2].replications == 5)
    guard case .breaches = plan.points[0].fate, case .breaches = plan.points[1].fate,
      case .meets = plan.points[2].fate, case .dearerWithoutTraffic = plan.points[5].fate
    else {
      Issue.record("fates \(plan.points.map(\.fate))")
      return
    }
  }

  @Test("It is the winner of an exhaustive search, with fewer requests, whatever the workers")
  func exhaustive() async throws {
    let knobs = ["services.app.replicas=1..6", "services.app.time=30ms,50ms"]
    let race = try await PlanScenarios.plan(PlanScenarios.fleet, knobs)
    let alone = try await PlanScenarios.plan(PlanScenarios.fleet, knobs, jobs: 1)
    let search = try await PlanScenarios.plan(PlanScenarios.fleet, knobs, isExhaustive: true)
    #expect(race.winner != nil)
    #expect(race.winner == search.winner)
    #expect(race.simulated < search.simulated / 2)
    #expect(PlanJSON.json(race).text(.pretty) == PlanJSON.json(alone).text(.pretty))
    #expect(abs(race.exhaustive / search.simulated - 1) < 0.01)
  }

  @Test("What cannot be built is dropped with its reason before anything is run")
  func infeasible() async throws {
    let plan = try await PlanScenarios.plan(
      PlanScenarios.fleet, ["services.app.replicas=3,4", "services.app.time=50ms,-1ms"])
    guard case .infeasible(let code, let reason) = plan.points[1].fate else {
      Issue.record("\(plan.points[1].fate)")
      return
    }
    #expect(!code.isEmpty)
    #expect(!reason.isEmpty)
    #expect(plan.points[1].replications == 0)
    #expect(plan.winner == 0)
  }

  @Test("A path that fits nowhere is a mistake, not a plan")
  func mistake() async {
    await #expect(throws: DiagnosticsError.self) {
      try await PlanScenarios.plan(PlanScenarios.fleet, ["services.app.replcas=1..3"])
    }
  }

  @Test("None meets: the outcome is a breach")
  func none() async throws {
    let plan = try await PlanScenarios.plan(PlanScenarios.fleet, ["services.app.replicas=1,2"])
    #expect(plan.winner == nil)
    #expect(plan.outcome == .breached)
  }

  @Test("Without thresholds there is nothing to meet; a share of runs needs runs")
  func problems() async {
    let bare = PlanScenarios.fleet.replacing("\"app.latency.p99 < 1 s\"", with: "")
    await #expect(throws: PlanProblem.self) {
      try await PlanScenarios.plan(bare, ["services.app.replicas=1..6"])
    }
    let shares = PlanScenarios.fleet.replacing("p99 < 1 s", with: "p99 < 1 s in 90 % of runs")
    await #expect(throws: PlanProblem.self) {
      try await PlanScenarios.plan(shares, ["services.app.replicas=1..6"])
    }
  }

  /// A point that asks for requests itself, and one on each side of the limit of `auto`.
  @Test("All points are looked at alike")
  func fidelity() async throws {
    let hour = PlanScenarios.fleet.replacing("\"1 min\"", with: "\"1 h\"")
      .replacing("replications: 5", with: "replications: 2")
      .replacing("50 ms", with: "0.1 ms")
    let mixed = try await PlanScenarios.plan(hour, ["traffic.users.rate=5/s,6000/s"])
    #expect(mixed.fidelity.fidelity == .flow)
    #expect(
      mixed.fidelity.reason
        == "a run has 22M requests at traffic.users.rate=6000/s, more than 20M")
    #expect(mixed.points[0].results?.identity.fidelity == "flow")
    #expect(mixed.points[0].results?.flow != nil)
    let few = try await PlanScenarios.plan(
      PlanScenarios.fleet, ["services.app.replicas=3,4"])
    #expect(few.fidelity.fidelity == .requests)
    let asked = try await PlanScenarios.plan(
      PlanScenarios.fleet, ["fidelity=auto,requests", "services.app.replicas=3,4"])
    #expect(asked.fidelity == .asked(.requests))
  }

  @Test("The knobs of the scenario are read")
  func knobs() throws {
    let scenario = try PlanScenarios.maker(PlanScenarios.fleet).scenario()
    #expect(scenario.knobs == ["services.app.replicas=1..6"])
  }
}

@Suite("Breaking loads")
struct BreakingLoadTests {
  private func search(_ text: String, upTo: Double = 32, jobs: Int = 2) async throws -> BreakingLoad
  {
    var search = LoadSearch(
      maker: PlanScenarios.maker(text), upTo: upTo, jobs: jobs, isCancelled: { false },
      finished: { _ in })
    return try await search.run()
  }

  /// Four servers of 50 ms bear 80 requests/s, 1.6 times 50; queues of a one-minute run need a few
  /// percent more to grow past a second.
  @Test("It breaks near the capacity")
  func capacity() async throws {
    let text = PlanScenarios.fleet.replacing("replicas: 1,", with: "replicas: 4,")
    let load = try await search(text)
    let multiple = try #require(load.multiple)
    #expect(multiple.estimate > 1.4 && multiple.estimate < 1.8, "\(multiple)")
    #expect(load.outcome == .met)
    #expect(load.runs.allSatisfy { ($0.breaks ?? 0) / ($0.holds ?? 1) < 1.05 })
    #expect(!load.causes.isEmpty)
    #expect(abs((load.rate ?? 0) - 50) < 2)
    #expect(load.curve.contains { $0.multiple == 1 && $0.held == $0.runs })
  }

  @Test("A system that is overloaded today breaks below 1")
  func overloaded() async throws {
    let load = try await search(PlanScenarios.fleet)
    let multiple = try #require(load.multiple)
    // One server of 50 ms bears 20 requests/s, 0.4 times 50.
    #expect(multiple.estimate > 0.33 && multiple.estimate < 0.47, "\(multiple)")
    #expect(load.outcome == .breached)
  }

  @Test("What never breaks says so")
  func unbroken() async throws {
    let text = PlanScenarios.fleet.replacing("replicas: 1,", with: "replicas: 40,")
    let load = try await search(text, upTo: 2)
    #expect(load.multiple == nil)
    #expect(load.outcome == .met)
    #expect(load.causes.isEmpty)
  }
}
