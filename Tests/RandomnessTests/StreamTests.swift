import Randomness
import TestSupport
import Testing

@Suite struct StreamTests {
  private let family = StreamFamily(seed: 7, replication: 3)

  /// The generator's published sequence: seed 0 through splitmix64, as in the tests of the Rust
  /// crate rand_xoshiro and of Zig's standard library.
  @Test func xoshiroMatchesTheReference() {
    var stream = RandomStream(seed: 0)
    let expected: [UInt64] = [
      0x5317_5d61_490b_23df, 0x61da_6f3d_c380_d507, 0x5c0f_df91_ec9a_7bfc, 0x02ee_bf8c_3bbe_5e1a,
    ]
    for word in expected { #expect(stream.next() == word) }
  }

  /// From an implementation in another language: the same seed must mean the same run for ever.
  @Test func namedStreamsMatchAnIndependentImplementation() {
    var arrivals = family.stream("traffic.shoppers.arrivals")
    #expect(arrivals.next() == 0x5658_a1ac_b416_aab1)
    #expect(arrivals.next() == 0x2f6d_22f5_3eeb_58de)
    var crash = family.stream("crash", 17)
    #expect(crash.next() == 0x1804_c62b_5643_7ce1)
    let items = family.counter("traffic.shoppers.items")
    var first = items.draws(of: 0)
    #expect(first.next() == 0x901d_46af_26e4_a87a)
    #expect(first.next() == 0x2aa3_fcf9_a524_6ad3)
    var later = items.draws(of: 123_456_789_012, from: 7)
    #expect(later.next() == 0x50ca_93ac_e000_27b3)
  }

  @Test func seedReplicationNameAndIndexAllMatter() {
    var words: Set<UInt64> = []
    var count = 0
    for seed in [0, 1, 7, UInt64.max] {
      for replication in 0..<40 {
        let family = StreamFamily(seed: seed, replication: replication)
        // Names that differ only in where a zero byte or the length ends.
        for name in ["", "a", "b", "ab", "a\u{0}", "abcdefgh", "abcdefgh\u{0}", "abcdefghi", "é"] {
          for index in [0, 1, 255] {
            var stream = family.stream(name, index)
            words.insert(stream.next())
            count += 1
          }
          var plain = family.stream(name)
          var counter = family.counter(name).draws(of: 0)
          words.insert(plain.next())
          words.insert(counter.next())
          count += 2
        }
      }
    }
    #expect(words.count == count)
  }

  @Test func aBeliefIsOneUniformNumberByName() {
    #expect(family.uniform(named: "growth") == family.uniform(named: "growth"))
    #expect(family.uniform(named: "growth") != family.uniform(named: "price"))
    var sample: [Double] = []
    for replication in 0..<4000 {
      sample.append(StreamFamily(seed: 5, replication: replication).uniform(named: "growth"))
    }
    let distance = StatisticalChecks.kolmogorovDistance(sample) { $0 }
    #expect(distance < StatisticalChecks.kolmogorovLimit(count: sample.count, falseAlarm: 1e-6))
  }

  @Test func drawsOfARequestDoNotDependOnOrder() {
    let counter = family.counter("service")
    var forward = counter.draws(of: 41)
    let words = (0..<10).map { _ in forward.next() }
    for draw in (0..<10).reversed() {
      var again = counter.draws(of: 41, from: UInt32(draw))
      #expect(again.next() == words[draw])
    }
  }

  /// Arguments of the mixing function form a lattice: two draws share one only if a small multiple
  /// of one odd constant equals a multiple of the other, modulo 2^64.
  @Test func noTwoDrawsOfAStreamShareAnArgument() {
    let requestStep: UInt64 = 0xD6E8_FEB8_6659_FD93
    let drawStep: UInt64 = 0x9E37_79B9_7F4A_7C15
    // Newton's iteration doubles the number of right bits of an inverse modulo 2^64.
    var inverse: UInt64 = requestStep
    for _ in 0..<6 { inverse &*= 2 &- requestStep &* inverse }
    #expect(inverse &* requestStep == 1)
    var nearest = UInt64.max
    for draw in 1..<UInt64(1 << 16) {
      let request = draw &* drawStep &* inverse
      nearest = min(nearest, request, 0 &- request)
    }
    #expect(nearest > 1 << 40)
  }
}

/// Uniformity and independence of the counter-based draws, whose arguments are far from random.
///
/// Each p-value below 1e-6 would be a false alarm in one of a million seeds.
@Suite struct CounterDrawQualityTests {
  private let counter = StreamFamily(seed: 3, replication: 0).counter("quality")

  private func expectUniform(_ label: Comment, cells: Int, _ values: [Int]) {
    var observed = [Double](repeating: 0, count: cells)
    for value in values { observed[value] += 1 }
    let expected = [Double](repeating: Double(values.count) / Double(cells), count: cells)
    let p = StatisticalChecks.chiSquarePValue(observed: observed, expected: expected)
    #expect(p > 1e-6 && p < 1 - 1e-6, "\(label): p = \(p)")
  }

  private func word(_ request: UInt64, _ draw: UInt32) -> UInt64 {
    var draws = counter.draws(of: request, from: draw)
    return draws.next()
  }

  @Test func everyByteIsUniform() {
    let words = (0..<20_000).map { word(UInt64($0), 0) }
    for byte in 0..<8 {
      expectUniform("byte \(byte)", cells: 256, words.map { Int($0 >> (8 * UInt64(byte)) & 255) })
    }
  }

  @Test func neighboursAreIndependent() {
    var requests: [Int] = []
    var draws: [Int] = []
    var diagonal: [Int] = []
    for index in 0..<20_000 {
      let request = UInt64(index)
      let own = Int(word(request, 0) >> 59) << 5
      requests.append(own | Int(word(request + 1, 0) >> 59))
      draws.append(own | Int(word(request, 1) >> 59))
      diagonal.append(own | Int(word(request + 1, 1) >> 59))
    }
    expectUniform("next request", cells: 1024, requests)
    expectUniform("next draw", cells: 1024, draws)
    expectUniform("next of both", cells: 1024, diagonal)
  }

  @Test func streamsOfSimilarNamesAreIndependent() {
    let family = StreamFamily(seed: 3, replication: 0)
    let a = family.counter("a1")
    let b = family.counter("a2")
    let pairs = (0..<20_000).map { index in
      var x = a.draws(of: UInt64(index))
      var y = b.draws(of: UInt64(index))
      return Int(x.next() >> 59) << 5 | Int(y.next() >> 59)
    }
    expectUniform("a1, a2", cells: 1024, pairs)
  }

  /// One bit of the request flips every bit of the word with chance 1/2: of 64 × 64 counts, each
  /// over 1,000 requests, none may be 6.5 standard deviations off (false alarm 4096 × 8e-11 =
  /// 3e-7).
  @Test func everyBitOfTheRequestReachesEveryBitOfTheWord() {
    var worst = 0.0
    for input in 0..<64 {
      var flips = [Int](repeating: 0, count: 64)
      for request in 0..<1000 as Range<UInt64> {
        let changed = word(request, 0) ^ word(request ^ (1 << UInt64(input)), 0)
        for output in 0..<64 where changed >> UInt64(output) & 1 == 1 { flips[output] += 1 }
      }
      for count in flips { worst = max(worst, ((Double(count) - 500) / 15.811).magnitude) }
    }
    #expect(worst < 6.5)
  }
}
