import Quantities

/// A threshold taken apart into its pieces, each with its place in the text.
struct ThresholdText {
  /// A piece of the text and its UTF-8 offsets.
  struct Piece {
    var text: String
    var offsets: Range<Int>
  }

  var metric: Piece
  var comparison: Threshold.Comparison
  var value: Piece
  var window: Piece?
  var after: Piece?
  var share: Piece?

  /// Takes a text apart; nil where it has no operator, metric or value.
  ///
  /// METRIC OP VALUE [in every WINDOW] [after INSTANT] [in N % of runs]
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: { $0 == 0x3C || $0 == 0x3E }) else { return nil }
    let hasEqual = start + 1 < bytes.count && bytes[start + 1] == 0x3D
    let sign = String(decoding: bytes[start...(hasEqual ? start + 1 : start)], as: UTF8.self)
    guard let comparison = Threshold.Comparison(rawValue: sign) else { return nil }
    self.comparison = comparison
    let from = start + sign.utf8.count
    let window = Self.find(" in every ", in: bytes, from: from)
    let after = Self.find(" after ", in: bytes, from: window?.upperBound ?? from)
    let runs =
      bytes.count >= from + 8 && Self.find(" of runs", in: bytes, from: bytes.count - 8) != nil
    let share =
      runs ? Self.find(" in ", in: bytes, from: (after ?? window)?.upperBound ?? from) : nil
    var ends = [window, after, share].compactMap { $0?.lowerBound }
    ends.append(bytes.count)
    func piece(_ start: Int, _ end: Int) -> Piece? {
      var low = start
      var high = end
      while low < high, bytes[low] == 0x20 { low += 1 }
      while high > low, bytes[high - 1] == 0x20 { high -= 1 }
      guard low < high else { return nil }
      return Piece(text: String(decoding: bytes[low..<high], as: UTF8.self), offsets: low..<high)
    }
    func clause(_ word: Range<Int>?) -> Piece? {
      guard let word else { return nil }
      let isShare = word == share
      let end = ends.first { $0 > word.lowerBound } ?? bytes.count
      return piece(word.upperBound, isShare ? bytes.count - 8 : end)
    }
    guard let metric = piece(0, start), let value = piece(from, ends[0]) else { return nil }
    self.metric = metric
    self.value = value
    self.window = clause(window)
    self.after = clause(after)
    self.share = clause(share)
    // A clause without its value is a mistake of the whole text.
    if window != nil && self.window == nil || after != nil && self.after == nil
      || share != nil && self.share == nil
    {
      return nil
    }
  }

  private static func find(_ word: String, in bytes: [UInt8], from: Int) -> Range<Int>? {
    let wanted = Array(word.utf8)
    guard from + wanted.count <= bytes.count else { return nil }
    for start in from...(bytes.count - wanted.count)
    where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      return start..<(start + wanted.count)
    }
    return nil
  }
}
