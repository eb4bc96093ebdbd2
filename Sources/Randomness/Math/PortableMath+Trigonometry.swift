extension PortableMath {
  /// The sine of `x` radians; accurate while |x| < 2^20, which covers every phase of a calendar.
  public static func sin(_ x: Double) -> Double {
    let (quarter, y, tail) = reduced(x)
    switch quarter & 3 {
    case 0: return sineKernel(y, tail)
    case 1: return cosineKernel(y, tail)
    case 2: return -sineKernel(y, tail)
    default: return -cosineKernel(y, tail)
    }
  }

  /// The cosine of `x` radians; accurate while |x| < 2^20.
  public static func cos(_ x: Double) -> Double {
    let (quarter, y, tail) = reduced(x)
    switch quarter & 3 {
    case 0: return cosineKernel(y, tail)
    case 1: return -sineKernel(y, tail)
    case 2: return -cosineKernel(y, tail)
    default: return sineKernel(y, tail)
    }
  }

  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double {
    let size = x.magnitude
    if size > 22 { return x.isNaN ? x : (x < 0 ? -1 : 1) }
    if size < 0x1p-28 { return x }
    let result: Double
    if size >= 1 {
      result = 1 - 2 / (expm1(2 * size) + 2)
    } else {
      let t = expm1(-2 * size)
      result = -t / (t + 2)
    }
    return x < 0 ? -result : result
  }

  /// `x` less the nearest multiple of a quarter turn, in two numbers (Cody and Waite's reduction
  /// with three parts of 33 bits of pi/2).
  private static func reduced(_ x: Double) -> (quarter: Int, y: Double, tail: Double) {
    guard x.isFinite else { return (0, .nan, 0) }
    // Larger angles lose accuracy but stay defined and alike on every machine.
    let x = x.magnitude < 0x1p20 ? x : x.remainder(dividingBy: 0x1.921fb54442d18p2)
    let n = (x * 0x1.45f306dc9c883p-1).rounded()
    if n == 0 { return (0, x, 0) }
    let first = x - n * 0x1.921fb544p0
    // Each product with 33 bits is exact; two-sums keep what the differences lose.
    let second = n * 0x1.0b4611a6p-34
    let a = first - second
    let b = a - first
    let lostA = (first - (a - b)) - (second + b)
    let third = n * 0x1.3198a2ep-69 + n * 0x1.b839a252049c1p-104
    let rest = lostA - third
    let y = a + rest
    return (Int(n), y, (a - y) + rest)
  }

  /// sin(x + tail) for |x| <= pi/4: Taylor's series through x^17, less than 2^-62 beyond.
  private static func sineKernel(_ x: Double, _ tail: Double) -> Double {
    let z = x * x
    let v = z * x
    let rest =
      0x1.1111111111111p-7
      + z
      * (-0x1.a01a01a01a01ap-13
        + z
        * (0x1.71de3a556c734p-19
          + z
          * (-0x1.ae64567f544e4p-26
            + z
            * (0x1.6124613a86d09p-33
              + z * (-0x1.ae7f3e733b81fp-41 + z * 0x1.952c77030ad4ap-49)))))
    return x - ((z * (0.5 * tail - v * rest) - tail) + v * 0x1.5555555555555p-3)
  }

  /// cos(x + tail) for |x| <= pi/4: Taylor's series through x^18.
  private static func cosineKernel(_ x: Double, _ tail: Double) -> Double {
    let z = x * x
    let rest =
      z
      * (0x1.5555555555555p-5
        + z
        * (-0x1.6c16c16c16c17p-10
          + z
          * (0x1.a01a01a01a01ap-16
            + z
            * (-0x1.27e4fb7789f5cp-22
              + z
              * (0x1.1eed8eff8d898p-29
                + z * (-0x1.93974a8c07c9dp-37 + z * 0x1.ae7f3e733b81fp-45))))))
    let half = 0.5 * z
    let w = 1 - half
    return w + (((1 - w) - half) + (z * rest - x * tail))
  }
}
