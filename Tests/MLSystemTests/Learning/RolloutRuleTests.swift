import MLSystem
import Statistics
import Testing

@Suite("Rules of rollouts")
struct RolloutRuleTests {
  /// Requests of the canary, and the chances that it is undone without a fault, with one of 2x, of
  /// 3x.
  static let cases: [(Int64, [Double])] = [
    (100, [0.168, 0.45, 0.68]), (500, [0.028, 0.48, 0.90]), (2000, [0.0001, 0.49, 0.996]),
  ]

  @Test("Argo's phases", arguments: RolloutGolden.argo.indices)
  func argo(index: Int) {
    let (text, rules, phase, decided) = RolloutGolden.argo[index]
    var metric = AnalysisMetric(rules: rules)
    var at: Int?
    for (place, letter) in text.enumerated() {
      metric.record(Self.measurement(letter))
      if at == nil && metric.phase.isDecided { at = place }
    }
    #expect(metric.phase == phase)
    #expect(at == decided)
  }

  private static func measurement(_ letter: Character) -> AnalysisMeasurement {
    switch letter {
    case "S": .success
    case "F": .failure
    case "I": .inconclusive
    default: .error
    }
  }

  @Test func aRunIsAsGoodAsItsWorstMetric() {
    var run = AnalysisRun(metrics: 2, rules: AnalysisMetricRules(count: 2))
    run.record([.success, .success])
    #expect(run.phase == .running)
    run.record([.success, .failure])
    #expect(run.metrics.map(\.phase) == [.successful, .failed])
    #expect(run.phase == .failed)
    #expect(AnalysisRun(metrics: 0, rules: AnalysisMetricRules()).phase == .successful)
  }

  @Test func whatIsEndedEarlyHasNotFailed() {
    var run = AnalysisRun(metrics: 1, rules: AnalysisMetricRules())
    run.record([.success])
    run.terminate()
    #expect(run.phase == .successful)
  }

  @Test("Flagger's weights and times", arguments: RolloutGolden.flagger.indices)
  func flagger(index: Int) {
    let (interval, maximum, step, threshold, weights, promotion, rollback) =
      RolloutGolden.flagger[index]
    let rules = FlaggerCanary.Rules(
      stepWeight: step, maxWeight: maximum, threshold: threshold)
    #expect(rules.weights == weights)
    #expect(Double(interval * maximum) / Double(step) == promotion)
    #expect(interval * threshold == rollback)
    var canary = FlaggerCanary(rules: rules)
    var seen: [Int] = []
    while case .weight(let weight) = canary.tick(passes: { true }) { seen.append(weight) }
    #expect(seen == weights)
    // Undone at the tick after the last failed check that it bears.
    var failing = FlaggerCanary(rules: rules)
    _ = failing.tick(passes: { true })
    for _ in 0..<threshold { #expect(failing.tick(passes: { false }) == .halt) }
    #expect(failing.tick(passes: { true }) == .rollBack)
  }

  @Test func flaggerForgivesNothing() {
    var canary = FlaggerCanary(rules: .init(stepWeight: 10, maxWeight: 50, threshold: 2))
    _ = canary.tick(passes: { false })
    #expect(canary.weight == 10)
    #expect(canary.tick(passes: { false }) == .halt)
    #expect(canary.tick(passes: { true }) == .weight(20))
    #expect(canary.tick(passes: { false }) == .halt)
    #expect(canary.tick(passes: { true }) == .rollBack)
  }

  @Test("Burn-rate alerts of the SRE workbook", arguments: RolloutGolden.burnRates.indices)
  func burnRates(index: Int) {
    let (objective, rates, expected) = RolloutGolden.burnRates[index]
    let windows: [Double] = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200]
    func burn(_ window: Double) -> Double {
      let place = windows.firstIndex(of: window) ?? 0
      return BurnRateAlert.burn(errorRate: rates[place], objective: objective)
    }
    let fired = BurnRateAlert.workbook.filter {
      $0.fires(longBurn: burn($0.long), shortBurn: burn($0.short))
    }
    #expect(fired.map(\.threshold) == expected)
  }

  @Test func burnRateAlertsKnowWhatTheySpend() {
    let spent = BurnRateAlert.workbook.map { $0.budgetSpent() }
    for (value, expected) in zip(spent, [0.02, 0.05, 0.1, 0.1]) {
      #expect(agrees(value, expected, 1e-12))
    }
    // At ten times the threshold a window of an hour is full of alarm after six minutes.
    #expect(BurnRateAlert.workbook[0].secondsToFire(burn: 144) == 360)
    #expect(BurnRateAlert.workbook[0].secondsToFire(burn: 14.4) == nil)
  }

  @Test("Checkpoint intervals", arguments: RolloutGolden.checkpoints)
  func checkpoints(row: [Double]) {
    let interval = CheckpointInterval(cost: row[0], meanTimeBetweenFailures: row[1])
    let values = [
      interval.young, interval.daly, interval.exact,
      interval.overhead(interval: interval.young, restart: row[2]),
      interval.overhead(interval: interval.exact, restart: row[2]),
    ]
    for (value, expected) in zip(values, row[3...]) { #expect(agrees(value, expected, 1e-8)) }
    let long = CheckpointInterval(cost: 3, meanTimeBetweenFailures: 1)
    #expect(long.daly == 1)
    #expect(long.exact < 1)
  }

  @Test("Time until a canary tells a fault", arguments: RolloutGolden.detection)
  func detection(row: [Double]) {
    let found = CanaryArithmetic.timeToDetect(
      base: row[0], faulty: row[1], share: row[2], rate: row[3], alpha: row[4], power: row[5])
    for (value, expected) in zip([found.requests, found.seconds, found.extraErrors], row[6...]) {
      #expect(agrees(value, expected, 1e-9))
    }
  }

  /// `errors > 2x baseline` at a base rate of 1 %: undone without a fault, with one of 2x, of 3x.
  @Test("What the common rule does", arguments: Self.cases)
  func commonRule(requests: Int64, expected: [Double]) {
    for (rate, chance) in zip([0.01, 0.02, 0.03], expected) {
      let exact = CanaryArithmetic.rollbackChance(
        canary: requests, stable: 19 * requests, base: 0.01, faulty: rate, factor: 2)
      #expect(abs(exact - chance) < (rate == 0.01 ? 0.0006 : 0.0055))
    }
  }

  @Test func aFaultOnAShareSpendsThatShareOfTheBudget() {
    // Every request of a 5 % canary fails for an hour: 5 % of 3,600 s against 0.1 % of 30 days.
    let spent = CanaryArithmetic.budgetSpent(
      share: 0.05, defects: 1, seconds: 3600, objective: 0.999, window: 30 * 86_400)
    #expect(agrees(spent, 180.0 / 2592, 1e-12))
  }
}
