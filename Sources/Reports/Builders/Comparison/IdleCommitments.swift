import Experiments
import MLSystem
import Quantities

/// Committed machines that an arm pays for and leaves idle.
enum IdleCommitments {
  /// A note for each commitment that is too large for the arm and whose idle hours cost more than
  /// the baseline's, by an amount that matters beside the bill.
  static func notes(_ arm: Comparison.Arm, base: Comparison.Arm, _ margins: EquivalenceMargins)
    -> [String]
  {
    let before = CommitmentAnalysis.all(base.results)
    let bill = arm.results.cost.perMonth.expected.dollars
    return CommitmentAnalysis.all(arm.results).compactMap { item in
      let same = before.first { $0.pool == item.pool && $0.term == item.term }
      let more = (item.unused - (same?.unused ?? .zero)).dollars
      guard more > margins[.dollars].size(bill, bill), let used = item.utilisation,
        item.recommended.map({ $0 < item.machines }) ?? true
      else { return nil }
      return note(item, used: used)
    }
  }

  /// The money stands in the bill, as a line of idle hours.
  private static func note(_ item: CommitmentAnalysis, used: Double) -> String {
    let isOne = item.machines == 1
    let machines = isOne ? "machine" : "\(item.machines) machines"
    let share = NumberText.fixed(used * 100, decimals: 0)
    let text =
      "! The \(machines) of \(item.pool) committed for \(item.term) \(isOne ? "is" : "are") "
      + "\(share) % used, and the rest is paid as idle"
    return switch item.recommended {
    case nil: text + "."
    case 0: text + ": better dropped."
    case .some(let best): text + ": \(best) would be best."
    }
  }
}
