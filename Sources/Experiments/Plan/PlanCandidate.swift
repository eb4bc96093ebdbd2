import MLSystem
import Quantities
import Scenarios
import Statistics
import Syntax

/// A configuration in a race.
struct PlanCandidate {
  let index: Int
  let settings: [String]
  let variant: String?
  /// Nil where it cannot be built.
  private(set) var experiment: Experiment?
  private let scenario: Scenario?
  /// Dollars a month without traffic in each replication; empty where that bounds nothing.
  var floor: [Double] = []
  /// Kept while the point is open.
  var records: [RunRecord] = []
  /// Dollars a month of each replication run.
  private(set) var costs: [Double] = []
  private(set) var fate: Plan.Fate?
  private var observed: [Double?] = []
  private var results: Results?
  private(set) var requests = 0.0
  /// Replications run.
  private(set) var ran = 0

  init(_ index: Int, space: PlanSpace, maker: ExperimentMaker) {
    self.index = index
    settings = space.settings(of: index)
    variant = space.variant(of: index)
    do throws(DiagnosticsError) {
      let scenario = try maker.standing(on: variant).scenario(settings)
      // What only the assembly finds, such as a file that has gone, is found before the race too.
      _ = try scenario.assembleMedian()
      experiment = maker.experiment(of: scenario)
      self.scenario = scenario
    } catch {
      let found = error.diagnostics.list.first { $0.code.severity == .error }
      experiment = nil
      scenario = nil
      fate = .infeasible(
        code: found?.code.rawValue ?? "", reason: found?.message ?? "it cannot be built")
    }
  }

  /// Looks as closely as a maker has decided for all.
  mutating func look(as maker: ExperimentMaker) { experiment = experiment.map(maker.looked) }

  /// The experiment in which nobody comes; nil where its bill bounds nothing.
  func withoutTraffic(_ maker: ExperimentMaker) -> Experiment? {
    guard let scenario, let nobody = scenario.trafficSettings(times: 0),
      let empty = try? maker.standing(on: variant).scenario(settings + nobody),
      let system = try? empty.assembleMedian(),
      system.models.allSatisfy({
        $0.retraining == .never && $0.monitors.isEmpty && $0.changes.isEmpty
      })
    else { return nil }
    return maker.experiment(of: empty)
  }

  /// What it costs as far as is known: by its replications, or by its floor.
  var expectedCost: Double? { meanCost ?? mean(floor) }

  /// The mean bill of the replications run.
  var meanCost: Double? { mean(costs) }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Reads the records so far, and decides where they allow it.
  mutating func judge(at level: Double, isLast: Bool) {
    guard let experiment else { return }
    let results = experiment.join(records, level: level)
    costs = results.cost.perMonth.values.map(\.dollars)
    observed = zip(experiment.thresholds, results.verdicts).map { $0.1.observed?.estimate }
    ran = records.count
    requests = records.reduce(0) { $0 + Double($1.counts.arrived) }
    if let breach = results.verdicts.first(where: { $0.outcome == .breached }) {
      close(.breaches(threshold: breach.threshold, detail: breach.detail ?? ""))
    } else if isLast {
      let open = results.verdicts.filter { $0.outcome == .undecided }.map(\.threshold)
      // What is shown of it has the intervals that `run` would show.
      self.results = experiment.join(records)
      close(open.isEmpty ? .meets : .undecided(open))
    }
  }

  mutating func close(_ fate: Plan.Fate) {
    self.fate = fate
    records = []
  }

  func point(_ space: PlanSpace) -> Plan.Point {
    Plan.Point(
      index: index, values: space.values(of: index), settings: settings, variant: variant,
      fate: fate ?? .undecided([]), replications: ran, cost: meanCost ?? mean(floor),
      observed: observed, results: results)
  }
}
