import CommandLineTool
import Experiments
import Foundation
import Statistics
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["TOWTANK_DATA"] ?? ""
private let dataIsThere = FileManager.default.fileExists(
  atPath: dataFolder + "/drift/noaa-rainfall.csv")

/// Real streams, against River 0.26.1 on the same files (Python 3.11, NumPy 2.4.6).
///
/// The files are not part of the repository: without the folder `TOWTANK_DATA` these tests are
/// skipped.
@Suite("Real streams against River")
struct DetectDataTests {
  struct Expected: CustomTestStringConvertible, Sendable {
    var file: String
    var choice: SeriesChoice
    var detector: String
    var alarms: Int
    var first: [Int]
    /// The sum of the rows of all alarms.
    var sum: Int
    var warnings = 0

    var testDescription: String { "\(file) \(choice) \(detector)" }
  }

  private static let rain = SeriesChoice.columns(["rain"])
  private static let errors = SeriesChoice.errors(
    predictions: "y_pred", truth: "repaid", cut: nil)
  private static let loan = "nannyml-synthetic-car-loan.csv"
  private static let weather = "noaa-rainfall.csv"
  private static let room = "river-occupancy.csv"

  static let expected: [Expected] = [
    Expected(
      file: weather, choice: rain, detector: "adwin", alarms: 8,
      first: [768, 1152, 6112, 8928, 12896, 14592, 16096, 17600], sum: 78144),
    Expected(
      file: weather, choice: rain, detector: "ddm", alarms: 7,
      first: [232, 514, 884, 6104, 6345, 16920, 17257], sum: 48256, warnings: 59),
    Expected(
      file: weather, choice: rain, detector: "eddm", alarms: 83,
      first: [110, 180, 254, 479, 540, 826, 887, 1269, 1340, 1530], sum: 681525, warnings: 107),
    Expected(
      file: weather, choice: rain, detector: "hddm-w", alarms: 50,
      first: [513, 851, 1226, 1554, 1950, 2061, 2353, 2683, 3089, 3462], sum: 456054,
      warnings: 133),
    Expected(
      file: weather, choice: rain, detector: "hddm-a:sides=two", alarms: 57,
      first: [337, 513, 700, 792, 910, 2056, 2354, 2681, 2842, 3242], sum: 554946, warnings: 179),
    Expected(
      file: weather, choice: rain, detector: "page-hinkley", alarms: 9,
      first: [2592, 6116, 7221, 8969, 11717, 13250, 14243, 15802, 16105], sum: 96015),
    Expected(
      file: weather, choice: .columns(["temperature"]), detector: "adwin", alarms: 142,
      first: [96, 192, 288, 384, 480, 704, 864, 1024, 1120, 1216], sum: 1_252_256),
    Expected(
      file: weather, choice: .columns(["temperature"]), detector: "page-hinkley", alarms: 104,
      first: [113, 322, 500, 692, 856, 1048, 1216, 1415, 1591, 1786], sum: 957519),
    Expected(file: loan, choice: errors, detector: "adwin", alarms: 1, first: [76960], sum: 76960),
    Expected(
      file: loan, choice: errors, detector: "hddm-a", alarms: 1, first: [79892], sum: 79892,
      warnings: 4),
    Expected(
      file: loan, choice: errors, detector: "ddm", alarms: 0, first: [], sum: 0, warnings: 11),
    Expected(
      file: loan, choice: errors, detector: "eddm", alarms: 59,
      first: [567, 1832, 2377, 3011, 3562, 4207, 4965, 5477, 5875, 6652], sum: 3_089_015,
      warnings: 50),
    Expected(
      file: loan, choice: errors, detector: "page-hinkley", alarms: 2, first: [64751, 77511],
      sum: 142262),
    Expected(
      file: room, choice: .columns(["V1"]), detector: "adwin", alarms: 5,
      first: [96, 192, 256, 352, 448], sum: 1344),
    Expected(
      file: room, choice: .columns(["V3"]), detector: "adwin", alarms: 8,
      first: [64, 128, 160, 192, 256, 320, 416, 480], sum: 2016),
    Expected(
      file: room, choice: .columns(["V2"]), detector: "page-hinkley", alarms: 8,
      first: [49, 102, 245, 278, 308, 353, 429, 482], sum: 2246),
  ]

