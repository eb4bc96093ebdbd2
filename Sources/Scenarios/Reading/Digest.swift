/// A short name for a text: the 128-bit FNV-1a hash as 32 hexadecimal digits.
///
/// It tells texts apart that were not made to collide; constants as in draft-eastlake-fnv-21,
/// section 5.
package enum Digest {
  /// The hash of some bytes.
  package static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in bytes {
      hash ^= UInt128(byte)
      hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
