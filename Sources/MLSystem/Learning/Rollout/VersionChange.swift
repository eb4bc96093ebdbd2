import Quantities
import Randomness

/// What of a model a version changes.
package enum ChangeKind: String, Sendable, Hashable, CaseIterable {
  case weights, prompt, index, features, config, code
  /// The vendor of the model changes it and says nothing.
  case vendor
}

/// Changes of a model that no training brings.
package struct ChangePlan: Sendable, Hashable {
  package var kind: ChangeKind
  /// Days between two changes, in seconds; drawn anew for each.
  package var every: Distribution
  /// Added to the AUC by every change that is sound.
  package var gain: Double
  /// What one of them may bring.
  package var faults: BadVersions?

  package init(
    kind: ChangeKind, every: Distribution, gain: Double = 0, faults: BadVersions? = nil
  ) {
    self.kind = kind
    self.every = every
    self.gain = gain
    self.faults = faults
  }
}

/// What a new version may bring that no offline test showed.
package struct BadVersions: Sendable, Hashable {
  /// Chance that a version is bad.
  package var chance: Double
  /// Added share of requests in error.
  package var errors: Double
  /// Factor on the time of its batches.
  package var latency: Double
  /// Added to the AUC.
  package var auc: Double
  /// The segment to which the loss of quality is confined; nil for all.
  package var segment: String?
  /// How long a replica of it serves until its memory is full and it crashes; nil for ever.
  package var crashesAfter: Duration?
  /// How large it is, as a multiple of what it brings, drawn for each version; nil for always 1.
  package var size: Distribution?

  package init(
    chance: Double, errors: Double = 0, latency: Double = 1, auc: Double = 0,
    segment: String? = nil, crashesAfter: Duration? = nil, size: Distribution? = nil
  ) {
    self.chance = chance
    self.errors = errors
    self.latency = latency
    self.auc = auc
    self.segment = segment
    self.crashesAfter = crashesAfter
    self.size = size
  }
}

/// What is wrong with one part of a version.
struct VersionFault: Sendable, Hashable {
  var kind: ChangeKind
  var errors: Double
  var latency: Double
  var auc: Double
  var segment: String?
  var crashesAfter: Duration?

  /// A fault of `size` times what `faults` brings.
  init(_ faults: BadVersions, of kind: ChangeKind, size: Double) {
    self.kind = kind
    errors = min(max(faults.errors * size, 0), 1)
    latency = max(1 + (faults.latency - 1) * size, 0.001)
    auc = faults.auc * size
    segment = faults.segment
    crashesAfter = faults.crashesAfter
  }
}

/// What a version changed, and what it carries from the versions before it.
package struct VersionChange: Sendable, Hashable {
  package var kind = ChangeKind.weights
  /// Whether what it changed is at fault.
  package var isBad = false
  /// Faults of its parts, its own and those it has from the version before it.
  var faults: [VersionFault] = []
  /// Added to the AUC by sound changes of other parts than the weights.
  package var gain = 0.0
  /// When it was asked for: lead times count from here.
  var asked = Instant.start
  /// What it would do without any fault; nil while it has none of its own.
  var base: VersionBase?

  /// Takes another change on top of the same weights.
  mutating func replace(by change: VersionChange) {
    let base = base
    self = change
    self.base = base
  }
}

/// What a version does by itself.
struct VersionBase: Sendable, Hashable {
  var errors: Double
  var slowdown: Double
  var addedAUC: Double

  init(_ version: ModelVersion) {
    errors = version.errors
    slowdown = version.slowdown
    addedAUC = version.addedAUC
  }
}

extension ModelVersion {
  /// Gives it what a bad version brings, of a size that is drawn.
  mutating func spoil(_ faults: BadVersions, _ draws: inout CounterDraws) {
    let size = faults.size.map { Sampler($0).sample(&draws) } ?? 1
    change.isBad = true
    change.faults = [VersionFault(faults, of: .weights, size: size)]
    takeFaults()
  }

  /// Gives a version that is about to be brought out the parts that it did not change, from the one
  /// that serves now.
  mutating func inherit(from stable: ModelVersion) {
    let own = change.kind
    change.faults = change.faults.filter { $0.kind == own }
    change.faults += stable.change.faults.filter { $0.kind != own }
    change.gain += stable.change.gain
    takeFaults()
  }

  /// Added to its AUC by faults that are confined to a segment.
  func loss(inSegment segment: Int, of segments: [TaskSegment]) -> Double {
    if segmentLosses.isEmpty || segment >= segments.count { return 0 }
    let name = segments[segment].name
    return segmentLosses.reduce(0) { $1.segment == name ? $0 + $1.auc : $0 }
  }

  /// Derives what it does from the faults of its parts.
  mutating func takeFaults() {
    let base = change.base ?? VersionBase(self)
    change.base = base
    isBad = !change.faults.isEmpty
    errors = base.errors
    slowdown = base.slowdown
    addedAUC = base.addedAUC + change.gain
    crashesAfter = nil
    segmentLosses = []
    for fault in change.faults {
      errors = errors == 0 ? fault.errors : 1 - (1 - errors) * (1 - fault.errors)
      slowdown *= fault.latency
      if let segment = fault.segment {
        segmentLosses.append((segment, fault.auc))
      } else {
        addedAUC += fault.auc
      }
      if let after = fault.crashesAfter { crashesAfter = min(crashesAfter ?? after, after) }
    }
  }
}
