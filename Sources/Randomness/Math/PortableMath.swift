/// Elementary and special functions whose bits are the same on every CPU.
///
/// The C library picks variants of `exp` and `log` by CPU, and their last bits differ; a report
/// that must be byte-identical everywhere cannot stand on them. These are written in plain Swift:
/// sums, products, quotients and square roots, which IEEE 754 rounds exactly in one way, and no
/// fused multiply-add. `exp`, `log` and `pow` stay within 0.55 units in the last place,
/// their relatives within four.
public enum PortableMath {}

/// ln 2 as a multiple of 2^-42 and the rest: the first times a binary exponent is exact.
let ln2High = 0x1.62e42fefa38p-1
let ln2Low = 0x1.ef35793c7673p-45

/// The number with its last 27 bits cleared: products of two such numbers are exact.
@inline(__always)
func headOf(_ x: Double) -> Double { Double(bitPattern: x.bitPattern & (~0 &<< 27)) }
