import Glibc

/// What can be measured; each group is one file of this name.
enum BenchmarkGroup: String, CaseIterable {
  /// The calendar and the run loop alone.
  case engine
  /// Model servers through the whole library.
  case serving
  /// Memory of a run of 100 million requests.
  case memory
  /// LLM serving, the fleet alone and through the whole library.
  case llm
  /// Replications on two workers against one.
  case workers
  /// A year of life-cycle events of many models, requests aside.
  case lifecycle
  /// Thirty days of an autoscaled service as flow.
  case flow
}

/// A command line that cannot be understood.
struct UsageError: Error {
  let message: String
}

/// What the command line asks for.
struct BenchmarkOptions {
  var groups: [BenchmarkGroup] = []
  /// Measurements of each program; medians are printed.
  var rounds = 5
  /// Only programs whose names hold this text are measured.
  var filter = ""
  /// The directory of the C++ reference (`ref.cpp`).
  var reference: String?

  init(arguments: [String]) throws(UsageError) {
    reference = getenv("TOWTANK_REFERENCE").map { String(cString: $0) }
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--rounds":
        guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
          throw UsageError(message: "--rounds needs a positive number")
        }
        rounds = value
      case "--filter":
        guard let value = rest.popFirst() else {
          throw UsageError(message: "--filter needs a part of a program's name")
        }
        filter = value
      case "--reference":
        guard let value = rest.popFirst() else {
          throw UsageError(message: "--reference needs a directory")
        }
        reference = value
      default:
        guard let group = BenchmarkGroup(rawValue: word) else {
          let known = BenchmarkGroup.allCases.map(\.rawValue).joined(separator: " | ")
          throw UsageError(message: "unknown group '\(word)'; there are: \(known)")
        }
        groups.append(group)
      }
    }
    if groups.isEmpty { groups = BenchmarkGroup.allCases }
  }
}

/// Says what is wrong with the command line, and ends.
func complain(_ message: String) -> Never {
  _ = "benchmarks: \(message)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(64)
}
