import Statistics
import TestSupport
import Testing

/// SciPy 1.17.1, NumPy 2.4.6 and Evidently 0.7.23, or the formula where no library has it.
@Suite("Golden distances")
struct DivergenceGoldenTests {
  static let file = "Statistics/divergence.json"

  @Test("Every case is of a kind that is tested, and there are as many as there were")
  func kinds() throws {
    let kinds = try GoldenCase.all(in: Self.file).map(\.kind)
    #expect(kinds.count { $0 == "histogram" } == 8)
    #expect(kinds.count { $0 == "sample" } == 5)
    #expect(kinds.count { $0 == "categorical" } == 2)
    #expect(kinds.count == 15)
  }

  @Test("Histograms")
  func histograms() throws {
    for item in try GoldenCase.all(in: Self.file) where item.kind == "histogram" {
      let reference = try item.numbers("reference_counts")
      let current = try item.numbers("current_counts")
      let (p, q) = (shares(of: reference), shares(of: current))
      var check = GoldenCheck(item)
      let index = populationStabilityIndex(reference: p, current: q)
      let law = StabilityIndexLaw(
        bins: p.count, reference: reference.reduce(0, +), current: current.reduce(0, +))
      try check.number("psi_eps1e-4", index)
      try check.number("psi_expected_under_null", law.mean())
      try check.number("psi_p_value_chi2", law.pValue(of: index))
      try check.number("psi_critical_95", law.critical())
      try check.number("js_distance_nat", Divergence.jensenShannonDistance(p, q))
      try check.number("js_divergence_nat", Divergence.jensenShannon(p, q))
      try check.number("js_distance_base2", Divergence.jensenShannonDistance(p, q, base: .two))
      try check.number("tvd", Divergence.totalVariation(p, q))
      try check.number("hellinger", Divergence.hellinger(p, q))
      try check.number("l_infinity", Divergence.largestDifference(p, q))
      try check.number("kl_q_from_p_eps1e-4", Divergence.kullbackLeibler(of: q, from: p))
      try check.number("kl_p_from_q_eps1e-4", Divergence.kullbackLeibler(of: p, from: q))
      let test = ChiSquareTest(contingency: reference, current)
      try check.number("chi2_contingency", test.statistic)
      try check.number("chi2_contingency_df", Double(test.degrees))
      try check.number("chi2_contingency_p", test.pValue)
      let problems = try check.problems()
      #expect(problems == [])
    }
  }

  @Test("Samples")
  func samples() throws {
    for item in try GoldenCase.all(in: Self.file) where item.kind == "sample" {
      let reference = try item.numbers("reference")
      let current = try item.numbers("current")
      var check = GoldenCheck(item)
      let test = KolmogorovSmirnovTest(reference, current)
      try check.number("ks_statistic", test.statistic)
      try check.number("ks_p_asymp", test.asymptoticP)
      try check.number("ks_p_kolmogorov_sqrt_en", test.limitP)
      try check.number("ks_p_exact", test.exactP)
      try check.number("wasserstein", SampleDistance.wasserstein(reference, current))
      try check.number(
        "wasserstein_norm_evidently",
        SampleDistance.normedWasserstein(reference: reference, current: current))
      try check.number("energy_distance", SampleDistance.energy(reference, current))
      let bins = QuantileBins(of: reference)
      let (n, m) = (bins.counts(of: reference), bins.counts(of: current))
      try check.numbers("decile_edges_inner", bins.edges)
      try check.numbers("decile_ref_counts", n)
      try check.numbers("decile_cur_counts", m)
      try check.number(
        "psi_decile_eps1e-4",
        populationStabilityIndex(reference: shares(of: n), current: shares(of: m)))
      try check.numbers(
        "evidently/sturges_edges", EqualWidthBins(sturges: reference + current).edges)
      let drift = EvidentlyDrift(reference: reference, current: current)
      try check.number("evidently/psi", drift.stabilityIndex)
      try check.number("evidently/js_distance", drift.jensenShannonDistance)
      try check.number("evidently/kl_div", drift.kullbackLeibler)
      try check.number("evidently/ks_p", test.exactP)
      try check.numbers("nannyml_rule/doane_edges", EqualWidthBins(doane: reference).edges)
      try check.number(
        "nannyml_rule/js_distance_base2",
        NannyMLDrift.jensenShannonDistance(reference: reference, current: current))
      let problems = try check.problems()
      #expect(problems == [])
    }
  }

  @Test("Categories")
  func categories() throws {
    for item in try GoldenCase.all(in: Self.file) where item.kind == "categorical" {
      let reference = Array(try item.text("reference"))
      let current = Array(try item.text("current"))
      let drift = EvidentlyDrift(
        categories: Set(reference + current).sorted(), reference: reference, current: current)
      var check = GoldenCheck(item)
      try check.number("chisquare_p", drift.chiSquareP)
      try check.number("psi", drift.stabilityIndex)
      try check.number("js_distance", drift.jensenShannonDistance)
      let problems = try check.problems()
      #expect(problems == [])
    }
  }
}
