/// Points with their evidence, and what would raise them.
package struct Rubric: Sendable {
  package struct Score: Sendable {
    package var criterion: String
    package var points: Double
    package var most: Double
    /// What was declared or simulated.
    package var evidence: String
    /// What would raise it; empty at the top.
    package var raise: String
  }

  package var name: String
  package var scores: [Score]

  /// The sum, out of 100.
  package var total: Double { scores.reduce(0) { $0 + $1.points } }

  /// The band of the sum: from 80, 60, 40 and below.
  package var band: String {
    total >= 80 ? "ready" : total >= 60 ? "good with gaps" : total >= 40 ? "risky" : "not ready"
  }
}

/// One thing that earns points, and what is said of it either way.
struct RubricItem {
  var points: Double
  /// 0 to 1.
  var degree: Double
  var has: String
  var lacks: String

  init(_ points: Double, _ isThere: Bool, has: String, lacks: String) {
    self.init(points, degree: isThere ? 1 : 0, has: has, lacks: lacks)
  }

  init(_ points: Double, degree: Double, has: String, lacks: String) {
    self.points = points
    self.degree = min(max(degree, 0), 1)
    self.has = has
    self.lacks = lacks
  }

  static func score(_ criterion: String, _ items: [RubricItem]) -> Rubric.Score {
    let held = items.filter { $0.degree > 0 }.map(\.has)
    let lacking = items.filter { $0.degree < 1 }.map(\.lacks)
    return Rubric.Score(
      criterion: criterion, points: items.reduce(0) { $0 + $1.points * $1.degree },
      most: items.reduce(0) { $0 + $1.points },
      evidence: held.isEmpty ? "nothing is declared" : held.joined(separator: "; "),
      raise: lacking.joined(separator: "; "))
  }
}
