import Randomness
import Statistics

/// The elementary effects of Morris: which inputs matter, from a few runs per input.
///
/// M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics
/// 33 (1991), 161-174, doi 10.1080/00401706.1991.10484804; the mean of the absolute effects is of
/// F. Campolongo, J. Cariboni and A. Saltelli, Environ. Model. Softw. 22 (2007), 1509-1518, doi
/// 10.1016/j.envsoft.2006.10.004.
package struct MorrisDesign: Hashable, Sendable {
  /// Levels of each input: 0, 1/3, 2/3 and 1, of which a step passes two.
  private static let step = 2.0 / 3

  /// The points in the unit cube, one trajectory after the other.
  package let points: [[Double]]
  package let inputs: Int
  package let trajectories: Int
  /// The input that each step of each trajectory moves.
  private let order: [[Int]]

  /// Trajectories that are drawn with a seed.
  ///
  /// - Complexity: `trajectories` × (`inputs` + 1) points.
  package init(inputs: Int, trajectories: Int, seed: UInt64) {
    precondition(inputs > 0 && trajectories > 0, "a design has inputs and trajectories")
    self.inputs = inputs
    self.trajectories = trajectories
    var points: [[Double]] = []
    var order: [[Int]] = []
    let stream = StreamFamily(seed: seed, replication: 0).counter("morris")
    for trajectory in 0..<trajectories {
      var draws = stream.draws(of: UInt64(trajectory))
      var point = (0..<inputs).map { _ in Double(Int(draws.uniform() * 4)) / 3 }
      var moves = Array(0..<inputs)
      for place in moves.indices.dropLast() {
        let other = place + Int(draws.uniform() * Double(moves.count - place))
        moves.swapAt(place, other)
      }
      points.append(point)
      for input in moves {
        point[input] += point[input] < 0.5 ? Self.step : -Self.step
        points.append(point)
      }
      order.append(moves)
    }
    self.points = points
    self.order = order
  }

  /// What the effects of an input are like.
  package struct Effect: Hashable, Sendable {
    /// The mean effect of moving the input from its low to its high end, with its 95 % interval.
    package var mean: ConfidenceInterval
    /// The mean of the absolute effects, with its 95 % interval: the importance of the input.
    package var importance: ConfidenceInterval
    /// The standard deviation of the effects: how much they depend on where, or on other inputs.
    package var deviation: Double
  }

  /// The effects of each input, from the values at the points in their order.
  package func effects(of values: [Double]) -> [Effect] {
    precondition(values.count == points.count, "one value per point")
    var effects: [[Double]] = Array(repeating: [], count: inputs)
    for trajectory in 0..<trajectories {
      let first = trajectory * (inputs + 1)
      for (place, input) in order[trajectory].enumerated() {
        let (before, after) = (first + place, first + place + 1)
        let move = points[after][input] - points[before][input]
        effects[input].append((values[after] - values[before]) / move)
      }
    }
    return effects.map { effects in
      var importance = ConfidenceInterval.ofMean(effects.map(\.magnitude), level: 0.95)
      importance.low = max(importance.low, 0)
      return Effect(
        mean: .ofMean(effects, level: 0.95), importance: importance,
        deviation: effects.count > 1 ? Tally(effects).variance.squareRoot() : 0)
    }
  }
}
