import Randomness

/// Kolmogorov's law: the limit of √n times the largest distance between a sample's distribution
/// function and the true one (Kolmogorov 1933; DLMF 20.11 for the second series).
package enum Kolmogorov {
  /// The probability of a value above `x`, accurate where it is small.
  package static func survival(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x < 1 { return 1 - lowerSeries(x) }
    return upperSeries(x)
  }

  /// The probability of a value up to `x`, accurate where it is small.
  package static func cumulative(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x < 1 { return lowerSeries(x) }
    return 1 - upperSeries(x)
  }

  /// The value that is exceeded with probability 1 - `p`.
  package static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile of Kolmogorov's law has 0 < p < 1")
    var (low, high) = (0.0, 40.0)
    while high - low > 1e-15 * high {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      let isBelow = p < 0.5 ? cumulative(middle) < p : survival(middle) > 1 - p
      if isBelow { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The mean, √(π/2) ln 2, and the variance, π²/12 less its square.
  package static let mean = 0.8687311606361591
  /// The variance.
  package static let variance = 0.8224670334241132 - 0.7546938294602481

  /// 2 Σ (-1)^(k-1) exp(-2 k² x²), which converges fast for x >= 1.
  private static func upperSeries(_ x: Double) -> Double {
    var sum = 0.0
    var k = 1.0
    while k < 20 {
      let term = PortableMath.exp(-2 * k * k * x * x)
      sum += k.remainder(dividingBy: 2) == 0 ? -term : term
      if term <= 0x1p-60 * sum { break }
      k += 1
    }
    return min(1, 2 * sum)
  }

  /// √(2π)/x Σ exp(-(2k-1)² π² / (8 x²)), which converges fast for x < 1.
  private static func lowerSeries(_ x: Double) -> Double {
    let square = 9.869604401089358 / (8 * x * x)
    var sum = 0.0
    var odd = 1.0
    while odd < 20 {
      let term = PortableMath.exp(-odd * odd * square)
      sum += term
      if term <= 0x1p-60 * sum { break }
      odd += 2
    }
    return 2.5066282746310002 / x * sum
  }
}

/// The law of the largest distance between the distribution function of a sample of `count` values
/// and the continuous law they come from: exact, where ``Kolmogorov`` is the limit.
///
/// Which method serves where follows Simard and L'Ecuyer 2011 (doi 10.18637/jss.v039.i11).
package struct OneSampleKolmogorov: Hashable, Sendable {
  /// The number of values.
  package let count: Int

  /// The law of a sample of `count` values.
  package init(count: Int) {
    precondition(count > 0, "a sample has a value")
    self.count = count
  }

  /// The probability of a distance of at least `distance`.
  package func survival(_ distance: Double) -> Double {
    let n = Double(count)
    let t = n * distance
    if t <= 0.5 { return 1 }
    if distance >= 1 { return 0 }
    if t <= 1 {
      // Ruben and Gambino 1982: n! (2 x - 1/n)^n.
      return 1
        - PortableMath.exp(PortableMath.logGamma(n + 1) + n * PortableMath.log((2 * t - 1) / n))
    }
    if t >= n - 1 { return 2 * PortableMath.exp(n * PortableMath.log1p(-distance)) }
    let square = t * distance
    // Twice the one-sided probability: exact from 1/2 on, and else to more digits than are kept.
    if distance >= 0.5 || square > (count <= 140 ? 4 : 2.2) {
      return square > 370 ? 0 : min(1, 2 * oneSided(distance))
    }
    if count <= 140 || (count <= 100_000 && t * distance.squareRoot() <= 1.4) {
      return max(0, 1 - matrixCumulative(distance))
    }
    return max(0, 1 - expansionCumulative(distance))
  }

  /// The probability that the sample's function rises above the law by at least `distance`
  /// (Birnbaum and Tingey 1951, doi 10.1214/aoms/1177729550).
  ///
  /// - Complexity: O(n).
  package func oneSided(_ distance: Double) -> Double {
    if distance <= 0 { return 1 }
    if distance >= 1 { return 0 }
    let n = Double(count)
    var sum = 0.0
    for j in 0...Int(n * (1 - distance)) {
      let share = distance + Double(j) / n
      if share >= 1 { break }
      sum += PortableMath.binomialTerm(Double(j), of: n, share) / share
    }
    return min(1, distance * sum)
  }

  /// The distribution function by powers of Durbin's matrix (Marsaglia, Tsang and Wang 2003,
  /// doi 10.18637/jss.v008.i18).
  private func matrixCumulative(_ distance: Double) -> Double {
    let n = Double(count)
    let k = Int((n * distance).rounded(.up))
    let h = Double(k) - n * distance
    var power = ScaledMatrix(durbin: k, h)
    var result: ScaledMatrix?
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { result = result.map { $0.times(power) } ?? power }
      rest >>= 1
      if rest > 0 { power = power.times(power) }
    }
    guard let result else { return 0 }
    var value = result.values[(k - 1) * result.size + k - 1]
    var exponent = result.exponent
    for i in 1...count {
      value *= Double(i) / n
      if value < 0x1p-200 {
        value *= 0x1p200
        exponent -= 200
      }
    }
    return min(
      1, Double(sign: .plus, exponent: max(-1074, min(exponent, 1000)), significand: value))
  }

  /// The distribution function by the expansion of Pelz and Good 1976
  /// (doi 10.1111/j.2517-6161.1976.tb01579.x): Kolmogorov's limit and three corrections.
  private func expansionCumulative(_ distance: Double) -> Double {
    let n = Double(count)
    let z = n.squareRoot() * distance
    let z2 = z * z
    let z4 = z2 * z2
    let z6 = z4 * z2
    let square = 9.869604401089358
    if square / 8 / z2 > 708 { return 0 }
    var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)
    for k in 1...max(1, Int((16 * z / 3.141592653589793).rounded(.up))) {
      let m2 = Double((2 * k - 1) * (2 * k - 1))
      let b = square * m2 / 4
      let q = PortableMath.exp(-b / 2 / z2)
      k0 += q
      k1 += q * (b - z2)
      k2 += q * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * b + (1 - 2 * z2) * b * b)
      k3 +=
        q
        * (-30 * z6 - 90 * z4 * z4 + (135 * z4 - 96 * z6) * b + (212 * z4 - 60 * z2) * b * b
          + (5 - 30 * z2) * b * b * b)
      let even = square * Double(k * k)
      let r = PortableMath.exp(-even / 2 / z2)
      k2 -= 2 * z4 * even * r
      k3 += 30 * z4 * (3 * z2 - even) * even * r
    }
    let root = 2.5066282746310002
    let n12 = n.squareRoot()
    return root
      * (k0 / z + k1 / (6 * z4) / n12 + k2 / (72 * z6 * z) / n + k3 / (6480 * z6 * z4) / (n * n12))
  }
}

