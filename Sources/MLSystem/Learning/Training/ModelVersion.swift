import Quantities
import Randomness

/// One trained version of a model: a direction, and what it brings that no offline test showed.
package struct ModelVersion: Sendable {
  /// Count of trainings before it; 0 for the one that serves at the start.
  package var number: Int
  /// Labelled rows that it learnt from.
  package var rows: Double
  /// The instant up to which it saw labels, nanoseconds; its age counts from here.
  package var cut: Int64
  /// The learnt direction in the dimensions of the world; empty for a rule.
  package var direction: [Double]
  /// Length of the learnt direction, with its noise in the dimensions that the world lacks.
  package var length: Double
  /// Decision threshold that was best on its own labels.
  package var threshold: Double
  /// Share of its rows by epoch of the features' means: the reference of the drift monitors.
  package var epochShares: [Double]
  package var isBad: Bool
  /// Share of its requests in error beyond the usual.
  package var errors: Double
  /// Factor on the time of its batches.
  package var slowdown: Double
  /// Added to its AUC.
  package var addedAUC: Double

  /// What it changed, and the faults that it carries.
  package var change = VersionChange()
  /// How long a replica of it serves until its memory is full; nil for ever.
  package var crashesAfter: Duration?
  /// Added to its AUC in single segments of its task, by their names.
  var segmentLosses: [(segment: String, auc: Double)] = []

  /// What it has taken in; nil for one that never learnt.
  var memory: LearntMemory?
  /// Its own direction where it serves as the mean of several.
  var single: EnsembleMember?
  /// Squared length of its noise in the dimensions that the world lacks.
  package var rest = 0.0
  /// How far apart its scores put the classes of its own window.
  var ownDistance = 0.0

  /// Which data it was learnt from.
  package var lineage = DatasetLineage()
  /// What its features are like where it reads them now.
  package var conditions = FeatureConditions.sound

  /// What it believes of its scores: the probabilities that it serves.
  package var belief: ScoreBelief
  /// Added to its AUC in each segment of its task; empty where none is special.
  package var segmentAUC: [Double] = []

  /// How good it is now, over all requests; constant between two events of the learning plane.
  package var quality: QualityFigures
  /// The same in each segment of its task, where there are several.
  package var segmentQuality: [QualityFigures] = []
  /// The laws and terms for which integrals over its scores were last taken.
  var integrated: (mixture: ScoreMixture, terms: QualityTerms, figures: QualityFigures)?
  var segmentIntegrated: [QualityFigures] = []

  /// AUC now.
  package var auc: Double {
    get { quality[.auc] }
    set { quality[.auc] = newValue }
  }

  /// Share of right decisions now, at its own threshold.
  package var accuracy: Double { quality[.accuracy] }

  /// A version of which only the serving matters.
  package init(number: Int) {
    self.number = number
    rows = 0
    cut = 0
    direction = []
    length = 1
    threshold = 0
    epochShares = []
    belief = ScoreBelief(distance: 0, positives: 0.5)
    quality = QualityFigures()
    quality[.auc] = 0.5
    quality[.accuracy] = 0.5
    isBad = false
    errors = 0
    slowdown = 1
    addedAUC = 0
  }

  /// Its own direction alone.
  var own: EnsembleMember {
    single ?? EnsembleMember(direction: direction, rest: rest, length: length)
  }

  /// Sums up the length from the direction and the noise beyond it.
  package mutating func setLength() {
    var square = 0.0
    for value in direction { square += value * value }
    length = (square + rest).squareRoot()
  }

  /// Becomes the student of what it was: noisier by what it loses, and faster.
  mutating func distil(_ student: Distillation, best: BinormalQuality) {
    // It answers in place of all members of an ensemble.
    slowdown = 1 / student.speedUp
    let taught = BinormalQuality.auc(ofDistance: ownDistance)
    let left = BinormalQuality.distance(ofAUC: max(taught - student.loss, 0.5))
    if ownDistance > 0 && left > 0 {
      let longer = length * ownDistance / left
      rest += longer * longer - length * length
      length = longer
      ownDistance = left
    }
  }
}
