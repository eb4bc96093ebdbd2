import Experiments
import MLSystem
import Syntax
import Testing

@Suite struct SweepFilesTests {
  static let metrics = [
    SweepMetric(name: "cost.perMonth", unit: .dollars),
    SweepMetric(name: "r.latency.p99", unit: .seconds),
  ]

  private func json(_ text: String) throws -> JSONValue {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let file = sources.add(SourceFile(name: "f", text: text))
    return try #require(JSON5Parser.parse(file, of: sources, into: &diagnostics)).json
  }

  @Test(arguments: [
    (["a=1..3", "b=x,'y z'"], SweepDesign.grid), (["a=0.5..2", "b=1..9"], .random(points: 12)),
    (["a=1/s..9k/s:log"], .sobol(points: 5)),
  ])
  func aPlanIsReadBack(_ axes: [String], _ design: SweepDesign) throws {
    var plan = try SweepDesignTests.plan(axes, design, seed: .max, metrics: Self.metrics)
    plan.fidelity = FidelityChoice(nil, reason: "as each point asks")
    plan.defaults = [AppliedDefault(path: "services.m.ready", value: "0 s")]
    let text = SweepFiles.text(plan)
    let read = try SweepFiles.plan(from: json(text))
    #expect(SweepFiles.text(read) == text)
    #expect(read == plan)
    #expect(read.points == plan.points)
  }

  /// What the points stand on: each price once, whichever point it is of, and the widest error.
  static let assumptions: Assumptions = {
    var assumptions = Assumptions()
    assumptions.prices = [
      PriceUsed(item: "gpu, on demand", price: "$0.80 per hour", date: "2026-07-01", source: "s")
    ]
    assumptions.unknown = [UnknownCost(path: ["egress"], reason: "no price: egress")]
    assumptions.flow = FlowStatement(
      p50: 0.02, p99: 0.05, utilisation: 0.004, cost: 0, attainment: 0.001, doubtful: 0,
      reasons: ["one"])
    return assumptions
  }()

  @Test func assumptionsOfPointsAreJoined() {
    var other = Self.assumptions
    other.prices[0].price = "$0.90 per hour"
    other.flow?.p99 = 0.08
    other.flow?.reasons = ["one", "two"]
    var joined = Assumptions()
    for each in [Assumptions(), Self.assumptions, other, Self.assumptions] { joined.join(each) }
    #expect(joined.prices.map(\.price) == ["$0.80 per hour", "$0.90 per hour"])
    #expect(joined.unknown.count == 1)
    #expect(joined.flow?.p50 == 0.02)
    #expect(joined.flow?.p99 == 0.08)
    #expect(joined.flow?.reasons == ["one", "two"])
  }

  @Test func aPointIsReadBackByItsOwnPlanOnly() throws {
    let plan = try SweepDesignTests.plan(["a=1..3"], .grid, metrics: Self.metrics)
    let result = SweepResult(
      point: plan.points[1],
      cells: [
        SweepCell(estimate: 1.0 / 3, low: 0, high: 1e-9, values: [0.1, nil, 7]), nil,
      ], outcome: .undecided,
      verdicts: [SweepVerdict(threshold: "r.latency.p99 < 1 s", outcome: .met)],
      assumptions: Self.assumptions)
    let text = SweepFiles.text(result, plan: plan)
    #expect(
      try SweepFiles.result(from: json(text), of: plan.points[1], plan: plan) == result)
    #expect(try SweepFiles.result(from: json(text), of: plan.points[2], plan: plan) == nil)
    var other = plan
    other.seed = 9
    #expect(try SweepFiles.result(from: json(text), of: plan.points[1], plan: other) == nil)
  }

  @Test func tableAndLinesHoldEveryPoint() throws {
    let plan = try SweepDesignTests.plan(["a=1,'b,c'"], .grid, metrics: Self.metrics)
    let cell = SweepCell(estimate: 2.5, low: 2, high: 3, values: [2.5])
    let sweep = SweepResults(
      plan: plan,
      results: [
        SweepResult(point: plan.points[0], cells: [cell, nil], outcome: .met),
        SweepResult(point: plan.points[1], cells: [nil, nil], outcome: nil, problem: "E0204: no"),
      ])
    #expect(
      SweepFiles.table(sweep) == """
        point,a,thresholds,cost.perMonth,cost.perMonth.low,cost.perMonth.high,r.latency.p99,\
        r.latency.p99.low,r.latency.p99.high
        1,1,met,2.5,2,3,,,
        2,"'b,c'",invalid,,,,,,

        """)
    #expect(SweepFiles.lines(sweep).split(separator: "\n").count == 2)
    #expect(sweep.outcome == .met)
  }

  @Test(arguments: [
    ("{}", "it is no plan of a sweep"), ("{\"kind\": \"sweep\"}", "it is no plan of a sweep"),
    ("{\"kind\": \"sweep\", \"schemaVersion\": 9}", "it has version 9, this towtank reads 2"),
    ("{\"kind\": \"sweep\", \"schemaVersion\": 2}", "`seed` is damaged"),
  ])
  func otherFilesAreRefused(_ text: String, _ reason: String) {
    #expect(throws: SweepFiles.Problem(reason: reason)) { try SweepFiles.plan(from: json(text)) }
  }

  @Test func damagedPlansAreRefused() throws {
    let plan = try SweepDesignTests.plan(["a=1..3"], .grid, metrics: Self.metrics)
    let text = SweepFiles.text(plan)
    for (old, new) in [
      ("\"points\": 3", "\"points\": 4"), ("\"grid\"", "\"cube\""), ("\"1\",", "1,"),
      ("\"unit\": \"$\"", "\"unit\": \"euro\""), ("\"replications\": 4", "\"replications\": 0"),
      ("\"a\"", "null"),
    ] {
      let damaged = text.replacing(old, with: new, maxReplacements: 1)
      #expect(damaged != text, "\(old)")
      #expect(throws: SweepFiles.Problem.self, "\(new)") {
        try SweepFiles.plan(from: json(damaged))
      }
    }
  }
}
