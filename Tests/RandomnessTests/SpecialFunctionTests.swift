import Randomness
import TestSupport
import Testing

/// Values from 50-digit arithmetic (mpmath 1.3).
@Suite struct SpecialFunctionTests {
  private func expectClose(
    _ value: Double, _ exact: Double, _ tolerance: Double, _ label: Comment,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = ((value - exact) / exact).magnitude
    #expect(error <= tolerance, "\(label): \(value), error \(error)", sourceLocation: location)
  }

  @Test func normalDistribution() {
    let table = [
      (-37.5, 4.605353009581955e-308), (-20, 2.7536241186062337e-89), (-8, 6.220960574271784e-16),
      (-5.7, 5.990371401063528e-09), (-3, 0.0013498980316300946), (-1, 0.15865525393145705),
      (-0.6, 0.2742531177500736), (0.001, 0.500398942213911), (0.5, 0.6914624612740131),
      (1.5, 0.9331927987311419), (5, 0.9999997133484281), (8, 0.9999999999999993),
    ]
    for (x, exact) in table { expectClose(PortableMath.normalCDF(x), exact, 2e-15, "\(x)") }
    #expect(PortableMath.normalCDF(0) == 0.5)
    #expect(PortableMath.normalCDF(-40) == 0)
    #expect(PortableMath.normalCDF(.infinity) == 1)
    #expect(PortableMath.normalCDF(.nan).isNaN)
    expectClose(PortableMath.normalDensity(0), 0.3989422804014327, 1e-15, "density")
  }

  @Test func errorFunction() {
    let table = [
      (-2, -0.9953222650189527, 1.9953222650189528),
      (-0.1, -0.1124629160182849, 1.1124629160182848),
      (0.3, 0.3286267594591274, 0.6713732405408726), (0.47, 0.4937450508860821, 0.5062549491139179),
      (0.5, 0.5204998778130465, 0.4795001221869535), (1, 0.8427007929497149, 0.15729920705028513),
      (3, 0.9999779095030014, 2.209049699858544e-05), (10, 1, 2.088487583762545e-45),
      (25, 1, 8.300172571196523e-274),
    ]
    for (x, error, complement) in table {
      expectClose(PortableMath.erf(x), error, 2e-15, "erf(\(x))")
      // Far out, the relative error grows with x² times the rounding of x √2.
      expectClose(PortableMath.erfc(x), complement, 2e-15 + 4e-16 * x * x, "erfc(\(x))")
    }
  }

  @Test func normalQuantiles() {
    let table = [
      (1e-300, -37.0470962993612), (1e-50, -14.933337534788489), (1e-12, -7.034483825301132),
      (0.001, -3.0902323061678136), (0.025, -1.9599639845400543), (0.1, -1.2815515655446004),
      (0.3, -0.5244005127080408), (0.75, 0.6744897501960817), (0.975, 1.9599639845400538),
      (0.99, 2.3263478740408408), (0.999999, 4.753424308817087),
    ]
    for (p, exact) in table { expectClose(PortableMath.normalQuantile(p), exact, 1e-15, "\(p)") }
    #expect(PortableMath.normalQuantile(0.5) == 0)
    #expect(PortableMath.normalQuantile(0) == -.infinity)
    #expect(PortableMath.normalQuantile(1) == .infinity)
    #expect(PortableMath.normalQuantile(1.1).isNaN)
  }

  @Test func logGamma() {
    let table = [
      (1e-10, 23.025850929882736), (0.1, 2.252712651734206), (0.5, 0.5723649429247001),
      (0.9, 0.06637623973474295), (1.1, -0.049872441259839764), (1.5, -0.12078223763524522),
      (1.9, -0.03898427592308336), (2.1, 0.04543773854448518), (3, 0.6931471805599453),
      (7.5, 7.534364236758733), (11.9, 17.25847745059552), (12, 17.502307845873887),
      (100, 359.1342053695754), (12345.6, 103959.18506616846), (1e10, 220258509288.81058),
    ]
    for (x, exact) in table {
      let error = (PortableMath.logGamma(x) - exact).magnitude
      #expect(error <= 1e-14 + 1e-15 * exact.magnitude, "\(x): error \(error)")
    }
    #expect(PortableMath.logGamma(1) == 0)
    #expect(PortableMath.logGamma(2) == 0)
    #expect(PortableMath.logGamma(0) == .infinity)
    #expect(PortableMath.logGamma(-1).isNaN)
  }

  @Test func incompleteGamma() {
    let table = [
      (0.1, 0.001, 0.5267685683924451, 0.4732314316075549),
      (0.5, 2, 0.9544997361036416, 0.04550026389635842),
      (1, 1, 0.6321205588285577, 0.36787944117144233),
      (3, 0.1, 0.00015465307026467167, 0.9998453469297354),
      (3, 20, 0.9999995444850495, 4.555149505589213e-07),
      (10, 10, 0.5420702855281478, 0.4579297144718522),
      (100, 130, 0.9972495916326934, 0.002750408367306526),
      (1000, 900, 0.0005499022657117829, 0.9994500977342882),
      (100_000, 100_500, 0.9428967300239713, 0.057103269976028714),
      (0.5, 50, 1, 1.523970604832105e-23),
    ]
    for (a, x, lower, upper) in table {
      expectClose(PortableMath.incompleteGamma(a, x), lower, 3e-13, "P(\(a), \(x))")
      expectClose(PortableMath.complementedIncompleteGamma(a, x), upper, 3e-13, "Q(\(a), \(x))")
    }
    expectClose(PortableMath.incompleteGamma(1e7, 9_990_000), 0.0007801532152520487, 1e-11, "1e7")
    #expect(PortableMath.incompleteGamma(2, 0) == 0)
    #expect(PortableMath.incompleteGamma(2, .infinity) == 1)
    #expect(PortableMath.incompleteGamma(-1, 1).isNaN)
  }

