import Quantities

/// Where a version stands.
package enum VersionStatus: String, Sendable, Hashable, CaseIterable {
  /// Learnt, and not yet brought to any request.
  case trained
  /// A gate kept it back.
  case refused
  /// It answers a part of the requests, or mirrors them.
  case canary
  /// It answers the requests.
  case production
  /// Another one took its place.
  case retired
  /// It was undone.
  case rolledBack = "rolled back"

  /// Whether nothing can follow for it but a restoring.
  package var isFinal: Bool {
    switch self {
    case .refused, .retired, .rolledBack: true
    case .trained, .canary, .production: false
    }
  }
}

/// What the registry of models keeps of a version.
package struct VersionRecord: Sendable, Hashable {
  package var model: String
  package var number: Int
  /// When it was asked for.
  package var asked: Instant
  /// When its pipeline was through; the start of the run for the first version.
  package var trainedAt: Instant
  package var kind: TrainingKind
  /// The version that it was trained from or compared with; nil for the first.
  package var parent: Int?
  /// Labelled rows that it learnt from.
  package var rows: Double
  /// The stretch before the newest label from which they came.
  package var window: Duration
  /// Which data it saw, in the words of the data sets; empty where none are named.
  package var lineage = ""
  /// AUC measured on the holdout; nil where it was not evaluated.
  package var offlineAUC: Double?
  /// Its true AUC when it began to answer every request.
  package var promotedAUC: Double?
  /// What each gate found, in order.
  package var gates: [GateDecision] = []
  package var history: [Change] = []
  /// Machine-hours of all its attempts.
  package var machineHours = 0.0
  /// Its share of what training the model cost, by machine-hours, in dollars; nil where a price is
  /// unknown.
  package var cost: Double?

  /// A change of the status.
  package struct Change: Sendable, Hashable {
    package var status: VersionStatus
    package var at: Instant

    package init(status: VersionStatus, at: Instant) {
      self.status = status
      self.at = at
    }
  }

  package init(
    model: String, number: Int, trainedAt: Instant, kind: TrainingKind, parent: Int?, rows: Double,
    window: Duration
  ) {
    self.model = model
    self.number = number
    self.trainedAt = trainedAt
    asked = trainedAt
    self.kind = kind
    self.parent = parent
    self.rows = rows
    self.window = window
  }

  /// Where it stands at the end of its history.
  package var status: VersionStatus { history.last?.status ?? .trained }
}

/// What one gate found about a version.
package struct GateDecision: Sendable, Hashable {
  package var gate: String
  package var isPassed: Bool
  /// What was measured and what was asked for, in the unit of the gate; nil where a gate has none.
  package var measured: Double?
  package var limit: Double?

  package init(gate: String, isPassed: Bool, measured: Double? = nil, limit: Double? = nil) {
    self.gate = gate
    self.isPassed = isPassed
    self.measured = measured
    self.limit = limit
  }
}

/// The versions of one model: what each is, and where it stands.
struct VersionRegistry: Sendable {
  private(set) var records: [VersionRecord] = []

  /// Enters a version with its first status.
  mutating func enter(_ record: VersionRecord, as status: VersionStatus, at now: Instant) {
    records.append(record)
    set(status, of: record.number, at: now)
  }

  /// Changes the status of a version; what it has already is not entered twice.
  mutating func set(_ status: VersionStatus, of number: Int, at now: Instant) {
    // Numbers rise, and it is nearly always the newest that is meant.
    guard let index = records.lastIndex(where: { $0.number == number }),
      records[index].history.last?.status != status
    else { return }
    records[index].history.append(.init(status: status, at: now))
  }

  /// Changes what is kept of a version.
  mutating func update(_ number: Int, _ change: (inout VersionRecord) -> Void) {
    guard let index = records.lastIndex(where: { $0.number == number }) else { return }
    change(&records[index])
  }
}
