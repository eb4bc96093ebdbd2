import MLSystem
import Quantities
import Randomness
import Testing

/// The registry tells the life of every version, and one of them is always in production.
@Suite("Registry of versions")
struct RegistryTests {
  typealias L = Lifecycle

  private func system(days: Double = 40) -> SystemModel {
    let model = L.model(
      rows: 5000, speed: 50,
      retraining: RetrainingPlan(every: L.days(2), onAlarm: false, cooldown: .zero),
      rollout: RolloutPlan(
        steps: [.init(share: 0.1, hold: L.days(1)), .init(share: 0.5, hold: L.days(2))],
        rollbackIf: [.errorsAbove(0.01)], every: .hours(1), minimumRequests: 100),
      badVersions: BadVersions(chance: 0.4, errors: 0.05))
    return L.system([L.task([.wandering(memory: L.days(30))])], [model], days: days)
  }

  /// The count of versions in production after every change, by instants.
  private func productions(_ records: [VersionRecord]) -> [Int] {
    var changes: [(at: Instant, number: Int, status: VersionStatus)] = []
    for record in records {
      for change in record.history { changes.append((change.at, record.number, change.status)) }
    }
    let instants = Set(changes.map(\.at)).sorted()
    return instants.map { instant in
      records.count { record in
        record.history.last { $0.at <= instant }?.status == .production
      }
    }
  }

  @Test(arguments: 0..<20)
  func exactlyOneVersionIsInProduction(replication: Int) {
    let run = LifecycleRun(system(), replication: replication)
    run.run()
    let records = run.plane.versions()
    #expect(records.count > 10)
    #expect(records.map(\.number) == Array(0..<records.count))
    #expect(productions(records).allSatisfy { $0 == 1 })
    for record in records {
      // Nothing follows a final state, and only the newest may be under way.
      let isOver = record.history.dropLast().contains { $0.status.isFinal }
      #expect(!isOver)
      #expect(record.history.map(\.at) == record.history.map(\.at).sorted())
    }
    let open = records.filter { !$0.status.isFinal }
    #expect(open.count <= 3)
    #expect(open.count { $0.status == .production } == 1)
    let undone = records.count { $0.status == .rolledBack }
    #expect(run.value("rollbacks") == Double(undone))
  }

  @Test func whatServesFirstIsInTheRegistry() {
    let run = LifecycleRun(L.system([L.task()], [L.model()]))
    run.run()
    let records = run.plane.versions()
    #expect(records.count == 1)
    #expect(records[0].history == [.init(status: .production, at: .start)])
    #expect(records[0].promotedAUC.map { abs($0 - 0.85) < 0.001 } == true)
  }
}