  @Test func incompleteBeta() {
    let table = [
      (0.5, 0.5, 0.1, 0.20483276469913345), (2, 3, 0.4, 0.5248), (10, 1, 0.9, 0.3486784401000001),
      (1, 10, 0.01, 0.09561792499119551), (50, 60, 0.3, 0.00034341151876628867),
      (500, 700, 0.45, 0.9900947775215684), (20_000, 30_000, 0.401, 0.6761340986578476),
      (0.2, 5, 0.001, 0.3711099209733869),
    ]
    for (a, b, x, exact) in table {
      expectClose(PortableMath.incompleteBeta(a, b, x), exact, 1e-12, "I(\(a), \(b), \(x))")
      expectClose(
        PortableMath.complementedIncompleteBeta(b, a, 1 - x), exact, 1e-11, "symmetry of \(a), \(b)"
      )
    }
    #expect(PortableMath.incompleteBeta(2, 3, 0) == 0)
    #expect(PortableMath.incompleteBeta(2, 3, 1) == 1)
  }

  @Test func inversesUndoTheFunctions() {
    for p in [1e-10, 0.001, 0.1, 0.5, 0.9, 0.999] {
      for a in [0.2, 1, 2.5, 30, 2000] {
        let x = PortableMath.inverseIncompleteGamma(a, p)
        expectClose(PortableMath.incompleteGamma(a, x), p, 1e-11, "gamma \(a), \(p)")
        for b in [0.5, 4, 300] {
          let y = PortableMath.inverseIncompleteBeta(a, b, p)
          // Where the answer is next to 1 its own rounding bounds what can be had.
          if y < 0.99 {
            expectClose(PortableMath.incompleteBeta(a, b, y), p, 1e-10, "beta \(a), \(b), \(p)")
          }
        }
      }
    }
  }

  /// Of 100 checks that miss with chance 1 %, more than 5 miss with chance 0.000534 and more than 4
  /// with 0.00343 (sums of binomial terms).
  @Test func missLimits() {
    #expect(StatisticalChecks.missLimit(checks: 100, rate: 0.01, falseAlarm: 0.001) == 5)
    #expect(StatisticalChecks.missLimit(checks: 100, rate: 0.01, falseAlarm: 0.0034) == 5)
    #expect(StatisticalChecks.missLimit(checks: 100, rate: 0.01, falseAlarm: 0.0035) == 4)
    #expect((StatisticalChecks.scoreLimit(falseAlarm: 1e-6) - 4.891638475698591).magnitude < 1e-12)
  }
}

/// Values from 30-digit arithmetic (mpmath 1.3).
@Suite struct ArcTangentAndBinomialTests {
  @Test func arcTangent() {
    let table = [
      (0.1, 0.099668652491162032875), (0.43, 0.40609805831761564221),
      (0.5, 0.46364760900080611621), (0.7, 0.61072596438920858674),
      (1, 0.78539816339744830962), (1.3, 0.91510070055336043308), (2, 1.107148717794090503),
      (3, 1.2490457723982544258), (50, 1.5507989928217460862), (1e10, 1.5707963266948966192),
      (1e-5, 9.9999999996666674847e-6),
    ]
    for (x, exact) in table {
      #expect(StatisticalChecks.ulps(PortableMath.atan(x), from: exact) <= 2, "atan(\(x))")
      #expect(PortableMath.atan(-x) == -PortableMath.atan(x))
    }
    #expect(PortableMath.atan(0) == 0)
    #expect(PortableMath.atan(.infinity) == .pi / 2)
    #expect(PortableMath.atan(-1e300) == -.pi / 2)
    #expect(PortableMath.atan(.nan).isNaN)
  }

  @Test func binomialTerm() {
    let table: [(k: Double, n: Double, p: Double, exact: Double)] = [
      (3, 10, 0.3, 0.266827932), (0, 20, 0.05, 0.358485922408542213),
      (20, 20, 0.9, 0.121576654590569348), (510, 1000, 0.5, 0.0206563516495120262),
      (10_100, 100_000, 0.1, 0.00240603800185328116), (2, 100_000, 1e-5, 0.183940640289689047),
      (99_990, 100_000, 0.9999, 0.12511629168169369),
    ]
    for (k, n, p, exact) in table {
      #expect(abs(PortableMath.binomialTerm(k, of: n, p) / exact - 1) < 1e-11, "\(k) of \(n)")
    }
    #expect(PortableMath.binomialTerm(0, of: 4, 0) == 1)
    #expect(PortableMath.binomialTerm(3, of: 4, 1) == 0)
    #expect(PortableMath.binomialTerm(5, of: 4, 0.5).isNaN)
  }
}
