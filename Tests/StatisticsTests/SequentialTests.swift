import Statistics
import Testing

@Suite("Sequential tests")
struct SequentialTests {
  /// Jennison & Turnbull 2000, *Group Sequential Methods*, tables 2.1 and 2.3, α = 0.05.
  @Test(
    "Published constants", arguments: [(1, 1.960, 1.960), (10, 2.555, 2.087), (20, 2.672, 2.126)])
  func constants(looks: Int, pocock: Double, obrienFleming: Double) {
    let even = GroupSequentialDesign(.pocock, looks: looks)
    let falling = GroupSequentialDesign(.obrienFleming, looks: looks)
    #expect((even.bounds[0] - pocock).magnitude < 0.0006)
    #expect((falling.bounds[looks - 1] - obrienFleming).magnitude < 0.0006)
  }

  @Test("Power of a design of one look is that of a z-test")
  func power() {
    let design = GroupSequentialDesign(.pocock, looks: 1)
    // Φ(2.8 - 1.96) + Φ(-2.8 - 1.96)
    #expect((design.crossings(drift: 2.8)[0] - 0.79955).magnitude < 1e-4)
    #expect(design.decision(look: 0, z: -2) == .rejected)
    #expect(design.decision(look: 0, z: 1.9) == .accepted)
    let two = GroupSequentialDesign(.obrienFleming, looks: 2)
    #expect(two.decision(look: 0, z: 2.5) == .open)
    // A true effect is found more often than none, and sooner or later in any order of sign.
    let power = two.crossings(drift: 3).reduce(0, +)
    #expect(power > 0.8 && (power - two.crossings(drift: -3).reduce(0, +)).magnitude < 1e-12)
  }

  @Test("A batch counts as its outcomes")
  func batches() {
    var single = ProbabilityRatioTest(nullRate: 0.1, otherRate: 0.3)
    var batch = single
    for isSuccess in [true, false, false, true] { _ = single.update(isSuccess) }
    _ = batch.update(successes: 2, of: 4)
    #expect((single.logRatio - batch.logRatio).magnitude < 1e-12)
    #expect(batch.update(successes: 20, of: 20) == .rejected)
    let decided = batch.logRatio
    #expect(batch.update(successes: 0, of: 1000) == .rejected && batch.logRatio == decided)
  }

  @Test("A look without variance changes nothing; evidence once found stays")
  func looks() {
    var test = MixtureSequentialTest(mixing: 0.02)
    #expect(test.look(successes: (0, 0), trials: (10, 10)) == .open && test.pValue == 1)
    #expect(test.look(difference: 0.1, variance: 1e-4) == .rejected)
    let found = test.pValue
    #expect(test.look(difference: 0, variance: 1e-4) == .rejected && test.pValue == found)
    #expect(test.interval(difference: 0, variance: 0).high == .infinity)
  }
}
