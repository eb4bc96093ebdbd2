import Randomness
import Statistics

/// How quality falls with the age of a model: floor + (first - floor) e^(-age/τ), by least squares.
package struct DecayFit: Hashable, Sendable {
  /// A model of some age and its quality.
  package struct Point: Hashable, Sendable {
    /// In the unit of the column.
    package var age: Double
    /// Such as an accuracy.
    package var value: Double

    /// Makes a point.
    package init(age: Double, value: Double) {
      self.age = age
      self.value = value
    }
  }

  /// The age after which 1/e of what is lost in the end is still there.
  package var tau: Double
  /// The 95 % interval of `tau`; its upper end is infinite where the fall is not seen to end.
  package var interval: ConfidenceInterval
  /// The quality at age 0.
  package var first: Double
  /// The quality at an unbounded age.
  package var floor: Double
  /// The root of the mean squared distance of the points from the curve.
  package var error: Double
  /// How many points there were.
  package var count: Int

  /// Fits at least four points of three or more different ages; nil where quality does not fall or
  /// the points lie too few apart.
  ///
  /// For a given τ the curve is linear in its other two figures, so the search is over τ alone. The
  /// interval holds every τ whose sum of squares is not larger than the least one by more than
  /// F(0.95; 1, n - 3)/(n - 3) of it: Bates & Watts 1988, *Nonlinear Regression*, §6.1.
  package init?(_ points: [Point]) {
    let ages = points.map(\.age)
    guard points.count >= 4, Set(ages).count >= 3, let low = ages.min(), let high = ages.max(),
      points.allSatisfy({ $0.age.isFinite && $0.value.isFinite })
    else { return nil }
    let reach = high - low
    let ends = (PortableMath.log(reach / 50), PortableMath.log(reach * 50))
    let steps = 400
    let grid = (0...steps).map {
      PortableMath.exp(ends.0 + (ends.1 - ends.0) * Double($0) / Double(steps))
    }
    let sums = grid.map { Self.line(points, $0).squares }
    guard let best = sums.indices.min(by: { sums[$0] < sums[$1] }) else { return nil }
    tau = Self.refined(points, grid[max(best - 1, 0)], grid[min(best + 1, steps)])
    let line = Self.line(points, tau)
    guard line.slope > 0 else { return nil }
    floor = line.intercept
    first = line.intercept + line.slope
    count = points.count
    error = (line.squares / Double(count)).squareRoot()
    let freedom = Double(count - 3)
    let t = StudentT.quantile(0.975, degrees: freedom)
    let most = line.squares * (1 + t * t / freedom)
    let inside = grid.indices.filter { sums[$0] <= most }
    let (near, far) = (inside.first ?? best, inside.last ?? best)
    interval = ConfidenceInterval(
      estimate: tau,
      low: near == 0 ? 0 : Self.end(points, most, inside: min(grid[near], tau), grid[near - 1]),
      high: far == steps
        ? .infinity : Self.end(points, most, inside: max(grid[far], tau), grid[far + 1]),
      level: 0.95)
  }

  /// Where the sum of squares passes `most` between a τ inside the interval and one outside.
  private static func end(
    _ points: [Point], _ most: Double, inside: Double, _ outside: Double
  ) -> Double {
    var (near, far) = (inside, outside)
    while (far - near).magnitude > 1e-9 * inside {
      let middle = (near + far) / 2
      if line(points, middle).squares <= most { near = middle } else { far = middle }
    }
    return near
  }

  /// The straight line of the values over e^(-age/τ).
  private static func line(
    _ points: [Point], _ tau: Double
  ) -> (intercept: Double, slope: Double, squares: Double) {
    let n = Double(points.count)
    let x = points.map { PortableMath.exp(-$0.age / tau) }
    let meanX = x.reduce(0, +) / n
    let meanY = points.reduce(0) { $0 + $1.value } / n
    var (xx, xy) = (0.0, 0.0)
    for (a, point) in zip(x, points) {
      xx += (a - meanX) * (a - meanX)
      xy += (a - meanX) * (point.value - meanY)
    }
    let slope = xx > 0 ? xy / xx : 0
    let intercept = meanY - slope * meanX
    var squares = 0.0
    for (a, point) in zip(x, points) {
      let miss = point.value - intercept - slope * a
      squares += miss * miss
    }
    return (intercept, slope, squares)
  }

  /// The least sum of squares between two τ, by golden section.
  private static func refined(_ points: [Point], _ low: Double, _ high: Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (a, b) = (low, high)
    while b - a > 1e-9 * b {
      let (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
      if line(points, c).squares < line(points, d).squares { b = d } else { a = c }
    }
    return (a + b) / 2
  }
}
