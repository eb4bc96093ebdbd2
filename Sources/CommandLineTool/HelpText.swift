/// Help from the table of commands.
package enum HelpText {
  /// What `towtank --help` prints.
  package static var overview: String {
    var lines = [
      "towtank \(Tool.version): an ML-system simulator and cost modeler",
      "",
      "  towtank run scenarios/quickstart.json5",
      "  towtank compare scenarios/quickstart.json5",
      "",
      "COMMANDS",
    ]
    for command in Command.all {
      lines += wrapped("  " + padded(command.name.rawValue, 13), command.summary)
    }
    lines += ["", "OPTIONS"]
    for option in Option.common + [Option("--version", help: "print the version and end")] {
      lines += wrapped("  " + padded(option.synopsis, 21), option.help)
    }
    lines += ["", "EXIT CODES"]
    for code in ExitCode.allCases {
      lines += wrapped("  " + padded("\(code.rawValue)", 5), code.meaning)
    }
    lines += ["", "`towtank COMMAND --help` tells more of each."]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `towtank COMMAND --help` prints.
  package static func of(_ command: Command) -> String {
    let operands = command.operands.isEmpty ? "" : " \(command.operands)"
    var lines = wrapped("towtank \(command.name.rawValue): ", command.summary)
    lines += ["", "USAGE", "  towtank \(command.name.rawValue)\(operands) [options]", ""]
    if !command.story.isEmpty { lines += wrapped("", command.story) + [""] }
    lines.append("OPTIONS")
    for option in command.allOptions {
      let choices =
        option.choices.isEmpty ? "" : " (\(option.choices.joined(separator: ", ")))"
      lines += wrapped("  " + padded(option.synopsis, 21), option.help + choices)
    }
    lines += ["", "EXAMPLES"] + command.examples.flatMap(example)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A command line as it may be typed, over several lines where it is too long for one.
  private static func example(_ text: String) -> [String] {
    var lines: [String] = []
    var line = "  "
    for word in text.split(separator: " ") {
      if line.count + word.count > 77, !line.allSatisfy({ $0 == " " }) {
        lines.append(line + "\\")
        line = "    "
      }
      line += word + " "
    }
    return lines + [line.trimmedRight()]
  }

  /// `head` followed by `text` in lines of at most 80 columns, indented under the first word.
  static func wrapped(_ head: String, _ text: String) -> [String] {
    var lines: [String] = []
    var line = head
    let indent = String(repeating: " ", count: head.count)
    for word in text.split(separator: " ") {
      if line.count + word.count > 79, line.count > indent.count {
        lines.append(line.trimmedRight())
        line = indent
      }
      line += word + " "
    }
    return lines + [line.trimmedRight()]
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension String {
  fileprivate func trimmedRight() -> String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
