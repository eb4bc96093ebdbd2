import Experiments
import Quantities
import Statistics

/// The architecture review: the biggest risk, every stress priced, what remedies buy, what to do.
package enum ReviewReport {
  /// The report of a review; a pure function of it.
  package static func report(_ review: Review) -> Report {
    let identity = review.base.identity
    let file = ShellText.quoted(identity.file) + NextSection.options(identity)
    let sections: [Section?] = [
      answer(review), ReviewTables.risks(review), ReviewTables.response(review),
      ReviewTables.failureModes(review), ReviewTables.remedies(review),
      ReviewRunbook.section(review),
      ReviewTables.rubric(review.system, id: "system-rubric"),
      ReviewTables.rubric(review.design, id: "design-rubric"), ReviewTables.probes(review),
      ReviewTables.left(review), next(review, file), AssumptionSections.prices(review.base.cost),
      AssumptionSections.assumptions(review.base),
      AssumptionSections.reproduction(
        identity, command: "towtank review \(file)\(options(review))"),
    ]
    return Report(
      title: identity.title,
      banner: Banner(
        verdict: review.base.outcome, sentence: sentence(review), basis: basis(review)),
      sections: sections.compactMap { $0 })
  }

  /// What the user decided for this review, as options.
  private static func options(_ review: Review) -> String {
    var words: [String] = []
    if review.worth.isDeclared {
      let dollars = QuantityFormatter.shortest(review.worth.dollars)
      words.append("--worth \(ShellText.quoted("$" + dollars))")
    }
    for stress in review.findings.map(\.stress) where stress.frequency.source == .option {
      let times = QuantityFormatter.shortest(stress.frequency.perYear)
      words.append("--frequency \(stress.id)=\(times)")
    }
    if review.remedied != ReviewRunner.Options.usualRemedied {
      words.append("--remedies \(review.remedied)")
    }
    return words.map { " " + $0 }.joined()
  }

  private static func sentence(_ review: Review) -> String {
    let scores =
      "System quality \(points(review.system.total)) of 100 (\(review.system.band)), design "
      + "\(points(review.design.total))."
    guard let biggest = review.biggest else {
      return "No stress is expected to lose money. \(scores)"
    }
    let yearly = dollars(biggest.yearly).text
    let isSure = biggest.yearly.low > 0
    let loss =
      yearly.interval == "exact"
      ? "exactly \(yearly.value) a year" : "\(yearly.value) \(yearly.interval) a year"
    return "The biggest risk: \(biggest.stress.title), \(loss)"
      + (isSure ? "" : ", not for sure at this precision") + ". \(scores)"
  }

  static func points(_ points: Double) -> String { NumberText.fixed(points, decimals: 0) }

  /// Dollars with their interval.
  static func dollars(_ interval: ConfidenceInterval) -> Reading {
    reading(interval, .dollars(""))
  }

  /// A reading of an interval that one run cannot bound.
  static func reading(_ interval: ConfidenceInterval, _ unit: Unit) -> Reading {
    if interval.low == interval.high { return .exact(interval.estimate, unit) }
    return .simulated(
      interval.estimate, interval.low.isFinite ? .init(interval) : nil, unit)
  }

  private static func basis(_ review: Review) -> [String] {
    let identity = review.base.identity
    let worth = QuantityFormatter.significant(review.worth.dollars, digits: 3)
    return [
      "\(identity.replications) x \(QuantityFormatter.exact(identity.horizon)) for each of "
        + "\(review.findings.count) stresses, seed \(identity.seed); paired with the same runs "
        + "without",
      "A yearly loss is that of one occurrence by how often it happens, and the interval is of the "
        + "loss: frequencies are taken as they stand",
      "An unanswered request is worth $\(worth) (\(review.worth.basis))",
    ]
  }

  private static func answer(_ review: Review) -> Section? {
    var lines: [String] = []
    if let biggest = review.biggest {
      let best = review.remedies
        .filter { $0.stress == biggest.stress.id && $0.saved.low > 0 }
        .max { $0.saved.estimate - $0.cost.estimate < $1.saved.estimate - $1.cost.estimate }
      if let best {
        let saved = dollars(best.saved).text
        let cost = dollars(best.cost).text
        lines.append(
          "Against it: \(best.title) saves \(saved.value) \(saved.interval) a year of it and costs "
            + "\(cost.value) \(cost.interval).")
      } else if review.remedies.contains(where: { $0.stress == biggest.stress.id }) {
        lines.append("No remedy that was tried lowers it for sure.")
      }
    }
    let flips = review.probes.filter { !$0.changed.isEmpty }
    if let first = flips.first {
      lines.append(
        "\(flips.count == 1 ? "A default" : "\(flips.count) defaults") that nobody wrote could flip "
          + "the verdict, first `\(first.path)`.")
    }
    return lines.isEmpty
      ? nil : Section(id: "answer", heading: "", blocks: lines.map { .paragraph($0) })
  }

  private static func next(_ review: Review, _ file: String) -> Section {
    let identity = review.base.identity
    var commands: [Command] = []
    if !review.worth.isDeclared {
      commands.append(
        Command(
          "With what an unanswered request is worth:", "towtank review \(file) --worth '$0.01'"))
    }
    if let assumed = review.ranked.first(where: \.stress.frequency.isAssumed) {
      commands.append(
        Command(
          "With how often it happens to you:",
          "towtank review \(file) --frequency \(assumed.stress.id)=1"))
    }
    if let biggest = review.biggest, let settings = biggest.stress.settings.first {
      commands.append(
        Command(
          "The worst by itself:", "towtank run \(file) --set \(ShellText.quoted(settings))"))
    }
    commands.append(
      Command(
        "The page with everything:",
        "towtank review \(file) --out reports/\(NextSection.name(identity))-review"))
    return Section(
      id: "next", heading: "Next", layout: .hanging, blocks: [.commands(commands)])
  }
}
