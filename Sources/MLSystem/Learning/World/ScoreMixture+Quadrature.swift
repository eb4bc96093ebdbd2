import Randomness

extension ScoreMixture {
  /// Adds what takes an integral over the scores: log loss and calibration error of the
  /// probabilities that are served, and the area under the precision-recall curve.
  ///
  /// - The log loss is E[-ln p̂] over positives and E[-ln(1 - p̂)] over negatives.
  /// - The calibration error is ∫ |P(y = 1 | s) - p̂(s)| f(s) ds: the binned one (Naeini et al.
  ///   2015, doi 10.1609/aaai.v29i1.9602) in the limit of many rows and fine bins.
  /// - The area is ∫ precision d recall.
  /// - Complexity: O(n) in the steps of the grid, about 100.
  func addProbabilities(_ belief: ScoreBelief, to figures: inout QualityFigures) {
    let grid = ScoreGrid(self)
    let odds = BinormalQuality.logOdds(belief.positives)
    let all = positives
    var (loss, error, area, before) = (0.0, 0.0, 0.0, 0.0)
    for step in 0..<grid.count {
      let score = grid.low + Double(step) * grid.width
      var (yes, no, yesAbove, noAbove) = (0.0, 0.0, 0.0, 0.0)
      for part in parts {
        let law = part.law
        let (a, b) = law.standardised(score)
        let ownYes = part.share * law.positives
        let ownNo = part.share * (1 - law.positives)
        let (positive, negative) = (
          PortableMath.normalDensityAndTail(a), PortableMath.normalDensityAndTail(b)
        )
        yes += ownYes * positive.density / law.deviation
        no += ownNo * negative.density / law.deviation
        yesAbove += ownYes * positive.tail
        noAbove += ownNo * negative.tail
      }
      let logit = belief.distance * (score - belief.centre) + odds
      let small = PortableMath.exp(-abs(logit))
      let served = logit > 0 ? 1 / (1 + small) : small / (1 + small)
      // ln(1 + e^-|z|), to which the likelier side adds nothing and the other |z|.
      let tail = PortableMath.log1p(small)
      loss += yes * (tail + max(-logit, 0)) + no * (tail + max(logit, 0))
      let off = yes - served * (yes + no)
      error += abs(off)
      // A kink at the share θ of a step adds slope · h² (θ(1 - θ) - 1/6) to the trapezoid rule
      // (Euler and Maclaurin's second Bernoulli term).
      if off * before < 0 {
        let rise = abs(off - before)
        error -= abs(off * before) / rise - rise / 6
      }
      before = off
      let above = yesAbove + noAbove
      if above > 0 { area += yes * yesAbove / above }
    }
    figures[.logLoss] += loss * grid.width
    figures[.calibrationError] += error * grid.width
    figures[.precisionRecallArea] += area * grid.width / all
  }

  /// Adds what a ranking of `candidates` of one segment brings: the chance that the first is
  /// positive, and the discounted gain of the first `depth` against that of the best order.
  ///
  /// With the survival H and the cumulative F of a score, the candidate at rank i is positive with
  /// chance K ∫ π f₁ C(K-1, i-1) H^(i-1) F^(K-i) ds. The gain is E[DCG] / E[IDCG] with the
  /// discounts 1/log₂(i + 1) (Järvelin & Kekäläinen 2002, doi 10.1145/582415.582418); the best
  /// order has positives in the first min(n, depth) of n ~ Binomial(K, π).
  func addRanking(candidates: Int, depth: Int, to figures: inout QualityFigures) {
    for part in parts {
      let gains = ScoreMixture(part.law).gains(candidates: candidates, depth: depth)
      figures[.clickThrough] += part.share * gains.first
      figures[.rankingGain] += part.share * gains.discounted
    }
  }

  private func gains(candidates: Int, depth: Int) -> (first: Double, discounted: Double) {
    let law = parts[0].law
    let depth = min(depth, candidates)
    let grid = ScoreGrid(self)
    var first = 0.0
    var gain = 0.0
    let discounts = (1...depth).map { 1 / PortableMath.log2(Double($0) + 1) }
    for step in 0..<grid.count {
      let (a, b) = law.standardised(grid.low + Double(step) * grid.width)
      let positive = PortableMath.normalDensityAndTail(-a)
      let density = law.positives * positive.density / law.deviation
      let below =
        law.positives * positive.tail
        + (1 - law.positives) * PortableMath.normalCDF(b)
      if density == 0 || below <= 0 { continue }
      let ratio = (1 - below) / below
      var term = Double(candidates) * density
      term *= PortableMath.exp(Double(candidates - 1) * PortableMath.log(below))
      first += term
      for rank in 0..<depth {
        gain += term * discounts[rank]
        term *= ratio * Double(candidates - 1 - rank) / Double(rank + 1)
      }
    }
    let best = Self.bestGain(candidates, law.positives, discounts)
    return (first * grid.width, best > 0 ? gain * grid.width / best : 0)
  }

  /// Expected gain of the best order: Σ_i discount_i · P(at least i positives).
  private static func bestGain(
    _ candidates: Int, _ positives: Double, _ discounts: [Double]
  ) -> Double {
    var chance = 1.0
    for _ in 0..<candidates { chance *= 1 - positives }
    var (below, sum) = (0.0, 0.0)
    for (rank, discount) in discounts.enumerated() {
      below += chance
      sum += discount * max(1 - below, 0)
      chance *=
        Double(candidates - rank) / Double(rank + 1) * positives / (1 - positives)
    }
    return sum
  }

  /// Chance that the right answer scores above all of its `alternatives` - 1 rivals: ∫ φ(s - d)
  /// Φ(s)^(m-1) ds, forced choice among m (Hacker & Ratcliff 1979, doi 10.3758/BF03208311).
  package static func forcedChoice(distance: Double, alternatives: Int) -> Double {
    let width = 0.2
    let low = min(0, distance) - 8
    let steps = Int(((max(0, distance) + 8 - low) / width).rounded(.up))
    var sum = 0.0
    for step in 0...steps {
      let score = low + Double(step) * width
      let below = PortableMath.normalCDF(score)
      var power = 1.0
      for _ in 1..<max(alternatives, 2) { power *= below }
      sum += PortableMath.normalDensity(score - distance) * power
    }
    return sum * width
  }

  /// The distance at which a share `right` of answers is right, found by bisection.
  package static func distance(ofRight right: Double, alternatives: Int) -> Double {
    var (low, high) = (0.0, 12.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if forcedChoice(distance: middle, alternatives: alternatives) < right {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}

extension ScoreLaw {
  /// A score in deviations from the mean of the positives and from that of the negatives.
  @inline(__always)
  package func standardised(_ score: Double) -> (positive: Double, negative: Double) {
    let place = score - centre
    return ((place - separation / 2) / deviation, (place + separation / 2) / deviation)
  }
}
