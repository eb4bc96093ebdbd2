import Quantities
import Randomness

/// What happens to data; ties go with drift.
enum DataEvent: BitwiseCopyable, Sendable {
  /// A random outage of a source begins, and the end of it.
  case outageBegins(source: UInt16)
  case outageEnds(source: UInt16)
  /// A batch is due, the number of which says up to when it reaches.
  case batchDue(source: UInt16, number: UInt32)
  case batchLands(source: UInt16, number: UInt32)
  case incidentBegins(UInt16)
  case incidentEnds(UInt16)
}

/// Sources and incidents of a run.
struct DataState: Sendable {
  var sources: [SourceState]
  var incidents: [DataIncident]
  /// Which incidents are on: begun, and neither over nor repaired.
  var isOn: [Bool]
  /// When each was over or repaired.
  var ended: [Instant?]
  /// Length of the outage that each source has next or now.
  var outageLength: [Duration]
  let poison: CounterStream
  let checks: CounterStream

  init(_ model: SystemModel, streams: StreamFamily) {
    sources = model.data.map { SourceState(plan: $0, streams: streams) }
    incidents = model.incidents
    isOn = Array(repeating: false, count: model.incidents.count)
    ended = Array(repeating: nil, count: model.incidents.count)
    outageLength = Array(repeating: .zero, count: model.data.count)
    poison = streams.counter("poison")
    checks = streams.counter("data checks")
  }

  /// An incident is over, if it was on.
  mutating func end(_ index: Int, at now: Instant) {
    if !isOn[index] { return }
    isOn[index] = false
    ended[index] = now
  }

  /// Whether nothing can ever happen to data.
  var isEmpty: Bool { sources.isEmpty && incidents.isEmpty }
}
