import MLSystem
import Scenarios
import Syntax
import Testing

/// Streams that go to a model: their predictions are counted and not simulated.
@Suite struct CountedPredictionTests {
  private static let models = """
    tasks: { click: { positives: '3 %', bestQuality: { auc: 0.88 } } },
      models: { clicks: { task: 'click', features: 40 } },
    """

  @Test func `a scenario of counted predictions needs no service`() throws {
    let scenario = try load(
      """
      {
        horizon: "30d",
        traffic: { shoppers: { to: "clicks", rate: "5k/s", errors: "1 %" } },
        \(Self.models)
      }
      """)
    let model = try scenario.base.assemble(replication: 0)
    #expect(model.traffic.isEmpty)
    #expect(model.services.isEmpty)
    let stream = try #require(model.predictions.first)
    #expect(stream.name == "shoppers")
    #expect(stream.model == 0)
    #expect(stream.rate.base == 5_000)
    #expect(stream.errors == 0.01)
  }

  @Test func `what only a request has is refused`() {
    expect(
      """
      {
        horizon: "30d",
        traffic: { shoppers: { to: "clicks", rate: "5k/s", «1»items: 50 } },
        \(Self.models)
      }
      """,
      Finding(
        1, .conflictingKeys,
        "predictions of stream `shoppers` are only counted: `items` has no meaning",
        help: "take `items` away, or send the stream to a route"))
  }

  @Test func `errors of requests come from services`() {
    expect(
      minimal().replacing("to: \"search\",", with: "to: \"search\", «1»errors: '1 %',"),
      Finding(
        1, .conflictingKeys, "errors of requests come from services: `errors` has no meaning"))
  }

  @Test func `a stream goes somewhere`() {
    expect(
      """
      {
        horizon: "30d",
        traffic: { «1»shoppers: { rate: "5k/s" } },
        \(Self.models)
      }
      """,
      Finding(1, .missingKey, "stream `shoppers` goes nowhere: there are no services"))
  }
}
