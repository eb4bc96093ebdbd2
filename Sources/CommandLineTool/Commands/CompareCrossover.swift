import Experiments
import MLSystem
import Quantities
import Scenarios
import Syntax

extension Tool {
  /// Requests that looking for crossovers unasked may simulate.
  private static let cheapRequests = 2e6

  /// The streams that `--crossover` names; nil where it is not given.
  func crossedStreams(_ base: Scenario, _ arguments: Arguments) throws -> [String]? {
    let wanted = arguments.values("--crossover")
    let known = base.names(of: .stream)
    for name in wanted where !known.contains(name) {
      let near = EditDistance.suggestion(for: name, among: known)
      throw CommandFailure(
        .usage,
        "error: no stream \(VisibleText.quoted(name)) to multiply\n"
          + (near.map { "help: did you mean `\($0)`?" }
            ?? "help: there are \(known.joined(separator: ", "))"))
    }
    return wanted.isEmpty ? nil : wanted
  }

  /// Runs the arms at multiples of their traffic: of the named streams, or of all where that is
  /// cheap.
  func crossover(
    _ comparison: Comparison, _ parts: [ComparedArm], _ experiments: [Experiment],
    streams: [String]?, _ arguments: Arguments
  ) async throws -> Crossover? {
    let base = parts[comparison.baseline].scenario
    let traffic = base.resolvedText(at: ["traffic"])
    let alike = parts.indices.filter {
      $0 != comparison.baseline && parts[$0].scenario.resolvedText(at: ["traffic"]) == traffic
    }
    let results = comparison.arms[comparison.baseline].results
    guard !alike.isEmpty, results.identity.replications > 1,
      streams != nil || isCheap(comparison, [comparison.baseline] + alike)
    else { return nil }
    let all = base.names(of: .stream)
    let chosen = streams ?? all
    let search = CrossoverSearch(
      baseline: comparison.baseline, arms: alike, armCount: parts.count, streams: chosen,
      rate: chosen.count == all.count ? rate(results) : nil, level: comparison.level,
      margin: comparison.margins[.dollars])
    return try await search.run(known: comparison.arms.map { Crossover.Outcome($0) }) {
      arm, multiple in
      let part = parts[arm]
      let settings = part.scenario.trafficSettings(times: multiple, of: chosen) ?? []
      let variant = part.scenario.variant
      let scenario: Scenario
      do throws(DiagnosticsError) {
        scenario = try part.source.scenario(variant: variant, settings: settings)
      } catch {
        throw failure(error, in: part.source.name)
      }
      let label = "\(part.name) at \(multiple)x"
      // All multiples are looked at as the comparison was, whose runs are the one of 1x.
      let experiment = try experiment(scenario, arguments).looked(like: experiments[arm])
      let found = try await self.results(of: experiment, arguments, label: label)
      return Crossover.Outcome(Comparison.Arm(name: part.name, results: found))
    }
  }

  /// Whether running the arms at all multiples costs little, judged by requests and not by a clock,
  /// so that a report does not depend on the machine.
  private func isCheap(_ comparison: Comparison, _ arms: [Int]) -> Bool {
    var requests = 0.0
    for arm in arms {
      for counts in comparison.arms[arm].results.counts {
        if counts.predicted > 0 || counts.arrived == 0 { return false }
        requests += Double(counts.arrived)
      }
    }
    return requests * CrossoverSearch.multiples.reduce(0, +) <= Self.cheapRequests
  }

  /// Requests per second of all streams, the mean over the runs.
  private func rate(_ results: Results) -> Double? {
    let span = (results.identity.horizon - results.identity.warmUp).seconds
    let arrived = results.counts.reduce(0.0) { $0 + Double($1.arrived + $1.predicted) }
    guard span > 0, arrived > 0 else { return nil }
    return arrived / Double(results.counts.count) / span
  }
}
