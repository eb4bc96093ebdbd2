import Quantities
import Randomness

/// How the world moves.
package enum Drift: Sendable, Hashable {
  /// Brownian motion of the concept on the sphere with the given memory τ: E u(t)·u(s) =
  /// e^(-|t-s|/τ).
  case wandering(memory: Duration)
  /// A jump: the cosine between the concept before and after; 1 is no change.
  case sudden(at: Instant, cosine: Double)
  /// The means of some features move by a number of their standard deviations.
  case covariate(at: Instant, features: Int, shift: Double)
}

extension Drift {
  /// When it happens; the start for what always goes on.
  package var at: Instant {
    switch self {
    case .wandering: .start
    case .sudden(let at, _), .covariate(let at, _, _): at
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
