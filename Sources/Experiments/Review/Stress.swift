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

  /// How often it happens, and who says so.
  package struct Frequency: Sendable, Hashable {
    package var perYear: Double
    package var source: Source

    package enum Source: Sendable, Hashable {
      /// Nobody; in words.
      case assumed(String)
      /// The scenario, at a path.
      case scenario(String)
      /// The user, for this review.
      case option
    }

    package init(_ perYear: Double, _ source: Source) {
      self.perYear = perYear
      self.source = source
    }

    /// Where the number comes from.
    package var basis: String {
      switch source {
      case .assumed(let words): "assumed: \(words)"
      case .scenario(let path): "declared: \(path)"
      case .option: "declared"
      }
    }

    package var isAssumed: Bool {
      if case .assumed = source { true } else { false }
    }
  }

  /// Whether what it costs is told for a month of it, because it does not end by itself.
  package var lastsAMonth: Bool { kind == .priceShock || kind == .feedback }

  /// Whether it does something to versions that are trained meanwhile, and to nothing else.
  package var needsTraining: Bool {
    switch kind {
    case .skew, .feedback, .badVersion: true
    case .traffic, .sourceOutage, .serviceOutage, .poolOutage, .priceShock: false
    }
  }
}

/// How often things are assumed to happen where nobody says it.
///
/// These are assumptions and nothing else: no public table gives them for a system that is not yet
/// built. Reports show each beside what follows from it.
enum AssumedFrequency {
  static func perYear(_ kind: Stress.Kind) -> Stress.Frequency {
    switch kind {
    case .traffic: .init(1, .assumed("one flash crowd a year"))
    case .sourceOutage: .init(4, .assumed("once a quarter"))
    case .skew: .init(1, .assumed("once a year"))
    case .feedback: .init(1, .assumed("a month of it a year"))
    case .serviceOutage: .init(2, .assumed("twice a year each"))
    case .poolOutage: .init(0.5, .assumed("once in two years"))
    case .badVersion: .init(4, .assumed("once a quarter"))
    case .priceShock: .init(0.5, .assumed("a month of it in two years"))
    }
  }
}
