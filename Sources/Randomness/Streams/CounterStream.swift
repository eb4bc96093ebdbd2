/// A stream whose words are a function of (stream, request, draw number) and not of the order in
/// which they are asked for.
///
/// So two architectures that serve the same requests in another order draw the same sizes, service
/// times and answers for each of them. A word costs about as much as one of a sequential stream.
///
/// The word is a 64-bit mixing function (two multiplications and shifts, a member of the family of
/// D. Stafford's and P. Evensen's improved MurmurHash3 finalisers) of
/// `key + request * 0xD6E8FEB86659FD93 + draw * 0x9E3779B97F4A7C15`, with a second key in the
/// middle. Within a stream all words of the first 2^40 requests and 2^16 draws come from different
/// arguments.
@frozen
public struct CounterStream: Sendable, BitwiseCopyable {
  @usableFromInline let key: UInt64
  @usableFromInline let whitener: UInt64

  /// The stream of two key words, which should themselves be mixed.
  @inlinable
  init(key: UInt64, whitener: UInt64) {
    self.key = key
    self.whitener = whitener
  }

  /// The draws that belong to `request`, from the first.
  @inlinable
  public func draws(of request: UInt64) -> CounterDraws {
    CounterDraws(state: key &+ request &* 0xD6E8_FEB8_6659_FD93, whitener: whitener)
  }

  /// The draws that belong to `request`, from number `draw`: a retry asks for other numbers.
  @inlinable
  public func draws(of request: UInt64, from draw: UInt32) -> CounterDraws {
    var draws = draws(of: request)
    draws.state &+= UInt64(draw) &* 0x9E37_79B9_7F4A_7C15
    return draws
  }
}

/// The draws of one request, in order.
@frozen
public struct CounterDraws: RandomSource, Sendable, BitwiseCopyable {
  @usableFromInline var state: UInt64
  @usableFromInline let whitener: UInt64

  @inlinable
  init(state: UInt64, whitener: UInt64) {
    self.state = state
    self.whitener = whitener
  }

  /// The next word of the request.
  @inlinable
  public mutating func next() -> UInt64 {
    let word = mixed(state, whitener)
    state &+= 0x9E37_79B9_7F4A_7C15
    return word
  }
}

/// A bijection of the 64-bit words, another one for every `whitener`.
@inlinable
@inline(__always)
func mixed(_ word: UInt64, _ whitener: UInt64) -> UInt64 {
  var z = word
  z = (z ^ (z &>> 27)) &* 0x3C79_AC49_2BA7_B653
  z = (z ^ (z &>> 33) ^ whitener) &* 0x1C69_B3F7_4AC4_AE35
  return z ^ (z &>> 27)
}
