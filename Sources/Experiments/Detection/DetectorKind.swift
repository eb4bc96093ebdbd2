import Statistics

/// A detector of single items, or a comparison of windows.
package enum DetectorKind: Hashable, Sendable, CaseIterable {
  case stream(StreamDetector.Kind)
  case window(WindowTest)

  package static let allCases: [DetectorKind] =
    StreamDetector.Kind.allCases.map { .stream($0) } + WindowTest.allCases.map { .window($0) }

  /// The kind of a name; nil where there is none.
  package init?(_ name: String) {
    if let kind = StreamDetector.Kind(rawValue: name) {
      self = .stream(kind)
    } else if let test = WindowTest(rawValue: name) {
      self = .window(test)
    } else {
      return nil
    }
  }

  /// The name that a user calls it by.
  package var name: String {
    switch self {
    case .stream(let kind): kind.rawValue
    case .window(let test): test.rawValue
    }
  }

  /// One line, lowercase, without a full stop.
  package var summary: String {
    switch self {
    case .stream(let kind): kind.summary
    case .window(let test): test.summary
    }
  }

  /// What can be set.
  package var parameters: [StreamDetector.Parameter] {
    switch self {
    case .stream(let kind): kind.parameters
    case .window(let test): test.parameters
    }
  }

  /// Why it cannot have these values, in words for its user; nil where it can.
  package func problem(in values: [Double]) -> String? {
    switch self {
    case .stream(let kind): return kind.problem(in: values)
    case .window(let test):
      for (parameter, value) in zip(test.parameters, values) where !parameter.takes(value) {
        return "`\(parameter.name)` must be \(parameter.expectation)"
      }
      return nil
    }
  }

  /// What its figure is, in a few words.
  package var statistic: String {
    switch self {
    case .stream(let kind):
      switch kind {
      case .adwin: "difference of two means"
      case .ddm: "error rate plus its deviation"
      case .eddm: "share of the widest gap"
      case .hddmA: "rise of the mean"
      case .hddmW: "rise of the weighted mean"
      case .pageHinkley: "summed deviation"
      case .kswin: "distance of Kolmogorov and Smirnov"
      case .cusum: "cumulative sum, in deviations"
      }
    case .window(let test):
      switch test {
      case .psi: "stability index"
      case .kl: "divergence, in nats"
      case .js: "distance of Jensen and Shannon"
      case .wasserstein: "distance, in deviations"
      case .ks, .chiSquare, .mannWhitney: "p-value"
      }
    }
  }
}
