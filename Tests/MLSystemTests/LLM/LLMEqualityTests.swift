import MLSystem
import TestSupport
import Testing

@Suite("Jumping equals stepping")
struct LLMEqualityTests {
  /// Completions, first tokens and first runs to the nanosecond, counts, histograms bucket by
  /// bucket and sampled states; with preemption, chunking, pipelines, timeouts, retries, failures,
  /// changes of speed, priorities and, on a quarter of them, a coarse grid of time on which ties
  /// abound.
  @Test("Random configurations", arguments: 0..<10)
  func randomConfigurations(block: Int) {
    for k in 0..<20 {
      let seed = UInt64(1_000 + block * 20 + k)
      let trial = ServerTrial.random(seed: seed, size: .small)
      let wrong = trial.differences()
      #expect(wrong == [], "seed \(seed): \(trial.rules)")
    }
  }

  @Test("A cap on jumps changes nothing", arguments: [1, 2, 5])
  func capsOnJumps(cap: Int) {
    for seed in UInt64(3_000)..<3_015 {
      let trial = ServerTrial.random(seed: seed, size: .small)
      #expect(trial.differences(longestJump: Int64(cap)) == [], "seed \(seed)")
    }
  }

  /// Each rule broken in the reference shows as a difference within 400 configurations.
  @Test("Planted faults are noticed", arguments: SteppingFault.allCases)
  func plantedFaults(fault: SteppingFault) {
    let noticed = (UInt64(5_000)..<5_400).contains { seed in
      let trial = ServerTrial.random(seed: seed, size: .small)
      // A fault may make the reference run for ever; that is no difference noticed.
      return trial.differences(fault: fault, limit: 20_000)?.isEmpty == false
    }
    #expect(noticed)
  }

  @Test("The configurations hold what they are meant to hold")
  func coverage() {
    var preemptions = 0
    var piped = 0
    var aborts = 0
    for seed in UInt64(1_000)..<1_200 {
      let trial = ServerTrial.random(seed: seed, size: .small)
      var server = LLMFleetUnderTrial(trial)
      _ = trial.run(&server)
      preemptions += server.fleet.totals.preemptions > 0 ? 1 : 0
      piped += trial.rules.stages > 1 ? 1 : 0
      aborts += server.fleet.totals.aborted > 0 ? 1 : 0
    }
    #expect(preemptions >= 20)
    #expect(piped >= 60)
    #expect(aborts >= 20)
  }
}
