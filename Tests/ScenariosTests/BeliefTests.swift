import MLSystem
import Randomness
import Scenarios
import Syntax
import Testing

@Suite struct BeliefTests {
  private static let text = minimal(
    stream: "growth: { uncertain: { p10: '-2 %/month', p90: '8 %/month' } },"
  ).replacing("\"10/s\"", with: "{ uncertain: { p10: '5/s', p90: '20/s' } }")

  @Test func `a belief is drawn once per replication from its path`() throws {
    let scenario = try load(Self.text).base
    for replication in 0..<5 {
      let model = try scenario.assemble(replication: replication)
      let uniform = StreamFamily(seed: 1, replication: replication)
        .uniform(named: "belief traffic.users.rate")
      let law = Distribution.lognormal(p10: 5, p90: 20)
      #expect(model.traffic[0].rate.base == law.quantile(uniform))
    }
    let draws = try (0..<5).map { try scenario.assemble(replication: $0).traffic[0].rate.base }
    #expect(Set(draws).count == 5)
  }

  @Test func `percentiles above 0 make a lognormal, others a normal`() {
    let positive = Belief(p10: 5, p90: 20, range: 0...1e9, isMoney: false)
    #expect(abs(positive.draw(0.1) - 5) < 1e-9)
    #expect(abs(positive.draw(0.9) - 20) < 1e-9)
    #expect(abs(positive.draw(0.5) - 10) < 1e-9)
    let signed = Belief(p10: -2, p90: 8, range: -10...10, isMoney: false)
    #expect(abs(signed.draw(0.5) - 3) < 1e-9)
    #expect(abs(signed.draw(0.9) - 8) < 1e-9)
  }

  @Test func `a draw is held to the range of its key`() {
    let share = Belief(p10: 0.5, p90: 0.9, range: 0...1, isMoney: false)
    #expect(share.draw(0.999_999) == 1)
    #expect(share.draw(0) >= 0)
  }

  @Test func `ten percent of draws lie below p10`() throws {
    // 2,000 draws of a chance of 0.1: 200 expected with a deviation of 13.4; five deviations have a
    // false-alarm rate below 1e-6.
    let belief = Belief(p10: 5, p90: 20, range: 0...1e9, isMoney: false)
    let below = (0..<2_000).count {
      belief.draw(StreamFamily(seed: 3, replication: $0).uniform(named: "belief x")) < 5
    }
    #expect(abs(below - 200) < 67)
  }

  @Test func `variants see the same draw`() throws {
    let set = try load(
      Self.text.replacing("\n}", with: "  variants: { other: { horizon: '2h' } },\n}"))
    let other = try set.variant(named: "other")
    #expect(
      try set.base.assemble(replication: 3).traffic[0].rate.base
        == other.assemble(replication: 3).traffic[0].rate.base)
  }
}
