import Scenarios
import Syntax
import Testing

@Suite struct BrokenStructureTests {
  @Test func `an unknown key is an error with the key that was meant`() {
    expect(
      minimal(service: "«1»replcas: { min: 4 },"),
      Finding(
        1, .unknownKey, "unknown key `replcas` in service `embed`", help: "did you mean `replicas`?"
      ))
    expect(
      minimal("«1»horizn: '2h',"),
      Finding(1, .unknownKey, "unknown key `horizn`", help: "did you mean `horizon`?"))
    expect(
      minimal(service: "batching: { max: 8, «1»dealy: '5 ms' },"),
      Finding(1, .unknownKey, "unknown key `dealy` in `batching`", help: "did you mean `delay`?"))
  }

  @Test func `a key one level too high is sent where it belongs`() {
    expect(
      minimal(service: "«1»maxItems: 8,"),
      Finding(
        1, .unknownKey, "unknown key `maxItems` in service `embed`",
        help: "`maxItems` belongs in `batching`"))
  }

  @Test func `keys that are needed are named with an example`() {
    expect(
      "«1»{ traffic: {}, services: {} }",
      Finding(1, .missingKey, "`horizon` is missing in the scenario", help: "add horizon: \"30d\""))
    expect(
      minimal().replacing("kind: \"model\", ", with: "").replacing("embed: {", with: "embed: «1»{"),
      Finding(1, .missingKey, "`kind` is missing in service `embed`", help: "add kind: \"model\""))
    expect(
      minimal().replacing("time: \"10 ms\",", with: "").replacing("embed: {", with: "embed: «1»{"),
      Finding(
        1, .missingKey, "`time` is missing in service `embed`",
        help: "add time: { fixed: \"0.6 ms\", perItem: \"9 us\" }"))
    expect(
      minimal().replacing("region: \"us-east-1\",", with: "").replacing(
        "gpu: {", with: "gpu: «1»{"),
      Finding(1, .missingKey, "`region` is missing in pool `gpu`"))
  }

  @Test func `a value of the wrong kind is named with what is taken`() {
    expect("«1»[1, 2]", Finding(1, .wrongType, "a scenario is an object, not a list"))
    expect(
      minimal("replications: '«1»many',"),
      Finding(1, .badQuantity, "`replications`: a number is expected here"))
    expect(
      minimal("title: «1»12,"), Finding(1, .wrongType, "`title` takes a text, not a number"))
    expect(
      minimal("slos: «1»[],"), Finding(1, .wrongType, "`slos` takes named entries, not a list"))
    expect(
      minimal("thresholds: «1»'cost.total < $5',"),
      Finding(1, .wrongType, "`thresholds` takes a list, not a text"))
    expect(
      minimal(service: "batching: «1»16,"),
      Finding(1, .wrongType, "`batching` takes an object, not a number"))
    expect(
      minimal(service: "replicas: «1»true,"),
      Finding(1, .wrongType, "`min` takes a whole number, not true"))
    expect(
      minimal(route: "retries: { max: 1, budget: «1»[] },"),
      Finding(1, .wrongType, "`budget` takes a share such as \"99.9 %\", not a list"))
  }

  @Test func `kinds, presets and choices are looked up`() {
    expect(
      minimal().replacing("\"model\"", with: "«1»\"modle\""),
      Finding(1, .unknownKind, "`modle` is no kind of service", help: "did you mean `model`?"))
    expect(
      minimal(service: "autoscaling: { preset: «1»'kubernetes-hap' },"),
      Finding(
        1, .unknownPreset, "no preset `kubernetes-hap` of `autoscaling`",
        help: "did you mean `kubernetes-hpa`?"))
    expect(
      minimal(service: "balancer: «1»'powr-of-two',"),
      Finding(
        1, .unknownChoice, "`powr-of-two` is no choice of `balancer`",
        help: "did you mean `power-of-two`?"))
  }

  @Test func `names follow their rule`() {
    expect(
      minimal("tasks: { «1»Click_Rate: { positives: '3 %', bestQuality: { auc: 0.8 } } },"),
      Finding(
        1, .badName, "`Click_Rate` cannot be a name",
        help: "names are a-z, 0-9 and `-`, such as `click-rate`"))
    expect(
      minimal("tasks: { «1»cost: { positives: '3 %', bestQuality: { auc: 0.8 } } },"),
      Finding(1, .badName, "`cost` is a word of the language"))
  }

  @Test func `doubled keys point at both places`() throws {
    let error = try #require(mistakes(minimal("horizon: '2h',")))
    #expect(error.diagnostics.list.map(\.message) == ["key `horizon` is there twice"])
    #expect(error.diagnostics.list[0].secondary.count == 1)
  }

  @Test func `lists have their lengths`() {
    expect(
      minimal().replacing("steps: [\"embed\"]", with: "steps: «1»[]"),
      Finding(1, .wrongCount, "`steps` needs at least 1 entries, not 0"))
    expect(
      minimal().replacing("rate: \"10/s\"", with: "rate: { peak: '1/s', shape: «1»[1, 2] }"),
      Finding(1, .wrongCount, "a shape has 24 or 168 hours, not 2"))
  }

  @Test func `keys that exclude each other are named together`() {
    expect(
      minimal().replacing(
        "rate: \"10/s\"", with: "rate: { peak: '1/s', «1»steps: [['0 s', '1/s']] }"),
      Finding(
        1, .conflictingKeys, "the rate of stream `users` has `peak` and `steps`",
        help: "give one of them"))
    expect(
      minimal(stream: "«1»trace: { file: 'a.csv', format: 'azure-llm' },"),
      files: files(["a.csv": ""]),
      Finding(1, .conflictingKeys, "stream `users` has both `rate` and `trace`"))
    expect(
      minimal().replacing("rate: \"10/s\",", with: "").replacing("users:", with: "«1»users:"),
      Finding(
        1, .missingKey, "stream `users` needs `rate` or `trace`", help: "add rate: \"10/s\""))
  }
}
