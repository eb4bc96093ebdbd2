import MLSystem

/// Decisions of published rollout rules, from a reference port of their sources.
enum RolloutGolden {
  /// Measurements (S, F, I, E), the rules, the phase, and the index of the deciding one.
  static let argo: [(String, AnalysisMetricRules, AnalysisPhase, Int?)] = [
    ("SSESESSESS", rules(0, 1, 0, 3, 8), .error, 2),
    ("SSISS", rules(-1, 1, 4, 3, nil), .running, nil),
    ("SISSSSIFESF", rules(-1, 1, 1, 3, 5), .successful, 4),
    ("ESSSSESE", rules(0, 0, 4, 3, 8), .successful, 3),
    ("SSSSSSSSS", rules(-1, 1, 0, 3, nil), .successful, 2),
    ("IFFSSISS", rules(-1, 1, 1, 3, 8), .inconclusive, 5),
    ("SSEFSESISS", rules(-1, 1, 0, 3, 8), .error, 2),
    ("SSESF", rules(0, 0, 4, 0, nil), .failed, 4),
    ("IESS", rules(1, 0, 0, 0, 8), .inconclusive, 0),
    ("SESSSSSFSE", rules(1, 1, 0, 0, 5), .error, 1),
    ("SSSESSS", rules(1, 0, 4, 3, 8), .successful, 2),
    ("FSFSSSSI", rules(3, 0, 4, 0, 5), .successful, 4),
    ("SFSFIEESSS", rules(1, 0, 0, 3, 8), .failed, 3),
    ("FESISSS", rules(3, 0, 0, 0, 8), .error, 1),
    ("SESS", rules(1, 0, 1, 0, nil), .running, nil),
    ("SSFFEISSSFI", rules(3, 0, 0, 0, nil), .error, 4),
    ("FSES", rules(0, 0, 0, 3, 5), .failed, 0),
    ("SSFSF", rules(3, 0, 1, 0, 8), .running, nil),
    ("SFSSS", rules(0, 0, 4, 0, nil), .failed, 1),
    ("ESFSFSE", rules(-1, 1, 0, 3, nil), .error, 0),
    ("ISES", rules(3, 0, 0, 3, nil), .inconclusive, 0),
    ("SSSSSIS", rules(0, 1, 1, 3, 8), .successful, 2),
    ("SSSESSFFSF", rules(1, 1, 1, 3, nil), .successful, 2),
    ("FESFEFSSSSF", rules(0, 1, 1, 0, 5), .failed, 0),
  ]

  private static func rules(
    _ failures: Int, _ inconclusive: Int, _ errors: Int, _ successes: Int, _ count: Int?
  ) -> AnalysisMetricRules {
    AnalysisMetricRules(
      failureLimit: failures, inconclusiveLimit: inconclusive, consecutiveErrorLimit: errors,
      consecutiveSuccessLimit: successes, count: count)
  }

  /// Interval in seconds, maximum, step, threshold; weights, least time to promotion, time to rollback.
  static let flagger: [(Int, Int, Int, Int, [Int], Double, Int)] = [
    (
      60, 50, 2, 10,
      [
        2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48,
        50,
      ], 1500.0, 600
    ),
    (60, 50, 10, 5, [10, 20, 30, 40, 50], 300.0, 300),
    (300, 80, 20, 3, [20, 40, 60, 80], 1200.0, 900),
    (60, 50, 20, 2, [20, 40, 60], 150.0, 120),
  ]

