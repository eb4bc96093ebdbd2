extension ScenarioSchema {
  static let systemIncidentKinds = [
    "incident:outage", "incident:zone-outage", "incident:slow-down", "incident:errors",
    "incident:capacity-loss", "incident:price-spike", "incident:deprecation",
  ]

  static let systemIncidentObjects: [ObjectKind] = [
    ObjectKind(
      "incident:outage",
      "Every replica of a service, or every machine of a pool, is gone; a lookup refuses every call.",
      head + [hit("What is out.")] + tail),
    ObjectKind(
      "incident:zone-outage", "Every machine in a zone is gone, of whatever pool.",
      head + [
        SchemaKey(
          "zone", .text, .required, "A zone of one of the pools.", example: #""us-east-1a""#)
      ] + tail),
    ObjectKind(
      "incident:slow-down", "A service, or everything on a pool, takes longer.",
      head + [
        hit("What is slow."),
        SchemaKey(
          "factor", .quantity(.factor, 0.01...1_000), .required,
          "How many times as long every call takes.", example: #""3x""#, belief: true),
      ] + tail),
    ObjectKind(
      "incident:errors", "A share of the answers of a service, or of all on a pool, are errors.",
      head + [
        hit("What answers with errors."),
        SchemaKey(
          "share", .quantity(.share, 0...1), .required, "Share of the calls that fail.",
          example: #""20 %""#, belief: true),
      ] + tail),
    ObjectKind(
      "incident:capacity-loss",
      "A share of the replicas of a service, or of the machines of a pool, is gone.",
      head + [
        hit("What loses them; a pool gets no others meanwhile."),
        SchemaKey(
          "share", .quantity(.share, 0...1), .required,
          "Share of those that there are when it begins, rounded to whole ones.",
          example: #""50 %""#, belief: true),
      ] + tail),
    ObjectKind(
      "incident:price-spike",
      "Machines on demand or spot of a pool, or the calls of a service, cost more.",
      head + [
        hit("What is dearer; commitments and monthly prices stay."),
        SchemaKey(
          "factor", .quantity(.factor, 1...1_000), .required, "How many times the price.",
          example: #""4x""#, belief: true),
      ] + tail),
    ObjectKind(
      "incident:deprecation",
      "A model is switched off: whatever serves it answers with errors until somebody has moved on.",
      head + [
        SchemaKey(
          "model", .reference([.model]), .required, "The model.", example: #""assistant""#)
      ] + tail),
  ]

  private static let head = [
    SchemaKey(
      "at", .quantity(.offset, 0...3.2e8), .required, "When it begins.", example: #""21d 03:00""#),
    SchemaKey(
      "name", .text, .none("what it hits, and its kind"), "What reports and metrics call it.",
      example: #""black-friday""#),
  ]

  private static let tail = [
    SchemaKey(
      "last", .quantity(.duration, 0...3.2e8), .none("until somebody undoes it"),
      "How long it lasts by itself.", example: #""40 min""#, belief: true),
    SchemaKey(
      "repair", .spread(.duration, 0...3.2e8), .none("nobody can undo it"),
      "From the response of the on-call, whom an alert has called, until it is undone.",
      example: #""10 min""#),
  ]

  private static func hit(_ summary: String) -> SchemaKey {
    SchemaKey("of", .reference([.service, .pool]), .required, summary, example: #""ranker""#)
  }
}
