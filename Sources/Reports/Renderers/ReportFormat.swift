/// The media that a report is written in; JSON is the results file itself.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  case terminal
  case markdown
  case html
  case csv

  /// The ending of a file of this format.
  package var fileExtension: String {
    switch self {
    case .terminal: "txt"
    case .markdown: "md"
    case .html: "html"
    case .csv: "csv"
    }
  }
}

extension Report {
  /// The report in a format; width and colour matter to a terminal only.
  package func rendered(
    as format: ReportFormat, width: Int = 80, usesColour: Bool = false
  ) -> String {
    switch format {
    case .terminal: TerminalRenderer(width: width, usesColour: usesColour).render(self)
    case .markdown: MarkdownRenderer().render(self)
    case .html: HTMLRenderer().render(self)
    case .csv: CSVRenderer().render(self)
    }
  }
}