  /// Objective; error rates over 5 min, 30 min, 1 h, 2 h, 6 h, 1 d, 3 d; the alerts that fire.
  static let burnRates: [(Double, [Double], [Double])] = [
    (
      0.999, [0.016126, 0.01114855, 0.0023125, 0.00295097, 0.00573818, 0.00058084, 0.02763094],
      [1.0]
    ),
    (
      0.999, [0.00541516, 0.01276513, 0.00238703, 0.02511803, 0.00012089, 0.00718903, 0.00329857],
      [3.0]
    ),
    (
      0.999, [0.01700981, 0.01048065, 0.02295124, 0.00553705, 0.00087154, 0.00073917, 0.00026925],
      [14.4]
    ),
    (
      0.999, [0.01356897, 0.01202172, 0.01076605, 0.00116945, 0.00114525, 0.00408022, 0.00070824],
      []
    ),
    (
      0.999, [0.02332265, 0.0298849, 0.00673747, 0.00010531, 0.01374909, 0.00489557, 0.00140323],
      [6.0, 1.0]
    ),
    (
      0.999, [0.0151889, 0.00014492, 0.01054506, 0.01787112, 0.00056593, 0.00833688, 0.00657528],
      [3.0]
    ),
    (
      0.99, [0.02597145, 0.00290044, 0.03340374, 0.26939783, 0.16473154, 0.00188153, 0.00759023], []
    ),
    (
      0.99, [0.01398188, 0.06799531, 0.25391776, 0.00203004, 0.04774884, 0.00168959, 0.08916967],
      [1.0]
    ),
    (
      0.99, [0.03750425, 0.01198941, 0.03908818, 0.14791339, 0.04972554, 0.05628326, 0.18587124],
      [3.0, 1.0]
    ),
    (
      0.99, [0.00291592, 0.05890455, 0.00236688, 0.04482724, 0.05318106, 0.01176978, 0.00607789], []
    ),
    (
      0.99, [0.17877414, 0.00145337, 0.04814383, 0.06886475, 0.21463952, 0.0284264, 0.04754724],
      [1.0]
    ),
    (
      0.99, [0.01397606, 0.04812985, 0.01240183, 0.06102291, 0.0012893, 0.01067389, 0.03139417], []
    ),
    (
      0.9995, [0.01122593, 0.00997184, 0.00868932, 0.00260761, 0.00713862, 0.01240873, 0.00384428],
      [14.4, 6.0, 3.0, 1.0]
    ),
    (
      0.9995, [5.705e-05, 0.00107174, 0.00456117, 0.00229065, 0.00274118, 0.0025782, 0.0002757],
      [3.0]
    ),
    (
      0.9995, [0.00205754, 0.00058431, 0.00587259, 7.027e-05, 0.00011913, 0.00011832, 0.00106928],
      []
    ),
    (
      0.9995, [0.00967428, 0.00277688, 6.951e-05, 0.00563293, 9.146e-05, 0.00299432, 0.00514494],
      [3.0]
    ),
    (
      0.9995, [0.01125357, 0.00180079, 8.015e-05, 0.01287055, 0.00031296, 0.0018771, 0.00490545],
      [3.0]
    ),
    (
      0.9995, [0.00249356, 0.00043231, 0.00102748, 0.0005021, 0.00222577, 0.007519, 0.00067258],
      [1.0]
    ),
  ]

  /// Cost of a checkpoint, MTBF, restart; Young, Daly, exact, overheads at Young and exact.
  static let checkpoints: [[Double]] = [
    [
      300.0, 86400.0, 120.0, 7200.0, 7001.388888888888, 7001.404399599507, 0.08972743825771601,
      0.08969286821353539,
    ],
    [
      60.0, 11250.0, 120.0, 1161.8950038622252, 1122.2392690485547, 1122.2440395512697,
      0.12278839973919742, 0.12272080074220737,
    ],
    [
      222.6, 23191.0, 120.0, 3213.1967260035603, 3066.510172290694, 3066.542090047944,
      0.15852473286497548, 0.15835721417990567,
    ],
  ]

  /// p0, p1, share, requests a second, alpha, power; requests, seconds, extra errors.
  static let detection: [[Double]] = [
    [0.001, 0.002, 0.05, 50.0, 0.05, 0.8, 8359.851063257167, 3343.940425302867, 8.359851063257167],
    [0.01, 0.02, 0.05, 50.0, 0.05, 0.8, 825.3863760393524, 330.15455041574097, 8.253863760393525],
    [0.01, 0.012, 0.1, 200.0, 0.05, 0.8, 17997.665685013504, 899.8832842506752, 35.99533137002701],
  ]
}
