import MLSystem
import TestSupport

/// The jumping LLM server against the stepping reference on random configurations.
enum LLMEqualityChecks {
  static let run: @Sendable () async -> [Check] = {
    [equality(.full, 1_500, from: 10_000), equality(.small, 1_500, from: 50_000), faults()]
  }

  /// Everything that either server shows must be equal, to the nanosecond.
  private static func equality(
    _ size: ServerTrial.Size, _ count: Int, from seed: UInt64
  ) -> Check {
    var unequal: [UInt64] = []
    var cut = 0
    var requests = 0
    var piped = 0
    var impatient = 0
    var preempting = 0
    for k in 0..<count {
      let trial = ServerTrial.random(seed: seed + UInt64(k), size: size)
      // A configuration may need tens of millions of steps; those are left out and counted.
      guard let wrong = trial.differences(limit: 400_000) else {
        cut += 1
        continue
      }
      if !wrong.isEmpty { unequal.append(seed + UInt64(k)) }
      requests += trial.arrivals.count
      piped += trial.rules.stages > 1 ? 1 : 0
      impatient += trial.arrivals.contains { $0.patience < .max } ? 1 : 0
      var server = LLMFleetUnderTrial(trial)
      _ = trial.run(&server)
      preempting += server.fleet.totals.preemptions > 0 ? 1 : 0
    }
    return Check(
      name: "jumping = stepping, \(size == .full ? "large" : "small") configurations",
      expected: "\(count - cut) equal (\(cut) too long to step)",
      observed: unequal.isEmpty ? "all equal" : "unequal: seeds \(unequal.prefix(5))",
      bound: """
        to the nanosecond; \(requests) requests, \(piped) pipelines, \(impatient) with timeouts, \
        \(preempting) with preemption
        """,
      outcome: unequal.isEmpty && cut * 20 < count ? .passed : .failed)
  }

  /// A rule broken on purpose in the reference must show as a difference.
  private static func faults() -> Check {
    let unnoticed = SteppingFault.allCases.filter { fault in
      !(UInt64(90_000)..<90_400).contains { seed in
        let trial = ServerTrial.random(seed: seed, size: .small)
        return trial.differences(fault: fault, limit: 50_000)?.isEmpty == false
      }
    }
    let kinds = SteppingFault.allCases.count
    return Check(
      name: "planted faults noticed", expected: "\(kinds)",
      observed: "\(kinds - unnoticed.count) \(unnoticed.map(\.rawValue).joined(separator: " "))",
      bound: "all, each within 400 configurations",
      outcome: unnoticed.isEmpty ? .passed : .failed)
  }
}
