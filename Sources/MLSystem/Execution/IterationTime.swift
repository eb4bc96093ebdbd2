/// The time that one iteration takes on one pipeline stage, in integers of 2^-20 ns.
///
/// It is rounded once, when the model is built, so that sums over iterations are exact. For a fixed
/// batch it is piecewise linear in the sum of contexts and linear in the pairs of a chunk: that is
/// what lets the server jump. Everything else may be any function of the counts.
///
/// An iteration with T tokens, of which some are prompt tokens of P prefilling sequences, R running
/// sequences of which n decode with contexts of S tokens in all takes
///
///     byTokens[T] + perSequence · R + decode(n, S)                            without prompt
/// tokens
///     byTokens[T] + perSequence · R + decodeBesidePrefill(n, S)               with prompt tokens
///       + prefillIteration + perPrefill · P + perPrefillToken · prompt tokens + perPair · pairs
///
/// With pipeline parallelism it is the time of the slowest stage.
package struct IterationTime: Sendable, Hashable {
  /// Units of an `IterationTime` in a nanosecond.
  package static let unitsPerNanosecond: Int64 = 1 << 20

  /// By count of tokens in the iteration, entry `min(tokens, last)`; so padding and rooflines fit.
  package var byTokens: [Int64]
  /// Per sequence in the batch.
  package var perSequence: Int64
  /// Once in an iteration that computes prompt tokens.
  package var prefillIteration: Int64
  /// Per sequence whose prompt tokens are computed.
  package var perPrefill: Int64
  /// Per prompt token, beyond what `byTokens` has for every token.
  package var perPrefillToken: Int64
  /// Per pair of (prompt token, token it attends to).
  package var perPair: Int64
  /// Attention of the decoding sequences in an iteration without prompt tokens.
  package var decode: ContextCurve
  /// Attention of the decoding sequences in an iteration that also computes prompt tokens.
  package var decodeBesidePrefill: ContextCurve

  package init(
    byTokens: [Int64], perSequence: Int64 = 0, prefillIteration: Int64 = 0, perPrefill: Int64 = 0,
    perPrefillToken: Int64 = 0, perPair: Int64 = 0, decode: ContextCurve,
    decodeBesidePrefill: ContextCurve? = nil
  ) {
    self.byTokens = byTokens
    self.perSequence = perSequence
    self.prefillIteration = prefillIteration
    self.perPrefill = perPrefill
    self.perPrefillToken = perPrefillToken
    self.perPair = perPair
    self.decode = decode
    self.decodeBesidePrefill = decodeBesidePrefill ?? decode
  }

  /// `base + perToken · tokens` and so on, all in nanoseconds: the five numbers of a first guess.
  package static func linear(
    base: Double, perToken: Double, perSequence: Double, perPair: Double, perContext: Double,
    tokens: Int
  ) -> IterationTime {
    IterationTime(
      byTokens: (0...tokens).map { units(base + perToken * Double($0)) },
      perSequence: units(perSequence), perPair: units(perPair),
      decode: .line(units(perContext)))
  }

  /// A time in nanoseconds, rounded to the unit; halves go up.
  package static func units(_ nanoseconds: Double) -> Int64 {
    Int64((nanoseconds * Double(unitsPerNanosecond)).rounded(.toNearestOrAwayFromZero))
  }

  /// Every coefficient times `factor`, each rounded once: the price of a slow version or machine.
  package func scaled(by factor: Double) -> IterationTime {
    func scale(_ value: Int64) -> Int64 { Int64((Double(value) * factor).rounded()) }
    return IterationTime(
      byTokens: byTokens.map { max(1, scale($0)) }, perSequence: scale(perSequence),
      prefillIteration: scale(prefillIteration), perPrefill: scale(perPrefill),
      perPrefillToken: scale(perPrefillToken), perPair: scale(perPair), decode: decode.map(scale),
      decodeBesidePrefill: decodeBesidePrefill.map(scale))
  }
}

/// Attention time of n decoding sequences by the sum of their contexts: a polyline for each n.
package struct ContextCurve: Sendable, Hashable {
  /// From `from` tokens on the time is `value + slope · (context - from)`, up to the next piece.
  package struct Piece: Sendable, Hashable {
    package var from: Int64
    package var value: Int64
    package var slope: Int64

    package init(from: Int64, value: Int64, slope: Int64) {
      self.from = from
      self.value = value
      self.slope = slope
    }
  }

  /// Row `min(n, last)` holds the pieces for n sequences, the first from 0 and rising.
  package var rows: [[Piece]]

  package init(rows: [[Piece]]) {
    precondition(
      !rows.isEmpty && rows.allSatisfy { $0.first?.from == 0 }, "every row of a curve begins at 0")
    self.rows = rows
  }

  /// The same slope for every n, from nothing.
  package static func line(_ perContext: Int64) -> ContextCurve {
    ContextCurve(rows: [[Piece(from: 0, value: 0, slope: perContext)]])
  }

  /// One slope up to the knot and another beyond it, whatever n is.
  package static func bent(_ perContext: Int64, beyond: Int64, knot: Int64) -> ContextCurve {
    ContextCurve(rows: [
      [
        Piece(from: 0, value: 0, slope: perContext),
        Piece(from: knot, value: perContext * knot, slope: beyond),
      ]
    ])
  }

  /// Values and slopes after `change`, knots as they are.
  func map(_ change: (Int64) -> Int64) -> ContextCurve {
    ContextCurve(
      rows: rows.map { row in
        row.map { Piece(from: $0.from, value: change($0.value), slope: change($0.slope)) }
      })
  }
}
