import MLSystem
import Quantities
import Randomness
import Testing

@Suite("Availability")
struct AvailabilityTests {
  /// Golden values of MTBF / (MTBF + MTTR), in hours.
  @Test(
    "A part",
    arguments: [
      (1000.0, 1.0, 0.999000999000999), (720, 4, 0.994475138121547),
      (88_768, 2.2, 0.999975216908377),
    ])
  func part(mtbf: Double, mttr: Double, expected: Double) {
    #expect(agrees(Availability.ofPart(mtbf: mtbf, mttr: mttr), expected, 1e-9))
  }

  @Test func seriesAndParallel() {
    #expect(agrees(Availability.series([0.999, 0.9995, 0.9999]), 0.99840064995, 1e-9))
    #expect(agrees(Availability.series([0.99, 0.999, 0.9995]), 0.988515495, 1e-9))
    #expect(agrees(Availability.parallel([0.99, 0.99]), 0.9999, 1e-9))
    #expect(agrees(Availability.parallel([0.95, 0.95, 0.95]), 0.999875, 1e-9))
  }

  @Test(
    "At least k of n",
    arguments: [
      (4, 3, 0.99, 0.99940797), (10, 8, 0.995, 0.999985389057672),
      (128, 120, 0.98, 0.998845835531326), (3, 1, 0.9, 0.999),
    ])
  func atLeast(count: Int, needed: Int, each: Double, expected: Double) {
    #expect(agrees(Availability.atLeast(needed, of: count, each: each), expected, 1e-9))
  }

  @Test func thereIsNoneToFewOfNone() {
    #expect(Availability.atLeast(0, of: 0, each: 0.5) == 1)
    #expect(Availability.atLeast(1, of: 2, each: 0) == 0)
  }
}

@Suite("Replica failures")
struct ReplicaFailuresTests {
  static let law = FailureLaw(
    timeToFailure: .exponential(mean: 720), timeToRepair: .exponential(mean: 80))

  /// 4,000 lives of one slot: the share of time that it serves lies within 3.3 standard errors of
  /// MTBF/(MTBF+MTTR) = 0.9, a false alarm once in a thousand.
  ///
  /// The delta method gives the variance
  /// of the share as 2(1-A)²A²/n for exponential times.
  @Test func shareOfTimeServingIsTheAvailability() {
    var failures = ReplicaFailures(
      law: Self.law, service: "s", streams: StreamFamily(seed: 3, replication: 0))
    var (serves, away) = (0.0, 0.0)
    for _ in 0..<4000 {
      let life = failures.nextLife(of: 2)
      serves += life.serves.seconds
      away += life.away.seconds
    }
    let expected = Availability.ofPart(mtbf: 720, mttr: 80)
    let deviation = (2 / 4000.0).squareRoot() * expected * (1 - expected)
    #expect(abs(serves / (serves + away) - expected) < 3.3 * deviation)
  }

  @Test func drawsBelongToTheSlotAndTheLife() {
    let streams = StreamFamily(seed: 3, replication: 0)
    var one = ReplicaFailures(law: Self.law, service: "s", streams: streams)
    var other = ReplicaFailures(law: Self.law, service: "s", streams: streams)
    let first = one.nextLife(of: 0)
    let second = one.nextLife(of: 0)
    _ = other.nextLife(of: 5)
    _ = other.nextLife(of: 1)
    #expect(other.nextLife(of: 0) == first)
    #expect(other.nextLife(of: 0) == second)
    #expect(first != second)
    var elsewhere = ReplicaFailures(law: Self.law, service: "t", streams: streams)
    #expect(elsewhere.nextLife(of: 0) != first)
  }
}
