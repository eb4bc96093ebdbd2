import MLSystem
import Quantities

/// People, reviews and challengers from their settings.
enum PeopleAssembly {
  static func people(_ value: Setting) -> PeoplePlan? {
    guard value.kind == "people",
      let hours = value["hours"].text.flatMap({ try? BusinessHours($0) })
    else { return nil }
    return PeoplePlan(
      staff: value["staff"].whole ?? 1, perHour: value["perHour"].number ?? 1, hours: hours,
      accuracy: value["accuracy"].number ?? 0.5, wage: value["wage"].money,
      perReview: value["perReview"].money)
  }

  static func review(_ value: Setting, _ models: [String: Int]) -> ReviewPlan? {
    guard value.kind == "review", let by = value["by"].text.flatMap({ models[$0] }) else {
      return nil
    }
    return ReviewPlan(
      by: by, share: value["share"].number ?? 0,
      pick: value["pick"].text.flatMap(ReviewPlan.Pick.init(rawValue:)) ?? .uncertain,
      limit: value["limit"].whole ?? 0,
      overflow: value["overflow"].text.flatMap(ReviewPlan.Overflow.init(rawValue:)) ?? .model)
  }

  static func challenger(_ value: Setting) -> ChallengerPlan? {
    guard value.kind == "challenger" else { return nil }
    return ChallengerPlan(
      labels: value["labels"].number ?? 0, confidence: value["confidence"].number ?? 0.95,
      every: value["every"].duration ?? .days(1))
  }
}
