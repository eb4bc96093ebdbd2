import Experiments
import Statistics

/// What must be true of the inputs for each threshold to hold.
extension SensitivityReport {
  static func turns(_ study: SensitivityStudy) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    for (number, threshold) in study.thresholds.enumerated() {
      let turns = study.turns.filter { $0.threshold == number }
      // A threshold that no input moves past its limit is one row.
      if let first = turns.first?.finding, turns.count > 1,
        turns.allSatisfy({ $0.finding == first })
      {
        switch first {
        case .holdsThroughout:
          rows.append(Row([.text(threshold), "each", "anything", "", "holds in its whole reach"]))
          continue
        case .failsThroughout:
          rows.append(Row([.text(threshold), "each", "-", "", "fails in its whole reach"]))
          continue
        case .turns, .unknown: break
        }
      }
      rows += turns.map { row($0, study, threshold, names[$0.input]) }
    }
    let table = Table(
      id: "must-be-true",
      columns: [
        Column("for", .label, mergesRepeats: true), Column("input", .text),
        Column("must be", .text),
        Column("95% interval", .text), Column("", .note),
      ], rows: rows)
    return Section(
      id: "must-be-true", heading: "What must be true",
      blocks: [
        .table(table),
        .notes([
          "Each input alone, the others at their middle; bisection to 1/256 of the reach, which is "
            + "P1 to P99 of a belief."
        ]),
      ])
  }

  private static func row(
    _ turn: SensitivityStudy.Turn, _ study: SensitivityStudy, _ threshold: String, _ name: String
  ) -> Row {
    let input = study.inputs[turn.input]
    let reach = "\(input.value(at: input.reach.low)) to \(input.value(at: input.reach.high))"
    switch turn.finding {
    case .holdsThroughout:
      return Row([.text(threshold), .text(name), "anything", "", .text("holds from \(reach)")])
    case .failsThroughout:
      return Row([.text(threshold), .text(name), "-", "", .text("fails from \(reach)")])
    case .unknown:
      return Row([.text(threshold), .text(name), "?", "", "nothing was observed"])
    case .turns(let share, let isBelow):
      let shown = short(share, input)
      var note = "the scenario has \(input.middleText)"
      if input.isBelief {
        let chance = isBelow ? 1 - share.estimate : share.estimate
        note =
          "\(NumberText.fixed(chance * 100, decimals: 0)) % of the belief lies "
          + "\(isBelow ? "above" : "below")"
      }
      return Row([
        .text(threshold), .text(name), .text("\(isBelow ? "below" : "above") \(shown.value)"),
        .text("[\(shown.low), \(shown.high)]"), .text(note),
      ])
    }
  }

  /// A turning point with as many digits as its interval justifies.
  private static func short(
    _ share: ConfidenceInterval, _ input: SensitivityInput
  ) -> (value: String, low: String, high: String) {
    let texts = [share.estimate, share.low, share.high].map { input.value(at: $0) }
    let numbers = texts.compactMap(AxisNumber.init)
    guard numbers.count == 3 else { return (texts[0], texts[1], texts[2]) }
    let half = (numbers[2].value - numbers[1].value).magnitude / 2
    let decimals =
      half > 0
      ? NumberText.decimals(forHalfWidth: half) : NumberText.decimals(forValue: numbers[0].value)
    func text(_ number: AxisNumber, bare: Bool) -> String {
      let digits = NumberText.fixed(number.value.magnitude, decimals: decimals)
      let sign = number.value < 0 ? "-" : ""
      return sign + (bare ? digits : number.prefix + digits + number.suffix)
    }
    return (
      text(numbers[0], bare: false), text(numbers[1], bare: true), text(numbers[2], bare: true)
    )
  }
}
