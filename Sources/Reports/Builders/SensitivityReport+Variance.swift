import Experiments
import Statistics

/// Methods that see interactions.
extension SensitivityReport {
  static func morris(
    _ study: SensitivityStudy, _ morris: SensitivityStudy.Morris
  ) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    for (metric, effects) in morris.effects.enumerated() {
      guard let effects else { continue }
      let unit = Unit(study.metrics[metric].unit)
      let order = effects.indices.sorted {
        let (x, y) = (effects[$0].importance.estimate, effects[$1].importance.estimate)
        return x == y ? $0 < $1 : x > y
      }
      for input in order {
        rows.append(
          Row([
            .text(study.metrics[metric].name), .text(names[input]),
            .reading(Reading(effects[input].importance, unit)),
            .reading(Reading(effects[input].mean, unit).asDifference),
            .reading(.observed(effects[input].deviation, unit)),
          ]))
      }
    }
    return Section(
      id: "morris", heading: "Elementary effects",
      blocks: [
        .table(
          Table(
            id: "morris",
            columns: [
              Column("metric", .label, mergesRepeats: true), Column("input", .text),
              Column("mean size", .reading(.stacked)), Column("mean", .reading(.stacked)),
              Column("spread", .reading(.value)),
            ], rows: rows)),
        .notes([
          "Effects of going from the low to the high end, along \(morris.trajectories) trajectories "
            + "(Morris 1991; mean size: Campolongo et al. 2007). A spread near the mean size says "
            + "that the effect depends on where the other inputs are."
        ]),
      ])
  }

  static func sobol(
    _ study: SensitivityStudy, _ sobol: SensitivityStudy.Sobol
  ) -> Section {
    let names = AxisNames(study.inputs.map(\.path)).short
    var rows: [Row] = []
    var notes: [String] = []
    for (metric, indices) in sobol.indices.enumerated() {
      guard let indices else {
        notes.append("\(study.metrics[metric].name) does not vary with these inputs.")
        continue
      }
      let order = indices.indices.sorted {
        let (x, y) = (indices[$0].total.estimate, indices[$1].total.estimate)
        return x == y ? $0 < $1 : x > y
      }
      for input in order {
        rows.append(
          Row([
            .text(study.metrics[metric].name), .text(names[input]),
            .reading(Reading(indices[input].first, .number("")).withDecimals(2)),
            .reading(Reading(indices[input].total, .number("")).withDecimals(2)),
          ]))
      }
    }
    return Section(
      id: "sobol", heading: "Shares of the variance",
      blocks: [
        .table(
          Table(
            id: "sobol",
            columns: [
              Column("metric", .label, mergesRepeats: true), Column("input", .text),
              Column("alone", .reading(.interval)), Column("in all", .reading(.interval)),
            ], rows: rows)),
        .notes(
          notes + [
            "From \(sobol.rows) rows of a Sobol' sequence over the laws of the inputs: alone is "
              + "the first-order index (Saltelli et al. 2010), in all the total one (Jansen 1999); "
              + "intervals are of a bootstrap over rows. What is in all and not alone is joint."
          ]),
      ])
  }
}
