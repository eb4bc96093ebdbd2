import MLSystem
import Syntax

/// The documentation page of the scenario language, written from the schema.
package enum LanguagePage {
  /// The page as Markdown.
  package static func markdown() -> String {
    var page = intro
    for kind in ScenarioSchema.objects { page += section(kind) }
    page += spreads()
    page += metrics()
    return page
  }

  private static let intro = """
    # The scenario language

    A scenario is one JSON5 file. This page is written from the table that decodes scenarios, and a
    test holds it to that table; `towtank validate FILE --resolved` prints every default of a file.

    - **A name is a key.** What is referred to is an entry of a map; names are `a-z`, `0-9` and
      `-`, and all maps share one namespace. A name with a slash is a row of the catalogue.
    - **Quantities carry units** in texts: `"250 ms"`, `"5k/s"`, `"$2.49/h"`, `"99.9 %"`, `"9d
      20:00"` after the start. A bare number is a count or a ratio. A change of a share is in
      points (`"+3 pp"`), any other change a factor (`"5x"`).
    - **Three kinds of value.** A constant: `"3 ms"`. A spread from request to request: `{
      lognormal: { p50: "3 ms", p99: "11 ms" } }`. A belief, drawn once per replication: `{
      uncertain: { p10: "0 %/month", p90: "8 %/month" } }`; it is lognormal through its
      percentiles where both are above 0, else normal, and held to the range of its key.
    - **Short first.** Where an object may stand, the name of a preset may stand; `{ preset:
      "name", … }` is the preset with changes.
    - **`include`** merges files beneath this one. **`variants`** are merge patches: objects
      merge, lists and values replace, `null` takes away, another `kind` or `preset` replaces
      the object whole; a key with dots is a path, the same as `--set`. An entry of a
      list is named by its number from 0: `traffic.users.surges[0].factor`.
    - `null` leaves a key out.


    """

  private static func section(_ kind: ObjectKind) -> String {
    var text = "## \(heading(kind))\n\n\(kind.summary)"
    if let short = kind.shorthand { text += " A bare value stands for `\(short)`." }
    text += "\n\n| key | takes | when left out | meaning | example |\n|---|---|---|---|---|\n"
    for key in kind.keys {
      let cells = [
        "`\(key.name)`", takes(key), fallback(key.fallback), key.summary,
        key.example.isEmpty ? "" : "`\(key.example)`",
      ]
      text += "| " + cells.map(cell).joined(separator: " | ") + " |\n"
    }
    if !kind.presets.isEmpty {
      text += "\nPresets:\n\n"
      for preset in kind.presets {
        let body = preset.text.split(whereSeparator: \.isNewline).joined(separator: " ")
        text += "- `\(preset.name)`: \(preset.summary): `\(body)`\n"
      }
    }
    return text + "\n"
  }

  private static func heading(_ kind: ObjectKind) -> String {
    let parts = kind.name.split(separator: ":")
    return parts.count == 2 ? "\(parts[0]), kind `\(parts[1])`" : kind.name
  }

  private static func takes(_ key: SchemaKey) -> String {
    phrase(key.type) + (key.takesBelief ? ", or a belief" : "")
  }

  private static func phrase(_ type: ValueType) -> String {
    switch type {
    case .object(let name): "[\(name)](#\(name))"
    case .list(let element, _): "a list: " + phrase(element)
    case .map(_, let entry): "named entries: " + phrase(entry)
    case .kinds(let noun, let names):
      "a \(noun) of kind "
        + names.map { "`\(ScenarioSchema.object($0).discriminator)`" }.joined(separator: ", ")
    case .either(let types): types.map(phrase).joined(separator: ", or ")
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .tuple(let types): "[" + types.map(phrase).joined(separator: ", ") + "]"
    default: type.phrase
    }
  }

  private static func fallback(_ fallback: SchemaKey.Fallback) -> String {
    switch fallback {
    case .required: "required"
    case .none(let meaning): meaning
    case .value(let text): "`\(text)`"
    case .same(let key): "as `\(key)`"
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private static func spreads() -> String {
    var text = "## Spreads\n\n| law | meaning | example |\n|---|---|---|\n"
    for form in ScenarioSchema.spreads {
      text += "| `\(form.name)` | \(form.summary) | `\(form.example)` |\n"
    }
    return text + "\n"
  }

  private static func metrics() -> String {
    var text = """
      ## Metrics of thresholds

      `METRIC OP VALUE [in every WINDOW] [after INSTANT] [in N % of runs]`; a metric is
      `NAME[SELECTOR].METRIC.STATISTIC`.
      Distributions have the statistics `mean`, `max` and every percentile (`p99.9`).

      | of | metric | unit | distribution | by tenant and segment | in every window |
      |---|---|---|---|---|---|

      """
    for row in MetricTable.rows {
      let marks = [row.isDistribution, row.takesSelector, row.takesWindow].map { $0 ? "yes" : "" }
      text +=
        "| \(row.subject.noun) | `\(row.name)` | \(row.unit.rawValue) | "
        + marks.joined(separator: " | ") + " |\n"
    }
    return text
  }
}

extension MetricRow.Subject {
  fileprivate var noun: String {
    switch self {
    case .route: "a route"
    case .llmRoute: "a route through an LLM"
    case .service: "a service"
    case .server: "a service on machines"
    case .llmServer: "an LLM server"
    case .model: "a model"
    case .learnedModel: "a model that is no rule"
    case .reviewedModel: "a model whose predictions people review"
    case .comparedModel: "a model of the task of `budget.baseline`"
    case .monitor: "a learned model or one of its monitors"
    case .task: "a task"
    case .objective: "an objective"
    case .incident: "an incident"
    case .cost: "`cost`"
    }
  }
}
