import Quantities

/// Which data a version was learnt from and what was wrong with them: its record for life.
package struct DatasetLineage: Sendable, Hashable {
  /// The window of predictions whose labels were used; nanoseconds.
  package var from: Int64
  package var to: Int64
  /// Labels that were there, and that would have been there with every source well.
  package var labels: Double
  package var expected: Double
  /// Share of the labels that were wrong, the usual ones included.
  package var flipped: Double
  /// Share of the labels that an attacker had made.
  package var poisoned: Double
  /// Which of the directions that an attacker wants.
  package var poison: Int
  /// Share of the labels that were the model's own doing.
  package var ownDoing: Double
  /// Which meaning of the features it knows: counts schema changes.
  package var schema: Int
  /// Share of the weight of features that was not there, and that meant something else, over the
  /// window.
  package var missing: Double
  package var inconsistent: Double
  /// Share of the rows that were there twice.
  package var duplicates: Double
  /// Sources that were down at the cut or were down in the window, with the share of it.
  package var sources: [SourceShare]
  /// Faults of features that its whole window had, so that it learnt to do without them; indices
  /// into the model's faults.
  package var blind: [Int]
  /// Faults that its training set had and its serving has not: skews and leakages; likewise.
  package var skewed: [Int]
  /// Incidents of data that spoilt what it learnt from, by index.
  package var incidents: [Int]
  /// Factor on the rows, for what broken features left unsaid.
  package var useful: Double
  /// Cosine with the concept of its window.
  package var cosine: Double

  /// Share of a window from which on a fault is held to have spoilt what is learnt from it; what a
  /// fault of an hour leaves in a month of rows is less than two trainings differ by.
  static let spoiltShare = 0.05

  /// A source and the share of the window during which it was down.
  package struct SourceShare: Sendable, Hashable {
    package var name: String
    package var down: Double
  }

  /// What a version has of which nobody knows the data.
  package init() {
    from = 0
    to = 0
    labels = 0
    expected = 0
    flipped = 0
    poisoned = 0
    poison = 0
    ownDoing = 0
    schema = 0
    missing = 0
    inconsistent = 0
    duplicates = 0
    sources = []
    blind = []
    skewed = []
    incidents = []
    useful = 1
    cosine = 1
  }

  /// Share of its rows that say something new.
  var telling: Double { duplicates == 0 ? useful : useful * (1 - duplicates) }

  /// One line for the timeline; nil where there is nothing to say of the data.
  package var detail: String? {
    var parts: [String] = []
    func percent(_ share: Double) -> String { QuantityFormatter.percent(share) }
    if expected > 0 && labels < 0.995 * expected {
      parts.append("\(percent(1 - labels / expected)) of its labels missing")
    }
    if flipped > 0.005 { parts.append("\(percent(flipped)) of them wrong") }
    if poisoned > 0 { parts.append("\(percent(poisoned)) poisoned") }
    if ownDoing > 0 { parts.append("\(percent(ownDoing)) its own doing") }
    if schema > 0 { parts.append("features of schema \(schema)") }
    for source in sources { parts.append("\(source.name) down \(percent(source.down))") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
