import Quantities
import Randomness

/// How the world moves.
package indirect enum Drift: Sendable, Hashable {
  /// Brownian motion of the concept on the sphere with the given memory τ: E u(t)·u(s) =
  /// e^(-|t-s|/τ).
  case wandering(memory: Duration)
  /// A jump: the cosine between the concept before and after; 1 is no change.
  case sudden(at: Instant, cosine: Double)
  /// An even turn by the angle of a cosine that takes so long.
  case gradual(at: Instant, over: Duration, cosine: Double)
  /// The same turn in equal steps: many small releases instead of one.
  case incremental(at: Instant, over: Duration, steps: Int, cosine: Double)
  /// A part of the concept that goes round and comes back: √(1-a²) u + a (cos ωt e₁ + sin ωt e₂).
  case recurring(amplitude: Double, period: Duration)
  /// Prevalence and separability that swing with a period: each is its mean times 1 + its swing
  /// times cos(2π (t - peak) / period).
  case seasonal(period: Duration, peak: Instant, positives: Double, separability: Double)
  /// The prevalence of the positive class moves to a value, at once or evenly.
  case labelShift(at: Instant, over: Duration, positives: Double)
  /// What a perfect learner could reach moves to an AUC, at once or evenly.
  case separability(at: Instant, over: Duration, auc: Double)
  /// The means of some features move by a number of their standard deviations.
  case covariate(at: Instant, features: FeatureSet, shift: Double)
  /// One of the others, in one segment of the task only.
  case within(segment: Int, Drift)
}

/// Some of the features of a task.
package enum FeatureSet: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// So many, from the first.
  case first(Int)
  /// Those of some numbers, the first of which is 0.
  case numbered([Int])

  package init(integerLiteral count: Int) { self = .first(count) }

  /// Their numbers.
  package var numbers: [Int] {
    switch self {
    case .first(let count): Array(0..<max(count, 0))
    case .numbered(let numbers): numbers
    }
  }
}

extension Drift {
  /// The segment that alone it moves; nil for all.
  package var segment: Int? {
    if case .within(let segment, _) = self { segment } else { nil }
  }

  /// The movement, whichever segment makes it.
  package var common: Drift {
    if case .within(_, let drift) = self { drift.common } else { self }
  }

  /// When it happens or begins; the start for what always goes on.
  package var at: Instant {
    switch self {
    case .wandering, .recurring, .seasonal: .start
    case .sudden(let at, _), .gradual(let at, _, _), .incremental(let at, _, _, _),
      .labelShift(let at, _, _), .separability(let at, _, _), .covariate(let at, _, _):
      at
    case .within(_, let drift): drift.at
    }
  }

  /// Whether it begins at an instant, instead of going on always.
  package var hasInstant: Bool {
    switch common {
    case .wandering, .recurring, .seasonal, .within: false
    case .sudden, .gradual, .incremental, .labelShift, .separability, .covariate: true
    }
  }

  /// Whether it moves the features' means.
  package var isCovariate: Bool { if case .covariate = common { true } else { false } }

  /// Whether it moves what features say about the answer, so that a model gets worse at an instant.
  package var turnsConcept: Bool {
    switch common {
    case .sudden, .gradual, .incremental, .separability: true
    case .wandering, .recurring, .seasonal, .labelShift, .covariate, .within: false
    }
  }

  /// Whether it moves prevalence or separability.
  var movesScene: Bool {
    switch common {
    case .seasonal, .labelShift, .separability: true
    case .wandering, .sudden, .gradual, .incremental, .recurring, .covariate, .within: false
    }
  }
}

extension Drift {
  /// What happens, for the timeline; `segment` names where, with " of segment" before it.
  func account(_ segment: String) -> String {
    func fixed(_ value: Double) -> String { QuantityFormatter.fixed(value, decimals: 2) }
    func over(_ span: Duration) -> String {
      span <= .zero ? "" : " over \(QuantityFormatter.time(span.seconds))"
    }
    switch common {
    case .sudden(_, let cosine): return "the concept\(segment) turns, cosine \(fixed(cosine))"
    case .gradual(_, let span, let cosine):
      return "the concept\(segment) turns\(over(span)), cosine \(fixed(cosine))"
    case .incremental(_, let span, let steps, let cosine):
      return
        "the concept\(segment) turns in \(steps) steps\(over(span)), cosine \(fixed(cosine))"
    case .labelShift(_, let span, let positives):
      let share = QuantityFormatter.percent(positives)
      return "the share of positives\(segment) moves to \(share)\(over(span))"
    case .separability(_, let span, let auc):
      return "the best reachable AUC\(segment) moves to \(fixed(auc))\(over(span))"
    case .covariate(_, let features, let shift):
      let count = features.numbers.count
      return "the means of \(count) features\(segment) move by \(fixed(shift)) sd"
    case .wandering, .recurring, .seasonal, .within: return "the world goes on"
    }
  }
}

extension [Drift] {
  /// In order of time; drift that always goes on comes first, ties keep their order.
  var sortedByTime: [Drift] {
    enumerated().sorted { a, b in (a.element.at, a.offset) < (b.element.at, b.offset) }
      .map(\.element)
  }
}
