import MLSystem
import Randomness

/// A queueing system with a known answer, from the golden values computed with exact formulas
/// (mpmath, 60 digits).
struct QueueingCase: Sendable {
  var id: String
  /// Arrival streams in order of priority: rate per second and service time in seconds.
  var classes: [(rate: Double, service: Distribution)]
  /// Stations in series; the first takes its service time from the classes.
  var servers: Int
  /// Waiting places beyond the servers; nil for no limit.
  var places: Int?
  /// Stations after the first: service law and servers.
  var next: [(service: Distribution, servers: Int)] = []
  var expected: [Expectation]
  /// Counted customers over all replications, so that the interval is narrow enough.
  var customers: Double

  /// What theory says about a measure.
  struct Expectation: Sendable {
    var measure: Measured
    var value: Double

    enum Measured: Sendable {
      /// Mean time in the system, of all classes or of one.
      case meanResponse(of: Int?)
      case p99Response
      /// Share of arrivals that are refused.
      case blocked
    }
  }
}

extension QueueingCase {
  /// One class at one station.
  static func single(
    _ id: String, rate: Double, service: Distribution, servers: Int, places: Int? = nil,
    mean: Double, p99: Double? = nil, blocked: Double? = nil, customers: Double
  ) -> QueueingCase {
    var expected = [Expectation(measure: .meanResponse(of: nil), value: mean)]
    if let p99 { expected.append(Expectation(measure: .p99Response, value: p99)) }
    if let blocked { expected.append(Expectation(measure: .blocked, value: blocked)) }
    return QueueingCase(
      id: id, classes: [(rate, service)], servers: servers, places: places, expected: expected,
      customers: customers)
  }

  /// Every exact case of the models that the keel must hold, in the order of the golden file.
  static var all: [QueueingCase] { markovian + general + finite + priorities + tandems }

  private static var markovian: [QueueingCase] {
    func mmc(
      _ id: String, _ rate: Double, _ mu: Double, _ c: Int, _ mean: Double, _ p99: Double,
      _ customers: Double
    ) -> QueueingCase {
      .single(
        id, rate: rate, service: .exponential(mean: 1 / mu), servers: c, mean: mean, p99: p99,
        customers: customers)
    }
    func md1(
      _ id: String, _ rate: Double, _ time: Double, _ mean: Double, _ p99: Double,
      _ customers: Double
    ) -> QueueingCase {
      .single(
        id, rate: rate, service: .constant(time), servers: 1, mean: mean, p99: p99,
        customers: customers)
    }
    return [
      mmc("M/M/1 rho 0.50", 0.5, 1, 1, 2.0, 9.21034037197618, 2e6),
      mmc("M/M/1 rho 0.80", 0.8, 1, 1, 5.0, 23.0258509299405, 6e6),
      mmc("M/M/1 rho 0.90", 9, 10, 1, 1.0, 4.60517018598809, 44e6),
      mmc("M/M/1 rho 0.95", 95, 100, 1, 0.2, 0.921034037197618, 100e6),
      mmc("M/M/10 rho 0.80", 8, 1, 10, 1.20459007539822, 4.94611132761145, 1e6),
      mmc("M/M/5 rho 0.90", 45, 10, 5, 0.252498644146587, 1.00497811660557, 24e6),
      mmc("M/M/2 rho 0.75", 3, 2, 2, 1.14285714285714, 4.85475172089349, 3e6),
      mmc("M/M/20 rho 0.95", 190, 10, 20, 0.175540123209109, 0.636434322327242, 44e6),
      mmc("M/M/100 rho 0.95", 95, 1, 100, 1.1012913707826, 4.72438704894915, 2e6),
      mmc("M/M/3 rho 0.50", 3, 2, 3, 0.578947368421053, 2.48286422772574, 1e6),
      md1("M/D/1 rho 0.50", 0.5, 1.0, 1.5, 4.3362559570022, 1e6),
      md1("M/D/1 rho 0.80", 8, 0.1, 0.3, 1.1355886791995, 4e6),
      md1("M/D/1 rho 0.95", 19, 0.05, 0.525, 2.29688827541903, 36e6),
    ]
  }

