/// A source of independent uniform 64-bit words: a sequential stream or the draws of one request.
public protocol RandomSource {
  /// The next word, uniform over all 64-bit values.
  mutating func next() -> UInt64
}

extension RandomSource {
  /// Uniform on [0, 1): 53 bits.
  @inlinable
  public mutating func uniform() -> Double {
    Double(Int64(bitPattern: next() &>> 11)) * 0x1p-53
  }

  /// Uniform on (0, 1]: safe to take the logarithm of.
  @inlinable
  public mutating func positiveUniform() -> Double {
    (Double(Int64(bitPattern: next() &>> 11)) + 1) * 0x1p-53
  }
}

/// A sequential stream of random words: xoshiro256++ (Blackman & Vigna 2019, doi 10.1145/3460772).
@frozen
public struct RandomStream: RandomSource, Sendable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64

  /// A stream that is a function of `seed` alone; the state is filled by splitmix64.
  @inlinable
  public init(seed: UInt64) {
    var x = seed
    func mixed() -> UInt64 {
      x &+= 0x9E37_79B9_7F4A_7C15
      var z = x
      z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z &>> 31)
    }
    s0 = mixed()
    s1 = mixed()
    s2 = mixed()
    s3 = mixed()
  }

  /// The next word.
  ///
  /// Inlined by force: left to itself the compiler calls it, which costs a tenth of an event.
  @inlinable
  @inline(__always)
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = (sum &<< 23 | sum &>> 41) &+ s0
    let t = s1 &<< 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = s3 &<< 45 | s3 &>> 19
    return result
  }
}
