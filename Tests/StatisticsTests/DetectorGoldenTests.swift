import Statistics
import TestSupport
import Testing

/// Alarms and warnings of River 0.26.1 on five bit streams and four real ones.
@Suite("Streaming detectors against River")
struct DetectorGoldenTests {
  @Test("Alarms and warnings fall on the same items")
  func alarms() throws {
    for item in try GoldenCase.all(in: "Statistics/detectors.json") {
      var check = GoldenCheck(item)
      switch item.kind {
      case "binary_stream":
        let stream = try item.text("stream").utf8.map { $0 == UInt8(ascii: "1") ? 1.0 : 0 }
        try hold(DDM(), "DDM", stream, &check)
        try hold(EDDM(), "EDDM", stream, &check)
        try hold(HDDMA(), "HDDM_A", stream, &check)
        try hold(HDDMW(), "HDDM_W", stream, &check)
        try hold(PageHinkley(line: 15), "PageHinkley_l15", stream, &check)
        try hold(ADWIN(delta: 0.05), "ADWIN_delta.05", stream, &check)
        try common(stream, &check)
      case "real_stream":
        let stream = try item.numbers("stream")
        try hold(
          PageHinkley(delta: 0.1, line: 20, direction: .up), "PageHinkley_d.1_l20_up", stream,
          &check)
        try common(stream, &check)
        try windows(stream, item, &check)
      default: Issue.record("no test for the kind \(item.kind)")
      }
      // River before 0.22 skipped the newest bucket of each row and alarmed late or never: its
      // figures document that mistake and are no rule to follow.
      let problems = try check.problems().filter {
        !$0.hasPrefix("ADWIN_river_0.21.2_port") && !$0.hasPrefix("ADWIN_width_mean_sumsq")
      }
      #expect(problems == [])
    }
  }

  private func common(_ stream: [Double], _ check: inout GoldenCheck) throws {
    try hold(ADWIN(), "ADWIN", stream, &check)
    try hold(ADWIN(), "ADWIN_port", stream, &check)
    try hold(PageHinkley(), "PageHinkley_default", stream, &check)
  }

  private func hold(
    _ detector: some DriftDetector, _ name: String, _ stream: [Double],
    _ check: inout GoldenCheck
  ) throws {
    let (alarms, warnings) = stream.judged(by: detector)
    try check.numbers(name + "/drift", alarms.map(Double.init))
    guard check.expects(name + "/warning_onsets") else { return }
    try check.numbers(name + "/warning_onsets", warnings.map(Double.init))
  }

  /// Width, mean and sum of squares of the window after every hundredth item.
  private func windows(
    _ stream: [Double], _ item: GoldenCase, _ check: inout GoldenCheck
  ) throws {
    var detector = ADWIN()
    let rows = try item.rows("expected/ADWIN_width_mean_sumsq_every100")
    var place = 0
    for (index, value) in stream.enumerated() {
      _ = detector.update(value)
      guard place < rows.count, Double(index) == rows[place][0] else { continue }
      let found = [Double(detector.width), detector.mean, detector.squares]
      for (value, expected) in zip(found, rows[place].dropFirst()) {
        #expect((value - expected).magnitude <= max(1e-9 * expected.magnitude, 1e-12))
      }
      place += 1
    }
    #expect(place == rows.count && place >= 10)
  }
}
