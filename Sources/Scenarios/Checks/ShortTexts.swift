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

/// A text without the spaces at its ends.
func trimmed(_ text: some StringProtocol) -> String {
  var bytes = Array(text.utf8)[...]
  while bytes.first == 0x20 { bytes.removeFirst() }
  while bytes.last == 0x20 { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}
