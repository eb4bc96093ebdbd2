import Quantities
import Randomness

// What monitors of features see of broken ones.
extension LearningPlane {
  /// The truths of a check of features since `from`, with the faults of those that are broken:
  /// each takes as much of the rows as it lasted, in training as in what is checked.
  func withFaults(
    _ truths: [FeatureTruth], _ model: Int, _ test: FeatureTest, from: Instant, to now: Instant
  ) -> [FeatureTruth] {
    let version = models[model].stable
    guard let task = models[model].plan.task, !models[model].data.faults.isEmpty else {
      return truths
    }
    var result = truths
    let edges = test.edges
    for fault in models[model].data.faults {
      let served = fault.share(from: from, to: now)
      let trained = fault.share(
        from: Instant(nanoseconds: version.lineage.from),
        to: Instant(nanoseconds: version.lineage.to))
      if served <= 0 && trained <= 0 { continue }
      result.split(at: fault.features.count)
      var first = 0
      for index in result.indices where result[index].end <= fault.features.count {
        let means = tasks[task].shiftsNow
        let mean = first < means.count ? means[first] : 0
        guard let broken = fault.shares(edges: edges, mean: mean) else { break }
        result[index].mix(broken, trained: trained, served: served)
        result[index].value = test.statistic.value(
          reference: result[index].reference, current: result[index].current,
          floor: test.epsilon)
        first = result[index].end
      }
    }
    return result
  }
}

extension [FeatureTruth] {
  /// Makes the first `count` features groups of their own.
  fileprivate mutating func split(at count: Int) {
    guard count > 0, let index = firstIndex(where: { $0.end >= count }), self[index].end > count
    else { return }
    var head = self[index]
    head.end = count
    insert(head, at: index)
  }
}

extension FeatureTruth {
  /// Lets broken rows take a part of all rows.
  fileprivate mutating func mix(_ broken: [Double], trained: Double, served: Double) {
    for bin in broken.indices {
      reference[bin] += trained * (broken[bin] - reference[bin])
      current[bin] += served * (broken[bin] - current[bin])
    }
  }
}

extension FeatureFault {
  /// Shares of the bins between rising `edges` of a feature that is broken so; nil where it looks
  /// as ever.
  fileprivate func shares(edges: [Double], mean: Double) -> [Double]? {
    func all(at value: Double) -> [Double] {
      var shares = [Double](repeating: 0, count: edges.count + 1)
      shares[edges.count { $0 <= value }] = 1
      return shares
    }
    switch effect {
    case .missing: return all(at: 0)
    case .constant(let value): return all(at: value)
    // A value that has no bin of its own is counted with the outermost.
    case .unseen: return all(at: .infinity)
    case .rescaled(let scale, let shift):
      var shares: [Double] = []
      var below = 0.0
      for edge in edges {
        let upTo = PortableMath.normalCDF((edge - shift - scale * mean) / scale)
        shares.append(upTo - below)
        below = upTo
      }
      return shares + [1 - below]
    case .skew, .leakage: return nil
    }
  }
}
