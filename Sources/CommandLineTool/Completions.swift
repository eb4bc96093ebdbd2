/// Completion scripts from the table of commands.
package enum Completions {
  package static let shells = ["bash", "zsh", "fish"]

  /// The script for a shell; nil for a shell that is not known.
  package static func script(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": "#compdef towtank\nautoload -U +X bashcompinit && bashcompinit\n" + bash
    case "fish": fish
    default: nil
    }
  }

  private static var names: String { Command.all.map(\.name.rawValue).joined(separator: " ") }

  private static var bash: String {
    var lines = [
      "_towtank() {",
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"",
      "  local command=\"\" w",
      "  for w in \"${COMP_WORDS[@]:1}\"; do",
      "    case \"$w\" in -*) ;; *) command=\"$w\"; break ;; esac",
      "  done",
      "  case \"$before\" in",
    ]
    var seen: [String] = []
    for option in Command.all.flatMap(\.allOptions)
    where !option.choices.isEmpty && !seen.contains(option.name) {
      seen.append(option.name)
      let words = option.choices.joined(separator: " ")
      lines.append(
        "    \(option.name)) COMPREPLY=($(compgen -W \"\(words)\" -- \"$word\")); return ;;")
    }
    lines += ["  esac", "  case \"$command\" in"]
    for command in Command.all {
      let words = command.allOptions.map(\.name).joined(separator: " ")
      lines.append(
        "    \(command.name.rawValue)) COMPREPLY=($(compgen -W \"\(words)\" -f -- \"$word\")) ;;")
    }
    lines += [
      "    *) COMPREPLY=($(compgen -W \"\(names) --help --version\" -- \"$word\")) ;;",
      "  esac", "}", "complete -o filenames -F _towtank towtank",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static var fish: String {
    var lines = ["complete -c towtank -n __fish_use_subcommand -f"]
    for command in Command.all {
      lines.append(
        "complete -c towtank -n __fish_use_subcommand -a \(command.name.rawValue) "
          + "-d '\(quoted(command.summary))'")
      for option in command.allOptions {
        var line =
          "complete -c towtank -n '__fish_seen_subcommand_from \(command.name.rawValue)' "
          + "-l \(option.name.dropFirst(2))"
        if option.value != nil { line += " -r" }
        if !option.choices.isEmpty { line += " -f -a '\(option.choices.joined(separator: " "))'" }
        lines.append(line + " -d '\(quoted(option.help))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
  }
}
