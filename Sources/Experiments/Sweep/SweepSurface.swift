import Randomness

/// A quadratic surface through the points of a sweep: what a metric does between them.
///
/// Least squares on inputs scaled to -1 ... 1 (R. H. Myers, D. C. Montgomery and C. M.
/// Anderson-Cook, Response Surface Methodology, chapter 2), judged by what it predicts for points
/// that it has not seen (PRESS, D. M. Allen 1974, doi 10.1080/00401706.1974.10489157).
package struct SweepSurface: Hashable, Sendable {
  /// What a term is about.
  package enum Term: Hashable, Sendable {
    /// Moving an axis from its low to its high end, the others in the middle.
    case move(Int)
    /// The ends of an axis against its middle.
    case bend(Int)
    /// How much the move of one axis changes while the other goes from low to high.
    case joint(Int, Int)
  }

  /// A term and its size in the unit of the metric.
  package struct Effect: Hashable, Sendable {
    package var term: Term
    package var size: Double
  }

  /// The largest first.
  package let effects: [Effect]
  /// The share of the variation that it predicts at points it has not seen; below 0 where it is
  /// worse than the mean.
  package let predicted: Double

  /// The surface of a metric; nil where an axis has no numbers, or there are fewer than two points
  /// for each term.
  package init?(of sweep: SweepResults, metric: Int) {
    let axes = sweep.plan.axes
    let seen = sweep.results.compactMap { result -> (values: [String], y: Double)? in
      result.cells[metric].map { (result.point.values, $0.estimate) }
    }
    var columns: [[Double]] = []
    for (place, axis) in axes.enumerated() {
      guard let column = Self.scaled(axis, seen.map { $0.values[place] }) else { return nil }
      columns.append(column)
    }
    let points = seen.indices.map { point in columns.map { $0[point] } }
    self.init(points: points, values: seen.map(\.y))
  }

  /// The surface through values at points of the cube from -1 to 1.
  package init?(points: [[Double]], values: [Double]) {
    guard let first = points.first, !first.isEmpty, points.count == values.count else { return nil }
    let axes = first.indices
    var terms = axes.map { Term.move($0) } + axes.map { Term.bend($0) }
    let joint = axes.flatMap { a in axes.filter { $0 > a }.map { Term.joint(a, $0) } }
    if points.count >= 2 * (1 + terms.count + joint.count) { terms += joint }
    // An axis of two values cannot bend.
    terms.removeAll { term in
      guard case .bend(let axis) = term else { return false }
      return Set(points.map { $0[axis] }).count < 3
    }
    guard points.count >= 2 * (1 + terms.count) else { return nil }
    let rows = points.map { point in [1] + terms.map { Self.value($0, point) } }
    guard let fit = LeastSquares(rows: rows, values: values) else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let variation = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard variation > 0 else { return nil }
    predicted = 1 - fit.unseenSquares / variation
    let sized = zip(terms, fit.coefficients.dropFirst()).map { term, coefficient in
      let factor: Double =
        switch term {
        case .move: 2
        case .bend: 1
        case .joint: 4
        }
      return Effect(term: term, size: factor * coefficient)
    }
    effects = sized.enumerated().sorted {
      ($1.element.size.magnitude, $0.offset) < ($0.element.size.magnitude, $1.offset)
    }.map(\.element)
  }

  private static func value(_ term: Term, _ point: [Double]) -> Double {
    switch term {
    case .move(let axis): point[axis]
    case .bend(let axis): point[axis] * point[axis]
    case .joint(let a, let b): point[a] * point[b]
    }
  }

  /// Values of an axis as numbers from -1 to 1; nil where they are words or all alike.
  private static func scaled(_ axis: SettingAxis, _ texts: [String]) -> [Double]? {
    var isLogarithmic = false
    if case .continuous(let range) = axis.levels { isLogarithmic = range.isLogarithmic }
    guard var numbers = axis.numbers(of: texts) else { return nil }
    if isLogarithmic { numbers = numbers.map { PortableMath.log($0) } }
    guard let low = numbers.min(), let high = numbers.max(), low < high else { return nil }
    return numbers.map { (2 * $0 - low - high) / (high - low) }
  }
}

/// A linear fit by the normal equations.
private struct LeastSquares {
  private(set) var coefficients: [Double] = []
  /// The sum of squared errors at each point of the fit to all others.
  private(set) var unseenSquares = 0.0

  /// Nil where the columns depend on each other.
  init?(rows: [[Double]], values: [Double]) {
    let width = rows[0].count
    var matrix = Array(repeating: Array(repeating: 0.0, count: width), count: width)
    var right = Array(repeating: 0.0, count: width)
    for (row, value) in zip(rows, values) {
      for i in 0..<width {
        right[i] += row[i] * value
        for j in 0...i { matrix[i][j] += row[i] * row[j] }
      }
    }
    // Cholesky: the matrix becomes its lower factor.
    for i in 0..<width {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= matrix[i][k] * matrix[j][k] }
        if i == j {
          guard sum > 1e-9 * Double(rows.count) else { return nil }
          matrix[i][i] = sum.squareRoot()
        } else {
          matrix[i][j] = sum / matrix[j][j]
        }
      }
    }
    let half = Self.forward(matrix, right)
    var solution = half
    for i in (0..<width).reversed() {
      for k in (i + 1)..<max(width, i + 1) { solution[i] -= matrix[k][i] * solution[k] }
      solution[i] /= matrix[i][i]
    }
    coefficients = solution
    for (row, value) in zip(rows, values) {
      let leverage = Self.forward(matrix, row).reduce(0) { $0 + $1 * $1 }
      let error = value - zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
      let unseen = error / max(1 - leverage, 1e-9)
      unseenSquares += unseen * unseen
    }
  }

  private static func forward(_ lower: [[Double]], _ right: [Double]) -> [Double] {
    var solution = right
    for i in solution.indices {
      for k in 0..<i { solution[i] -= lower[i][k] * solution[k] }
      solution[i] /= lower[i][i]
    }
    return solution
  }
}
