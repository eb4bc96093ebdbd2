import MLSystem

/// The metrics on which arms are judged unless others are asked for.
enum JudgedMetrics {
  /// The metrics of the thresholds of all arms that have a better end, in their order.
  static func promised(_ arms: [Comparison.Arm]) -> [String] {
    var names: [String] = []
    for figure in arms.flatMap({ $0.results.verdicts.compactMap(\.observed) })
    where !names.contains(figure.name) && Preference.betterIsLower(figure.metric.metric) != nil {
      names.append(figure.name)
    }
    return names
  }

  /// Money, what the thresholds promise, and of wait, availability and quality what they leave out:
  /// the first route's and the first model's.
  static func usual(_ rows: [Comparison.Row], _ promised: [String]) -> [String] {
    var names = ["cost.perMonth"]
    names += promised.filter { !names.contains($0) }
    let chosen = names.compactMap { name in rows.first { $0.name == name } }
    func add(_ isOfKind: (Comparison.Row) -> Bool, like ending: String? = nil) {
      guard !chosen.contains(where: isOfKind) else { return }
      let first = rows.first { row in ending.map { row.name.hasSuffix($0) } ?? isOfKind(row) }
      if let first { names.append(first.name) }
    }
    // Whoever waits for a stream of tokens waits for the first one, if all arms have one.
    let hasTokens = rows.contains { row in
      row.name.hasSuffix(".ttft.p95") && row.figures.allSatisfy { $0?.estimate != nil }
    }
    add(Preference.isWait, like: hasTokens ? ".ttft.p95" : ".latency.p99")
    add { $0.name.hasSuffix(".availability") }
    add(Preference.isQuality)
    return names
  }
}
