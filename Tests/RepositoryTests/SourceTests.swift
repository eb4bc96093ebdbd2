import Foundation
import Testing

@Suite struct SourceTests {
  static let swiftFiles =
    Repository.files(in: "Sources", type: "swift") + Repository.files(in: "Tests", type: "swift")

  @Test func filesStayShort() throws {
    for file in Self.swiftFiles where !file.lastPathComponent.hasSuffix("Table.swift") {
      let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 501, "\(Repository.name(file)) has \(lines.count) lines")
      var isInText = false
      for (number, line) in lines.enumerated() {
        if line.contains("\"\"\"") { isInText.toggle() }
        // A text literal keeps the lines that it prints.
        let isText = isInText || line.drop { $0 == " " }.hasPrefix("\"")
        if line.count > 100, !isText {
          Issue.record("\(Repository.name(file)):\(number + 1) has \(line.count) columns")
        }
      }
    }
  }

  @Test func functionsStayShort() throws {
    for file in Self.swiftFiles {
      for function in FunctionLengths.of(try Repository.text(file)) where function.lines > 70 {
        Issue.record(
          "\(Repository.name(file)):\(function.line) \(function.name) has \(function.lines) lines")
      }
    }
  }

  @Test func importsPointDown() throws {
    let house = try House.read()
    #expect(house.modules.count == 12)
    for (module, allowed) in house.modules {
      for file in Repository.files(in: "Sources/\(module)", type: "swift") {
        for imported in House.imports(of: try Repository.text(file)) {
          if house.modules[imported] != nil {
            #expect(allowed.contains(imported), "\(Repository.name(file)) imports \(imported)")
          } else if module != "CommandLineTool" {
            #expect(
              ["Glibc", "Synchronization"].contains(imported),
              "\(Repository.name(file)) imports \(imported) below the command line")
          }
        }
      }
    }
  }

  @Test func nothingIsLeftUnfinished() throws {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "place" + "holder", "try" + "!"]
    for file in Self.swiftFiles {
      let text = try Repository.text(file)
      for word in words where text.contains(word) {
        Issue.record("\(Repository.name(file)) contains \(word)")
      }
    }
  }

  /// Tests see what the modules above see: `package` access and plain imports.
  @Test func testsImportPlainly() throws {
    let word = "@test" + "able"
    for file in Self.swiftFiles where try Repository.text(file).contains(word) {
      Issue.record("\(Repository.name(file)) contains \(word)")
    }
  }

  @Test func mapOfTheHouseNamesEveryModule() throws {
    let map = try Repository.text(Repository.root.appendingPathComponent("Sources/README.md"))
    for module in try House.read().modules.keys {
      #expect(map.contains("`\(module)`"), "Sources/README.md does not name \(module)")
    }
  }
}

/// The table of modules in the manifest.
struct House {
  /// Module to the modules it may import.
  var modules: [String: Set<String>]

  static func read() throws -> House {
    let manifest = try Repository.text(Repository.root.appendingPathComponent("Package.swift"))
    guard let start = manifest.range(of: "let house:"),
      let end = manifest.range(of: "\n]\n", range: start.upperBound..<manifest.endIndex)
    else { return House(modules: [:]) }
    let table = String(manifest[start.upperBound..<end.lowerBound])
    var modules: [String: Set<String>] = [:]
    for entry in table.components(separatedBy: "(\n").flatMap({ $0.components(separatedBy: "(\"") })
    {
      let names = entry.components(separatedBy: "\"").enumerated()
        .compactMap {
          $0.offset % 2 == (entry.first == "\"" || entry.first == " " ? 1 : 0) ? $0.element : nil
        }
        .filter { $0.first?.isUppercase == true && !$0.contains(" ") }
      if let module = names.first { modules[module] = Set(names.dropFirst()) }
    }
    return House(modules: modules)
  }

  static func imports(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count,
        words[..<at].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "package" })
      else { return nil }
      return words[at + 1].split(separator: ".").first.map(String.init)
    }
  }
}

/// Lengths of functions, by indentation: the source is formatted, so a body ends at the brace of
/// its column.
struct FunctionLengths {
  var name: String
  var line: Int
  var lines: Int

  static func of(_ text: String) -> [FunctionLengths] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var found: [FunctionLengths] = []
    for (number, line) in lines.enumerated() {
      let trimmed = line.drop { $0 == " " }
      let words = trimmed.split(separator: " ").prefix(6)
      guard
        words.contains(where: { $0 == "func" || $0.hasPrefix("init(") || $0.hasPrefix("init?(") }),
        !trimmed.hasPrefix("//"), !trimmed.hasPrefix("\"")
      else { continue }
      let indent = String(repeating: " ", count: line.count - trimmed.count)
      guard
        let end = lines[(number + 1)...].firstIndex(where: {
          $0 == indent + "}" || $0 == indent + "})"
        }),
        !lines[number].hasSuffix("}")
      else { continue }
      // A declaration without a body ends before the next one of its column.
      let body = lines[(number + 1)..<end]
      if body.contains(where: {
        $0.hasPrefix(indent)
          && $0.dropFirst(indent.count).first.map {
            $0 != " " && $0 != ")" && $0 != "-" && $0 != "w" && $0 != "{"
          } == true
      }) {
        continue
      }
      found.append(
        FunctionLengths(name: String(trimmed.prefix(60)), line: number + 1, lines: end - number + 1)
      )
    }
    return found
  }
}
