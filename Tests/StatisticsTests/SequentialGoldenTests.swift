import Statistics
import TestSupport
import Testing

/// Paths of mSPRT and SPRT, bounds of group-sequential designs and spending functions.
@Suite("Sequential tests against golden values")
struct SequentialGoldenTests {
  @Test("Every case")
  func cases() throws {
    for item in try GoldenCase.all(in: "Statistics/sequential.json") {
      switch item.kind {
      case "msprt_two_proportions": try mixture(item)
      case "sprt_bernoulli": try ratio(item)
      case "group_sequential": try group(item)
      case "alpha_spending": try spending(item)
      default: Issue.record("no test for the kind \(item.kind)")
      }
    }
  }

  private func mixture(_ item: GoldenCase) throws {
    let tau = try item.number("tau")
    let alpha = try item.number("alpha")
    var test = MixtureSequentialTest(mixing: tau, alpha: alpha)
    for row in try item.rows("rows") {
      let trials = (Int(row[0]), Int(row[0]))
      let successes = (Int(row[1]), Int(row[2]))
      let decision = test.look(successes: successes, trials: trials)
      let (difference, variance) = MixtureSequentialTest.difference(
        successes: successes, trials: trials)
      let interval = test.interval(difference: difference, variance: variance)
      for (found, expected) in zip(
        [test.logRatio, test.pValue, interval.low, interval.high], row[3...])
      {
        #expect((found - expected).magnitude <= max(1e-9 * expected.magnitude, 1e-12))
      }
      #expect((decision == .rejected) == (row[4] <= alpha))
    }
  }

  private func ratio(_ item: GoldenCase) throws {
    var test = ProbabilityRatioTest(
      nullRate: try item.number("p0"), otherRate: try item.number("p1"),
      alpha: try item.number("alpha"), beta: try item.number("beta"))
    let stream = Array(try item.text("stream").utf8)
    var decided: Int?
    for (index, byte) in stream.enumerated()
    where decided == nil && test.update(byte == UInt8(ascii: "1")) != .open {
      decided = index
    }
    var check = GoldenCheck(item)
    try check.number("upper", test.upper)
    try check.number("lower", test.lower)
    try check.number("log_lr", test.logRatio)
    let words =
      switch test.decision {
      case .open: "continue"
      case .rejected: "reject_h0"
      case .accepted: "accept_h0"
      }
    try check.text("decision", words)
    if let decided { try check.number("index", Double(decided)) }
    let problems = try check.problems().filter { decided != nil || !$0.hasPrefix("index") }
    #expect(problems == [])
  }

  private func group(_ item: GoldenCase) throws {
    let shape: GroupSequentialDesign.Shape =
      try item.text("type") == "pocock" ? .pocock : .obrienFleming
    let looks = try item.integer("K")
    let alpha = try item.number("alpha_two_sided")
    let design = GroupSequentialDesign(shape, looks: looks, alpha: alpha)
    var check = GoldenCheck(item, relative: try item.number("rel_tol"))
    try check.number("constant", design.bounds[looks - 1])
    try check.numbers("z_bounds", design.bounds)
    #expect(try check.problems() == [])
    #expect((design.crossings().reduce(0, +) - alpha).magnitude < 1e-9)
  }

  private func spending(_ item: GoldenCase) throws {
    let alpha = try item.number("alpha")
    let shares = try item.numbers("t")
    var check = GoldenCheck(item)
    for (name, function) in [
      ("obrien_fleming_type", AlphaSpending.obrienFleming), ("pocock_type", .pocock),
    ] {
      try check.numbers(name, shares.map { function.spent(alpha, at: $0) })
      // Bounds from a spending function cross exactly as often as it spends.
      let design = GroupSequentialDesign(spending: function, information: shares, alpha: alpha)
      var sum = 0.0
      for (crossing, share) in zip(design.crossings(), shares) {
        sum += crossing
        #expect((sum - function.spent(alpha, at: share)).magnitude < 1e-9)
      }
    }
    #expect(try check.problems() == [])
  }
}
