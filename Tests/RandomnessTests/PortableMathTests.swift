import Glibc
import Randomness
import TestSupport
import Testing

/// Values from 50-digit arithmetic (mpmath 1.3), rounded to the nearest Double.
@Suite struct PortableMathTests {
  private func expectTable(
    _ table: [(Double, Double)], within limit: Double, _ name: Comment,
    _ function: (Double) -> Double
  ) {
    for (x, exact) in table {
      let value = function(x)
      #expect(StatisticalChecks.ulps(value, from: exact) <= limit, "\(name)(\(x)) = \(value)")
    }
  }

  @Test func logarithm() {
    let table = [
      (0x1p-1074, -744.4400719213812), (0x1p-1030, -713.9415959767437),
      (2.2250738585072014e-308, -708.3964185322641), (0.1, -2.3025850929940455),
      (0.6875, -0.3746934494414107), (0.9999999999999999, -1.1102230246251565e-16),
      (1.0000000000000002, 2.2204460492503128e-16), (1.0077, 0.00767050630421974),
      (1.375, 0.3184537311185346), (2, 0.6931471805599453), (2.718281828459045, 1),
      (123456.789, 11.723646487185881), (1.7976931348623157e308, 709.782712893384),
    ]
    expectTable(table, within: 1, "log", PortableMath.log)
    #expect(PortableMath.log(1) == 0)
    #expect(PortableMath.log(0) == -.infinity)
    #expect(PortableMath.log(-0.0) == -.infinity)
    #expect(PortableMath.log(.infinity) == .infinity)
    #expect(PortableMath.log(-1).isNaN)
    #expect(PortableMath.log(.nan).isNaN)
    #expect(PortableMath.log2(0x1p-1074) == -1074)
    #expect(PortableMath.log2(8) == 3)
    #expect(PortableMath.log10(1e15) == 15)
  }

  @Test func exponential() {
    let table = [
      (-745.1, 0x1p-1074), (-708.5, 2.006132305331306e-308), (-100, 3.720075976020836e-44),
      (-1, 0.36787944117144233), (-1e-5, 0.9999900000499998), (1e-17, 1),
      (0.5, 1.6487212707001282), (1, 2.718281828459045), (10, 22026.465794806718),
      (700.25, 1.3022997366991783e+304), (709.78, 1.7928227943945155e+308),
    ]
    expectTable(table, within: 1, "exp", PortableMath.exp)
    #expect(PortableMath.exp(0) == 1)
    #expect(PortableMath.exp(709.79) == .infinity)
    #expect(PortableMath.exp(-745.14) == 0)
    #expect(PortableMath.exp(-.infinity) == 0)
    #expect(PortableMath.exp(.nan).isNaN)
  }

  @Test func nearZero() {
    let log1p = [
      (-0.999, -6.907755278982136), (-0.5, -0.6931471805599453), (-1e-10, -1.00000000005e-10),
      (1e-16, 1e-16), (1e-8, 9.999999950000001e-09), (0.25, 0.22314355131420976),
      (3, 1.3862943611198906), (1e10, 23.025850930040455),
    ]
    expectTable(log1p, within: 1, "log1p", PortableMath.log1p)
    let expm1 = [
      (-30, -0.9999999999999064), (-1, -0.6321205588285577), (-0.001, -0.0009995001666250085),
      (1e-16, 1e-16), (1e-8, 1.0000000050000001e-08), (0.003, 0.003004504503377026),
      (0.25, 0.2840254166877415), (3, 19.085536923187668), (100, 2.6881171418161356e+43),
    ]
    expectTable(expm1, within: 1, "expm1", PortableMath.expm1)
    #expect(PortableMath.log1p(-1) == -.infinity)
    #expect(PortableMath.log1p(-1.5).isNaN)
    #expect(PortableMath.expm1(-1000) == -1)
    #expect(PortableMath.expm1(1000) == .infinity)
  }

  @Test func power() {
    let table = [
      (0.5, 0.5, 0.7071067811865476), (1.0000001, 10_000_000, 2.7182816941320818),
      (2, 0.3333333333333333, 1.2599210498948732), (10, -300, 1e-300), (10, 308, 1e308),
      (0.9, 5000, 1.631350185342827e-229), (123.456, -7.5, 2.0590101513780642e-16),
      (0x1p-1030, 0.25, 0x1.6a09e667f3bcdp-258), (3, 40, 1.2157665459056929e+19),
    ]
    for (base, exponent, exact) in table {
      let value = PortableMath.pow(base, exponent)
      #expect(StatisticalChecks.ulps(value, from: exact) <= 1, "pow(\(base), \(exponent))")
    }
  }

