import Quantities
import Randomness

/// How labels reach a task through its sources: what has arrived of a stretch of predictions.
///
/// The delay law says when a label would arrive if every source were well. An outage of a stream
/// keeps back the labels that would arrive during it, until it ends or for ever; a batch brings
/// everything up to its instant when it lands.
struct LabelDelivery: Sendable {
  /// Times at which a stream was down.
  private(set) var outages: [Outage] = []
  /// When each batch landed and up to when it brought everything, in seconds; empty for streams.
  private var landings: [(at: Double, covers: Double)] = []
  /// Whether labels come in batches.
  private var isBatched = false
  /// Share of a stream's labels that come late, and by how many seconds.
  private var late = 0.0
  private var lateBy = 0.0

  /// A stretch in which no label came through; instants in seconds.
  struct Outage: Sendable {
    var from: Double
    /// Infinite while it lasts.
    var to: Double
    /// When its labels arrive after all; infinite for never.
    var recovered: Double
  }

  /// Adds a source of the labels to those that they pass.
  mutating func add(_ source: DataSource) {
    switch source.kind {
    case .stream:
      if source.late > 0 {
        late = source.late
        lateBy = source.lateBy.mean
      }
    case .batch: isBatched = true
    }
  }

  /// Whether nothing stands between the delay law and what arrives.
  var isPlain: Bool { outages.isEmpty && !isBatched && late == 0 }

  mutating func beginOutage(at now: Instant) {
    outages.append(Outage(from: now.seconds, to: .infinity, recovered: .infinity))
  }

  mutating func endOutage(at now: Instant, backfills: Bool) {
    guard let last = outages.lastIndex(where: { $0.to == .infinity }) else { return }
    outages[last].to = now.seconds
    if backfills { outages[last].recovered = now.seconds }
  }

  /// Brings what past outages lost; false where nothing is to be brought.
  mutating func backfill(at now: Instant) -> Bool {
    var found = false
    for index in outages.indices
    where outages[index].to < .infinity && outages[index].recovered > now.seconds {
      outages[index].recovered = now.seconds
      found = true
    }
    return found
  }

  mutating func land(at now: Instant, covers: Instant) {
    let before = landings.last?.covers ?? -.infinity
    // A late batch that lands after its successor brings nothing new.
    landings.append((now.seconds, max(before, covers.seconds)))
  }

  /// Share of the labels of predictions spread evenly over [from, to] that has arrived at `time`,
  /// all in seconds.
  func arrived(_ law: LabelArrivals, from: Double, to: Double, by time: Double) -> Double {
    if isPlain { return law.arrived(from: from, to: to, by: time) }
    let covered = isBatched ? covered(at: time) : time
    var share = due(law, from: from, to: to, by: covered)
    for outage in outages where outage.recovered > time && outage.to > from {
      if outage.from >= covered { break }
      share -=
        due(law, from: from, to: to, by: min(outage.to, covered))
        - due(law, from: from, to: to, by: outage.from)
    }
    // Differences of shares near 1 may leave a rounding below 0.
    return max(share, 0)
  }

  /// What arrives at sources that are well, with what is usually late.
  private func due(_ law: LabelArrivals, from: Double, to: Double, by time: Double) -> Double {
    let share = law.arrived(from: from, to: to, by: time)
    if late == 0 { return share }
    return (1 - late) * share + late * law.arrived(from: from, to: to, by: time - lateBy)
  }

  /// Up to when batches that have landed by `time` brought everything.
  private func covered(at time: Double) -> Double {
    // Before the start every batch came at its time, so that the past is complete.
    if time <= 0 { return time }
    var (low, high) = (0, landings.count)
    while low < high {
      let middle = (low + high) / 2
      if landings[middle].at <= time { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? landings[low - 1].covers : 0
  }
}
