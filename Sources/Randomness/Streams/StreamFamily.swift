/// All random streams of one replication, each found by the name of what it is for.
///
/// A stream is a function of (seed, replication, name) alone. A thing that keeps its name keeps its
/// randomness, whatever else is added, removed or constructed in another order: two architectures
/// in one comparison see the same arrivals, sizes, drift and failures (common random numbers).
///
/// ```swift
/// let family = StreamFamily(seed: 7, replication: 0)
/// var arrivals = family.stream("traffic.shoppers.arrivals")
/// let sizes = family.counter("traffic.shoppers.items")
/// ```
public struct StreamFamily: Hashable, Sendable {
  /// The seed that the user gives.
  public let seed: UInt64
  /// The number of the replication, from 0.
  public let replication: Int

  /// The streams of replication number `replication` under `seed`.
  public init(seed: UInt64, replication: Int) {
    self.seed = seed
    self.replication = replication
  }

  /// The sequential stream called `name`.
  ///
  /// - Complexity: O(length of `name`); ask once, when a model is put together.
  public func stream(_ name: String) -> RandomStream { RandomStream(seed: digest(name, 0)) }

  /// The sequential stream of member number `index` (0, 1, ...) of `name`: a machine slot, a
  /// client.
  public func stream(_ name: String, _ index: Int) -> RandomStream {
    precondition(index >= 0, "members are counted from 0")
    return RandomStream(seed: digest(name, UInt64(index) + 1))
  }

  /// The counter-based stream called `name`, for draws that belong to a request or a slot.
  public func counter(_ name: String) -> CounterStream {
    let key = digest(name, 0)
    return CounterStream(
      key: mixed(key, 0x243F_6A88_85A3_08D3), whitener: mixed(key, 0x1319_8A2E_0370_7344))
  }

  /// One number on [0, 1) called `name`: what a belief is drawn with, once per replication.
  public func uniform(named name: String) -> Double {
    var source = counter(name).draws(of: 0)
    return source.uniform()
  }

  /// A 64-bit hash of seed, replication, name and index.
  ///
  /// Each word goes through a bijection of 64 bits and is followed by a rotation-free multiply, so
  /// two names of equal length that differ in one word of eight bytes never collide; for others a
  /// collision has the chance 2^-64. The bytes are those of UTF-8, whatever the platform.
  private func digest(_ name: String, _ index: UInt64) -> UInt64 {
    var hash = mixed(seed, 0xA409_3822_299F_31D0)
    func absorb(_ word: UInt64) {
      hash = mixed((hash ^ word) &* 0x9E37_79B9_7F4A_7C15, 0x082E_FA98_EC4E_6C89)
    }
    absorb(UInt64(bitPattern: Int64(replication)))
    absorb(index)
    var word: UInt64 = 0
    var count: UInt64 = 0
    for byte in name.utf8 {
      word |= UInt64(byte) &<< (8 &* (count & 7))
      count &+= 1
      if count & 7 == 0 {
        absorb(word)
        word = 0
      }
    }
    absorb(word)
    absorb(count)
    return hash
  }
}
