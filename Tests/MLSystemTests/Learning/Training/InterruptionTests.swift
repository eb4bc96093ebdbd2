import DiscreteEvents
import MLSystem
import Pricing
import Quantities
import Randomness
import Testing

/// Trainings whose pool goes down.
///
/// A training of 604,800 rows at 100 a second takes 6,048 s on two machines at 3.60 $/h. Its pool
/// is out from 3,000 to 6,550 s after its start, and is asked for machines every five minutes: the
/// training goes on at 6,600 s.
@Suite("Interrupted trainings")
struct InterruptionTests {
  private static let begin = Instant.start + .seconds(8 * 86_400)

  private func run(
    checkpointEvery: Duration? = nil, evaluate: PipelinePlan.Stage? = nil,
    at place: SystemIncident.Place = .pool(0), after: Double = 3_000
  ) throws -> RunRecord {
    var training = TrainingPlan(
      rows: 1e6, window: .seconds(7 * 86_400), pool: 0, instances: 2, speed: 100, labelRate: 1)
    training.checkpointEvery = checkpointEvery
    var model = ModelPlan(
      name: "m", task: 0, features: 20, training: training,
      retraining: RetrainingPlan(
        every: nil, onAlarm: false, cooldown: .zero,
        triggers: [TrainingTrigger(.at([Self.begin]))]))
    model.pipeline = PipelinePlan(evaluate: evaluate)
    let price = try #require(UnitPrice.dollars("3.6"))
    var pool = HardwarePool(
      name: "cpu", instance: "test/one", region: "here", accelerators: 0,
      provisioning: .constant(30),
      offers: [PurchaseOffer(.onDemand, quote: PriceQuote(price, row: "test"))])
    pool.zones = [0]
    var system = SystemModel(
      start: CalendarInstant(year: 2024, month: 1, day: 1), horizon: .seconds(9 * 86_400),
      traffic: [], routes: [], services: [],
      tasks: [
        PredictionTask(
          name: "t", positives: 0.3, bestAUC: 0.85, labels: LabelPlan(delay: .constant(0)),
          drifts: [])
      ], models: [model], limits: RunLimits())
    system.pools = [pool]
    system.zones = ["a"]
    system.systemIncidents = [
      SystemIncident(
        name: "gone", at: Self.begin + .seconds(after), last: .seconds(6_550 - after),
        kind: .outage(place))
    ]
    return try system.simulate(seed: 1, replication: 0)
  }

  private func expect(
    _ record: RunRecord, trainedAfter seconds: Double, paid: Double,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let version = try #require(record.versions.last, sourceLocation: location)
    #expect(version.number == 1, sourceLocation: location)
    #expect(
      abs((version.trainedAt - Self.begin).seconds - seconds) < 1, sourceLocation: location)
    #expect(abs(version.machineHours - 2 * paid / 3_600) < 1e-3, sourceLocation: location)
    // Two machines at a tenth of a cent a second; nothing is paid while they are gone.
    #expect(
      abs(record.ledger.total.known.dollars - 0.002 * paid) < 0.003, sourceLocation: location)
  }

  @Test("Without checkpoints all work is lost and paid twice")
  func lost() throws {
    try expect(run(), trainedAfter: 6_600 + 6_048, paid: 3_000 + 6_048)
  }

  @Test("With checkpoints every 900 s the work after the third is lost")
  func resumed() throws {
    let record = try run(checkpointEvery: .seconds(900))
    try expect(record, trainedAfter: 6_600 + 3_348, paid: 3_000 + 3_348)
    #expect(record.timeline.contains { $0.detail.contains("of work lost") })
  }

  @Test("A zone that is the only one of its pool stops trainings as well")
  func zone() throws {
    try expect(
      run(checkpointEvery: .seconds(900), at: .zone(0)), trainedAfter: 6_600 + 3_348,
      paid: 3_000 + 3_348)
  }

  @Test("What was learnt before an evaluation is kept with checkpoints, the evaluation is not")
  func evaluated() throws {
    let stage = PipelinePlan.Stage(takes: .constant(1_000))
    let record = try run(checkpointEvery: .seconds(900), evaluate: stage, after: 6_348)
    // 300 s of the evaluation are done again.
    try expect(record, trainedAfter: 6_600 + 1_000 + 48, paid: 6_348 + 1_000)
  }
}
