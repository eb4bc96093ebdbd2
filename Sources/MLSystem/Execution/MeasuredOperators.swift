/// The price of an iteration from tables of measured operators instead of first principles.
///
/// All times are seconds of one layer on one pipeline stage.
package struct MeasuredOperators: Sendable {
  /// Everything whose time depends on the tokens of the iteration alone, rising in tokens.
  package var dense: [(tokens: Double, seconds: Double)] = []
  /// One all-reduce by bytes, rising, of which a layer has two; empty without tensor parallelism.
  package var allReduce: [(bytes: Double, seconds: Double)] = []
  /// What the host adds to every all-reduce.
  package var allReduceLaunch = 0.0
  /// Decode attention: for each measured count of sequences, by tokens of context of each.
  package var decode: [Int: [(context: Double, seconds: Double)]] = [:]
  /// Decode attention is longer by this share when there is more than one sequence.
  package var batchingOverhead = 0.0
  /// Prefill attention: a chunk of prompt tokens after so many others.
  package var prefill: [(chunk: Double, before: Double, seconds: Double)] = []

  package init() {}

  /// What the tables do not say.
  package struct Shape: Sendable {
    /// Layers of a pipeline stage, and bytes of the activations of a token.
    package var layers: Int
    package var bytesPerToken: Double
    /// Tokens of an iteration are padded to a multiple of this.
    package var padding: Int
    /// The most tokens and sequences of an iteration.
    package var tokens: Int
    package var sequences: Int

    package init(
      layers: Int, bytesPerToken: Double, padding: Int = 1, tokens: Int, sequences: Int
    ) {
      self.layers = layers
      self.bytesPerToken = bytesPerToken
      self.padding = padding
      self.tokens = tokens
      self.sequences = sequences
    }
  }

  /// The price: interpolated between the rows of the tables, constant beyond their ends.
  ///
  /// Prefill attention is the least-squares fit of `a + b · chunk + c · pairs` to the rows whose
  /// chunk an iteration may have. Decode attention keeps the contexts in `Self.knots`.
  package func iterationTime(_ shape: Shape) -> IterationTime {
    let layers = Double(shape.layers)
    func units(_ seconds: Double) -> Int64 { IterationTime.units(seconds * layers * 1e9) }
    let byTokens = (0...shape.tokens).map { count in
      let padded = (max(1, count) + shape.padding - 1) / shape.padding * shape.padding
      let tokens = Double(padded)
      var seconds = Self.interpolate(dense.map { ($0.tokens, $0.seconds) }, tokens)
      if !allReduce.isEmpty {
        let one = Self.interpolate(
          allReduce.map { ($0.bytes, $0.seconds) }, tokens * shape.bytesPerToken)
        seconds += 2 * (one + allReduceLaunch)
      }
      return max(1, units(seconds))
    }
    let law = prefillLaw(upTo: Double(shape.tokens))
    return IterationTime(
      byTokens: byTokens, perPrefill: max(0, units(law[0])),
      perPrefillToken: max(0, units(law[1])), perPair: max(0, units(law[2])),
      decode: decodeCurve(shape.sequences, units))
  }

  /// Contexts between which decode attention is taken as straight.
  static let knots: [Double] = [0, 128, 512, 1_024, 2_048, 4_096]

  private func decodeCurve(_ sequences: Int, _ units: (Double) -> Int64) -> ContextCurve {
    let measured = decode.keys.sorted()
    let rows = (0...sequences).map { count -> [ContextCurve.Piece] in
      guard count > 0, let nearest = measured.last(where: { $0 <= count }) ?? measured.first,
        let table = decode[nearest]
      else { return [ContextCurve.Piece(from: 0, value: 0, slope: 0)] }
      let factor = count > 1 ? 1 + batchingOverhead : 1
      let points = table.map { ($0.context, $0.seconds * factor) }
      // Noise may make longer contexts faster; time never falls with context.
      var values = Self.knots.map { units(Self.interpolate(points, $0)) }
      for i in values.indices.dropFirst() { values[i] = max(values[i], values[i - 1]) }
      return Self.knots.indices.map { i in
        let from = Int64(Self.knots[i]) * Int64(count)
        if i + 1 == Self.knots.count {
          return ContextCurve.Piece(from: from, value: values[i], slope: 0)
        }
        let width = (Int64(Self.knots[i + 1]) - Int64(Self.knots[i])) * Int64(count)
        return ContextCurve.Piece(
          from: from, value: values[i], slope: (values[i + 1] - values[i]) / width)
      }
    }
    return ContextCurve(rows: rows)
  }

  // MARK: Fits

  /// Linear between points that rise in the first member, constant beyond the ends.
  static func interpolate(_ points: [(Double, Double)], _ x: Double) -> Double {
    guard let first = points.first, let last = points.last else { return 0 }
    if x <= first.0 { return first.1 }
    if x >= last.0 { return last.1 }
    var low = 0
    var high = points.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if points[middle].0 <= x { low = middle } else { high = middle }
    }
    let (a, b) = (points[low], points[high])
    return a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0)
  }

  /// Coefficients of 1, chunk and pairs.
  private func prefillLaw(upTo tokens: Double) -> [Double] {
    var moments = [[Double]](repeating: [0, 0, 0, 0], count: 3)
    for row in prefill where row.chunk <= tokens {
      let pairs = row.chunk * row.before + row.chunk * (row.chunk + 1) / 2
      let terms = [1, row.chunk, pairs]
      for i in 0..<3 {
        for j in 0..<3 { moments[i][j] += terms[i] * terms[j] }
        moments[i][3] += terms[i] * row.seconds
      }
    }
    return Self.solve(moments)
  }

  /// Solves a small system whose last column is the right side; zeros where it is singular.
  private static func solve(_ system: [[Double]]) -> [Double] {
    var rows = system
    for i in rows.indices {
      let pivot = rows.indices.dropFirst(i).max { abs(rows[$0][i]) < abs(rows[$1][i]) } ?? i
      rows.swapAt(i, pivot)
      if rows[i][i] == 0 { return rows.map { _ in 0 } }
      for k in rows.indices where k != i {
        let factor = rows[k][i] / rows[i][i]
        for j in i..<rows[k].count { rows[k][j] -= factor * rows[i][j] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }
}
