import Experiments
import Scenarios
import Syntax

extension Tool {
  /// The base and variants of one file, or the arms that several operands name.
  func comparedArms(_ arguments: Arguments) throws -> [ComparedArm] {
    let wanted = arguments.values("--variant")
    let path = arguments.operands[0]
    guard arguments.operands.count == 1, Self.parts(of: path).variant == nil else {
      if let name = wanted.first {
        throw CommandFailure(
          .usage,
          "error: --variant goes with one file\n"
            + "help: among several a variant is FILE#VARIANT, such as "
            + VisibleText.escaped("\(Self.parts(of: path).path)#\(name)"))
      }
      return try severalFiles(arguments)
    }
    let source = try source(path, arguments)
    do {
      let set = try source.all()
      if !arguments.has("--quiet") { try warn(set.base) }
      var names = wanted.isEmpty ? set.names : ["base"]
      for name in wanted where !names.contains(name) { names.append(name) }
      return try names.map {
        ComparedArm(name: $0, scenario: try set.variant(named: $0), source: source)
      }
    } catch let error as DiagnosticsError {
      throw failure(error, in: path)
    }
  }

  /// The file and the variant of an operand: FILE, or FILE#VARIANT where no file is called so.
  static func parts(of operand: String) -> (path: String, variant: String?) {
    guard !FileSystem.exists(operand), let mark = operand.lastIndex(of: "#") else {
      return (operand, nil)
    }
    return (String(operand[..<mark]), String(operand[operand.index(after: mark)...]))
  }

  /// Reports the mistakes of every file before it gives up.
  private func severalFiles(_ arguments: Arguments) throws -> [ComparedArm] {
    var found: [ComparedArm] = []
    var failures: [CommandFailure] = []
    for operand in arguments.operands {
      let (path, variant) = Self.parts(of: operand)
      do {
        let source = try source(path, arguments)
        let scenario: Scenario
        do {
          scenario = try source.all().variant(named: variant ?? "base")
        } catch {
          throw failure(error, in: path)
        }
        if !arguments.has("--quiet") { try warn(scenario) }
        let name = Self.armName(of: path, variant, among: found.map(\.name))
        found.append(ComparedArm(name: name, scenario: scenario, source: source))
      } catch let failure as CommandFailure {
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return found }
    throw CommandFailure(first.code, failures.map(\.message).joined(separator: "\n\n"))
  }

  /// The file's name without its ending, with the variant's, numbered where it is taken; it names
  /// results files too.
  static func armName(of path: String, _ variant: String?, among taken: [String]) -> String {
    let name = FileSystem.name(of: path)
    let short = String(name.prefix { $0 != "." })
    let stem = (short.isEmpty ? name : short) + (variant.map { "-\($0)" } ?? "")
    var number = 1
    var found = stem
    while taken.contains(found) {
      number += 1
      found = "\(stem)-\(number)"
    }
    return found
  }

  /// Replications are paired by their number: they must be the same stretch under the same seed,
  /// and looked at equally closely.
  func checkPairs(_ parts: [ComparedArm], isSeedGiven: Bool) throws {
    let first = parts[0]
    for other in parts.dropFirst() {
      let (a, b) = (first.scenario, other.scenario)
      var different: String?
      if a.start != b.start { different = "start" }
      if a.warmUp != b.warmUp { different = "warmUp" }
      if a.horizon != b.horizon { different = "horizon" }
      if a.seed != b.seed, !isSeedGiven { different = "seed" }
      if a.replications != b.replications { different = "replications" }
      if a.resolvedText(at: ["fidelity"]) != b.resolvedText(at: ["fidelity"]) {
        different = "fidelity"
      }
      guard let different else { continue }
      throw CommandFailure(
        .usage,
        """
        error: `\(first.name)` and `\(other.name)` differ in `\(different)`: their runs are no pairs
        help: give all the same, as with --set \(different)=VALUE
        """)
    }
  }
}