  @Test(
    "Alarms fall on the same rows", .enabled(if: dataIsThere, "needs drift/ in TOWTANK_DATA"),
    arguments: expected)
  func alarms(_ expected: Expected) throws {
    let chunks = try ByteChunks(path: dataFolder + "/drift/" + expected.file)
    let reader = try SeriesReader(expected.choice) { try chunks.next() }
    var run = DetectionRun(reader, [try DetectorChoice(expected.detector)])
    let findings = try run.findings(file: expected.file, measuresFalseAlarms: false)
    let track = findings.tracks[0]
    #expect(track.alarms == expected.alarms && track.warnings == expected.warnings)
    #expect(track.listed.prefix(expected.first.count).map(\.row) == expected.first)
    #expect(track.listed.reduce(0) { $0 + $1.row } == expected.sum)
  }

  /// SciPy 1.17.1 and NumPy 2.4.6 on windows of 10,000 loans against the first 10,000; p-values up
  /// to a half.
  private static let windows: [(String, [(row: Int, figure: Double)])] = [
    (
      "ks:alpha=0.5",
      [
        (40_000, 0.36362107), (60_000, 0.4856932), (70_000, 0.22785502),
        (80_000, 3.5663279e-214), (90_000, 0), (100_000, 0),
      ]
    ),
    (
      "mann-whitney:alpha=0.5",
      [
        (60_000, 0.40900631), (70_000, 0.37809677), (80_000, 2.3668804e-236), (90_000, 0),
        (100_000, 0),
      ]
    ),
    (
      "chi-square:alpha=0.5",
      [(30_000, 0.25830118), (80_000, 1.1408563e-236), (90_000, 0), (100_000, 0)]
    ),
    (
      "wasserstein:limit=0.015",
      [(70_000, 0.016523628), (80_000, 0.44792065), (90_000, 0.94308842), (100_000, 0.94007689)]
    ),
    (
      "psi:limit=0.002",
      [(30_000, 0.0022527428), (80_000, 0.23136558), (90_000, 1.7980156), (100_000, 1.862965)]
    ),
    (
      "kl:limit=0.001",
      [(30_000, 0.0011278235), (80_000, 0.11421653), (90_000, 0.53185795), (100_000, 0.5363638)]
    ),
    (
      "js:limit=0.015",
      [(30_000, 0.016779381), (80_000, 0.16890374), (90_000, 0.38655056), (100_000, 0.38954866)]
    ),
  ]

  @Test(
    "Windows have the figures of SciPy", .enabled(if: dataIsThere, "needs drift/ in TOWTANK_DATA"))
  func windows() throws {
    let chunks = try ByteChunks(path: dataFolder + "/drift/" + Self.loan)
    let reader = try SeriesReader(.columns(["car_value"])) { try chunks.next() }
    let plan = WindowPlan(reference: 1...10_000, window: 10_000)
    var run = DetectionRun(reader, try Self.windows.map { try DetectorChoice($0.0) }, plan: plan)
    let findings = try run.findings(file: Self.loan, measuresFalseAlarms: false)
    for (track, expected) in zip(findings.tracks, Self.windows) {
      #expect(track.windows == 9)
      #expect(track.listed.map(\.row) == expected.1.map(\.row), "\(expected.0)")
      for (alarm, expected) in zip(track.listed, expected.1) {
        let found = try #require(alarm.evidence).statistic
        // Far in a tail both programs approximate; near 0 SciPy underflows.
        let share = expected.figure < 1e-100 ? 0.01 : 1e-6
        #expect((found - expected.figure).magnitude <= max(share * expected.figure, 1e-300))
      }
    }
  }

  /// `scipy.optimize.curve_fit` 1.17.1; intervals from the profile of the sum of squares.
  @Test(
    "The decay of accuracy by age", .enabled(if: dataIsThere, "needs drift/ in TOWTANK_DATA"))
  func decay() throws {
    let chunks = try ByteChunks(path: dataFolder + "/drift/accuracy-decay-by-age.csv")
    let findings = try DecayFindings(
      file: "by-age", value: "mean_accuracy", age: "age_in_windows", by: "data_set", step: nil
    ) { try chunks.next() }
    let expected = [(2.7155, 1.8247, 4.1943, 0.009329156), (20.8318, 12.7283, 54.806, 0.00393727)]
    #expect(findings.sets.count == 2)
    for (set, (tau, low, high, error)) in zip(findings.sets, expected) {
      let fit = try #require(set.fit)
      #expect((fit.tau / tau - 1).magnitude < 1e-3)
      #expect((fit.interval.low / low - 1).magnitude < 1e-3)
      #expect((fit.interval.high / high - 1).magnitude < 1e-3)
      #expect((fit.error / error - 1).magnitude < 1e-5)
    }
  }
}
