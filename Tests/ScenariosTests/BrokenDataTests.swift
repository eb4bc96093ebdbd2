import Scenarios
import Syntax
import Testing

/// A scenario with a model that learns and a lookup on its route, and room for data and incidents.
private func learning(_ data: String, _ incidents: String = "", extra: String = "") -> String {
  """
  {
    horizon: "30d",
    traffic: { users: { to: "rank", rate: "10/s" }, others: { to: "plain", rate: "1/s" } },
    routes: { rank: ["store", "ranker"], plain: ["other"] },
    services: {
      store: { kind: "lookup", latency: "3 ms" },
      ranker: { kind: "model", serves: "clicks", time: "10 ms", replicas: 1 },
      other: { kind: "lookup", latency: "3 ms" },
    },
    tasks: { click: { positives: "3 %", bestQuality: { auc: 0.85 } } },
    models: {
      clicks: { task: "click", features: 40, training: { rows: "1M", window: "28d" } },
      rules: { task: "click", rule: true, quality: { auc: 0.7 } },
    },
    data: { \(data) },
    incidents: [ \(incidents) ],
    \(extra)
  }
  """
}

@Suite struct BrokenDataTests {
  @Test func `a source feeds what is declared and holds features`() {
    expect(
      learning("a: { kind: 'stream', feeds: [«1»'clik'] }"),
      Finding(
        1, .unknownName, "no `clik` in `tasks` or `services` or `models`",
        help: "did you mean `click`?"))
    expect(
      learning("a: { kind: 'stream', feeds: [«1»'ranker'], weight: '35 %' }"),
      Finding(
        1, .wrongNameKind, "`ranker` is no lookup, so it holds no features",
        help: "name a lookup, or the model that reads the features"))
    expect(
      learning("a: { kind: 'stream', feeds: ['click', «1»'other'] }"),
      Finding(
        1, .notSimulated, "no model is asked on a route through `other`",
        help: "name the model that reads the features"))
  }

  @Test func `features need a weight and labels have none`() {
    expect(
      learning("«1»a: { kind: 'batch', feeds: ['store'] }"),
      Finding(
        1, .missingKey, "`weight` is missing in source `a`, which feeds features",
        help: "add weight: \"35 %\""))
    expect(
      learning("a: { kind: 'stream', feeds: ['click'], «1»weight: '35 %' }"),
      Finding(
        1, .conflictingKeys, "source `a` feeds labels alone: `weight` has no meaning",
        help: "take `weight` away"))
  }

  @Test func `the features of a model weigh no more than all of it`() {
    expect(
      learning(
        "a: { kind: 'stream', feeds: ['store'], weight: '60 %' }, "
          + "b: { kind: 'batch', feeds: ['clicks'], weight: «1»'50 %' }"),
      Finding(1, .outOfRange, "the features of model `clicks` weigh more than 100 %"))
  }

  @Test func `an incident needs a source, features and a time within the horizon`() {
    let data = "profiles: { kind: 'batch', feeds: ['store'], weight: '35 %' }"
    expect(
      learning(data, "{ kind: 'source-outage', at: '5d', last: '1d', source: «1»'profile' }"),
      Finding(1, .unknownName, "no `profile` in `data`", help: "did you mean `profiles`?"))
    expect(
      learning(data, "{ kind: 'stale-features', at: '5d', source: «1»'profiles' }"),
      Finding(
        1, .missingKey, "the features of `profiles` do not age, so stale ones are as good",
        help: "add memory: \"20d\" to the source"))
    expect(
      learning(data, "«1»{ kind: 'schema-change', at: '5d', model: 'clicks' }"),
      Finding(
        1, .missingKey, "which features? neither `features` nor `weight` is given",
        help: "add features: 3, or weight: \"30 %\""))
    expect(
      learning(data, "{ kind: 'schema-change', at: '5d', model: 'clicks', features: «1»50 }"),
      Finding(1, .outOfRange, "model `clicks` looks at 40 features only"))
    expect(
      learning(data, "{ kind: 'schema-change', at: '5d', model: «1»'rules', features: 1 }"),
      Finding(1, .notSimulated, "model `rules` learnt nothing that features could spoil"))
    expect(
      learning(data, "{ kind: 'label-fault', at: «1»'31d', task: 'click', flipped: '20 %' }"),
      Finding(1, .afterHorizon, "the horizon ends before this"))
    expect(
      learning(
        data,
        "{ kind: 'broken-feature', at: '5d', model: 'clicks', features: 2, «1»scale: 100 }"),
      Finding(
        1, .conflictingKeys, "only another unit has a `scale`",
        help: "add to: \"other-unit\""))
  }

  @Test func `thresholds may ask for the data score`() {
    let data = "a: { kind: 'stream', feeds: ['click'], validation: 'data-score-18' }"
    expect(
      learning(
        data, extra: "thresholds: ['click.data-score.worst >= 18', 'clicks.refused-data <= 1']"))
  }
}
