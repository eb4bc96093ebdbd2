import Syntax

/// The words of a command line, sorted.
package struct Arguments: Sendable {
  package var command: Command
  package var operands: [String]
  /// In the order in which they were given; a switch has an empty value.
  package var options: [(name: String, value: String)]

  /// The last value given for `option`; nil when it was not.
  package func value(_ option: String) -> String? {
    options.last { $0.name == option }?.value
  }

  /// All values given for `option`.
  package func values(_ option: String) -> [String] {
    options.filter { $0.name == option }.map(\.value)
  }

  package func has(_ option: String) -> Bool { options.contains { $0.name == option } }

  /// A whole number in `range` given for `option`; nil when it was not given.
  package func integer(_ option: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw CommandFailure(
        .usage,
        "error: \(option) takes a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not \(VisibleText.quoted(text))"
      )
    }
    return number
  }
}

/// What a command line asks for.
package enum Request: Sendable {
  case command(Arguments)
  /// Help for a command, or for the tool.
  case help(Command?)
  case version
}

/// Sorts words into a command, operands and options.
package enum ArgumentParser {
  /// Global options are taken before and after the command; `--key value` and `--key=value` are
  /// alike.
  ///
  /// - Throws: `CommandFailure` with code 64, which names the nearest word that would have done.
  package static func parse(_ words: [String]) throws -> Request {
    guard let place = commandPlace(words) else { return try withoutCommand(words) }
    var rest = words
    rest.remove(at: place)
    if words[place] == "help" { return try help(rest) }
    guard let name = Command.Name(rawValue: words[place]) else {
      if place > 0, !isCommon(words[place - 1]) { throw unknownOption(words[place - 1]) }
      throw usage(
        "unknown command `\(VisibleText.escaped(words[place]))`",
        near: words[place], among: Command.Name.allCases.map(\.rawValue) + ["help"])
    }
    let command = Command.named(name)
    if isHelpAsked(rest) { return .help(command) }
    return .command(try sort(rest, for: command))
  }

  /// Where the command stands: the first word that is neither an option nor the value of a common
  /// one.
  private static func commandPlace(_ words: [String]) -> Int? {
    words.indices.first { place in
      !words[place].hasPrefix("-") && (place == 0 || !takesNextWord(words[place - 1]))
    }
  }

  private static func takesNextWord(_ word: String) -> Bool {
    Option.common.contains { $0.name == word && $0.value != nil }
  }

  /// Whether a word is an option that may stand before the command.
  private static func isCommon(_ word: String) -> Bool {
    Option.common.contains { word == $0.name || word.hasPrefix($0.name + "=") }
  }

  private static func unknownOption(_ word: String) -> CommandFailure {
    usage(
      "unknown option `\(VisibleText.escaped(word))`", near: word,
      among: Option.common.map(\.name) + ["--version"])
  }

  private static func isHelpAsked(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  /// `towtank help [COMMAND]`.
  private static func help(_ words: [String]) throws -> Request {
    guard let word = words.first(where: { !$0.hasPrefix("-") }) else { return .help(nil) }
    guard let name = Command.Name(rawValue: word) else {
      throw usage(
        "unknown command `\(VisibleText.escaped(word))`", near: word,
        among: Command.Name.allCases.map(\.rawValue))
    }
    return .help(.named(name))
  }

  private static func withoutCommand(_ words: [String]) throws -> Request {
    if words.contains("--version") { return .version }
    if isHelpAsked(words) { return .help(nil) }
    if let word = words.first {
      guard isCommon(word) else { throw unknownOption(word) }
      throw usage("there is no command after `\(word)`", near: nil, among: [])
    }
    throw CommandFailure(.usage, HelpText.overview.dropLastLineBreak())
  }

  private static func sort(_ words: [String], for command: Command) throws -> Arguments {
    var operands: [String] = []
    var options: [(name: String, value: String)] = []
    var index = 0
    var onlyOperands = false
    while index < words.count {
      let word = words[index]
      index += 1
      if onlyOperands || !word.hasPrefix("-") || word == "-" {
        operands.append(word)
      } else if word == "--" {
        onlyOperands = true
      } else {
        let next = index < words.count ? words[index] : nil
        let (option, used) = try option(word, next: next, of: command)
        if options.contains(where: { $0.name == option.name }), !repeats(option.name, command) {
          throw usage("\(option.name) is given twice", near: nil, among: [], command)
        }
        options.append(option)
        if used { index += 1 }
      }
    }
    guard command.operandCount.contains(operands.count) else {
      let wanted = command.operands.isEmpty ? "no operand" : command.operands
      throw usage(
        "`\(command.name.rawValue)` takes \(wanted), not \(operands.count) "
          + (operands.count == 1 ? "operand" : "operands"), near: nil, among: [], command)
    }
    if let pair = exclusive.first(where: { pair in
      pair.allSatisfy { name in options.contains { $0.name == name } }
    }) {
      throw usage(
        "\(pair.joined(separator: " and ")) exclude each other", near: nil, among: [], command)
    }
    return Arguments(command: command, operands: operands, options: options)
  }

  /// Options of which one leaves nothing to the other.
  private static let exclusive = [["--json", "--format"]]

  private static func repeats(_ name: String, _ command: Command) -> Bool {
    command.allOptions.first { $0.name == name }?.repeats ?? false
  }

  /// One option with its value, and whether the next word was its value.
  private static func option(
    _ word: String, next: String?, of command: Command
  ) throws -> (option: (name: String, value: String), usedNext: Bool) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = command.allOptions.first(where: { $0.name == name }) else {
      throw usage(
        "unknown option `\(name)` of `\(command.name.rawValue)`", near: name,
        among: command.allOptions.map(\.name), command)
    }
    let inline = parts.count > 1 ? String(parts[1]) : nil
    guard option.value != nil else {
      if inline != nil { throw usage("\(name) takes no value", near: nil, among: [], command) }
      return ((name, ""), false)
    }
    guard let value = inline ?? next else {
      throw usage("\(name) needs a value: \(option.synopsis)", near: nil, among: [], command)
    }
    if !option.choices.isEmpty, !option.choices.contains(value) {
      throw usage(
        "\(name) takes \(option.choices.joined(separator: ", ")), not `\(value)`", near: value,
        among: option.choices, command)
    }
    return ((name, value), inline == nil)
  }

  private static func usage(
    _ message: String, near word: String?, among choices: [String], _ command: Command? = nil
  ) -> CommandFailure {
    var lines = ["error: \(message)"]
    if let word, let near = EditDistance.suggestion(for: word, among: choices) {
      lines.append("help: did you mean `\(near)`?")
    }
    let help = command.map { "towtank \($0.name.rawValue) --help" } ?? "towtank --help"
    lines.append("`\(help)` tells more.")
    return CommandFailure(.usage, lines.joined(separator: "\n"))
  }
}

extension String {
  func dropLastLineBreak() -> String { hasSuffix("\n") ? String(dropLast()) : self }
}
