import Experiments
import MLSystem
import Quantities
import Testing

@Suite struct SweepDesignTests {
  static func plan(
    _ axes: [String], _ design: SweepDesign, seed: UInt64 = 1, metrics: [SweepMetric] = []
  ) throws -> SweepPlan {
    SweepPlan(
      file: "f.json5", variant: "base", title: "t", digest: "d", toolVersion: "0.1.0", seed: seed,
      replications: 4, horizon: .seconds(10), axes: try axes.map { try SettingAxis.read($0) },
      design: design, metrics: metrics)
  }

  @Test func aGridHasAllCombinationsAndTheLastAxisIsTheFastest() throws {
    let plan = try Self.plan(["a=1..2", "b=x,y,z"], .grid)
    #expect(
      plan.points.map(\.values) == [
        ["1", "x"], ["1", "y"], ["1", "z"], ["2", "x"], ["2", "y"], ["2", "z"],
      ])
    #expect(plan.settings(of: plan.points[4]) == ["a=2", "b=y"])
  }

  @Test func tooLargeAGridIsCountedWithoutOverflow() throws {
    let axis = "1..10000"
    let plan = try Self.plan((0..<9).map { "a\($0)=\(axis)" }, .grid)
    #expect(plan.pointCount == SweepPlan.pointLimit + 1)
  }

  /// The unshifted sequence of SciPy 1.17, `qmc.Sobol(64, scramble=False, bits=32)`.
  @Test(arguments: [
    (1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]), (2, [0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.75]),
    (3, [0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.25]),
    (5, [0.875, 0.875, 0.125, 0.125, 0.625, 0.375, 0.625]),
    (100, [0.4140625, 0.2578125, 0.7734375, 0.6953125, 0.7578125, 0.1328125, 0.6484375]),
    (
      777,
      [
        0.6923828125, 0.9365234375, 0.1630859375, 0.3232421875, 0.2373046875, 0.3583984375,
        0.4267578125,
      ]
    ),
    (
      1023,
      [
        0.0009765625, 0.7529296875, 0.6123046875, 0.8505859375, 0.8662109375, 0.6982421875,
        0.0400390625,
      ]
    ),
  ])
  func theSobolSequenceIsThatOfJoeAndKuo(_ number: Int, _ expected: [Double]) {
    let point = SobolSequence(dimensions: 64).point(UInt32(number))
    #expect([0, 1, 2, 9, 20, 39, 63].map { point[$0] } == expected)
  }

  /// Of the first 2^m points one lies in each 2^-m of each axis, shifted or not.
  @Test(arguments: [nil, 7] as [UInt64?])
  func everyStretchOfEveryAxisHasOnePoint(_ seed: UInt64?) {
    let sequence = SobolSequence(dimensions: 64, seed: seed)
    let points = (0..<256).map { sequence.point($0) }
    for dimension in 0..<64 {
      #expect(Set(points.map { Int($0[dimension] * 256) }).count == 256, "\(dimension)")
    }
  }

  @Test func drawnPointsDependOnTheSeedAndTheAxisAlone() throws {
    let one = try Self.plan(["a=0..1:log".replacing("0..", with: "1e-3..")], .random(points: 50))
    let two = try Self.plan(["b=1..9", "a=1e-3..1:log"], .random(points: 20))
    #expect(two.points.map { $0.values[1] } == one.points.prefix(20).map { $0.values[0] })
    let other = try Self.plan(["a=1e-3..1:log"], .random(points: 50), seed: 2)
    #expect(other.points.map(\.values) != one.points.map(\.values))
  }

  @Test func shardsShareThePointsOut() throws {
    let points = try Self.plan(["a=1..50"], .grid).points
    let shards = (1...7).map { SweepShard(index: $0, count: 7) }
    let dealt = shards.flatMap { shard in points.filter(shard.contains) }
    #expect(dealt.map(\.number).sorted() == Array(0..<50))
    #expect(shards[2].name == "shard-3-of-7")
    #expect(SweepShard(index: 3, count: 16).name == "shard-03-of-16")
  }

  @Test func theKeyOfAPointKnowsWhatItDependsOn() throws {
    let metric = SweepMetric(name: "cost.perMonth", unit: .dollars)
    let plan = try Self.plan(["a=1..4"], .grid, metrics: [metric])
    let point = plan.points[2]
    let key = plan.key(of: point)
    var more = plan
    more.axes = [try SettingAxis.read("a=3..9")]
    #expect(more.key(of: more.points[0]) == key, "a larger design keeps its points")
    for change in [
      { (plan: inout SweepPlan) in plan.seed = 2 }, { $0.digest = "e" }, { $0.replications = 5 },
      { $0.toolVersion = "0.2.0" }, { $0.metrics = [] }, { $0.precision = 0.02 },
      { $0.fidelity = .asked(.flow) },
    ] {
      var other = plan
      change(&other)
      #expect(other.key(of: point) != key)
    }
  }
}