/// A square matrix of positive numbers times a power of two.
private struct ScaledMatrix {
  var size: Int
  var exponent: Int
  var values: [Double]

  /// Durbin's matrix for a distance of (k - h) / n.
  init(durbin k: Int, _ h: Double) {
    size = 2 * k - 1
    exponent = 0
    values = [Double](repeating: 0, count: size * size)
    // 1/j! on and below the diagonal and above it by one; first column and last row are cut by h.
    var inverse = [1.0]
    for j in 1...size + 1 { inverse.append(inverse[j - 1] / Double(j)) }
    for i in 0..<size {
      for j in 0...min(i + 1, size - 1) { values[i * size + j] = inverse[i - j + 1] }
    }
    var power = 1.0
    for i in 0..<size {
      power *= h
      let cut = (1 - power) * inverse[i + 1]
      values[i * size] = cut
      values[(size - 1) * size + size - 1 - i] = cut
    }
    var overlap = 0.0
    if 2 * h > 1 {
      overlap = 1
      for _ in 0..<size { overlap *= 2 * h - 1 }
    }
    values[(size - 1) * size] = (1 - 2 * power + overlap) * inverse[size]
  }

  private init(size: Int, exponent: Int, values: [Double]) {
    self.size = size
    self.exponent = exponent
    self.values = values
  }

  func times(_ other: ScaledMatrix) -> ScaledMatrix {
    var product = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size {
        let factor = values[i * size + k]
        if factor == 0 { continue }
        for j in 0..<size { product[i * size + j] += factor * other.values[k * size + j] }
      }
    }
    var scale = exponent + other.exponent
    let middle = product[(size / 2) * size + size / 2]
    if middle > 0x1p200 {
      for index in product.indices { product[index] *= 0x1p-200 }
      scale += 200
    }
    return ScaledMatrix(size: size, exponent: scale, values: product)
  }
}
