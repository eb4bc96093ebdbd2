import MLSystem
import Syntax

/// A figure that a user names on the command line: `ctr.latency.p99`.
package struct MetricChoice: Hashable, Sendable {
  package var metric: MetricName
  package var statistic: Statistic

  /// The full name, as figures have it.
  package var name: String {
    let suffix = statistic.description
    return suffix.isEmpty ? metric.description : "\(metric).\(suffix)"
  }
}

extension Scenario {
  /// The figure of a name in the words of thresholds.
  ///
  /// - Parameter option: what the user gave it to, such as `--metrics`.
  /// - Throws: a located mistake where nothing of the scenario has such a figure.
  package func metric(
    named text: String, givenTo option: String
  ) throws(DiagnosticsError) -> MetricChoice {
    var sources = sources
    let file = sources.add(SourceFile(name: option, text: "\"\(text)\""))
    let range = SourceRange(file: file, start: 0, end: text.utf8.count + 2)
    let checks = ScenarioChecks(settings, Decoder(sources), catalog: catalog, files: files)
    var reader = ThresholdReader(subjects: checks.subjects(), horizon: .infinity)
    reader.consequence = "so there is nothing to judge by"
    let setting = Setting(
      content: .text(text), range: range, path: option, origin: .written, json: .string(text))
    let piece = ThresholdText.Piece(text: text, offsets: 0..<text.utf8.count)
    guard let found = reader.metric(piece, setting) else {
      throw DiagnosticsError(reader.diagnostics, in: sources)
    }
    return MetricChoice(metric: found.name, statistic: found.statistic)
  }
}
