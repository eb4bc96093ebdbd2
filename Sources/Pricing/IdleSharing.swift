import Quantities

/// How the cost that nobody's work explains is shared out.
public enum IdleSharing: String, Hashable, Sendable, CaseIterable {
  /// In proportion to what each already bears.
  case weighted
  /// The same to each.
  case even
  /// Not at all: it stands on a line of its own.
  case separate

  /// The method in words.
  public var text: String {
    switch self {
    case .weighted: "in proportion to direct cost"
    case .even: "the same to each"
    case .separate: "kept apart"
    }
  }

  /// Shares of `idle` for owners who already bear `costs`.
  ///
  /// The shares add to `idle` exactly; with `separate`, or where there is no owner, nobody bears
  /// any. Where nobody bears a cost, `weighted` shares evenly.
  public func shares(of idle: Money, among costs: [Money]) -> [Money] {
    guard self != .separate, !costs.isEmpty else { return costs.map { _ in .zero } }
    let sum = costs.total()
    let isEven = self == .even || sum <= .zero
    var shares: [Money] = []
    var left = idle
    // Each takes its part of what the ones before have left, so that nothing is lost to rounding.
    var weight = isEven ? Int128(costs.count) : sum.picodollars
    for cost in costs {
      let own = isEven ? 1 : cost.picodollars
      let share = weight == 0 ? .zero : left.times(own, over: weight)
      shares.append(share)
      left -= share
      weight -= own
    }
    return shares
  }
}
