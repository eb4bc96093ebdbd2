import MLSystem
import Quantities

/// Reads what a good request is: `answered`, `latency < TIME`, `ttft < TIME`.
enum GoodText {
  static func good(_ text: String) -> Objective.Good? {
    if text == "answered" { return .answered }
    let parts = text.split(separator: "<", omittingEmptySubsequences: false)
      .map { trimmed($0) }
    guard parts.count == 2, let limit = try? QuantityParser.duration(parts[1]) else { return nil }
    switch parts[0] {
    case "latency": return .latencyBelow(limit)
    case "ttft": return .firstTokenBelow(limit)
    default: return nil
    }
  }
}

/// Reads what undoes a rollout: `errors > 1 %`, `errors > 2x baseline`, `latency > 2x baseline`.
enum RollbackText {
  static func rule(_ text: String) -> RolloutPlan.Rule? {
    let parts = text.split(separator: ">", omittingEmptySubsequences: false).map { trimmed($0) }
    guard parts.count == 2 else { return nil }
    if parts[1].hasSuffix(" baseline") {
      guard let factor = try? QuantityParser.factor(trimmed(parts[1].dropLast(9))) else {
        return nil
      }
      switch parts[0] {
      case "errors": return .errorsTimesBaseline(factor)
      case "latency": return .latencyTimesBaseline(factor)
      default: return nil
      }
    }
    guard parts[0] == "errors", let share = try? QuantityParser.percent(parts[1]), share > 0,
      share <= 1
    else { return nil }
    return .errorsAbove(share)
  }
}

/// A text without the spaces at its ends.
private func trimmed(_ text: some StringProtocol) -> String {
  var bytes = Array(text.utf8)[...]
  while bytes.first == 0x20 { bytes.removeFirst() }
  while bytes.last == 0x20 { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}
