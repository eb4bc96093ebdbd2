import MLSystem
import Quantities
import Randomness
import Scenarios
import Syntax
import Testing

private func system(_ incidents: String, extra: String = "") -> String {
  """
  {
    horizon: "30d",
    traffic: { users: { to: "rank", rate: "10/s" } },
    routes: { rank: ["store", "ranker"] },
    services: {
      store: { kind: "lookup", latency: "3 ms" },
      ranker: { kind: "model", time: "10 ms", replicas: 2, on: "cpu" },
    },
    hardware: {
      cpu: { instance: "aws/g6.xlarge", region: "us-east-1", zones: ["a", "b"] },
    },
    incidents: [ \(incidents) ],
    \(extra)
  }
  """
}

@Suite struct IncidentLanguageTests {
  @Test func `incidents hit services, pools and zones by name`() throws {
    let scenario = try load(
      system(
        """
        { kind: 'outage', at: '5d', of: 'ranker', last: '20 min' },
        { kind: 'slow-down', at: '6d', of: 'cpu', factor: '3x', repair: '10 min' },
        { kind: 'zone-outage', at: '7d', zone: 'b', last: '2h', name: 'storm' },
        { kind: 'errors', at: '8d', of: 'store', share: '20 %', last: '1h' },
        { kind: 'capacity-loss', at: '9d', of: 'cpu', share: '50 %', last: '1h' },
        { kind: 'price-spike', at: '10d', of: 'cpu', factor: '4x', last: '2d' },
        { kind: 'outage', at: '11d', of: 'ranker', last: '20 min' },
        """))
    let model = try scenario.base.assembleMedian()
    #expect(model.zones == ["a", "b"])
    #expect(model.pools[0].zones == [0, 1])
    #expect(
      model.systemIncidents.map(\.name) == [
        "ranker-outage", "cpu-slow-down", "storm", "store-errors", "cpu-capacity-loss",
        "cpu-price-spike", "ranker-outage-2",
      ])
    #expect(
      model.systemIncidents.map(\.kind) == [
        .outage(.service(1)), .slowDown(.pool(0), factor: 3), .outage(.zone(1)),
        .errors(.service(0), share: 0.2), .capacityLoss(.pool(0), share: 0.5),
        .priceSpike(.pool(0), factor: 4), .outage(.service(1)),
      ])
    #expect(model.systemIncidents[1].repair == .constant(600))
    #expect(model.systemIncidents[1].last == nil)
    #expect(scenario.base.incidentNames == model.systemIncidents.map(\.name))
  }

  @Test func `an incident ends by itself or by somebody`() {
    expect(
      system("«1»{ kind: 'outage', at: '5d', of: 'ranker' }"),
      Finding(
        1, .missingKey, "how long? neither `last` nor `repair` is given",
        help: "add last: \"40 min\", or repair: \"10 min\" for the on-call"))
  }

  @Test func `an incident names what there is`() {
    expect(
      system("{ kind: 'outage', at: '5d', of: «1»'rank', last: '1h' }"),
      Finding(1, .wrongNameKind, "`rank` is a route, not a service or a pool of hardware"))
    expect(
      system("{ kind: 'zone-outage', at: '5d', zone: «1»'bb', last: '1h' }"),
      Finding(1, .unknownName, "no pool has machines in zone `bb`", help: "did you mean `b`?"))
    expect(
      system("{ kind: 'capacity-loss', at: '5d', of: «1»'store', share: '50 %', last: '1h' }"),
      Finding(
        1, .notSimulated, "lookup `store` has no replicas that could be lost",
        help: "use kind: \"slow-down\", \"errors\" or \"outage\""))
    expect(
      system("{ kind: 'price-spike', at: '5d', of: «1»'store', factor: '2x', last: '1h' }"),
      Finding(
        1, .notSimulated, "service `store` has no price per call that could rise",
        help: "name the pool of its machines"))
  }

  @Test func `names of incidents are taken once`() {
    expect(
      system("{ kind: 'outage', at: '5d', of: 'ranker', last: '1h', name: «1»'store' }"),
      Finding(
        1, .doubledName, "`store` is a service already",
        help: "metrics go by this name: choose another"))
    expect(
      system(
        """
        { kind: 'outage', at: '5d', of: 'ranker', last: '1h', name: 'storm' },
        { kind: 'outage', at: '6d', of: 'ranker', last: '1h', name: «1»'storm' },
        """),
      Finding(
        1, .doubledName, "`storm` is an incident already",
        help: "metrics go by this name: choose another"))
    expect(
      system("{ kind: 'outage', at: '5d', of: 'ranker', last: '1h', name: «1»'Storm' }"),
      Finding(1, .badName, "`Storm` cannot be a name", help: "names are a-z, 0-9 and `-`"))
  }

  @Test func `thresholds may ask for what an incident did`() throws {
    let incident = "{ kind: 'outage', at: '5d', of: 'ranker', last: '1h' }"
    let good = try load(
      system(incident, extra: "thresholds: ['ranker-outage.time-to-recover < 2h']"))
    #expect(good.base.thresholds.count == 1)
  }
}
