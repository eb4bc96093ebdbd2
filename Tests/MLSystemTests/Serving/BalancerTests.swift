import MLSystem
import Quantities
import Testing

/// The tournament of the least, the bucket of tokens, rings.
@Suite struct BalancerTests {
  @Test func theTournamentAgreesWithASearch() {
    var tournament = LeastOutstanding(slots: 1)
    var counts: [Int32?] = Array(repeating: nil, count: 13)
    #expect(tournament.least == nil)
    var word: UInt64 = 9
    for _ in 0..<2000 {
      word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let slot = Int(word >> 33) % counts.count
      let count: Int32? = (word >> 20) % 7 == 0 ? nil : Int32((word >> 40) % 5)
      counts[slot] = count
      tournament.set(slot, to: count)
      let best = counts.compactMap { $0 }.min()
      #expect(tournament.least == best.flatMap { counts.firstIndex(of: $0) })
    }
  }

  @Test func theBucketHoldsASecond() {
    var bucket = TokenBucket(rate: 3)
    let start = Instant.start
    // Full at first; a third of a second brings one; after a long pause it is full, not fuller.
    let seconds = [0, 0, 0, 0, 0.3, 0.34, 100, 100, 100, 100]
    var taken: [Bool] = []
    for second in seconds { taken.append(bucket.take(at: start + .seconds(second))) }
    #expect(taken == [true, true, true, false, false, true, true, true, true, false])
  }

  @Test func ringsKeepTheirOrderAsTheyGrow() {
    var ring = Ring<Int>()
    var next = 0
    var expected = 0
    for round in 0..<300 {
      for _ in 0..<(round % 7) {
        ring.append(next)
        next += 1
      }
      for _ in 0..<min(ring.count, round % 5) {
        let first = ring.first
        let removed = ring.removeFirst()
        #expect(first == expected && removed == expected)
        expected += 1
      }
    }
    #expect(ring.count == next - expected)
  }

  @Test func generationsTellTheUsesOfASlotApart() {
    var pool = RequestPool()
    let first = pool.take()
    let ticket = pool.ticket(first)
    #expect(pool.current(ticket) == first)
    pool.release(first)
    #expect(pool.current(ticket) == nil)
    let second = pool.take()
    #expect(second == first)
    #expect(pool.current(ticket) == nil)
    #expect(pool.live == 1)
    #expect(MemoryLayout<RequestSlot>.stride == 64)
    #expect(MemoryLayout<SystemEvent>.stride == 8)
  }
}
