/// An `IterationTime` in plain memory, as the server reads it.
///
/// The owner gives the memory back; see `deallocate`.
struct LLMPriceTable {
  let byTokens: UnsafeMutablePointer<Int64>
  let lastTokens: Int64
  let perSequence: Int64
  let prefillIteration: Int64
  let perPrefill: Int64
  let perPrefillToken: Int64
  let perPair: Int64
  let decode: LLMCurveTable
  let decodeBesidePrefill: LLMCurveTable

  init(_ time: IterationTime) {
    precondition(
      !time.byTokens.isEmpty && time.byTokens.allSatisfy { $0 > 0 }, "an iteration takes time")
    precondition(
      min(time.perSequence, time.prefillIteration, time.perPrefill) >= 0
        && min(time.perPrefillToken, time.perPair) >= 0
        && (time.decode.rows + time.decodeBesidePrefill.rows).joined().allSatisfy {
          $0.value >= 0 && $0.slope >= 0
        }, "no part of an iteration takes negative time")
    byTokens = .allocate(capacity: time.byTokens.count)
    byTokens.initialize(from: time.byTokens, count: time.byTokens.count)
    lastTokens = Int64(time.byTokens.count - 1)
    perSequence = time.perSequence
    prefillIteration = time.prefillIteration
    perPrefill = time.perPrefill
    perPrefillToken = time.perPrefillToken
    perPair = time.perPair
    decode = LLMCurveTable(time.decode)
    decodeBesidePrefill = LLMCurveTable(time.decodeBesidePrefill)
  }

  func deallocate() {
    byTokens.deallocate()
    decode.deallocate()
    decodeBesidePrefill.deallocate()
  }

  /// What does not depend on contexts, without prompt tokens.
  @inline(__always)
  func fixed(tokens: Int64, sequences: Int64) -> Int64 {
    byTokens[Int(min(tokens, lastTokens))] &+ perSequence &* sequences
  }

  /// What prompt tokens add, their share of `byTokens` apart.
  @inline(__always)
  func prompts(sequences: Int64, tokens: Int64, pairs: Int64) -> Int64 {
    prefillIteration &+ perPrefill &* sequences &+ perPrefillToken &* tokens &+ perPair &* pairs
  }

  /// Pairs of `count` prompt tokens after `start`: each attends to what was before and to itself.
  @inline(__always)
  static func pairs(start: Int64, count: Int64) -> Int64 {
    count &* start &+ (count &* (count &+ 1)) / 2
  }
}

/// A `ContextCurve` with rows of equal length.
struct LLMCurveTable {
  private let pieces: UnsafeMutablePointer<ContextCurve.Piece>
  private let width: Int
  private let lastRow: Int64

  init(_ curve: ContextCurve) {
    // One piece more than the longest row, which begins where no context comes.
    let width = 1 + curve.rows.reduce(0) { max($0, $1.count) }
    let end = ContextCurve.Piece(from: .max, value: 0, slope: 0)
    self.width = width
    lastRow = Int64(curve.rows.count - 1)
    pieces = .allocate(capacity: width * curve.rows.count)
    pieces.initialize(repeating: end, count: width * curve.rows.count)
    for (r, row) in curve.rows.enumerated() {
      for (i, piece) in row.enumerated() { pieces[r * width + i] = piece }
    }
  }

  func deallocate() { pieces.deallocate() }

  /// The value at `context`, the slope there, and where the next piece begins.
  @inline(__always)
  func piece(_ decoding: Int64, _ context: Int64) -> (value: Int64, slope: Int64, end: Int64) {
    var piece = pieces + Int(min(decoding, lastRow)) &* width
    while piece[1].from <= context { piece += 1 }
    let slope = piece.pointee.slope
    return (
      piece.pointee.value &+ slope &* (context &- piece.pointee.from), slope, piece[1].from
    )
  }
}
