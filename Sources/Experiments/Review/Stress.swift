import Quantities

/// Something that an architecture review lets happen, as settings on the scenario.
package struct Stress: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case traffic, sourceOutage, skew, feedback, serviceOutage, poolOutage, badVersion, priceShock
  }

  package var kind: Kind
  /// A name for options and files: `outage-ranker`.
  package var id: String
  /// What happens, in words.
  package var title: String
  /// What it happens to; empty for everything.
  package var subject: String
  /// In the words of `--set`.
  package var settings: [String]
  package var frequency: Frequency
  /// When it begins and how long it lasts at most; nil for what holds all along.
  package var window: Window?
  /// The name of its incident, whose measures say who was hurt; nil for none.
  package var incident: String?

  package struct Window: Sendable, Hashable {
    package var at: Duration
    package var last: Duration
  }

  /// How often it happens.
  package struct Frequency: Sendable, Hashable {
    package var perYear: Double
    /// Where the number comes from.
    package var basis: String
    package var isDeclared: Bool

    package init(perYear: Double, basis: String, isDeclared: Bool = false) {
      self.perYear = perYear
      self.basis = basis
      self.isDeclared = isDeclared
    }
  }

  /// Whether what it costs is told for a month of it, because it does not end by itself.
  package var lastsAMonth: Bool { kind == .priceShock || kind == .feedback }
}

/// How often things are assumed to happen where nobody says it.
///
/// These are assumptions and nothing else: no public table gives them for a system that is not yet
/// built. Reports show each beside what follows from it.
enum AssumedFrequency {
  static func perYear(_ kind: Stress.Kind) -> Stress.Frequency {
    switch kind {
    case .traffic: .init(perYear: 1, basis: "assumed: one flash crowd a year")
    case .sourceOutage: .init(perYear: 4, basis: "assumed: once a quarter")
    case .skew: .init(perYear: 1, basis: "assumed: once a year")
    case .feedback: .init(perYear: 1, basis: "assumed: a month of it a year")
    case .serviceOutage: .init(perYear: 2, basis: "assumed: twice a year each")
    case .poolOutage: .init(perYear: 0.5, basis: "assumed: once in two years")
    case .badVersion: .init(perYear: 4, basis: "assumed: once a quarter")
    case .priceShock: .init(perYear: 0.5, basis: "assumed: a month of it in two years")
    }
  }
}
