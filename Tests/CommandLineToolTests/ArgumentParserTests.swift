import CommandLineTool
import Testing

@Suite struct ArgumentParserTests {
  private func arguments(_ words: String...) throws -> Arguments {
    guard case .command(let arguments) = try ArgumentParser.parse(words) else {
      throw CommandFailure(.internalError, "not a command")
    }
    return arguments
  }

  private func failure(_ words: String...) -> CommandFailure? {
    do {
      _ = try ArgumentParser.parse(words)
      return nil
    } catch {
      return error as? CommandFailure
    }
  }

  @Test func optionsStandBeforeAndAfterTheOperand() throws {
    let parsed = try arguments("run", "--seed", "7", "a.json5", "--set=x.y=3", "--set", "z=1")
    #expect(parsed.operands == ["a.json5"])
    #expect(parsed.value("--seed") == "7")
    #expect(parsed.values("--set") == ["x.y=3", "z=1"])
  }

  @Test func commonOptionsStandBeforeTheCommand() throws {
    #expect(try arguments("--quiet", "run", "a").has("--quiet"))
    #expect(try arguments("--color", "never", "run", "a").value("--color") == "never")
    #expect(try arguments("--color=never", "run", "a").value("--color") == "never")
  }

  @Test func twoDashesEndTheOptions() throws {
    #expect(try arguments("validate", "--", "--strange").operands == ["--strange"])
  }

  @Test func mistakesNameTheNearestWord() {
    #expect(failure("rum", "a")?.message.contains("did you mean `run`?") == true)
    #expect(failure("run", "a", "--sead", "1")?.message.contains("did you mean `--seed`?") == true)
    #expect(
      failure("run", "a", "--format", "htm")?.message.contains("did you mean `html`?") == true)
    #expect(failure("run")?.message.contains("takes FILE, not 0 operands") == true)
    #expect(failure("run", "a", "--seed")?.message.contains("--seed needs a value") == true)
    #expect(failure("run", "a", "--json=1")?.message.contains("takes no value") == true)
    #expect(
      failure("run", "a", "--seed", "1", "--seed", "2")?.message.contains("given twice") == true)
    #expect(failure()?.code == .usage)
  }

  @Test func numbersAreChecked() throws {
    let parsed = try arguments("run", "a", "--jobs", "many")
    #expect(throws: CommandFailure.self) { try parsed.integer("--jobs", in: 1...8) }
    #expect(try arguments("run", "a", "--jobs", "2").integer("--jobs", in: 1...8) == 2)
  }
}

@Suite struct HelpTests {
  @Test func helpFitsEightyColumns() {
    for text in [HelpText.overview] + Command.all.map(HelpText.of) {
      for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  @Test func everyCommandHasHelp() throws {
    for command in Command.all {
      guard case .help(let found?) = try ArgumentParser.parse([command.name.rawValue, "--help"])
      else {
        Issue.record("no help for \(command.name)")
        continue
      }
      #expect(found.name == command.name)
      #expect(!command.examples.isEmpty)
    }
  }

  @Test func completionsNameEveryCommandAndOption() throws {
    for shell in Completions.shells {
      let script = try #require(Completions.script(for: shell))
      for command in Command.all {
        #expect(script.contains(command.name.rawValue))
        for option in command.allOptions { #expect(script.contains(option.name.dropFirst(2))) }
      }
    }
    #expect(Completions.script(for: "tcsh") == nil)
  }

  @Test func theManualHasEveryExitCode() {
    for code in ExitCode.allCases { #expect(ManualPage.text.contains(".It \(code.rawValue)\n")) }
  }
}

@Suite struct TerminalTests {
  private func terminal(_ variables: [String: String], color: String? = nil) -> Terminal {
    Terminal(
      outputIsTerminal: true, errorIsTerminal: false, columns: 120, variables: variables,
      color: color)
  }

  @Test func colourFollowsOptionVariablesAndTerminal() {
    #expect(terminal([:]).colorOnOutput)
    #expect(!terminal([:]).colorOnError)
    #expect(!terminal(["NO_COLOR": "1"]).colorOnOutput)
    #expect(terminal(["NO_COLOR": ""]).colorOnOutput)
    #expect(terminal(["NO_COLOR": "1"], color: "always").colorOnError)
    #expect(!terminal([:], color: "never").colorOnOutput)
    #expect(!terminal(["TERM": "dumb"]).colorOnOutput)
    #expect(terminal(["FORCE_COLOR": "1"]).colorOnError)
  }

  @Test func widthFollowsColumns() {
    #expect(terminal([:]).width == 120)
    #expect(terminal(["COLUMNS": "90"]).width == 90)
    #expect(terminal(["COLUMNS": "5"]).width == 40)
  }
}
