import DiscreteEvents
import MLSystem
import Quantities
import Randomness
import Testing

/// LLM servers and services with several kinds of request.
@Suite struct SurfaceServerTests {
  /// Iterations of 20 ms and 0.5 ms a sequence, 8 sequences, answers of 11 to 29 tokens.
  private static let chat = SurfaceSpec(
    kind: .llm(
      LLMServerPlan(
        rules: SchedulerRules(tokenBudget: 512, maximumSequences: 8, blocks: 4000),
        time: .linear(
          base: 20e6, perToken: 1e3, perSequence: 500e3, perPair: 0, perContext: 0, tokens: 512),
        frontEnd: .milliseconds(3))),
    members: [
      SurfaceSpec.Member(
        weight: 4096,
        size: RequestSize(prompt: .constant(32), output: .uniform(low: 10.5, high: 29.5)))
    ])

  /// A replica that is always full ends one of its 8 sequences every twentieth iteration of 24 ms,
  /// and computes 32 prompt tokens for it, of 1 µs each: 1 / (20 · 24.04 ms / 8 + 0.03 ms).
  @Test func capacityOfGenerations() throws {
    let service = try SaturatedService.measured(SurfaceRun(Self.chat, effort: 0.05))
    let exact = 1 / (20 * 0.024_008 / 8 + 32e-6)
    #expect(abs(service.capacity / exact - 1) < 0.02)
    // Eight in service, and those that stand before the engine for 3 ms.
    #expect(abs(service.serving - 8 - exact * 0.003) < 0.25)
    let law = try #require(service.laws.law(.latency))
    #expect(abs(law.quantile(0.5) / (20 * 0.024e9 + 3e6) - 1) < 0.06)
    let token = try #require(service.laws.law(.perToken))
    #expect(abs(token.quantile(0.5) / 0.024e9 - 1) < 0.02)
    #expect(service.error < 0.02)
  }

  @Test func aNodeOfGenerations() throws {
    let run = SurfaceRun(Self.chat, effort: 0.1)
    let saturation = try SaturatedService.measured(run)
    let node = try SurfaceNode.measured(
      run, replicas: 2, load: 0.5, place: 4, saturation: saturation)
    // Little's law: what is in system is what comes times how long it stays.
    let law = try #require(node.laws.law(.latency))
    let inSystem = 0.5 * saturation.capacity * law.mean * 1e-9
    #expect(abs(node.number / inSystem - 1) < 0.05)
    let first = try #require(node.laws.law(.firstToken))
    #expect(first.quantile(0.5) < law.quantile(0.5) / 5)
  }

  /// A quarter of the requests have ten items, the others one, at 1 ms an item in batches of one.
  @Test func membersHaveLawsOfTheirOwn() throws {
    let spec = SurfaceSpec(
      kind: .model(ModelServerPlan(time: .affine(fixed: .zero, perItem: .milliseconds(1)))),
      balancer: .random,
      members: [
        SurfaceSpec.Member(weight: 1024, size: RequestSize(items: .constant(10))),
        SurfaceSpec.Member(weight: 3072, size: RequestSize(items: .constant(1))),
      ])
    let run = SurfaceRun(spec, effort: 0.3)
    let saturation = try SaturatedService.measured(run)
    #expect(abs(saturation.capacity / (1000 / 3.25) - 1) < 0.001)
    let node = try SurfaceNode.measured(
      run, replicas: 1, load: 0.05, place: 0, saturation: saturation)
    let slow = try #require(node.laws.law(.latency, 0))
    let fast = try #require(node.laws.law(.latency, 1))
    #expect(abs(slow.quantile(0.5) / 10e6 - 1) < 0.02)
    #expect(abs(fast.quantile(0.5) / 1e6 - 1) < 0.02)
    #expect(abs(node.busy - 0.05) < 0.005)
  }

  /// One server, room for two more: M/M/1/3 at ρ = 0.8 turns 0.8³ · 0.2 / (1 - 0.8⁴) = 0.173 away.
  @Test func aLimitTurnsAway() throws {
    var spec = SurfaceNodeTests.spec(.random(.exponential(mean: 1)))
    spec.queue.limit = 2
    let run = SurfaceRun(spec, effort: 0.2)
    let node = try SurfaceNode.measured(
      run, replicas: 1, load: 0.8, place: 5, saturation: .measured(run))
    #expect(abs(node.dropped - 0.1735) < 0.015)
  }
}
