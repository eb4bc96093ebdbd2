import Quantities
import Randomness
import Statistics

extension LearningPlane {
  /// Feeds the errors of the labelled predictions that arrived since the last check to a streaming
  /// detector, in the order of the predictions; nil without any.
  mutating func checkStream(
    _ model: Int, _ number: Int, _ test: StreamTest, at now: Instant
  ) -> MonitorFinding? {
    guard let task = models[model].plan.task, var detector = models[model].monitors[number].stream
    else { return nil }
    let monitor = models[model].monitors[number]
    let stretches = arrivedStretches(model, tasks[task], after: monitor.judged, upTo: now)
    models[model].monitors[number].judged = now
    let labels = stretches.reduce(0) { $0 + $1.labels } * (monitor.plan.sampling ?? 1)
    // The cap bounds the work of a check: beyond it labels are thinned evenly.
    let thinning = min(1, Double(test.atMost) / max(labels, 1)) * (monitor.plan.sampling ?? 1)
    var draws = monitor.draws.draws(of: UInt64(monitor.checks))
    var (items, carried) = (0, detector.carried)
    var alarm: (rate: Double, isTrue: Bool)?
    for stretch in stretches.reversed() {
      let rate = 1 - stretch.shownAccuracy
      carried += stretch.labels * thinning
      let whole = carried.rounded(.down)
      carried -= whole
      for _ in 0..<Int(whole) {
        items += 1
        let bit = draws.uniform() < rate ? 1.0 : 0.0
        let hasMoved = detector.note(rate)
        if detector.detector.update(bit) == .alarm {
          alarm = (rate, hasMoved)
          detector.restart()
        }
      }
    }
    detector.carried = carried
    models[model].monitors[number].stream = detector
    if items == 0 { return nil }
    guard let alarm else {
      return MonitorFinding(
        fires: false, isTrue: detector.hasMoved, statistic: test.kind.rawValue)
    }
    return MonitorFinding(
      fires: true, isTrue: alarm.isTrue,
      text: "\(test.kind.rawValue) declares a change, "
        + "\(QuantityFormatter.percent(alarm.rate, decimals: 1)) of the labels in error",
      statistic: test.kind.rawValue, threshold: 0, signs: [.init(value: alarm.rate)])
  }
}

/// A streaming detector while the run goes on, with the truth that it is scored by.
struct StreamState: Sendable {
  var detector: StreamDetector
  /// Parts of labels that wait to become whole.
  var carried = 0.0
  /// The least and the present true error rate since the detector started.
  var least: Double?
  var present = 0.0

  /// A change of the error rate below this is none, for the world never quite stands still.
  static let resolution = 0.005

  init(_ test: StreamTest) { detector = StreamDetector(test.kind, test.values) }

  /// Whether the true error rate has risen since the detector started.
  var hasMoved: Bool { present - (least ?? present) > Self.resolution }

  /// Notes the true error rate of the next item.
  mutating func note(_ rate: Double) -> Bool {
    present = rate
    least = min(least ?? rate, rate)
    return hasMoved
  }

  /// The detector begins anew, by itself after an alarm.
  mutating func restart() { least = nil }
}
