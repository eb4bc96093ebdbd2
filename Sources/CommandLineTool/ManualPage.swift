/// The manual page in mdoc, from the table of commands.
package enum ManualPage {
  package static var text: String {
    var lines = [
      ".Dd November 21, 2026", ".Dt TOWTANK 1", ".Os", ".Sh NAME", ".Nm towtank",
      ".Nd ML-system simulator and cost modeler", ".Sh SYNOPSIS", ".Nm", ".Ar command",
      ".Op Ar operand ...", ".Op Ar options", ".Sh DESCRIPTION",
      "Simulates the ML system that a scenario file describes and reports capacity, cost and",
      "reliability with intervals.", ".Sh COMMANDS", ".Bl -tag -width Ds",
    ]
    for command in Command.all {
      let operands = command.operands.isEmpty ? "" : " Ar \(escaped(command.operands))"
      lines += [".It Cm \(command.name.rawValue)\(operands)"]
      lines += [escaped(command.summary.prefix(1).uppercased() + command.summary.dropFirst()) + "."]
      if !command.story.isEmpty { lines.append(escaped(command.story)) }
      if command.options.isEmpty { continue }
      lines += [".Bl -tag -width Ds"]
      for option in command.options {
        let value = option.value.map { " Ar \(escaped($0))" } ?? ""
        lines += [".It Fl \(option.name.dropFirst())\(value)", escaped(option.help)]
      }
      lines += [".El"]
    }
    lines += [".El", ".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    for code in ExitCode.allCases { lines += [".It \(code.rawValue)", escaped(code.meaning)] }
    lines += [
      ".El", ".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev TOWTANK_DATA",
      "Folder of traces and tables where", ".Fl -data", "is not given.", ".It Ev NO_COLOR",
      "Any value turns colour off.", ".El",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Backslashes, and dots or quotes that would begin a request, made plain.
  private static func escaped(_ text: String) -> String {
    let plain = text.split(separator: "\\", omittingEmptySubsequences: false)
      .joined(separator: "\\e")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
