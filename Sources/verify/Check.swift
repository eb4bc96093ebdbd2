/// One row of the table that `verify` prints.
struct Check {
  /// What is held against what.
  var name: String
  /// The figure that theory or a measurement gives, with its unit.
  var expected: String
  /// What the simulation gave, with its interval where it has one.
  var observed: String
  /// How far apart they may be.
  var bound: String
  var outcome: Outcome

  enum Outcome: Equatable {
    case passed
    case failed
    /// A file outside the repository is absent; the message says which and where it comes from.
    case skipped(String)
  }
}
