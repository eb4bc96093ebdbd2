import Randomness

/// The part of a Brownian motion that has not crossed a bound at any look so far, as its density on
/// the nodes of a Gauss-Legendre rule.
struct Remaining {
  private let drift: Double
  /// The information at the look before and at this one.
  private var before = 0.0
  private var now: Double
  /// What is left after the look before: nodes with density times weight.
  private var nodes: [Double] = [0]
  private var masses: [Double] = [1]

  /// A motion that starts in 0 and is first looked at after `information`.
  init(information: Double, drift: Double = 0) {
    self.drift = drift
    now = information
  }

  /// Goes on to the next look.
  mutating func step(to information: Double) { (before, now) = (now, information) }

  /// The chance of crossing |z| = `bound` at this look and at none before.
  func crossing(_ bound: Double) -> Double {
    let edge = bound * now.squareRoot()
    let (shift, scale) = move
    var sum = 0.0
    for (node, mass) in zip(nodes, masses) {
      sum +=
        mass
        * (PortableMath.normalCDF((node + shift - edge) / scale)
          + PortableMath.normalCDF((-edge - node - shift) / scale))
    }
    return sum
  }

  /// Takes away what crosses |z| = `bound` at this look.
  mutating func cut(at bound: Double) {
    let edge = bound * now.squareRoot()
    let (shift, scale) = move
    // Beyond eight standard deviations on either side there is nothing to keep.
    let reach = min(edge, (drift * now).magnitude + 8.5 * now.squareRoot())
    let rule = GaussLegendre(count: min(Int(2.25 * reach / scale) + 18, 600))
    var newMasses: [Double] = []
    newMasses.reserveCapacity(rule.nodes.count)
    let newNodes = rule.nodes.map { $0 * reach }
    for (place, node) in newNodes.enumerated() {
      var density = 0.0
      for (old, mass) in zip(nodes, masses) {
        density += mass * PortableMath.normalDensity((node - old - shift) / scale)
      }
      newMasses.append(density / scale * rule.weights[place] * reach)
    }
    nodes = newNodes
    masses = newMasses
  }

  /// Mean and standard deviation of the step from the look before.
  private var move: (shift: Double, scale: Double) {
    (drift * (now - before), (now - before).squareRoot())
  }
}

/// Nodes and weights on [-1, 1] that integrate polynomials of degree 2n - 1 exactly.
struct GaussLegendre {
  let nodes: [Double]
  let weights: [Double]

  /// The rule of `count` nodes, by Newton's method on the Legendre polynomial.
  init(count: Int) {
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    let n = Double(count)
    for place in 0..<(count + 1) / 2 {
      var x = PortableMath.cos(Double.pi * (Double(place) + 0.75) / (n + 0.5))
      var slope = 1.0
      for _ in 0..<50 {
        var (last, value) = (0.0, 1.0)
        for degree in 0..<count {
          let d = Double(degree)
          (last, value) = (value, ((2 * d + 1) * x * value - d * last) / (d + 1))
        }
        slope = n * (x * value - last) / (x * x - 1)
        let step = value / slope
        x -= step
        if step.magnitude < 1e-15 { break }
      }
      nodes[place] = -x
      nodes[count - 1 - place] = x
      weights[place] = 2 / ((1 - x * x) * slope * slope)
      weights[count - 1 - place] = weights[place]
    }
    self.nodes = nodes
    self.weights = weights
  }
}
