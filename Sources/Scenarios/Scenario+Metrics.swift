import MLSystem
import Syntax

/// A metric that someone asks for by its full name.
package struct MetricChoice: Hashable, Sendable {
  /// `ctr.latency.p99`, as figures are named.
  package var name: String
  package var metric: MetricName
  package var statistic: Statistic
  package var unit: MetricUnit
}

extension Scenario {
  /// The metrics of some names, held against what this scenario measures.
  ///
  /// - Throws: a located mistake for each name that no figure will have.
  package func metrics(named names: [String]) throws(DiagnosticsError) -> [MetricChoice] {
    let checks = ScenarioChecks(settings, Decoder(sources), catalog: catalog, files: files)
    var sources = self.sources
    var reader = ThresholdReader(
      subjects: checks.subjects(), horizon: settings["horizon"].number ?? .infinity)
    var found: [MetricChoice] = []
    for name in names {
      // In quotes, as a name would stand in a file, so that offsets mean the same.
      let file = sources.add(SourceFile(name: "--metrics", text: "\"\(name)\""))
      let range = SourceRange(file: file, start: 0, end: name.utf8.count + 2)
      let setting = Setting(
        content: .text(name), range: range, path: "", origin: .written, json: .string(name))
      if let choice = reader.choice(setting) { found.append(choice) }
    }
    guard !reader.diagnostics.hasErrors else {
      throw DiagnosticsError(reader.diagnostics, in: sources)
    }
    return found
  }

  /// The paths of the tables and traces that the scenario reads beside itself, sorted.
  ///
  /// What they hold is no part of the digest.
  package var dataFiles: [String] {
    var paths = settings["catalog"].elements.compactMap(\.text)
    if let path = settings["catalog"].text { paths.append(path) }
    paths += settings["traffic"].members.compactMap { $0.value["trace"]["file"].text }
    return Array(Set(paths)).sorted()
  }
}
