import Glibc

extension Tool {
  /// The process: arguments and environment in, exit code out.
  package static func main() async -> Never {
    Interruption.listen()
    let words = Array(CommandLine.arguments.dropFirst())
    let variables = environment()
    let color =
      words.firstIndex(of: "--color").flatMap {
        words.indices.contains($0 + 1) ? words[$0 + 1] : nil
      }
      ?? words.first { $0.hasPrefix("--color=") }.map { String($0.dropFirst(8)) }
    let terminal = Terminal(
      outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1,
      columns: Terminal.columns(of: STDOUT_FILENO), variables: variables, color: color)
    let tool = Tool(
      output: Output(descriptor: STDOUT_FILENO), errors: Output(descriptor: STDERR_FILENO),
      terminal: terminal, variables: variables)
    exit(await tool.run(words))
  }

  /// The variables that the tool looks at.
  private static func environment() -> [String: String] {
    let names =
      [
        "TOWTANK_DATA", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS",
      ] + ClusterShard.variables
    var variables: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return variables
  }
}
