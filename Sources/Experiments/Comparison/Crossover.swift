import MLSystem
import Statistics

/// Where arms become cheaper than the baseline, or stop being so, as traffic grows.
///
/// Every arm is run at several multiples of its traffic with the random numbers of the comparison,
/// and the cost of a month is compared replication by replication at each. Only multiples count at
/// which no queue of either arm grows without end, for a system that does not hold is cheap for
/// nothing.
package struct Crossover: Sendable {
  /// One arm at one multiple.
  package struct Outcome: Sendable {
    package var cost: Figure
    package var isOverloaded: Bool

    package init(cost: Figure, isOverloaded: Bool) {
      self.cost = cost
      self.isOverloaded = isOverloaded
    }
  }

  /// What was found at one multiple of today's traffic.
  package struct Point: Sendable {
    package var multiple: Double
    /// By arm; nil for those that were not run at it.
    package var outcomes: [Outcome?]
  }

  /// How an arm's cost compares with the baseline's over the multiples that were run.
  package enum Verdict: Sendable, Hashable {
    /// Cheaper above the crossing, dearer below.
    case cheaperAbove(Crossing)
    case cheaperBelow(Crossing)
    /// Shown cheaper, or dearer, at every multiple.
    case cheaper
    case dearer
    /// Equal in practice at some multiples, and shown cheaper, or dearer, at all others.
    case neverDearer
    case neverCheaper
    /// Equal in practice at every multiple.
    case equal
    /// The sign changes more than once.
    case several
    /// Intervals do not tell.
    case open
    /// Fewer than two multiples at which both hold.
    case overloaded
  }

  /// A crossing, in multiples of today's traffic.
  package struct Crossing: Sendable, Hashable {
    package var multiple: Double
    /// The largest multiple on this side at which the order is shown, or nil where the runs do not
    /// reach it; between the two ends lies the crossing.
    package var low: Double?
    package var high: Double?
  }

  package struct Finding: Sendable, Hashable {
    package var arm: Int
    package var verdict: Verdict
  }

  /// Streams whose traffic was multiplied.
  package var streams: [String]
  /// Requests per second at today's traffic, on average over the run; nil where they are not all of
  /// the streams' own.
  package var rate: Double?
  /// By rising multiple.
  package var points: [Point]
  package var findings: [Finding]
  /// Level at which all crossings hold together.
  package var level: Double

  package init(
    streams: [String], rate: Double?, points: [Point], findings: [Finding], level: Double
  ) {
    self.streams = streams
    self.rate = rate
    self.points = points
    self.findings = findings
    self.level = level
  }
}

