import Experiments
import MLSystem
import Quantities

/// What a comparison stands on: how arms are paired, what its intervals mean, and what is too small
/// to matter.
enum ComparisonBasis {
  /// The narrowing from which on pairing is said to have helped.
  private static let leastNarrowing = 1.05

  static func lines(_ comparison: Comparison) -> [String] {
    let identity = comparison.arms[comparison.baseline].results.identity
    let level = NumberText.exact((comparison.level * 1e4).rounded() / 1e2)
    let base = comparison.arms[comparison.baseline].name
    var lines = [
      "\(identity.replications) x \(QuantityFormatter.exact(identity.horizon)), seed "
        + "\(identity.seed); the same arrivals, sizes, drift and failures in every arm",
      "Differences are from \(base), replication by replication; [a, b]: their paired intervals, "
        + "which hold together at \(level) % (Bonferroni)",
      margins(comparison.margins),
    ]
    if !identity.fidelityReason.isEmpty {
      let choice = FidelityChoice(
        Fidelity(rawValue: identity.fidelity), reason: identity.fidelityReason)
      lines += StudyBasis.fidelity(
        choice, of: "arms", flow: comparison.arms[comparison.baseline].results.flow)
    }
    if let ratio = comparison.narrowing { lines.append(pairing(ratio)) }
    if !comparison.unpaired.isEmpty {
      let shown = comparison.unpaired.prefix(6).joined(separator: ", ")
      let more = comparison.unpaired.count > 6 ? " and \(comparison.unpaired.count - 6) more" : ""
      lines.append("Not paired, for only some arms have them: \(shown)\(more).")
    }
    let others = zip(comparison.arms, comparison.standings).filter { $0.1 == .notJudged }
    if !others.isEmpty {
      lines.append(
        "Not judged, for their traffic or incidents are not those of \(base): "
          + others.map(\.0.name).joined(separator: ", "))
    }
    return lines
  }

  private static func margins(_ margins: EquivalenceMargins) -> String {
    let texts = [
      "\(text(margins.amounts, .dollars(""))) of money, rates and counts",
      "\(text(margins.times, .seconds)) of times", "\(text(margins.shares, .points)) of shares",
      "\(text(margins.scores, .number(""))) of scores",
    ]
    return "Equal in practice: differences of at most " + texts.joined(separator: ", ")
  }

  private static func text(_ margin: EquivalenceMargin, _ unit: Unit) -> String {
    func number(_ size: Double, _ unit: Unit) -> String {
      let scale = UnitScale(unit, fitting: size)
      return NumberText.exact((size * scale.factor * 1e9).rounded() / 1e9) + scale.suffix
    }
    return switch margin {
    case .relative(let share): number(share, .ratio)
    case .absolute(let size): number(size, unit)
    }
  }

  private static func pairing(_ ratio: Double) -> String {
    guard ratio >= leastNarrowing else {
      return "Pairing did not narrow the intervals of the metrics judged by: they are as wide as "
        + "with random numbers of their own"
    }
    let decimals = ratio < 9.95 ? 1 : 0
    return "Pairing narrowed the intervals \(NumberText.fixed(ratio, decimals: decimals))x (the "
      + "median over the metrics judged by, against runs with random numbers of their own)"
  }
}
