import Quantities
import Randomness

/// What lies between the wish for a version and its first request: stages that take time, may fail
/// and cost money, and gates that may refuse it.
package struct PipelinePlan: Sendable, Hashable {
  /// A look at the data before anything is learnt.
  package var validate: Stage?
  /// Chance that an attempt to train fails, at any point of its time.
  package var trainFails: Double
  /// The measurement on the holdout; gates need one.
  package var evaluate: Stage?
  package var register: Stage?
  /// Attempts after the first one that fails.
  package var retries: Int
  package var retryAfter: Duration
  /// Chance that the first attempt of a run fails because what worked on a notebook does not here;
  /// 0 with a pinned environment.
  package var mismatch: Double
  /// Price of a run besides its machines; nil for unknown, zero for free.
  package var price: Money?
  package var gates: GatePlan?

  package struct Stage: Sendable, Hashable {
    /// Seconds.
    package var takes: Distribution
    package var fails: Double

    package init(takes: Distribution, fails: Double = 0) {
      self.takes = takes
      self.fails = fails
    }
  }

  /// Training alone, without time lost, failures or gates.
  package static let bare = PipelinePlan()

  package init(
    validate: Stage? = nil, trainFails: Double = 0, evaluate: Stage? = nil,
    register: Stage? = nil, retries: Int = 0, retryAfter: Duration = .zero, mismatch: Double = 0,
    price: Money? = .zero, gates: GatePlan? = nil
  ) {
    self.validate = validate
    self.trainFails = trainFails
    self.evaluate = evaluate
    self.register = register
    self.retries = retries
    self.retryAfter = retryAfter
    self.mismatch = mismatch
    self.price = price
    self.gates = gates
  }
}

/// What a version must show before it may be rolled out.
package struct GatePlan: Sendable, Hashable {
  /// Its measured AUC must be above production's by more than this; nil where they are not
  /// compared.
  package var margin: Double?
  /// The difference must be significant at this one-sided level; nil for the plain figures.
  package var confidence: Double?
  /// Guardrail: the measured accuracy may be below production's by at most this share.
  package var accuracyDrop: Double?
  package var load: LoadTest?
  package var golden: GoldenSet?
  /// Guardrail, the four-fifths rule: the least ratio of the true-positive rates of two segments.
  package var fairness: Double?
  package var approval: Approval?

  package init(
    margin: Double? = nil, confidence: Double? = nil, accuracyDrop: Double? = nil,
    load: LoadTest? = nil, golden: GoldenSet? = nil, fairness: Double? = nil,
    approval: Approval? = nil
  ) {
    self.margin = margin
    self.confidence = confidence
    self.accuracyDrop = accuracyDrop
    self.load = load
    self.golden = golden
    self.fairness = fairness
    self.approval = approval
  }

  /// Requests sent to the version before any user's.
  package struct LoadTest: Sendable, Hashable {
    package var requests: Int
    /// The most of them that may be in error, as a share.
    package var errors: Double
    /// The most that its batches may take, as a factor on the usual.
    package var slowdown: Double

    package init(requests: Int, errors: Double, slowdown: Double) {
      self.requests = requests
      self.errors = errors
      self.slowdown = slowdown
    }
  }

  /// Labelled rows that were chosen once, at the start of the run, and never change.
  package struct GoldenSet: Sendable, Hashable {
    package var rows: Double
    /// The AUC measured on them may be below production's by at most this.
    package var drop: Double

    package init(rows: Double, drop: Double) {
      self.rows = rows
      self.drop = drop
    }
  }

  /// A person who looks at the figures.
  package struct Approval: Sendable, Hashable {
    /// Seconds of work.
    package var takes: Distribution
    package var hours: BusinessHours
    /// Chance that the person says no.
    package var refuses: Double
    /// Price of one look; nil for unknown.
    package var price: Money?

    package init(
      takes: Distribution, hours: BusinessHours, refuses: Double = 0, price: Money? = .zero
    ) {
      self.takes = takes
      self.hours = hours
      self.refuses = refuses
      self.price = price
    }
  }
}

/// Which labels of a window are learnt from and which are held out.
package struct TrainingSplit: Sendable, Hashable {
  /// Share of the window that is learnt from, and that a version is tested on.
  package var train: Double
  package var test: Double
  /// Whether the tested labels are the newest ones; otherwise they are drawn from the whole window,
  /// so that the measured quality knows nothing of age.
  package var isByTime: Bool

  package init(train: Double, test: Double, isByTime: Bool) {
    self.train = train
    self.test = test
    self.isByTime = isByTime
  }
}
