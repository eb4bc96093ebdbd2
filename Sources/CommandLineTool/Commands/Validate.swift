import Scenarios
import Syntax

extension Tool {
  /// `towtank validate FILE...`.
  func validate(_ arguments: Arguments) throws -> ExitCode {
    var failures: [CommandFailure] = []
    for path in arguments.operands {
      do {
        let set = try load(path, arguments)
        try warn(set.base)
        if arguments.has("--resolved") {
          let scenario = try chosen(path, arguments)
          try output.write(scenario.resolvedText(markDefaults: true))
        } else {
          let count = set.variants.count
          let variants = count == 0 ? "" : ", \(count) variant\(count == 1 ? "" : "s")"
          try output.write("\(path): valid\(variants)\n")
        }
      } catch let failure as CommandFailure {
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return .success }
    throw CommandFailure(first.code, failures.map(\.message).joined(separator: "\n\n"))
  }

  /// `towtank schema`.
  func schema() throws -> ExitCode {
    try output.write(ScenarioSchema.jsonSchema().text(.pretty) + "\n")
    return .success
  }

  /// `towtank new [FILE]`.
  func new(_ arguments: Arguments) throws -> ExitCode {
    guard let path = arguments.operands.first else {
      try output.write(Starter.text)
      return .success
    }
    guard !FileSystem.exists(path) else {
      throw CommandFailure(.output, "error: \(path) exists already; it was not touched")
    }
    do throws(FileSystem.Problem) {
      try FileSystem.write(Starter.text, to: path)
    } catch {
      throw CommandFailure(.output, "error: cannot write \(error.path): \(error.reason)")
    }
    try output.write("wrote \(path); next: towtank run \(path)\n")
    return .success
  }
}
