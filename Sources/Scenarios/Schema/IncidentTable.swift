extension ScenarioSchema {
  static let incidentKinds =
    [
      "incident:source-outage", "incident:stale-features", "incident:broken-feature",
      "incident:upstream-outage", "incident:schema-change", "incident:training-serving-skew",
      "incident:leakage", "incident:label-fault", "incident:poisoned-labels",
    ] + systemIncidentKinds

  static let incidentObjects: [ObjectKind] = dataIncidentObjects + systemIncidentObjects

  private static let dataIncidentObjects: [ObjectKind] = [
    ObjectKind(
      "incident:source-outage", "Nothing comes through a source.",
      [when, named, source] + [untilEnd]),
    ObjectKind(
      "incident:stale-features",
      "The online copy of a source's features is no longer refreshed; the source itself is well.",
      [when, named, source] + [untilRepaired]),
    ObjectKind(
      "incident:broken-feature", "Some features are no longer what they were.",
      [when, named] + features + [
        SchemaKey(
          "to", .choice(["default", "constant", "other-unit"]), .value(#""default""#),
          "What they become: their mean, a constant, or themselves in another unit.",
          example: #""other-unit""#),
        SchemaKey(
          "scale", .number(1e-6...1e6), .value("1"), "Of another unit: the factor.",
          example: "100", belief: true),
        SchemaKey(
          "shift", .quantity(.deviations, -1e6...1e6), .value(#""0 sd""#),
          "How far a constant, or the mean in another unit, lies from the mean.",
          example: #""2 sd""#, belief: true),
      ] + [untilRepaired]),
    ObjectKind(
      "incident:upstream-outage",
      "What computes some features is down, and their defaults are served.",
      [when, named] + features + [untilRepaired]),
    ObjectKind(
      "incident:schema-change",
      "Some features take values that no training has seen, and their defaults are served.",
      [when, named] + features + [untilRepaired]),
    ObjectKind(
      "incident:training-serving-skew",
      "Versions trained from now on get some features computed otherwise than they are served.",
      [when, named] + features + [
        SchemaKey(
          "agreement", .number(0...1), .value("0.5"),
          "Correlation between what training and serving compute.", example: "0.7", belief: true)
      ] + [untilRepaired]),
    ObjectKind(
      "incident:leakage",
      "Versions trained from now on find the answer in features that do not exist when they serve.",
      [when, named] + features + [
        SchemaKey(
          "auc", .number(0...0.5), .required, "Added to the AUC that is measured offline.",
          example: "0.05", belief: true)
      ] + [untilRepaired]),
    ObjectKind(
      "incident:label-fault", "A share of the labels is flipped, besides what always is.",
      [when, named, task] + [
        SchemaKey(
          "flipped", .quantity(.share, 0...0.49), .required, "Share of the labels.",
          example: #""20 %""#, belief: true)
      ] + [untilRepaired]),
    ObjectKind(
      "incident:poisoned-labels",
      "A share of the labels says what an attacker wants the model to learn.",
      [when, named, task] + [
        SchemaKey(
          "share", .quantity(.share, 0...1), .required, "Share of the labels.",
          example: #""5 %""#, belief: true),
        SchemaKey(
          "cosine", .number(-1...1), .value("0"),
          "Between what the attacker wants and the concept; -1 is its opposite.",
          example: "-0.5", belief: true),
      ] + [untilRepaired]),
  ]

  private static let when = SchemaKey(
    "at", .quantity(.offset, 0...3.2e8), .required, "When it begins.", example: #""21d 03:00""#)

  private static let named = SchemaKey(
    "name", .text, .none("what it hits, and its kind"), "What reports and metrics call it.",
    example: #""friday-feed""#)

  private static let untilEnd = SchemaKey(
    "last", .quantity(.duration, 0...3.2e8), .required, "How long it lasts.", example: #""2d""#,
    belief: true)

  private static let untilRepaired = SchemaKey(
    "last", .quantity(.duration, 0...3.2e8), .none("until somebody repairs it"),
    "How long it lasts by itself.", example: #""2d""#, belief: true)

  private static let source = SchemaKey(
    "source", .reference([.source]), .required, "The source of data.", example: #""profiles""#)

  private static let task = SchemaKey(
    "task", .reference([.task]), .required, "Whose labels.", example: #""click""#)

  private static let features = [
    SchemaKey(
      "model", .reference([.model]), .required, "Whose features.", example: #""clicks""#),
    SchemaKey(
      "features", .whole(1...100_000), .none("as many as the weight stands for"),
      "How many features, the first ones.", example: "3"),
    SchemaKey(
      "weight", .quantity(.share, 0...1), .none("as much as so many of its features carry"),
      "Share of the squared weight of the score that they carry.", example: #""30 %""#,
      belief: true),
  ]
}
