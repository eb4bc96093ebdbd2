/// Lays checks out as a table.
enum CheckTable {
  static func text(_ title: String, _ checks: [Check]) -> String {
    var rows = [["", title, "expected", "observed", "bound"]]
    for check in checks {
      let mark: String
      var bound = check.bound
      switch check.outcome {
      case .passed: mark = "ok"
      case .failed: mark = "FAIL"
      case .skipped(let why):
        mark = "skip"
        bound = why
      }
      rows.append([mark, check.name, check.expected, check.observed, bound])
    }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        column == 4 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
