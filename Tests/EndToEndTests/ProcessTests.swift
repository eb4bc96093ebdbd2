import CommandLineTool
import Foundation
import Glibc
import Testing

/// What only a process of its own shows: signals, pipes, memory, where the bytes go.
@Suite(.serialized) struct ProcessTests {
  @Test func `the result is on stdout, nothing else, and stderr is silent in a pipe`() throws {
    let place = try Workplace(["small.json5": Sample.small])
    let run = try Executable.run("run", "small.json5", in: place)
    #expect(run.code == 0)
    #expect(run.output.hasPrefix("Does one GPU hold 20 requests/s?\n"))
    #expect(run.errors == "")
    #expect(!run.output.contains("\u{1B}"))
    #expect(place.names == ["small.json5"])
  }

  @Test func `mistakes are on stderr and stdout stays empty`() throws {
    let place = try Workplace(["small.json5": Sample.small.replacing("horizon", with: "horizn")])
    let run = try Executable.run("run", "small.json5", "--out", "out", in: place)
    #expect(run.code == ExitCode.invalidInput.rawValue)
    #expect(run.output == "")
    #expect(run.errors.contains("help: did you mean `horizon`?"))
    #expect(place.names == ["small.json5"])
  }

  @Test func `--json is read by another parser of JSON`() throws {
    let place = try Workplace(["small.json5": Sample.small])
    for words in [["run", "small.json5", "--json"], ["run", "small.json5", "--format", "json"]] {
      let process = try Executable.start(
        Executable.path, words, in: place, log: "json")
      let run = try Executable.wait(for: process, in: place, log: "json")
      let tree = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      #expect((tree as? [String: Any])?["schemaVersion"] != nil)
    }
    let schema = try Executable.run("schema", in: place)
    #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
  }

  @Test func `a reader that closes the pipe ends nothing in an error`() throws {
    let place = try Workplace(["small.json5": Sample.small])
    let line = #"{ "$towtank" schema; echo "exit $?" >&2; } | head -c 1"#
    let run = try Executable.shell(line, in: place)
    #expect(run.output == "{")
    #expect(run.errors == "exit 0\n")
    let gone = try Executable.shell(
      #"{ sleep 0.2; "$towtank" run small.json5; echo "exit $?" >&2; } | true"#, in: place)
    #expect(gone.errors == "exit 0\n")
  }

  @Test func `a full disk is exit 74`() throws {
    let place = try Workplace(["small.json5": Sample.small])
    let run = try Executable.shell(#""$towtank" schema > /dev/full"#, in: place)
    #expect(run.code == ExitCode.output.rawValue)
    #expect(run.errors == "error: output could not be written: No space left on device\n")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `an interrupted run ends with 130 and leaves nothing`(signal: Int32) throws {
    let place = try Workplace(["endless.json5": Sample.endless])
    let process = try Executable.start(
      Executable.path, ["run", "endless.json5", "--out", "out"], in: place, log: "endless")
    #expect(Executable.waitUntilItListens(process))
    usleep(300_000)
    kill(process, signal)
    let run = try Executable.wait(for: process, in: place, log: "endless")
    #expect(run.code == ExitCode.interrupted.rawValue)
    #expect(run.output == "")
    #expect(run.errors == "interrupted; nothing was written\n")
    #expect(place.names == ["endless.json5"])
  }

  @Test func `colour and width follow options and variables`() throws {
    let place = try Workplace(["small.json5": Sample.small])
    let plain = try Executable.run(
      "run", "small.json5", in: place, environment: ["NO_COLOR": "1", "FORCE_COLOR": "1"])
    #expect(!plain.output.contains("\u{1B}"))
    let always = try Executable.run(
      "--color=always", "run", "small.json5", in: place, environment: ["NO_COLOR": "1"])
    #expect(always.output.contains("\u{1B}["))
    let narrow = try Executable.run("run", "small.json5", in: place, environment: ["COLUMNS": "60"])
    for line in narrow.output.split(separator: "\n") { #expect(line.count <= 60, "\(line)") }
    #expect(narrow.code == 0)
  }

  /// An overloaded system ends with a verdict in bounded memory, although its queue grows.
  @Test func `ten times the rate is a verdict, not a hang`() throws {
    let overloaded =
      Sample.small.replacing("\"20/s\"", with: "\"4k/s\"").replacing("timeout: \"1 s\"", with: "")
    let place = try Workplace(["small.json5": overloaded])
    let run = try Executable.run("run", "small.json5", in: place)
    #expect(run.code == ExitCode.breached.rawValue)
    let words = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    // One batch of 16 takes 37 ms, 432 requests/s, of the 4,000 that come.
    #expect(words.contains("overloaded from 0d 00:00: the queue grows by 3,5"), "\(words)")
    #expect(run.peakBytes < 300_000_000)
  }

  @Test func `the quickstart at ten times its rate is overloaded`() throws {
    let parts = #filePath.split(separator: "/").dropLast(3)
    let scenario = parts.reduce("") { $0 + "/" + $1 } + "/scenarios/quickstart.json5"
    let place = try Workplace(["quickstart.json5": try #require(Workplace.read(scenario))])
    let run = try Executable.run(
      "run", "quickstart.json5", "--variant", "ten-times", "--replications", "2", "--set",
      "horizon=30 s", "--set", "warmUp=0 s", in: place)
    #expect(run.code == ExitCode.breached.rawValue, "\(run.errors)")
    #expect(run.output.contains("embed keeps up"))
    #expect(run.output.contains("overloaded from 0d 00:00"))
    #expect(run.peakBytes < 300_000_000)
  }
}
