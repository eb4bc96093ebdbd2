import Quantities

// Whom drifts and incidents of data harm, and until when.
extension LearningPlane {
  /// Counts the answers since the last call against every cause, held against what was usual just
  /// before it.
  mutating func countHarm(
    _ model: Int, answered: Double, _ accuracy: Double, _ value: Double, until now: Instant
  ) {
    for index in models[model].causes.indices {
      let cause = models[model].causes[index]
      if cause.at >= now {
        models[model].causes[index].accuracyBefore = accuracy
        models[model].causes[index].valueBefore = value
        continue
      }
      let wrong = answered * max(0, cause.accuracyBefore - accuracy)
      let money = answered * max(0, cause.valueBefore - value)
      if let incident = cause.incident {
        count(cause: index, incident, model, answered: answered, accuracy, value, until: now)
      }
      if wrong == 0 && money == 0 { continue }
      if cause.detected == nil {
        models[model].causes[index].lost += wrong
        models[model].causes[index].value += money
      }
      for (number, found) in cause.found.enumerated() where found == nil {
        models[model].causes[index].lostBefore[number] += wrong
        models[model].causes[index].valueLost[number] += money
      }
    }
  }

  /// Counts what an incident does while it lasts, and then as long as a version serves that learnt
  /// from it: what that one lacked as it was promoted, for what it loses later is its age.
  private mutating func count(
    cause index: Int, _ incident: Int, _ model: Int, answered: Double, _ accuracy: Double,
    _ value: Double, until now: Instant
  ) {
    let cause = models[model].causes[index]
    let lasted = data.ended[incident].map { $0 >= now } ?? true
    let isLearnt = models[model].stable.lineage.incidents.contains(incident)
    guard lasted || isLearnt else {
      if cause.recovered == nil { models[model].causes[index].recovered = now }
      return
    }
    models[model].causes[index].recovered = nil
    let accepted = models[model].accepted
    let least = lasted ? (accuracy, value) : (accepted.accuracy, accepted.value)
    models[model].causes[index].hurt +=
      answered * max(0, cause.accuracyBefore - max(accuracy, least.0))
    models[model].causes[index].cost +=
      answered * max(0, cause.valueBefore - max(value, least.1))
  }
}
