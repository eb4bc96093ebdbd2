import Experiments
import MLSystem
import Quantities
import Statistics

/// The tables of a review.
enum ReviewTables {
  /// Stresses by expected yearly loss.
  static func risks(_ review: Review) -> Section? {
    guard !review.findings.isEmpty else { return nil }
    let rows = review.ranked.map { finding in
      Row([
        .verdict(finding.broken.isEmpty ? finding.outcome : .breached), .text(finding.stress.id),
        .reading(ReviewReport.reading(finding.unanswered, .number(""))),
        .reading(ReviewReport.dollars(finding.loss)),
        .text(perYear(finding.stress.frequency)),
        .reading(ReviewReport.dollars(finding.yearly)),
      ])
    }
    let table = Table(
      id: "risks",
      columns: [
        Column("", .text), Column("stress", .label),
        Column("requests lost", .reading(.value)), Column("each", .reading(.value)),
        Column("a year", .text), Column("yearly loss", .reading(.interval), unit: .dollars("")),
      ], rows: rows)
    return Section(
      id: "risks", heading: "Risks by expected yearly loss",
      blocks: [.table(table), .notes(notes(review))] + (chart(review).map { [$0] } ?? []))
  }

  private static func perYear(_ frequency: Stress.Frequency) -> String {
    QuantityFormatter.significant(frequency.perYear, digits: 2)
      + (frequency.isAssumed ? " *" : "")
  }

  private static func chart(_ review: Review) -> Block? {
    let dots = review.ranked.filter { $0.yearly.low.isFinite }.map {
      IntervalChart.Dot($0.stress.id, $0.yearly.estimate, .init($0.yearly))
    }
    guard let first = dots.first, first.estimate > 0 else { return nil }
    return .chart(
      Chart(
        id: "risks-chart", title: "\(first.label) is expected to lose most",
        subtitle: "Dollars a year by stress, 95% interval of the loss; hollow: holds 0",
        content: .intervals(
          IntervalChart(unit: .dollars(""), dots: dots, zeroLabel: "no loss"))))
  }

  /// What every frequency that nobody declared was taken to be, and how to declare it.
  private static func notes(_ review: Review) -> [String] {
    var notes = ["Each: what one occurrence costs."]
    if let first = review.ranked.first(where: \.stress.frequency.isAssumed) {
      let times = QuantityFormatter.significant(first.stress.frequency.perYear, digits: 2)
      notes.append(
        "* times a year that nobody declared: an assumption, not a figure of yours. Declare it "
          + "with --frequency, such as `--frequency \(first.stress.id)=\(times)`.")
    }
    let isWorthKnown = review.base.figures.contains {
      $0.metric.metric == "lost.perMonth" && $0.estimate != nil
    }
    if !isWorthKnown, review.findings.contains(where: { $0.quality != nil }) {
      notes.append(
        "Worse answers are in no loss, for no task says what an outcome is worth: declare "
          + "tasks.NAME.value.")
    }
    return notes
  }

  /// How fast each stress is seen and undone.
  static func response(_ review: Review) -> Section? {
    guard !review.findings.isEmpty else { return nil }
    let rows = review.ranked.map { finding in
      Row([
        .text(finding.stress.id), cell(finding.noticed), cell(finding.undone),
        cell(finding.recovered), .text(effect(finding)),
      ])
    }
    return Section(
      id: "response", heading: "Seen, undone, recovered",
      blocks: [
        .table(
          Table(
            id: "response",
            columns: [
              Column("stress", .label), Column("seen after", .text), Column("over after", .text),
              Column("as before", .text), Column("blast radius", .note),
            ], rows: rows))
      ])
  }

  private static func cell(_ delay: Review.Delay) -> Cell {
    guard let seconds = delay.seconds else { return .text(delay.of > 0 ? "never" : "") }
    let runs = delay.runs < delay.of ? " (\(delay.runs)/\(delay.of))" : ""
    return .text(QuantityFormatter.time(seconds.estimate, digits: 2) + runs)
  }

  /// Who is hurt, in words.
  static func effect(_ finding: Review.Finding) -> String {
    var parts: [String] = []
    if finding.share >= 0.001 {
      parts.append("\(QuantityFormatter.percent(finding.share)) of its requests unanswered")
    } else if finding.unanswered.estimate >= 1 {
      parts.append("\(QuantityFormatter.compact(finding.unanswered.estimate)) unanswered")
    }
    if let hurt = finding.hurt, hurt.estimate > 0 {
      parts.append("\(QuantityFormatter.compact(hurt.estimate)) hurt")
    }
    if let quality = finding.quality {
      let change = NumberText.fixed(quality.change.estimate, decimals: 3)
      parts.append("AUC of \(quality.model) \(change)")
    }
    if !finding.broken.isEmpty {
      parts.append("breaks " + finding.broken.map { "`\($0)`" }.joined(separator: ", "))
    }
    return parts.isEmpty ? "nobody" : parts.joined(separator: "; ")
  }

