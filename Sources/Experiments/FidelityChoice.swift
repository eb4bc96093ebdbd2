import MLSystem
import Quantities
import Scenarios
import Syntax

/// How closely all runs of a study look, and why.
///
/// It is decided once from all points, so that no step of a curve comes from the instrument.
package struct FidelityChoice: Sendable, Hashable {
  /// Nil where points ask for different ones themselves: each is looked at as it asks.
  package var fidelity: Fidelity?
  /// Why, as a clause.
  package var reason: String

  package init(_ fidelity: Fidelity?, reason: String) {
    self.fidelity = fidelity
    self.reason = reason
  }

  /// What a scenario asks for itself.
  package static func asked(_ fidelity: Fidelity) -> FidelityChoice {
    FidelityChoice(fidelity, reason: "as the scenario asks")
  }
}

/// Decides how closely a study looks, from its points one after the other.
///
/// Flow as soon as one of the points that ask for `auto` is too large to simulate each request and
/// none of them refuses it; a point that asks for requests itself decides for all.
package struct FidelityDecision {
  /// Requests of a run up to which `auto` simulates each of them.
  package static let fewRequests = 20e6

  private var wishes: Set<FidelityWish> = []
  private var largest: (point: String, requests: Double)?
  private var refusal: (point: String, reason: FlowRefusal)?

  package init() {}

  /// Takes an experiment into account.
  ///
  /// - Throws: the mistakes of assembling it.
  package mutating func consider(_ experiment: Experiment, named point: String) throws {
    _ = try consider(experiment.wish, named: point) { () throws in try experiment.assemble(0) }
  }

  /// Takes a scenario into account, and returns the requests that a run of it has ahead; 0 where it
  /// asks for a fidelity itself.
  ///
  /// - Throws: the mistakes of assembling it.
  package mutating func consider(
    _ scenario: Scenario, seed: UInt64?, named point: String
  ) throws(DiagnosticsError) -> Double {
    try consider(scenario.fidelityWish, named: point) { () throws(DiagnosticsError) in
      try scenario.assemble(replication: 0, seed: seed)
    }
  }

  private mutating func consider<Failure: Error>(
    _ wish: FidelityWish, named point: String, _ assemble: () throws(Failure) -> SystemModel
  ) throws(Failure) -> Double {
    wishes.insert(wish)
    guard wish == .auto else { return 0 }
    let model = try assemble()
    let requests = model.requestsAhead
    if requests > largest?.requests ?? -1 { largest = (point, requests) }
    if refusal == nil, let reason = model.flowRefusal { refusal = (point, reason) }
    return requests
  }

  /// Why, where a reader would ask: flow, or many requests one by one.
  package var remark: String {
    let choice = choice
    let isLarge = largest?.requests ?? 0 > Self.fewRequests
    return choice.fidelity == .flow || isLarge ? choice.reason : ""
  }

  /// The decision on the points so far.
  package var choice: FidelityChoice {
    let asksForFlow = wishes.contains(.flow)
    if wishes.contains(.requests) {
      return asksForFlow ? FidelityChoice(nil, reason: "as each point asks") : .asked(.requests)
    }
    let requests = largest?.requests ?? 0
    let count = QuantityFormatter.compact(requests)
    guard asksForFlow || requests > Self.fewRequests else {
      return FidelityChoice(.requests, reason: "a run has \(count) of them at most")
    }
    if let refusal {
      return FidelityChoice(
        .requests,
        reason: "flow refuses \(refusal.point): \(refusal.reason.subject), for "
          + refusal.reason.reason)
    }
    if asksForFlow { return .asked(.flow) }
    return FidelityChoice(
      .flow,
      reason: "a run has \(count) requests at \(largest?.point ?? "most"), more than "
        + QuantityFormatter.compact(Self.fewRequests))
  }
}

/// A choice in the files of studies.
enum FidelityJSON {
  static func json(_ choice: FidelityChoice) -> JSONValue {
    .object([
      JSONMember("chosen", choice.fidelity.map { .string($0.rawValue) } ?? .null),
      JSONMember("reason", .string(choice.reason)),
    ])
  }

  /// Nil where it is damaged.
  static func read(_ json: JSONValue?) -> FidelityChoice? {
    guard let json, let reason = json["reason"]?.string, let chosen = json["chosen"] else {
      return nil
    }
    if chosen == .null { return FidelityChoice(nil, reason: reason) }
    return chosen.string.flatMap(Fidelity.init(rawValue:)).map {
      FidelityChoice($0, reason: reason)
    }
  }
}
