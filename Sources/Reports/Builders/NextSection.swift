import Experiments
import Quantities

/// What a reader can do now, with commands that work as they stand.
enum NextSection {
  static func section(_ results: Results) -> Section {
    let identity = results.identity
    var commands: [Command] = []
    var notes: [String] = []
    let file = ShellText.quoted(identity.file)
    let base = "towtank run \(file)" + options(identity)
    if identity.replications < 2 {
      commands.append(Command("For intervals:", "\(base) --replications 10"))
    } else if results.verdicts.contains(where: { $0.outcome == .undecided }) {
      // Half-widths shrink with the square root of the replications.
      commands.append(
        Command(
          "To decide what is undecided, with intervals half as wide:",
          "\(base) --replications \(identity.replications * 4)"))
    }
    notes += KillCriteria.findings(results)
    for saturation in results.saturations.prefix(2) {
      notes.append(
        "\(saturation.service) does not keep up: give it more replicas, or shed load "
          + "before it, and run again.")
    }
    if let busiest = CapacitySection.busiest(results), results.saturations.isEmpty,
      results.verdicts.contains(where: { $0.outcome == .breached })
    {
      let share = NumberText.fixed(busiest.share * 100, decimals: 0)
      notes.append("\(busiest.name) is the busiest service, \(share) % on average: start there.")
    }
    if let unknown = results.cost.unknown.first {
      notes.append(
        "\(PathText.label(unknown.path)) has no price"
          + (results.cost.unknown.count > 1
            ? ", nor have \(results.cost.unknown.count - 1) more" : "")
          + ": write one in the scenario or its catalog.")
    }
    if !results.cost.months.isEmpty {
      commands.append(
        Command("The budget month by month:", "towtank budget \(file)\(options(identity))"))
    }
    let standing = AssumptionSections.summary(results)
    commands.append(
      Command(
        "The page with the pictures, and every figure:", "\(base) --out reports/\(name(identity))"))
    return Section(
      id: "next", heading: "Next", layout: .hanging,
      blocks: [.commands(commands)] + notes.map { .paragraph($0) }
        + identity.warnings.map { .paragraph("Warning: \($0)") }
        + standing.map { .only(.terminal, .paragraph($0)) })
  }

  /// Commands, and on a terminal what the answer stood on in a line each.
  static func section(_ commands: [Command], _ standing: [String]) -> Section {
    Section(
      id: "next", heading: "Next", layout: .hanging,
      blocks: [.commands(commands)] + standing.map { .only(.terminal, .paragraph($0)) })
  }

  /// The options that make the scenario of a file the one that was run.
  static func options(_ identity: Identity) -> String {
    options(variant: identity.variant, settings: identity.settings)
  }

  static func options(variant: String, settings: [String]) -> String {
    (variant == "base" ? "" : " --variant \(ShellText.quoted(variant))")
      + settings.map { " --set \(ShellText.quoted($0))" }.joined()
  }

  /// The name of a folder for a scenario: its file's name without folders and ending.
  static func name(_ identity: Identity) -> String {
    let file = identity.file.split(separator: "/").last.map(String.init) ?? "report"
    let stem = file.split(separator: ".").first.map(String.init) ?? "report"
    return HTMLText.identifier(stem)
  }
}

/// Words of a command line.
package enum ShellText {
  /// The text as one word of a shell, in quotes where it needs them.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./=:,+@%".utf8.contains(byte)
        }
      }
    if isPlain { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