  /// Failure modes and effects, by falling priority.
  static func failureModes(_ review: Review) -> Section? {
    guard !review.findings.isEmpty else { return nil }
    let order = review.findings.indices.sorted {
      let (a, b) = (review.findings[$0].priority, review.findings[$1].priority)
      return a == b ? $0 < $1 : a > b
    }
    let rows = order.map { index -> Row in
      let finding = review.findings[index]
      func number(_ value: Int) -> Cell { .reading(.observed(Double(value), .number(""))) }
      return Row([
        .text(finding.stress.title), number(finding.severity), number(finding.occurrence),
        number(finding.detection), number(finding.priority), .text(effect(finding)),
        .text(finding.stress.frequency.basis),
      ])
    }
    let full = Table(
      id: "fmea",
      columns: [
        Column("failure mode", .note), Column("S", .reading(.value)),
        Column("O", .reading(.value)), Column("D", .reading(.value)),
        Column("priority", .reading(.value)), Column("effect", .note),
        Column("how often", .note),
      ], rows: rows)
    let short = Table(
      id: "fmea-short", columns: Array(full.columns.prefix(5)),
      rows: rows.map { Row(Array($0.cells.prefix(5))) })
    return Section(
      id: "fmea", heading: "Failure modes (severity x occurrence x detection)",
      blocks: [.only(.page, .table(full)), .only(.terminal, .table(short))])
  }

  static func remedies(_ review: Review) -> Section? {
    guard !review.remedies.isEmpty else { return nil }
    let rows = review.remedies.map { remedy -> Row in
      let buys: String
      if let perDollar = remedy.perDollar {
        buys = "$" + QuantityFormatter.significant(perDollar, digits: 2)
      } else {
        buys = remedy.saved.low > 0 ? "free" : "nothing for sure"
      }
      return Row([
        .text(remedy.title), .text(remedy.stress),
        .reading(ReviewReport.dollars(remedy.saved)),
        .reading(ReviewReport.dollars(remedy.cost)), .text(buys),
      ])
    }
    let settings = review.remedies.map { remedy in
      Command(
        remedy.title,
        remedy.settings.map { "--set \(ShellText.quoted($0))" }.joined(separator: " "))
    }
    return Section(
      id: "remedies", heading: "Remedies, tried",
      blocks: [
        .table(
          Table(
            id: "remedies",
            columns: [
              Column("remedy", .note), Column("against", .text),
              Column("saves a year", .reading(.interval), unit: .dollars("")),
              Column("costs a year", .reading(.value), unit: .dollars("")),
              Column("per dollar", .text),
            ], rows: rows)),
        .only(.page, .commands(settings)),
      ])
  }

  static func rubric(_ rubric: Rubric, id: String) -> Section {
    let rows = rubric.scores.map { score in
      Row([
        .text(score.criterion),
        .text("\(ReviewReport.points(score.points)) of \(ReviewReport.points(score.most))"),
        .text(score.evidence), .text(score.raise),
      ])
    }
    let full = Table(
      id: id,
      columns: [
        Column("criterion", .label), Column("points", .text), Column("evidence", .note),
        Column("what would raise it", .note),
      ], rows: rows)
    let short = Table(
      id: "\(id)-short",
      columns: [full.columns[0], full.columns[1], full.columns[3]],
      rows: rows.map { Row([$0.cells[0], $0.cells[1], $0.cells[3]]) })
    return Section(
      id: id,
      heading: "\(rubric.name): \(ReviewReport.points(rubric.total)) of 100, \(rubric.band)",
      blocks: [.only(.page, .table(full)), .only(.terminal, .table(short))])
  }

  static func probes(_ review: Review) -> Section? {
    guard !review.probes.isEmpty else { return nil }
    let rows = review.probes.map { probe in
      Row([
        .text(probe.path), .text(probe.standard), .text(probe.value),
        .text(probe.changed.isEmpty ? "nothing" : probe.changed.joined(separator: "; ")),
      ])
    }
    return Section(
      id: "defaults-probed", heading: "Defaults that nobody wrote, made worse",
      blocks: [
        .table(
          Table(
            id: "defaults-probed",
            columns: [
              Column("path", .label), Column("stands as", .note), Column("made", .note),
              Column("changes", .note),
            ], rows: rows))
      ])
  }

  static func left(_ review: Review) -> Section? {
    guard !review.left.isEmpty else { return nil }
    return Section(
      id: "left", heading: "Not tried",
      blocks: [.notes(review.left.map { "\($0.title): \($0.reason)" })])
  }
}
