import MLSystem
import Quantities
import Randomness
import Testing

/// Whom an incident of data harms, and until when.
@Suite("Harm of incidents of data")
struct IncidentHarmTests {
  typealias L = Lifecycle

  private static func run(fault days: (from: Double, to: Double), flipped: Double) -> LifecycleRun {
    var task = L.task()
    task.labels = LabelPlan(delay: .constant(0), flipped: 0)
    var system = L.system([task], [L.model(rows: 2_000, retraining: L.weekly)], days: 30)
    system.incidents = [
      DataIncident(
        at: L.day(days.from), last: L.days(days.to - days.from),
        kind: .labelFault(task: 0, flipped: flipped))
    ]
    return LifecycleRun(system)
  }

  /// 40 % of the labels of days 8 to 13 are flipped, in a world that stands still.
  ///
  /// The version of day 7 does not know of it and nobody is hurt; that of day 14 learnt from it and
  /// serves until that of day 21, which did not: seven days of one answer a second are worse by the
  /// difference.
  @Test func harmGoesOnUntilTheVersionThatLearntFromItIsReplaced() throws {
    let run = Self.run(fault: (8, 13), flipped: 0.4)
    run.run(until: L.day(13.9))
    #expect(run.plane.incidentRecords(at: L.day(13.9)).first?.hurt == 0)
    let before = run.version().accuracy
    run.run(until: L.day(20))
    let spoilt = run.version().accuracy
    #expect(run.version().lineage.incidents == [0])
    #expect(before - spoilt > 0.001)
    run.run()
    let record = try #require(run.plane.incidentRecords(at: L.day(30)).first)
    let expected = 7 * 86_400 * (before - spoilt)
    #expect(abs(record.hurt / expected - 1) < 0.01)
    // Recovered with the first tick after the version of day 21, which takes minutes to train.
    let recovered = try #require(record.recovered)
    #expect(recovered >= L.day(21) && recovered < L.day(21.2))
    #expect(record.ended == L.day(13))
    #expect(run.version().lineage.incidents.isEmpty)
  }

  /// An hour of a week is less than a twentieth: what the next versions lack is not of its making.
  @Test func aFaultOfAnHourIsForgottenWhenItIsOver() throws {
    let run = Self.run(fault: (8, 8 + 1.0 / 24), flipped: 0.4)
    run.run()
    let record = try #require(run.plane.incidentRecords(at: L.day(30)).first)
    #expect(record.hurt == 0)
    #expect(record.recovered.map { $0 < L.day(8.2) } == true)
  }
}
