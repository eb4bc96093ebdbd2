import Scenarios
import Syntax
import Testing

@Suite struct BrokenReferenceTests {
  @Test func `names must be declared, as what is needed`() {
    expect(
      minimal().replacing("[\"embed\"]", with: "[«1»\"embd\"]"),
      Finding(
        1, .unknownName, "no `embd` in `services` or `routes`", help: "did you mean `embed`?"))
    expect(
      minimal().replacing("on: \"gpu\"", with: "on: «1»\"search\""),
      Finding(1, .wrongNameKind, "`search` is a route, not a pool of hardware"))
    expect(
      minimal("slos: { up: { of: «1»'serch', good: 'answered', target: '99 %' } },"),
      Finding(1, .unknownName, "no `serch` in `routes`", help: "did you mean `search`?"))
  }

  @Test func `all maps share one namespace`() {
    expect(
      minimal("tasks: { «1»gpu: { positives: '3 %', bestQuality: { auc: 0.8 } } },"),
      Finding(
        1, .doubledName, "`gpu` is a pool of hardware already",
        help: "all maps share one namespace: rename one"))
  }

  @Test func `a route may not come back to itself`() {
    let text = minimal().replacing(
      "routes: {", with: "routes: { «1»a: ['b'], b: ['embed', 'c'], c: ['a'],")
    expect(
      text.replacing("to: \"search\"", with: "to: \"search\""),
      Finding(1, .routeCycle, "route `a` comes back to itself"))
  }

  @Test func `a service that nobody calls is an error`() {
    expect(
      minimal().replacing(
        "services: {", with: "services: { «1»store: { kind: 'lookup', latency: '3 ms' },"),
      Finding(
        1, .uncalledService, "nobody calls service `store`",
        help: "name it in the steps of a route, or take it away"))
  }

  @Test func `routes are needed where there is more than one service`() {
    let text = """
      {
        horizon: "1h",
        traffic: { users: { rate: "10/s" } },
        «1»services: {
          one: { kind: "lookup", latency: "1 ms" }, two: { kind: "lookup", latency: "1 ms" },
        },
      }
      """
    expect(
      text,
      Finding(
        1, .missingKey, "`routes` is missing in the scenario: there is more than one service"))
  }

  @Test func `what a nested route says besides its steps would be lost`() {
    let text = minimal().replacing(
      "routes: { search: { steps: [\"embed\"],",
      with: "routes: { inner: { steps: ['embed'], «1»timeout: '1 s' }, search: { steps: ['inner'],")
    expect(
      text,
      Finding(
        1, .notSimulated,
        "`timeout` of `inner` is not simulated: another route has it as a step"))
  }

  @Test func `rows of the catalogue must exist`() {
    expect(
      minimal().replacing("\"aws/g6.xlarge\"", with: "«1»\"aws/g6.xlrge\""),
      Finding(
        1, .unknownRow, "the catalogue has no instance `aws/g6.xlrge`",
        help: "did you mean `aws/g6.xlarge`?"))
  }

  @Test func `machines need a price for their region and way of buying`() {
    expect(
      minimal().replacing("\"us-east-1\"", with: "«1»\"us-esat-1\""),
      Finding(
        1, .unpriced, "no price of `aws/g6.xlarge` in `us-esat-1`",
        help: "did you mean `us-east-1`?"))
    expect(
      minimal(pool: "price: '$1/h',").replacing("\"us-east-1\"", with: "\"mars\""))
    expect(
      minimal(pool: "buy: ['on-demand', «1»{ committed: 2, term: '3 years' }],").replacing(
        "aws/g6.xlarge", with: "aws/p5.48xlarge"),
      Finding(
        1, .unpriced, "no price of `aws/p5.48xlarge` committed, 3 years",
        help: "add price: \"$…/h\" to it"))
  }

  @Test func `events after the horizon`() {
    expect(
      minimal(stream: "surges: [{ at: «1»'2h', factor: '3x', last: '1 min' }],"),
      Finding(1, .afterHorizon, "the horizon ends before this"))
    expect(
      minimal("warmUp: «1»'1h',"),
      Finding(1, .afterHorizon, "the warm-up leaves nothing of the horizon to count"))
  }

  @Test func `traces are looked for before a run`() throws {
    let text = minimal().replacing(
      "rate: \"10/s\"",
      with: "trace: { file: «1»'hour.csv', format: 'azure-llm', from: 'https://example.org' }")
    expect(
      text,
      Finding(
        1, .unreadableFile, "cannot read `hour.csv`: there are no files",
        help: "give its folder with --data or TOWTANK_DATA"))
    expect(
      text.replacing("hour.csv", with: "../hour.csv"),
      Finding(1, .pathEscape, "`../hour.csv` leaves the folder of the scenario"))
    expect(
      text.replacing("hour.csv", with: "/etc/passwd"),
      Finding(1, .pathEscape, "`/etc/passwd` leaves the folder of the scenario"))
    expect(
      text.replacing("format: 'azure-llm'", with: "format: 'csv'").replacing(
        "trace: {", with: "trace: «2»{"),
      files: files(["hour.csv": ""]),
      Finding(2, .missingKey, "the trace of stream `users` needs the column of its times"))
  }

