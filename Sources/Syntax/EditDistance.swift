/// Finds the name that was probably meant.
package enum EditDistance {
  /// The nearest of the candidates, if any is near enough: at most a third of the length differs.
  ///
  /// Ties go to the earlier candidate. Names over 64 bytes are never near anything.
  package static func suggestion<Names: Sequence>(for text: String, among candidates: Names)
    -> String? where Names.Element == String
  {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != text {
      let other = Array(candidate.utf8)
      guard !other.isEmpty, other.count <= 64 else { continue }
      let limit = max(1, max(wanted.count, other.count) / 3)
      guard abs(wanted.count - other.count) <= limit * 2 else { continue }
      var found = distance(lowered(wanted), lowered(other)) * 2
      // A wrong case alone is nearer than any other slip.
      if found == 0 { found = 1 }
      guard found <= limit * 2, found < best?.distance ?? .max else { continue }
      best = (candidate, found)
    }
    return best?.name
  }

  /// The edits that turn one text into the other, a swap of neighbours counting as one edit:
  /// optimal string alignment (Boytsov 2011, doi:10.1145/1963190.1963191, section 2.1).
  package static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in 0..<first.count {
      var current = [row + 1]
      current.reserveCapacity(second.count + 1)
      for column in 0..<second.count {
        let cost = first[row] == second[column] ? 0 : 1
        var value = min(last[column] + cost, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          value = min(value, beforeLast[column - 1] + 1)
        }
        current.append(value)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }

  private static func lowered(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }
}
