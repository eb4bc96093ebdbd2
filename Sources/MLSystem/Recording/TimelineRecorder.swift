import Quantities

/// What happened, up to a number of entries that a reader and the memory can bear.
struct TimelineRecorder {
  /// The most entries of each kind that are kept; the first are, and the others are counted.
  static let limit = 500

  private(set) var entries: [TimelineEntry] = []
  private var counts: [Int] = Array(repeating: 0, count: TimelineEntry.Kind.allCases.count)

  /// Adds an entry; times do not run back.
  mutating func note(
    _ kind: TimelineEntry.Kind, _ subject: String, at now: Instant,
    _ detail: @autoclosure () -> String
  ) {
    guard let index = TimelineEntry.Kind.allCases.firstIndex(of: kind) else { return }
    counts[index] += 1
    if counts[index] > Self.limit { return }
    entries.append(TimelineEntry(at: now, kind: kind, subject: subject, detail: detail()))
  }

  /// All entries, those of other recorders among them, in order of time.
  ///
  /// Where entries were left out, a last one of their kind says how many.
  func joined(with others: [TimelineEntry], end: Instant) -> [TimelineEntry] {
    var all = entries + others
    for (index, kind) in TimelineEntry.Kind.allCases.enumerated() where counts[index] > Self.limit {
      all.append(
        TimelineEntry(
          at: end, kind: kind, subject: "", detail: "\(counts[index] - Self.limit) more not listed")
      )
    }
    // A stable order: entries of one instant stay as they came.
    return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }
}
