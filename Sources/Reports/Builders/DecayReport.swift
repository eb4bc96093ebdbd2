import Experiments
import Quantities
import Statistics

/// How fast models age on a user's own data, and what to write for it in a scenario.
package enum DecayReport {
  /// The report of fitted decays.
  package static func report(_ findings: DecayFindings) -> Report {
    Report(
      title: "How fast does \(findings.value) of \(findings.file) fall with age?",
      banner: Banner(
        verdict: nil, sentence: sentence(findings),
        basis: [
          "Least squares of floor + (first - floor) e^(-age/memory); [95 % interval of the memory]."
        ]),
      sections: [table(findings), next(findings)])
  }

  private static func sentence(_ findings: DecayFindings) -> String {
    let fits = findings.sets.compactMap { set in set.fit.map { (set, $0) } }
    guard let (set, fit) = fits.min(by: { $0.1.tau < $1.1.tau }) else {
      return "It does not fall, or there are too few points to tell."
    }
    let name = set.name.isEmpty ? "" : ", of `\(set.name)`"
    let which = findings.sets.count > 1 ? "the shortest memory is" : "the memory is"
    return "\(findings.sets.count > 1 ? "Of \(findings.sets.count) data sets " : "")\(which) "
      + "\(age(fit.tau, findings)) [\(age(fit.interval.low, findings)), "
      + "\(age(fit.interval.high, findings))]\(name)."
  }

  /// An age in words: in time where a step of it is known, else in steps.
  private static func age(_ value: Double, _ findings: DecayFindings) -> String {
    guard value.isFinite else { return "no end" }
    guard let step = findings.step else { return QuantityFormatter.significant(value, digits: 3) }
    let days = value * step.seconds / 86_400
    return QuantityFormatter.significant(days, digits: 3) + " d"
  }

  private static func table(_ findings: DecayFindings) -> Section {
    let values = findings.sets.flatMap(\.points).map(\.value)
    let isShare = values.allSatisfy { (0...1).contains($0) }
    let rows = findings.sets.map { set -> Row in
      guard let fit = set.fit else {
        return Row([
          .text(set.name), .reading(Reading.unknown(.number("")).saying("does not fall")), "", "",
          "", .text("\(set.points.count)"),
        ])
      }
      let scale = findings.step.map { $0.seconds / 86_400 } ?? 1
      let interval = Reading.Bounds(fit.interval.low * scale, fit.interval.high * scale)
      let unit = Unit.number(findings.step == nil ? "" : "d")
      return Row([
        .text(set.name),
        .reading(
          Reading.simulated(fit.tau * scale, interval, unit)
            .withDecimals(NumberText.decimals(forValue: fit.tau * scale))),
        quality(fit.first, isShare), quality(fit.floor, isShare),
        .reading(
          .observed(fit.error, isShare ? .points : .number("")).withDecimals(isShare ? 2 : 4)),
        .text("\(fit.count)"),
      ])
    }
    return Section(
      id: "decay", heading: "Decay",
      blocks: [
        .table(
          Table(
            id: "decay",
            columns: [
              Column("decay", .label), Column("memory", .reading(.interval)),
              Column("at age 0", .reading(.value)), Column("in the end", .reading(.value)),
              Column("error", .reading(.value)), Column("points", .text),
            ], rows: rows)),
        .notes([
          "A scenario's memory is that of the concept; accuracy falls in about the same time.",
          "Error: the root of the mean squared distance of the points from the curve."
            + (findings.step == nil
              ? " Memory is in steps of `\(findings.age)`; --step says how long one is." : ""),
        ]),
      ])
  }

  private static func quality(_ value: Double, _ isShare: Bool) -> Cell {
    .reading(
      .observed(value, isShare ? .ratio : .number("")).withDecimals(isShare ? 1 : 3))
  }

  private static func next(_ findings: DecayFindings) -> Section {
    var lines: [String] = []
    for set in findings.sets {
      guard let fit = set.fit else { continue }
      let name = set.name.isEmpty ? "" : "\(set.name): "
      if let step = findings.step {
        let hours = (fit.tau * step.seconds / 3_600).rounded()
        let memory =
          hours >= 48
          ? "\(Int((hours / 24).rounded()))d" : "\(max(Int(hours), 1))h"
        lines.append("\(name)drift: [{ kind: \"wandering\", memory: \"\(memory)\" }]")
      } else {
        let steps = QuantityFormatter.significant(fit.tau, digits: 3)
        lines.append("\(name)memory: \(steps) times the length of a step of `\(findings.age)`")
      }
    }
    return Section(
      id: "next", heading: "Next", layout: .hanging,
      blocks: [.paragraph("In the task of a scenario:"), .notes(lines)])
  }
}
