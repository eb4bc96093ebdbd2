import MLSystem
import Testing

@Suite("Measured operators")
struct MeasuredOperatorsTests {
  /// Two layers, hand-made tables: every figure below is computed by hand.
  @Test("Tables become a price")
  func price() {
    var operators = MeasuredOperators()
    operators.dense = [(1, 1e-3), (9, 5e-3)]
    operators.allReduce = [(0, 1e-4), (1_000, 2e-4)]
    operators.allReduceLaunch = 5e-5
    operators.decode = [1: [(0, 0), (4_096, 4.096e-3)], 2: [(0, 1e-3), (4_096, 1e-3)]]
    operators.prefill = [(2, 0, 5.3e-3), (2, 10, 25.3e-3), (4, 0, 14.3e-3), (4, 10, 54.3e-3)]
    let time = operators.iterationTime(
      MeasuredOperators.Shape(
        layers: 2, bytesPerToken: 100, padding: 4, tokens: 8, sequences: 2))
    func milliseconds(_ units: Int64) -> Double {
      (Double(units) / Double(IterationTime.unitsPerNanosecond) / 1e3).rounded() / 1e3
    }
    // Padded to 4 tokens: 2.5 ms dense, 2 all-reduces of 0.14 + 0.05 ms.
    #expect(milliseconds(time.byTokens[3]) == 2 * (2.5 + 2 * 0.19))
    // 1 µs a token of context for one sequence, two layers.
    let one = time.decode.rows[1][0]
    #expect(milliseconds(one.slope * 1_000) == 2)
    #expect(milliseconds(time.decode.rows[2][0].value) == 2)
    // The rows of prefill are 0.3 + 1 · chunk + 1 · pairs exactly.
    #expect(milliseconds(time.perPrefill) == 0.6)
    #expect(milliseconds(time.perPrefillToken) == 2)
    #expect(milliseconds(time.perPair) == 2)
  }

  @Test("A broken table is an error that names the line")
  func broken() {
    #expect(throws: (any Error).self) {
      try MeasuredOperators(
        vidur: .init(accelerator: "a100", model: "m", tensorParallel: 1), mlp: "gpu,model\na,b\n",
        attention: "", allReduce: "")
    }
  }
}
