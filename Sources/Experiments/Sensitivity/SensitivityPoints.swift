import Scenarios
import Syntax

/// Points of a study, each given by the value of each input, nil for what the scenario says.
extension [SensitivityInput] {
  /// Every input at its middle.
  var middle: [String?] { map(\.middle) }

  /// The values with one input at a share of its law and the others at their middle.
  func values(_ input: Int, at share: Double) -> [String?] {
    var values = middle
    values[input] = self[input].value(at: share)
    return values
  }

  /// The settings of a point, in the words of `--set`.
  package func settings(_ values: [String?]) -> [String] {
    zip(self, values).compactMap { input, value in value.map { input.setting($0) } }
  }

  /// How closely all points are looked at: by the middle, each input at both ends of its reach, and
  /// all at the ends to which most requests come.
  ///
  /// - Throws: the mistakes of the scenario at one of these points, located.
  package func fidelity(_ maker: ExperimentMaker) throws(DiagnosticsError) -> FidelityChoice {
    var decision = FidelityDecision()
    func requests(_ values: [String?]) throws(DiagnosticsError) -> Double {
      let settings = settings(values)
      let name = settings.isEmpty ? "the scenario" : settings.joined(separator: ", ")
      return try decision.consider(try maker.scenario(settings), seed: maker.seed, named: name)
    }
    _ = try requests(middle)
    var largest = middle
    for input in indices {
      let ends = [self[input].reach.low, self[input].reach.high].map { values(input, at: $0) }
      let low = try requests(ends[0])
      let high = try requests(ends[1])
      if low != high { largest[input] = ends[low > high ? 0 : 1][input] }
    }
    _ = try requests(largest)
    return decision.choice
  }
}
