import Quantities
import Statistics

/// What an architecture review found: every stress priced, the biggest risk, what remedies buy.
package struct Review: Sendable {
  /// The scenario as it is.
  package var base: Results
  package var findings: [Finding]
  /// Stresses that the scenario cannot be put under, with the reason.
  package var left: [(title: String, reason: String)]
  package var remedies: [Remedy]
  package var probes: [Probe]
  package var system: Rubric
  package var design: Rubric
  /// Dollars that an unanswered request is worth, and where that comes from.
  package var worth: Worth
  /// Stresses against which remedies were tried, from the worst.
  package var remedied: Int

  package struct Worth: Sendable {
    package var dollars: Double
    package var basis: String
    package var isDeclared: Bool

    package init(dollars: Double, basis: String, isDeclared: Bool) {
      self.dollars = dollars
      self.basis = basis
      self.isDeclared = isDeclared
    }
  }

  /// One stress and what it did, against the same runs without it.
  package struct Finding: Sendable {
    package var stress: Stress
    package var outcome: Verdict.Outcome
    /// Thresholds and services that hold without it and are breached under it.
    package var broken: [String]
    /// Requests a run left unanswered more than without it.
    package var unanswered: ConfidenceInterval
    /// Share of the requests of its window that were left unanswered because of it.
    package var share: Double
    /// Requests that its incident hurt, late ones too; nil where no incident counts them.
    package var hurt: ConfidenceInterval?
    /// Model and change of its AUC.
    package var quality: (model: String, change: ConfidenceInterval)?
    /// Seconds from its start, over the runs that have them.
    package var noticed: Delay
    package var undone: Delay
    package var recovered: Delay
    /// Dollars of one occurrence: the bill, worse answers, unanswered requests.
    package var loss: ConfidenceInterval
    /// Dollars a year: the loss by how often it happens.
    package var yearly: ConfidenceInterval { loss.scaled(by: stress.frequency.perYear) }
    package var results: Results
  }

  /// A delay that not every run has.
  package struct Delay: Sendable {
    /// Of the runs that have it; nil where none does.
    package var seconds: ConfidenceInterval?
    package var runs: Int
    package var of: Int

    package init(_ values: [Double?]) {
      let known = values.compactMap { $0 }
      seconds = known.isEmpty ? nil : .ofMean(known, level: 0.95)
      runs = known.count
      of = values.count
    }
  }

  /// A change of the architecture, tried against a stress.
  package struct Remedy: Sendable {
    package var title: String
    package var settings: [String]
    /// The id of the stress.
    package var stress: String
    /// Dollars a year of that stress less, paired with the run without the remedy.
    package var saved: ConfidenceInterval
    /// Dollars a year that it costs when nothing happens.
    package var cost: ConfidenceInterval

    /// Dollars saved for a dollar spent; nil where nothing is spent, or saved for sure.
    package var perDollar: Double? {
      cost.estimate > 0 && saved.low > 0 ? saved.estimate / cost.estimate : nil
    }
  }

  /// A default that nobody wrote, made worse.
  package struct Probe: Sendable {
    package var path: String
    /// What it is and what it was made.
    package var standard: String
    package var value: String
    package var outcome: Verdict.Outcome
    /// Verdicts that it changed.
    package var changed: [String]
  }

  /// The largest expected yearly loss; nil where nothing is lost.
  package var biggest: Finding? {
    findings.filter { $0.yearly.estimate > 0 }
      .max { $0.yearly.estimate < $1.yearly.estimate }
  }

  /// Findings by falling expected yearly loss.
  package var ranked: [Finding] {
    let order = findings.indices.sorted {
      let (a, b) = (findings[$0].yearly.estimate, findings[$1].yearly.estimate)
      return a == b ? $0 < $1 : a > b
    }
    return order.map { findings[$0] }
  }
}

extension Review.Finding {
  /// Severity, occurrence and detection of an FMEA, each 1 to 10; their product is its priority.
  package var severity: Int {
    let byShare =
      share >= 0.5 ? 10 : share >= 0.1 ? 8 : share >= 0.01 ? 6 : share >= 0.001 ? 4 : 1
    return max(byShare, broken.isEmpty ? 1 : 5)
  }

  package var occurrence: Int {
    let perYear = stress.frequency.perYear
    return perYear >= 52 ? 10 : perYear >= 12 ? 8 : perYear >= 4 ? 6 : perYear >= 1 ? 4 : 3
  }

  package var detection: Int {
    guard let seconds = noticed.seconds?.estimate else { return 10 }
    if noticed.runs < noticed.of { return 8 }
    return seconds <= 300 ? 2 : seconds <= 1_800 ? 4 : seconds <= 86_400 ? 6 : 7
  }

  package var priority: Int { severity * occurrence * detection }
}