  /// The table of special cases of IEEE 754-2019, 9.2.1.
  @Test func powerOfSpecialValues() {
    let infinity = Double.infinity
    let cases: [(Double, Double, Double)] = [
      (0, 0, 1), (.nan, 0, 1), (1, .nan, 1), (0, 2, 0), (-0.0, 3, -0.0), (0, -2, infinity),
      (-0.0, -3, -infinity), (-0.0, -2, infinity), (-2, 3, -8), (-2, 2, 4), (-1, infinity, 1),
      (0.5, infinity, 0), (0.5, -infinity, infinity), (2, infinity, infinity), (2, -infinity, 0),
      (infinity, 2, infinity), (infinity, -1, 0), (-infinity, 3, -infinity),
      (-infinity, 2, infinity),
      (-infinity, -3, -0.0), (2, 1e300, infinity), (0.5, 1e300, 0), (3, 1e-300, 1),
      (1e300, 2, infinity),
      (1e-300, 2, 0),
    ]
    for (base, exponent, exact) in cases {
      let value = PortableMath.pow(base, exponent)
      #expect(value == exact && value.sign == exact.sign, "pow(\(base), \(exponent)) = \(value)")
    }
    #expect(PortableMath.pow(-2, 0.5).isNaN)
    #expect(PortableMath.pow(.nan, 1).isNaN)
  }

  @Test func trigonometry() {
    let table = [
      (0.1, 0.09983341664682815, 0.9950041652780258),
      (0.7853981633974483, 0.7071067811865475, 0.7071067811865476),
      (1.5707963267948966, 1, 6.123233995736766e-17),
      (3.141592653589793, 1.2246467991473532e-16, -1),
      (100, -0.5063656411097588, 0.8623188722876839),
      (12345.678, -0.7040813137533816, 0.7101193587160628),
      (1_000_000, -0.34999350217129294, 0.9367521275331447),
    ]
    for (x, sine, cosine) in table {
      #expect(StatisticalChecks.ulps(PortableMath.sin(x), from: sine) <= 1, "sin(\(x))")
      #expect(StatisticalChecks.ulps(PortableMath.cos(x), from: cosine) <= 1, "cos(\(x))")
      #expect(PortableMath.sin(-x) == -PortableMath.sin(x))
      #expect(PortableMath.cos(-x) == PortableMath.cos(x))
    }
    let tanh = [
      (1e-9, 1e-09), (0.1, 0.09966799462495582), (0.5, 0.46211715726000974),
      (1, 0.7615941559557649), (5, 0.9999092042625951), (21, 1),
    ]
    expectTable(tanh, within: 2, "tanh", PortableMath.tanh)
    #expect(PortableMath.sin(.infinity).isNaN)
    #expect(PortableMath.tanh(-.infinity) == -1)
  }
}

#if arch(x86_64)
  /// Random arguments against the 64-bit significand of the x87 unit: errors in units in the last
  /// place of a Double, 11 bits finer than what is measured.
  @Suite struct PortableMathAgainstWiderArithmeticTests {
    /// The largest error over `count` arguments.
    private func worst(
      _ name: String, count: Int = 4000, _ argument: (inout RandomStream) -> Double,
      _ function: (Double) -> Double, _ exact: (Float80) -> Float80
    ) -> Double {
      var stream = StreamFamily(seed: 11, replication: 0).stream(name)
      var worst = 0.0
      for _ in 0..<count {
        let x = argument(&stream)
        let wide = exact(Float80(x))
        let unit = Float80(Double(wide).ulp)
        worst = max(worst, Double((Float80(function(x)) - wide).magnitude / unit))
      }
      return worst
    }

    @Test func logarithmAndExponential() {
      let anywhere: (inout RandomStream) -> Double = {
        Double(bitPattern: $0.next() & 0x7fff_ffff_ffff_ffff % 0x7ff0_0000_0000_0000)
      }
      #expect(worst("log", anywhere, PortableMath.log, { logl($0) }) < 0.53)
      #expect(
        worst("near 1", { 0.5 + 1.5 * $0.uniform() }, PortableMath.log, { logl($0) }) < 0.53)
      #expect(
        worst("exp", { 1400 * $0.uniform() - 700 }, PortableMath.exp, { expl($0) }) < 0.53)
      #expect(worst("log2", anywhere, PortableMath.log2, { log2l($0) }) < 1.1)
      #expect(worst("log10", anywhere, PortableMath.log10, { log10l($0) }) < 1.1)
      #expect(
        worst("log1p", { 4 * $0.uniform() - 0.99 }, PortableMath.log1p, { log1pl($0) }) < 1)
      #expect(
        worst("expm1", { 8 * $0.uniform() - 4 }, PortableMath.expm1, { expm1l($0) }) < 1.1)
      #expect(
        worst(
          "expm1 of small", { PortableMath.exp(-30 * $0.uniform()) }, PortableMath.expm1,
          { expm1l($0) }) < 1.1)
    }

    @Test func powers() {
      for exponent in [-3.7, -1, 0.3, 0.5, 2, 11.25, 40] {
        let error = worst(
          "pow", count: 1000, { 0.01 + 100 * $0.uniform() },
          { PortableMath.pow($0, exponent) }, { powl($0, Float80(exponent)) })
        #expect(error < 0.55, "exponent \(exponent): \(error)")
      }
    }

    @Test func sinesAndTangents() {
      let phase: (inout RandomStream) -> Double = { 2000 * $0.uniform() - 1000 }
      #expect(worst("sin", phase, PortableMath.sin, { sinl($0) }) < 0.9)
      #expect(worst("cos", phase, PortableMath.cos, { cosl($0) }) < 0.9)
      #expect(
        worst("tanh", { 6 * $0.uniform() - 3 }, PortableMath.tanh, { tanhl($0) }) < 4)
    }
  }
#endif
