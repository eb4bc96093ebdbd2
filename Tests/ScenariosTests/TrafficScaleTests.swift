import Scenarios
import Testing

@Suite("Settings that multiply the traffic")
struct TrafficScaleTests {
  private func settings(_ stream: String, times: Double) throws -> [String]? {
    let source = ScenarioSource(
      name: "s.json5",
      bytes: Array(
        """
        {
          horizon: "1 h", traffic: { users: \(stream) },
          services: { app: { kind: "model", time: "10 ms" } },
        }
        """.utf8))
    let scenario = try source.scenario()
    let made = scenario.trafficSettings(times: times)
    // What was made can be read back.
    if let made { _ = try source.scenario(settings: made) }
    return made
  }

  @Test(
    "Every form of a rate",
    arguments: [
      ("{ rate: \"300/s\" }", ["traffic.users.rate=\"750/s\""]),
      ("{ rate: \"60/min\" }", ["traffic.users.rate=\"2.5/s\""]),
      (
        "{ rate: { uncertain: { p10: \"10/s\", p90: \"20/s\" } } }",
        ["traffic.users.rate={ uncertain: { p10: \"25/s\", p90: \"50/s\" } }"]
      ),
      (
        "{ rate: { peak: \"5k/s\", shape: \"consumer-day\" } }",
        ["traffic.users.rate.peak=\"12500/s\""]
      ),
      (
        "{ rate: { steps: [[\"0 min\", \"4/s\"], [\"5 min\", \"6/s\"]] } }",
        ["traffic.users.rate.steps=[[\"0 s\", \"10/s\"], [\"5 min\", \"15/s\"]]"]
      ),
    ])
  func forms(_ stream: String, _ expected: [String]) throws {
    #expect(try settings(stream, times: 2.5) == expected)
  }

  @Test("Nobody comes at 0")
  func nobody() throws {
    #expect(try settings("{ rate: \"300/s\" }", times: 0) == ["traffic.users.rate=\"0/s\""])
  }
}