  @Test func `replicas, batches and targets must fit together`() {
    expect(
      minimal(service: "replicas: «1»{ min: 4, max: 2 },"),
      Finding(
        1, .outOfRange, "replicas of `embed` must be min <= initial <= max, not 4, 4, 2"))
    expect(
      minimal(service: "replicas: «1»{ min: 2, max: 4 },"),
      Finding(
        1, .missingKey, "nothing moves the replicas of `embed` between 2 and 4",
        help: "add autoscaling: { preset: \"kubernetes-hpa\" }"))
    expect(
      minimal(service: "batching: «1»{ delay: '5 ms' },"),
      Finding(1, .missingKey, "batching of `embed` needs `max` or `maxItems`"))
    expect(
      minimal(service: "autoscaling: { metric: 'busy', target: «1»60 },"),
      Finding(1, .outOfRange, "the target of `busy` is a share of time", help: "write \"60 %\""))
  }

  @Test func `priorities are those of tenants`() {
    expect(
      minimal(
        stream: "tenants: { free: 0.7, paid: 0.3 }, «2»priority: { paid: 0, «1»fre: 1 },"),
      Finding(2, .missingKey, "tenant `free` has no priority", help: "add free: 0"),
      Finding(
        1, .unknownName, "stream `users` has no tenant `fre`", help: "did you mean `free`?"))
  }

  @Test func `weights must fit the memory of a replica`() {
    let llm = """
      {
        horizon: "1h",
        traffic: { users: { rate: "1/s", prompt: 100, output: 100 } },
        services: { llm: { kind: "llm", serves: "big", on: «1»"gpu" } },
        models: { big: { base: "meta-llama/Llama-3.1-70B" } },
        hardware: { gpu: { instance: "aws/p5.48xlarge", region: "us-east-1" } },
      }
      """
    expect(
      llm,
      Finding(
        1, .doesNotFit,
        // 80 layers of 855,638,016 parameters and two tables of 8,192 x 128,256 in two bytes each;
        // 0.9 of 80 GiB less 1.5 GB.
        "`llm`: meta-llama/Llama-3.1-70B in bf16 does not fit: 141.1 GB of weights per H100, "
          + "which has 75.8 GB for weights and KV cache; "
          + "it takes at least 2 accelerators per replica"))
    expect(llm.replacing("on: «1»", with: "parallel: { tensor: 4 }, on: "))
    expect(
      llm.replacing("on: «1»", with: "parallel: { tensor: «1»3, pipeline: 1 }, on: "),
      Finding(1, .outOfRange, "the 64 heads of `meta-llama/Llama-3.1-70B` cannot be split by 3"))
    expect(
      llm.replacing("prompt: 100, ", with: "").replacing("users:", with: "«2»users:").replacing(
        "on: «1»", with: "parallel: { tensor: 4 }, on: "),
      Finding(2, .missingKey, "`prompt` is missing in stream `users`: `llm` counts tokens"))
  }

  @Test func `rules and learned models are told apart`() {
    let task = "tasks: { click: { positives: '3 %', bestQuality: { auc: 0.88 } } },"
    expect(
      minimal(task + "models: { «1»rule: { rule: true, quality: { auc: 0.7 } } },"),
      Finding(1, .missingKey, "`task` is missing in rule `rule`"))
    expect(
      minimal(task + "models: { m: { task: 'click', «1»quality: { auc: 0.7 } } },"),
      Finding(1, .conflictingKeys, "a fixed quality is for a rule, and `m` is none"))
    expect(
      minimal(task + "models: { m: { task: 'click', «1»retraining: 'weekly' } },"),
      Finding(1, .missingKey, "`training` is missing in model `m`, which is retrained"))
    expect(
      minimal(
        task + "models: { m: { task: 'click', learningCurve: [['1M', «1»{ auc: 0.9 }]] } },"),
      Finding(1, .outOfRange, "no learner gets above the best reachable AUC, 0.88"))
    expect(
      minimal(task + "models: { m: { task: 'click' } },", route: "fallback: «1»'m',"),
      Finding(
        1, .wrongNameKind, "the fallback `m` is no rule, so it needs a server to answer"))
    expect(
      minimal(
        task + "models: { m: { task: 'click', rollout: { rollbackIf: [«1»'bad > 1 %'] } } },"),
      Finding(1, .badThreshold, "`bad > 1 %` is no rule of a rollback"))
  }
}
