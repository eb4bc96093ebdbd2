import CommandLineTool
import Foundation
import Testing

/// Every command that a page shows is one that the tool takes, on files that exist.
@Suite struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The words of each `towtank` command in the shell blocks of a page.
  private static func commands(in page: String) throws -> [[String]] {
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    var found: [[String]] = []
    var isShell = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
        continue
      }
      guard isShell else { continue }
      let command = line.split(separator: "#")[0]
      let words = command.split(separator: " ").map {
        String($0).trimmingCharacters(in: ["'", "\""])
      }
      guard let place = words.firstIndex(of: "towtank"), !words.contains("alias") else { continue }
      found.append(Array(words[(place + 1)...]))
    }
    return found
  }

  @Test(arguments: ["README.md", "scenarios/README.md", "reports/README.md"])
  func commandsAreTaken(_ page: String) throws {
    let commands = try Self.commands(in: page)
    if page == "README.md" { #expect(commands.count >= 8) }
    for words in commands {
      guard case .command(let arguments) = try ArgumentParser.parse(words) else {
        Issue.record("\(page): \(words) is no command")
        continue
      }
      for operand in arguments.operands where operand.hasPrefix("scenarios/") {
        let path = Self.root.appendingPathComponent(operand).path
        #expect(FileManager.default.fileExists(atPath: path), "\(page): \(operand)")
      }
    }
  }

  @Test func examplesInTheHelpAreTaken() throws {
    for command in Command.all {
      for example in command.examples {
        let words = example.split(separator: " ").dropFirst()
          .prefix { $0 != ">" && $0 != "|" }
          .map { String($0).trimmingCharacters(in: ["'"]) }
        guard case .command(let arguments) = try ArgumentParser.parse(words) else {
          Issue.record("\(example) is no command")
          continue
        }
        #expect(arguments.command.name == command.name)
      }
    }
  }
}
