import Quantities

/// Something that is made to happen to data at a time, and that looks like drift or hides it.
package struct DataIncident: Sendable, Hashable {
  /// What reports and metrics call it; empty where nobody asks.
  package var name = ""
  package var at: Instant
  /// When it ends by itself; nil where only a repair ends it.
  package var last: Duration?
  package var kind: Kind

  package enum Kind: Sendable, Hashable {
    /// Nothing comes through a source.
    case sourceOutage(source: Int)
    /// The online copy of a source's features is no longer refreshed; the source itself is well.
    case staleFeatures(source: Int)
    /// Some features of a model are no longer what they were.
    case brokenFeature(FeatureShare, becomes: Breakage)
    /// What computes some features of a model is down, and their defaults are served.
    case upstreamOutage(FeatureShare)
    /// Some features of a model take values that it has never seen, and their defaults are served.
    case schemaChange(FeatureShare)
    /// Versions trained from now on get some features computed otherwise than they are served, with
    /// that correlation between the two.
    case skew(FeatureShare, agreement: Double)
    /// Versions trained from now on find the answer in features that do not exist when they serve:
    /// `auc` is added to what is measured offline.
    case leakage(FeatureShare, auc: Double)
    /// A share of the labels of a task is flipped, besides what always is.
    case labelFault(task: Int, flipped: Double)
    /// A share of the labels of a task says what a direction would decide that has the given cosine
    /// with the concept.
    case poisonedLabels(task: Int, share: Double, cosine: Double)
  }

  package init(at: Instant, last: Duration? = nil, kind: Kind) {
    self.at = at
    self.last = last
    self.kind = kind
  }
}

/// Some features of a model, the first ones, and what they weigh.
package struct FeatureShare: Sendable, Hashable {
  package var model: Int
  package var count: Int
  /// Their share of the squared weight of the score.
  package var weight: Double

  package init(model: Int, count: Int, weight: Double) {
    self.model = model
    self.count = count
    self.weight = weight
  }
}

/// What becomes of a feature that breaks.
package enum Breakage: Sendable, Hashable {
  /// Its default, the mean.
  case mean
  /// A constant that many standard deviations from the mean.
  case constant(Double)
  /// Another unit: times `scale`, moved by `shift` standard deviations.
  case rescaled(scale: Double, shift: Double)
}

extension DataIncident.Kind {
  /// The word for what happened, as scenarios write it.
  package var cause: String {
    switch self {
    case .sourceOutage: "source-outage"
    case .staleFeatures: "stale-features"
    case .brokenFeature: "broken-feature"
    case .upstreamOutage: "upstream-outage"
    case .schemaChange: "schema-change"
    case .skew: "training-serving-skew"
    case .leakage: "leakage"
    case .labelFault: "label-fault"
    case .poisonedLabels: "poisoned-labels"
    }
  }
}