  private static var general: [QueueingCase] {
    func mdc(_ id: String, _ rate: Double, _ time: Double, _ c: Int, _ mean: Double)
      -> QueueingCase
    {
      .single(id, rate: rate, service: .constant(time), servers: c, mean: mean, customers: 5e6)
    }
    func mg1(_ id: String, _ rate: Double, _ service: Distribution, _ mean: Double)
      -> QueueingCase
    {
      .single(id, rate: rate, service: service, servers: 1, mean: mean, customers: 12e6)
    }
    return [
      mdc("M/D/10 rho 0.80", 8, 1.0, 10, 1.1098277897116761),
      mdc("M/D/2 rho 0.90", 18, 0.1, 2, 0.3146923214756263),
      mdc("M/D/4 rho 0.90", 36, 0.1, 4, 0.19999658855472469),
      mg1("M/G/1 Erlang-4", 0.7, .erlang(stages: 4, mean: 1.0), 2.45833333333333),
      mg1(
        "M/G/1 hyperexponential", 0.7,
        .hyperexponential(probabilities: [0.9, 0.1], means: [0.5, 5.5]), 8.58333333333333),
      mg1("M/G/1 lognormal cv 1.5", 8, .lognormal(mean: 0.1, cv: 1.5), 0.75),
      mg1("M/G/1 uniform", 4, .uniform(low: 0.1, high: 0.3), 0.633333333333333),
      mg1(
        "M/G/1 two points", 0.5, .discrete(values: [1, 10], weights: [0.95, 0.05]),
        6.85909090909091),
      mg1("M/G/1 gamma 0.5", 6, .gamma(shape: 0.5, scale: 0.24), 0.582857142857143),
    ]
  }

  private static var finite: [QueueingCase] {
    func mmck(
      _ id: String, _ rate: Double, _ mu: Double, _ c: Int, _ k: Int, _ mean: Double,
      _ blocked: Double?, _ customers: Double
    ) -> QueueingCase {
      .single(
        id, rate: rate, service: .exponential(mean: 1 / mu), servers: c, places: k - c, mean: mean,
        blocked: blocked, customers: customers)
    }
    return [
      mmck("M/M/1/10", 9, 10, 1, 10, 0.464660067212371, 0.0508137313274124, 3e6),
      mmck("M/M/1/5 rho 1.2", 12, 10, 1, 5, 0.335949258224038, 0.250588121555863, 1e6),
      mmck("M/M/10/20", 8, 1, 10, 20, 1.14506027822736, nil, 2e6),
      mmck("M/M/4/4 rho 1.25", 50, 10, 4, 4, 0.1, 0.398342893562779, 1e6),
      mmck("M/M/5/50", 45, 10, 5, 50, 0.246150765038785, nil, 8e6),
    ]
  }

  private static var priorities: [QueueingCase] {
    func classes(
      _ id: String, _ classes: [(rate: Double, service: Distribution)], _ means: [Double]
    ) -> QueueingCase {
      QueueingCase(
        id: id, classes: classes, servers: 1,
        expected: means.enumerated().map {
          Expectation(measure: .meanResponse(of: $0.offset), value: $0.element)
        }, customers: 12e6)
    }
    return [
      classes(
        "priorities, equal service",
        [(0.3, .exponential(mean: 1.0)), (0.5, .exponential(mean: 1.0))],
        [2.14285714285714, 6.71428571428571]),
      classes(
        "priorities, two means", [(2, .exponential(mean: 0.1)), (3, .exponential(mean: 0.2))],
        [0.275, 1.075]),
      classes(
        "priorities, three laws",
        [
          (1, .constant(0.2)), (1, .erlang(stages: 2, mean: 0.3)),
          (0.5, .lognormal(mean: 0.6, cv: 1.0)),
        ], [0.534375, 0.96875, 3.275]),
    ]
  }

  private static var tandems: [QueueingCase] {
    [
      QueueingCase(
        id: "Jackson tandem of 2", classes: [(8, .exponential(mean: 0.1))], servers: 1,
        next: [(.exponential(mean: 1.0 / 12), 1)],
        expected: [Expectation(measure: .meanResponse(of: nil), value: 0.75)], customers: 6e6),
      QueueingCase(
        id: "Jackson tandem of 3", classes: [(40, .exponential(mean: 0.02))], servers: 1,
        next: [(.exponential(mean: 0.2), 10), (.exponential(mean: 0.01), 1)],
        expected: [
          Expectation(
            measure: .meanResponse(of: nil),
            value: 0.1 + 0.240918015079644 + 0.0166666666666667)
        ], customers: 6e6),
    ]
  }
}
