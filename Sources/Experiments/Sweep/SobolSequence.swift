import Randomness

/// A Sobol' sequence: points that fill a cube more evenly than random ones.
///
/// In Gray code order (Antonov and Saleev 1979) with the direction numbers of Joe and Kuo 2008. A
/// digital shift by a seed makes its estimates unbiased and keeps its evenness.
package struct SobolSequence: Sendable {
  /// The most dimensions that there are direction numbers for.
  package static let largestDimension = 64

  /// Direction numbers by dimension and bit, the first bit the highest.
  private let directions: [[UInt32]]
  private let shifts: [UInt32]

  /// A sequence in the unit cube of some dimensions; without a seed it is not shifted.
  package init(dimensions: Int, seed: UInt64? = nil) {
    precondition((1...Self.largestDimension).contains(dimensions), "there is no such dimension")
    let rows = SobolTable.text.split(separator: "\n").prefix(dimensions - 1).map { line in
      line.split(separator: " ").compactMap { UInt32($0) }
    }
    directions =
      [(0..<32).map { 1 << (31 - UInt32($0)) }]
      + rows.map { Self.directions(degree: Int($0[1]), inner: $0[2], initial: Array($0[3...])) }
    shifts = (0..<dimensions).map { dimension in
      guard let seed else { return 0 }
      var source = StreamFamily(seed: seed, replication: 0).counter("sobol shift")
        .draws(of: UInt64(dimension))
      return UInt32(truncatingIfNeeded: source.next() >> 32)
    }
  }

  /// The recurrence of Joe and Kuo 2003, equation 2.
  private static func directions(degree: Int, inner: UInt32, initial: [UInt32]) -> [UInt32] {
    var numbers = initial.enumerated().map { $0.element << (31 - UInt32($0.offset)) }
    while numbers.count < 32 {
      let place = numbers.count
      var next = numbers[place - degree] ^ (numbers[place - degree] >> UInt32(degree))
      for step in 1..<max(degree, 1) where (inner >> UInt32(degree - 1 - step)) & 1 == 1 {
        next ^= numbers[place - step]
      }
      numbers.append(next)
    }
    return numbers
  }

  /// The coordinates of a point, each in the middle of its 2^-32 where shifted and at its lower end
  /// where not.
  package func point(_ number: UInt32) -> [Double] {
    let gray = number ^ (number >> 1)
    return directions.indices.map { dimension in
      var bits: UInt32 = 0
      for place in 0..<32 where (gray >> UInt32(place)) & 1 == 1 {
        bits ^= directions[dimension][place]
      }
      let shift = shifts[dimension]
      return (Double(bits ^ shift) + (shift == 0 ? 0 : 0.5)) / 0x1p32
    }
  }
}
