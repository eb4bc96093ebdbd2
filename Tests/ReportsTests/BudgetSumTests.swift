import Experiments
import Quantities
import Reports
import Syntax
import TestSupport
import Testing

/// What is shown as a sum is the sum of what is shown, to the last digit, in every rendering.
@Suite struct BudgetSumTests {
  /// A budget in dollars, and one small enough to be shown in cents.
  static let forecasts = [1402.0, 97.3].map { serving -> BudgetForecast in
    var results = SampleResults.results()
    results.cost = SampleResults.cost(serving: serving)
    if serving < 100 {
      results.cost.lines.removeLast(3)
      results.cost.perMonth = SampleResults.money(serving, 3)
      results.cost.perMonth.expected = results.cost.lines.map(\.figure.expected).total()
      results.cost.months = [1.0 / 3, 2.0 / 3, 0.777].enumerated().map { place, share in
        CostMonth(
          label: "2027-0\(place + 1)", covered: 1,
          figure: SampleResults.money(serving * share + 0.004_999, 1))
      }
      results.cost.total.expected = results.cost.months.map(\.figure.expected).total()
    }
    return BudgetBuilder.forecast(results, limit: nil)
  }

  /// What is committed, variable and arises once adds to the accrual of each month and of all, in
  /// whole cents and as shown.
  @Test(arguments: 0..<2)
  func partsAddToTheMonth(place: Int) throws {
    let report = BudgetReport.report(Self.forecasts[place])
    let section = try #require(report.sections.first { $0.id == "parts" })
    guard case .table(let table) = section.blocks.first else {
      Issue.record("the parts are a table")
      return
    }
    for row in table.rows {
      let readings = row.cells.compactMap { cell -> Reading? in
        if case .reading(let reading) = cell { reading } else { nil }
      }
      for values in [readings.map(\.value), readings.map { $0.shown ?? $0.value }] {
        let cents = values.map { (($0 ?? 0) * 100).rounded() }
        #expect(cents[0] + cents[1] + cents[2] == cents[3])
      }
    }
  }

  /// The first amount of each line that begins with one of the labels.
  private static func amounts(_ text: String, labels: [String]) -> [Money] {
    var found: [Money] = []
    for line in text.split(separator: "\n") {
      let words = line.filter { !"|*".contains($0) }.split(separator: " ")
      guard let first = words.first, labels.contains(String(first)),
        let amount = words.first(where: { $0.hasPrefix("$") })
      else { continue }
      let digits = amount.filter { $0 != "$" && $0 != "," }
      if let money = Money.dollars(String(digits)) { found.append(money) }
    }
    return found
  }

  /// A page without its tags, a row of a table on each line.
  private static func plain(_ page: String) -> String {
    var text = ""
    var isTag = false
    let rows = page.replacing("\n", with: " ").replacing("</tr>", with: "\n")
    for character in rows {
      if character == "<" { isTag = true }
      if !isTag { text.append(character) }
      if character == ">" {
        isTag = false
        text.append(" ")
      }
    }
    return text
  }

  /// A column of a file that a report is written to, with the names of the rows.
  private static func column(
    _ name: String, of file: String, in report: Report
  ) throws -> [(name: String, amount: Money)] {
    let csv = try #require(CSVRenderer().files(report).first { $0.name == file })
    var reader = DelimitedTextReader(text: csv.text)
    let header = try DelimitedTextHeader(reading: &reader)
    let place = try header.require(name)
    var found: [(name: String, amount: Money)] = []
    while try reader.advance() {
      let amount = try #require(Money.dollars(try reader.text(place)))
      found.append((try reader.text(0), amount))
    }
    return found
  }

  @Test(arguments: [0, 1]) func months(_ index: Int) throws {
    let forecast = Self.forecasts[index]
    let report = BudgetReport.report(forecast)
    var months = report
    months.sections = report.sections.filter { $0.id == "months" }
    // A chart repeats the figures, so only the table is looked at.
    for place in months.sections.indices {
      months.sections[place].blocks.removeAll {
        if case .chart = $0 { true } else { false }
      }
    }
    let labels = forecast.months.map(\.label) + ["all"]
    for text in [
      TerminalRenderer(width: 132).render(months), MarkdownRenderer().render(months),
      Self.plain(HTMLRenderer().render(months)),
    ] {
      let found = Self.amounts(text, labels: labels)
      try #require(found.count == labels.count, "\(text)")
      #expect(found.dropLast().reduce(.zero, +) == found.last)
    }
    let csv = try Self.column("expected", of: "months.csv", in: months)
    #expect(csv.dropLast().map(\.amount).total() == csv.last?.amount)
    let json = BudgetJSON.json(forecast)
    let each = (json["months"]?.elements ?? []).compactMap { $0["expected"]?.double }
    let total = try #require(json["total"]?["expected"]?.double)
    #expect(each.count == forecast.months.count)
    #expect(abs(each.reduce(0, +) - total) < 1e-6)
    let lineSum = (json["lines"]?.elements ?? []).compactMap { $0["expected"]?.double }
    #expect(
      abs(lineSum.reduce(0, +) - (json["perMonth"]?["expected"]?.double ?? 0)) < 1e-6)
  }

  /// The leaves of the cost tree add to its total, and the parts of the months to the months.
  @Test(arguments: [0, 1]) func treeAndParts(_ index: Int) throws {
    let report = BudgetReport.report(Self.forecasts[index])
    let tree = try Self.column("expected", of: "tree.csv", in: report)
    let names = tree.map(\.name)
    let leaves = tree.dropLast().filter { row in
      !names.contains { $0.hasPrefix(row.name + " / ") }
    }
    #expect(leaves.count == Self.forecasts[index].results.cost.lines.count)
    #expect(leaves.map(\.amount).total() == tree.last?.amount)
    for name in ["committed", "variable", "once", "accrual", "cash"] {
      let column = try Self.column(name, of: "parts.csv", in: report)
      #expect(column.dropLast().map(\.amount).total() == column.last?.amount)
    }
  }
}
