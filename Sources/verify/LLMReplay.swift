import MLSystem
import Quantities

/// Requests replayed through one replica of an LLM server, and what came out.
struct LLMReplay {
  struct Request {
    /// Seconds since the start.
    var arrival: Double
    var prompt: Int
    var output: Int
  }

  /// Per completed request, in seconds: from arrival to the first token and to the last, and
  /// between tokens.
  var timeToFirst: [Double] = []
  var endToEnd: [Double] = []
  var perToken: [Double] = []
  /// The instant of the last completion.
  var end = 0.0

  /// Replays `requests`, which rise in arrival; a request spends `frontEnd` seconds before the
  /// engine sees its first token.
  init(_ requests: [Request], _ plan: LLMServerPlan, frontEnd: Double = 0) {
    var fleet = LLMFleet(plan: plan, replicas: 1)
    var next = 0
    while true {
      let due = fleet.due(0)
      let arrival =
        next < requests.count
        ? Instant(nanoseconds: Int64((requests[next].arrival * 1e9).rounded())) : .never
      if due == .never && arrival == .never { break }
      if arrival <= due {
        _ = fleet.enqueue(
          request: UInt32(next), prompt: Int32(requests[next].prompt),
          output: Int32(requests[next].output), priority: 0, replica: 0, at: arrival)
        next += 1
        continue
      }
      fleet.advance(0, at: due)
      for outcome in fleet.takeOutcomes() {
        let arrival = requests[Int(outcome.request)].arrival
        timeToFirst.append(outcome.firstToken.seconds - arrival + frontEnd)
        endToEnd.append(outcome.left.seconds - arrival + frontEnd)
        if let time = outcome.timePerToken { perToken.append(time.seconds) }
        end = max(end, outcome.left.seconds)
      }
    }
  }
}

/// The mean, 0 of nothing.
func mean(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

extension Check {
  /// A simulated figure against a measured one, within a share of it.
  static func near(
    _ name: String, _ observed: Double, _ expected: Double, within share: Double, unit: String
  ) -> Check {
    let error = observed / expected - 1
    func text(_ value: Double) -> String {
      QuantityFormatter.significant(value, digits: 4) + " " + unit
    }
    return Check(
      name: name, expected: text(expected), observed: text(observed),
      bound: """
        \(error < 0 ? "-" : "+")\(QuantityFormatter.significant(abs(error) * 100, digits: 2)) % \
        of ±\(QuantityFormatter.significant(share * 100, digits: 2)) %
        """,
      outcome: abs(error) <= share ? .passed : .failed)
  }
}
