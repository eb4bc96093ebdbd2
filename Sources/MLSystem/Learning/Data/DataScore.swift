import Quantities

/// Six scores of 0 to 5 of a set of data, and their sum out of 30.
///
/// Each falls in a straight line from 5, where nothing is wrong, to 0 at the stated share; 18 is
/// the usual line between go and no go.
package struct DataScore: Sendable, Hashable {
  /// Labels and features that are there: 0 at 25 % missing.
  package var completeness: Double
  /// Labels that are right: 0 at 25 % wrong.
  package var accuracy: Double
  /// Features that mean what they meant: 0 at 25 % of the weight computed otherwise.
  package var consistency: Double
  /// Features and labels that are in time: 0 where 25 % of what they would say is lost.
  package var timeliness: Double
  /// Rows that are there once: 0 at 25 % doubled.
  package var uniqueness: Double
  /// Rows that stand for what is served: 0 where all are chosen or made by the model itself.
  package var representativeness: Double

  /// What all is well scores.
  package static let best = 30.0
  /// The usual line between go and no go.
  package static let line = 18.0

  /// The scores of what is wrong with a set of data.
  package init(of defects: DataDefects) {
    completeness = Self.score(defects.missing, zeroAt: 0.25)
    accuracy = Self.score(defects.flipped, zeroAt: 0.25)
    consistency = Self.score(defects.inconsistent, zeroAt: 0.25)
    timeliness = Self.score(defects.late, zeroAt: 0.25)
    uniqueness = Self.score(defects.duplicates, zeroAt: 0.25)
    representativeness = Self.score(defects.unrepresentative, zeroAt: 1)
  }

  /// The sum.
  package var total: Double {
    completeness + accuracy + consistency + timeliness + uniqueness + representativeness
  }

  private static func score(_ share: Double, zeroAt limit: Double) -> Double {
    5 * min(max(1 - share / limit, 0), 1)
  }
}

/// Shares of what can be wrong with a set of data, each from 0 to 1.
package struct DataDefects: Sendable, Hashable {
  /// Labels that are due and features that are not there.
  package var missing = 0.0
  /// Wrong labels, the poisoned ones included.
  package var flipped = 0.0
  /// Weight of features that mean something else than they did.
  package var inconsistent = 0.0
  /// Weight of what old features no longer say, and of labels that are late.
  package var late = 0.0
  /// Rows that are there twice.
  package var duplicates = 0.0
  /// Labels that the model chose or made itself.
  package var unrepresentative = 0.0

  package init() {}
}

/// The data score of a task over time.
struct DataScoreTally: Sendable {
  var integral = 0.0
  var seconds = 0.0
  var lowest: Double?

  mutating func add(_ score: Double, for span: Duration) {
    integral += score * span.seconds
    seconds += span.seconds
    lowest = min(lowest ?? score, score)
  }
}
