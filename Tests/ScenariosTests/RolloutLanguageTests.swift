import MLSystem
import Quantities
import Randomness
import Scenarios
import Syntax
import Testing

@Suite struct RolloutLanguageTests {
  private func plan(_ rollout: String, more: String = "") throws -> ModelPlan {
    let text = scenario(rollout, more: more)
    let set: ScenarioSet
    do throws(DiagnosticsError) {
      set = try Scenario.load(named: "test.json5", bytes: Array(text.utf8), files: files([:]))
    } catch {
      Issue.record("\(DiagnosticRenderer(error.sources).text(error.diagnostics))")
      throw Missing()
    }
    guard let model = try set.base.assemble(replication: 0).models.first else { throw Missing() }
    return model
  }

  private struct Missing: Error {}

  private func scenario(_ rollout: String, more: String = "") -> String {
    minimal(
      """
      tasks: { click: { positives: '3 %', bestQuality: { auc: 0.88 } } },
      models: { m: { task: 'click', rollout: \(rollout),\(more)
        training: { rows: '1M', window: '7d', on: 'gpu', speed: '10k rows/s' },
        retraining: 'weekly' } },
      """, service: "serves: 'm',")
  }

  @Test func `every preset is a rollout that runs`() throws {
    let names = ScenarioSchema.object("rollout").presets.map(\.name)
    #expect(names.count == 12)
    for name in names {
      let plan = try plan("'\(name)'").rollout
      #expect(
        plan.rollbackIf.isEmpty == ["recreate", "rolling", "kayenta"].contains(name)
          || plan.test != nil)
    }
    let argo = try plan("'argo-canary'").rollout
    #expect(argo.controller == .argo(AnalysisMetricRules(count: 5), pause: .hours(1)))
    #expect(argo.scaleDownDelay == .seconds(30))
    let flagger = try plan("'flagger-default'").rollout
    #expect(
      flagger.controller == .flagger(.init(stepWeight: 10, maxWeight: 50, threshold: 5)))
    #expect(try plan("'ab-sequential'").rollout.test?.method == .mixture)
    let watched = try plan("'promotion-rollback'").rollout
    #expect(watched.watch == .days(1))
    #expect(
      watched.rollbackIf == [
        .errorsTimesBaseline(2), .latencyTimesBaseline(2),
        .qualityTimesBaseline(.auc, segment: nil, 0.95),
      ])
  }

  @Test func `rules are read`() throws {
    let plan = try plan(
      """
      { steps: [['5 %', '1h']], rollbackIf: ['errors > 1 %', 'latency.p95 > 300 ms',
        'latency.p50 > 1.5x baseline', 'latency > 1 s', 'accuracy < 0.8',
        'auc < 95 % of baseline'] }
      """
    ).rollout
    #expect(
      plan.rollbackIf == [
        .errorsAbove(0.01), .latencyAbove(quantile: 0.95, .seconds(0.3)),
        .quantileTimesBaseline(quantile: 0.5, 1.5), .latencyAbove(quantile: 0.99, .seconds(1)),
        .qualityBelow(.accuracy, segment: nil, 0.8),
        .qualityTimesBaseline(.auc, segment: nil, 0.95),
      ])
  }

  @Test func `parts of a rollout and changes`() throws {
    let model = try plan(
      """
      { strategy: 'rolling', surge: '50 %', unavailable: '0 %', watch: '2h', users: '2M',
        noData: 'fail', baseline: 'equal', proxy: '70 %' }
      """,
      more: """
        badVersions: { chance: '4 %', size: { exponential: { mean: '2x' } },
          brings: { latency: '2x', crashAfter: '40 min' } },
        changes: [{ of: 'prompt', every: '14d', gain: 0.002 },
          { of: 'vendor', every: { exponential: { mean: '30d' } },
            badVersions: { chance: '50 %', brings: { auc: -0.05 } } }],
        """)
    #expect(model.rollout.strategy == .rolling(surge: 0.5, unavailable: 0))
    #expect(model.rollout.users == 2_000_000)
    #expect(model.rollout.noData == .fail && model.rollout.baseline == .equal)
    #expect(model.rollout.evidence == .proxy(agreement: 0.7))
    #expect(model.badVersions?.crashesAfter == .seconds(2400))
    #expect(model.badVersions?.size == .exponential(mean: 2))
    #expect(model.changes.map(\.kind) == [.prompt, .vendor])
    #expect(model.changes[0].every == .constant(14 * 86_400))
    #expect(model.changes[1].faults?.chance == 0.5)
  }

  @Test func `what says nothing is refused`() {
    expect(
      scenario("{ steps: [['5 %', '1h']], rollbackIf: [«1»'errors >> 1'] }"),
      Finding(1, .badThreshold, "`errors >> 1` is no rule of a rollback"))
    expect(
      scenario("{ strategy: 'blue-green', «1»steps: [['5 %', '1h']] }"),
      Finding(
        1, .conflictingKeys, "blue-green has no shares: `steps` has no meaning",
        help: "take `steps` away"))
    expect(
      scenario("{ «1»surge: '20 %' }"),
      Finding(1, .conflictingKeys, "`surge` has a meaning only in a rolling update"))
    expect(
      scenario("{ steps: [['5 %', '1h']], rollbackIf: [«1»'auc[segment=new] < 0.8'] }"),
      Finding(1, .unknownName, "no segment `new` in the task of this model"))
    expect(
      scenario("{ steps: [['50 %', '1h'], «1»['5 %', '1h']] }"),
      Finding(1, .outOfRange, "the steps of a rollout must rise"))
  }
}
