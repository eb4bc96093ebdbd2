extension PortableMath {
  /// The `x` with P(a, x) = p: the quantile of a gamma variate of shape `a` and scale 1.
  public static func inverseIncompleteGamma(_ a: Double, _ p: Double) -> Double {
    if !(a > 0 && p >= 0 && p <= 1) { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    // Wilson and Hilferty's cube of a normal variate starts close; Newton steps finish.
    let z = normalQuantile(p)
    let ninth = 1 / (9 * a)
    let cubeRoot = 1 - ninth + z * ninth.squareRoot()
    var start = a * cubeRoot * cubeRoot * cubeRoot
    if !(cubeRoot > 0.1) || a < 1 { start = exp((log(p) + logGamma(a + 1)) / a) }
    let logNorm = logGamma(a)
    return solve(
      start: start, low: 0, high: .infinity,
      excess: {
        p <= 0.5
          ? incompleteGamma(a, $0) - p : (1 - p) - complementedIncompleteGamma(a, $0)
      },
      slope: { exp((a - 1) * log($0) - $0 - logNorm) })
  }

  /// The `x` with I_x(a, b) = p: the quantile of a beta variate.
  public static func inverseIncompleteBeta(_ a: Double, _ b: Double, _ p: Double) -> Double {
    if !(a > 0 && b > 0 && p >= 0 && p <= 1) { return .nan }
    if p == 0 || p == 1 { return p }
    let logNorm = logBeta(a, b)
    return solve(
      start: a / (a + b), low: 0, high: 1,
      excess: {
        p <= 0.5
          ? incompleteBeta(a, b, $0) - p : (1 - p) - complementedIncompleteBeta(a, b, $0)
      },
      slope: { exp((a - 1) * log($0) + (b - 1) * log1p(-$0) - logNorm) })
  }

  /// The root of an increasing function: Newton's steps, kept inside a bracket that shrinks.
  private static func solve(
    start: Double, low: Double, high: Double, excess: (Double) -> Double,
    slope: (Double) -> Double
  ) -> Double {
    var low = low
    var high = high
    var x = start > low && start < high ? start : (high == .infinity ? low + 1 : (low + high) / 2)
    for _ in 0..<200 {
      let error = excess(x)
      if error == 0 { return x }
      if error > 0 { high = x } else { low = x }
      var next = x - error / slope(x)
      if !(next > low && next < high) {
        next = high == .infinity ? 2 * x : (low > 0 ? (low * high).squareRoot() : high / 16)
        if low > 0, high / low < 4 { next = (low + high) / 2 }
        if next <= low || next >= high { return x }
      }
      if (next - x).magnitude <= 0x1p-52 * next { return next }
      x = next
    }
    return x
  }
}
