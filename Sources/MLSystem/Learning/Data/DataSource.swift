import Quantities
import Randomness

/// Where labels or features come from, and what becomes of them when it fails.
package struct DataSource: Sendable {
  package var name: String
  package var kind: Kind
  /// Tasks whose labels come through it.
  package var labelsOf: [Int]
  /// Models that read features from it.
  package var featuresOf: [Int]
  /// Share of the squared weight of the score that its features carry.
  package var weight: Double
  /// The correlation of its features with their past falls by e in this time; nil where they do
  /// not age.
  package var memory: Duration?
  /// Time between two refreshes of the online copy of its features.
  package var refresh: Duration
  /// What a model reads while the source is down.
  package var fallback: Fallback
  /// Mean time from the end of an outage to the next one; nil for none.
  package var outagesEvery: Duration?
  /// How long an outage lasts, in seconds.
  package var outageLength: Distribution
  /// Whether what an outage kept back arrives when it ends; otherwise it is lost.
  package var backfills: Bool
  /// Share of what it delivers (of a stream) or of its batches that comes late.
  package var late: Double
  /// How late, in seconds.
  package var lateBy: Distribution
  /// Share of its rows that are there twice.
  package var duplicates: Double
  /// What is checked before a training learns from it.
  package var validation: ValidationPlan?

  /// How it delivers.
  package enum Kind: Sendable, Hashable {
    /// Everything as it happens.
    case stream
    /// Everything up to an instant, at that instant: first at `offset`, then `every` so often.
    case batch(every: Duration, offset: Duration)
  }

  /// What stands in for features that do not come.
  package enum Fallback: String, Sendable, Hashable, CaseIterable {
    /// The last copy, which grows old.
    case stale
    /// The mean of each feature.
    case defaults
  }

  package init(
    name: String, kind: Kind, labelsOf: [Int] = [], featuresOf: [Int] = [], weight: Double = 0,
    memory: Duration? = nil, refresh: Duration = .zero, fallback: Fallback = .stale,
    outagesEvery: Duration? = nil, outageLength: Distribution = .constant(0),
    backfills: Bool = true, late: Double = 0, lateBy: Distribution = .constant(0),
    duplicates: Double = 0, validation: ValidationPlan? = nil
  ) {
    self.name = name
    self.kind = kind
    self.labelsOf = labelsOf
    self.featuresOf = featuresOf
    self.weight = weight
    self.memory = memory
    self.refresh = refresh
    self.fallback = fallback
    self.outagesEvery = outagesEvery
    self.outageLength = outageLength
    self.backfills = backfills
    self.late = late
    self.lateBy = lateBy
    self.duplicates = duplicates
    self.validation = validation
  }
}

/// The gate that data pass before a training: what is sampled and where it refuses.
package struct ValidationPlan: Sendable, Hashable {
  /// Rows that are sampled for the shares of missing, inconsistent and doubled values.
  package var rows: Int
  /// Labels that are made a second time with care, at the price of a label; 0 for none.
  package var audit: Int
  /// The data score below which it refuses, of 30.
  package var score: Double
  /// The least share of the due labels and of the features that must be there.
  package var completeness: Double
  /// The largest shift of a feature's mean between the window and now, in standard deviations.
  package var shift: Double
  /// The largest share of audited labels that may be wrong.
  package var flipped: Double

  package init(
    rows: Int = 10_000, audit: Int = 500, score: Double = 18, completeness: Double = 0,
    shift: Double = .infinity, flipped: Double = 1
  ) {
    self.rows = rows
    self.audit = audit
    self.score = score
    self.completeness = completeness
    self.shift = shift
    self.flipped = flipped
  }
}