/// Looks for crossovers by running arms at multiples of their traffic.
package struct CrossoverSearch: Sendable {
  /// The multiples that every arm is run at.
  package static let multiples = [0.25, 0.5, 1, 2, 4]
  /// Further multiples that one crossing may take.
  package static let refinements = 6
  /// The ratio of two neighbouring multiples at which a crossing is known well enough.
  static let fineRatio = 1.06

  package var baseline: Int
  /// The arms beside the baseline, whose traffic is the same as the baseline's.
  package var arms: [Int]
  /// How many arms the comparison has.
  package var armCount: Int
  package var streams: [String]
  package var rate: Double?
  package var level: Double
  /// The largest difference of two bills that is none in practice.
  package var margin: EquivalenceMargin

  package init(
    baseline: Int, arms: [Int], armCount: Int, streams: [String], rate: Double?,
    level: Double = 0.95, margin: EquivalenceMargin = EquivalenceMargins()[.dollars]
  ) {
    self.baseline = baseline
    self.arms = arms
    self.armCount = armCount
    self.streams = streams
    self.rate = rate
    self.level = level
    self.margin = margin
  }

  /// Runs what is needed and judges it.
  ///
  /// - Parameters:
  ///   - known: the arms at today's traffic, which the comparison has run.
  ///   - simulate: runs an arm at a multiple of its traffic; nil where it has no bill.
  package func run(
    known: [Crossover.Outcome?],
    simulate: (_ arm: Int, _ multiple: Double) async throws -> Crossover.Outcome?
  ) async throws -> Crossover {
    var points: [Crossover.Point] = []
    for multiple in Self.multiples {
      var outcomes = [Crossover.Outcome?](repeating: nil, count: armCount)
      for arm in [baseline] + arms {
        outcomes[arm] = multiple == 1 ? known[arm] : try await simulate(arm, multiple)
      }
      points.append(Crossover.Point(multiple: multiple, outcomes: outcomes))
    }
    for arm in arms {
      for _ in 0..<Self.refinements {
        guard let multiple = finer(arm, points) else { break }
        let place = points.firstIndex { $0.multiple >= multiple } ?? points.count
        if place == points.count || points[place].multiple != multiple {
          points.insert(
            Crossover.Point(
              multiple: multiple,
              outcomes: [Crossover.Outcome?](repeating: nil, count: armCount)), at: place)
        }
        for index in [baseline, arm] where points[place].outcomes[index] == nil {
          points[place].outcomes[index] = try await simulate(index, multiple)
        }
        // A multiple that gave no bill would be asked for again.
        guard points[place].outcomes[arm] != nil, points[place].outcomes[baseline] != nil else {
          break
        }
      }
    }
    return Crossover(
      streams: streams, rate: rate, points: points,
      findings: arms.map { Crossover.Finding(arm: $0, verdict: verdict($0, points)) }, level: level)
  }

  /// A multiple with the paired difference of the bills, arm less baseline.
  private typealias Step = (multiple: Double, difference: Comparison.Difference)

  private func steps(_ arm: Int, _ points: [Crossover.Point]) -> [Step] {
    points.compactMap { point in
      guard let base = point.outcomes[baseline], let other = point.outcomes[arm],
        !base.isOverloaded, !other.isOverloaded,
        let difference = PairedDifference.of(
          base.cost, other.cost, margin, level: level, pairs: max(1, arms.count))
      else { return nil }
      return (point.multiple, difference)
    }
  }

  /// The steps at which one of the two is cheaper, as far as is known.
  private func ordered(_ steps: [Step]) -> [Step] {
    steps.filter { !$0.difference.isEqualInPractice }
  }

  /// Indices of the steps after which the sign of the estimate changes.
  private func changes(_ steps: [Step]) -> [Int] {
    steps.indices.dropLast().filter {
      (steps[$0].difference.estimate > 0) != (steps[$0 + 1].difference.estimate > 0)
    }
  }

  /// The next multiple to run for a crossing; nil where it is known well enough or there is none.
  private func finer(_ arm: Int, _ points: [Crossover.Point]) -> Double? {
    let steps = ordered(steps(arm, points))
    let changes = changes(steps)
    guard changes.count == 1, let index = changes.first else { return nil }
    let (left, right) = (steps[index], steps[index + 1])
    guard right.multiple > left.multiple * Self.fineRatio else { return nil }
    // The straight line between the two, off the ends so that the bracket shrinks on both sides.
    let root = crossing(left, right)
    let span = right.multiple - left.multiple
    let kept = min(max(root, left.multiple + 0.2 * span), right.multiple - 0.2 * span)
    let multiple = Self.rounded(kept)
    // Where the bills are equal in practice the ends do not move.
    let isKnown = points.contains { $0.multiple == multiple && $0.outcomes[arm] != nil }
    return isKnown ? nil : multiple
  }

  private func crossing(_ left: Step, _ right: Step) -> Double {
    let (a, b) = (left.difference.estimate, right.difference.estimate)
    guard a != b else { return (left.multiple + right.multiple) / 2 }
    return left.multiple + (right.multiple - left.multiple) * a / (a - b)
  }

  /// The multiple with three digits after the point, which reads well in a command.
  private static func rounded(_ multiple: Double) -> Double { (multiple * 1_000).rounded() / 1_000 }

  private func verdict(_ arm: Int, _ points: [Crossover.Point]) -> Crossover.Verdict {
    let all = steps(arm, points)
    guard all.count > 1 else { return .overloaded }
    let steps = ordered(all)
    guard let first = steps.first else { return .equal }
    let changes = changes(steps)
    guard let index = changes.first else {
      guard steps.allSatisfy({ $0.difference.isShown }) else { return .open }
      let isCheaper = first.difference.estimate < 0
      if steps.count < all.count { return isCheaper ? .neverDearer : .neverCheaper }
      return isCheaper ? .cheaper : .dearer
    }
    guard changes.count == 1 else { return .several }
    let isDearerBelow = steps[index].difference.estimate > 0
    let below = steps[...index].last { $0.difference.isShown }
    let above = steps[(index + 1)...].first { $0.difference.isShown }
    if below == nil, above == nil { return .open }
    let crossing = Crossover.Crossing(
      multiple: crossing(steps[index], steps[index + 1]), low: below?.multiple,
      high: above?.multiple)
    return isDearerBelow ? .cheaperAbove(crossing) : .cheaperBelow(crossing)
  }
}

extension Crossover.Outcome {
  /// The bill of an arm that was run; nil where it has none.
  package init?(_ arm: Comparison.Arm) {
    guard let cost = arm.results.figure("cost.perMonth"), cost.estimate != nil else { return nil }
    self.init(cost: cost, isOverloaded: arm.isOverloaded)
  }
}
