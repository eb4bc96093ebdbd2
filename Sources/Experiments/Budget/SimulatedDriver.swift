import Pricing
import Quantities
import Statistics
import Syntax

/// An input of the scenario moved down and up, with what a month then costs.
package struct SimulatedDriver: Sendable {
  package var input: Input
  /// Change of the monthly cost with the input at its low and its high end; nil where the changed
  /// scenario is not valid.
  package var low: ConfidenceInterval?
  package var high: ConfidenceInterval?

  /// The larger of both changes, for the ranking.
  package var size: Double {
    max(low?.estimate.magnitude ?? 0, high?.estimate.magnitude ?? 0)
  }

  /// An input and the ends to which it is moved.
  package struct Input: Sendable, Hashable {
    package var path: String
    /// The values in the words of a setting.
    package var low: String
    package var high: String
    /// Whether the ends are the percentiles of a belief rather than 10 % off.
    package var isBelief: Bool
  }
}

extension SimulatedDriver {
  /// The beliefs of a scenario at their P10 and P90, what it declares of rates, times and prices
  /// 10 % down and up, fixed fleets by one replica, and the prices on demand that were paid.
  package static func inputs(of results: Results) -> [Input] {
    let scenario = ResolvedScenario(results)
    let beliefs = scenario.beliefs.map {
      Input(path: $0.path, low: $0.p10, high: $0.p90, isBelief: true)
    }
    var others: [Input] = []
    func add(_ path: [String]) {
      var value: JSONValue? = scenario.root
      for key in path { value = value?[key] }
      guard let value, let text = value.string,
        let low = scaled(text, by: 0.9), let high = scaled(text, by: 1.1)
      else { return }
      others.append(
        Input(path: path.joined(separator: "."), low: low, high: high, isBelief: false))
    }
    for stream in scenario.names(of: "traffic") {
      for key in [[], ["mean"], ["peak"]] { add(["traffic", stream, "rate"] + key) }
    }
    for service in scenario.names(of: "services") {
      for key in [[], ["fixed"], ["perItem"]] { add(["services", service, "time"] + key) }
      for key in ["fixed", "perCall"] { add(["services", service, "price", key]) }
      let declared = scenario.root["services"]?[service]
      if let count = declared?["replicas"]?["min"]?.integer, count >= 2,
        declared?["autoscaling"]?.members.isEmpty ?? true
      {
        others.append(
          Input(
            path: "services.\(service).replicas", low: "\(count - 1)", high: "\(count + 1)",
            isBelief: false))
      }
    }
    for pool in scenario.names(of: "hardware") {
      let path = ["hardware", pool, "price"]
      let paid = results.cost.charges.first {
        $0.isMachineTime && $0.resource == pool && $0.option == PurchaseOption.onDemand.text
      }
      if scenario.root["hardware"]?[pool]?["price"]?.string == nil, let price = paid?.unitPrice,
        scenario.root["hardware"]?[pool]?["price"]?["uncertain"] == nil
      {
        let text = QuantityFormatter.exact(price) + "/h"
        if let low = scaled(text, by: 0.9), let high = scaled(text, by: 1.1) {
          others.append(
            Input(path: path.joined(separator: "."), low: low, high: high, isBelief: false))
        }
      } else {
        add(path)
      }
    }
    for task in scenario.names(of: "tasks") { add(["tasks", task, "labels", "price"]) }
    return beliefs + others
  }

  /// A quantity in words, with its number multiplied: `$2.40/h` by 1.1 is `$2.64/h`; nil where it
  /// does not begin with a number above 0.
  package static func scaled(_ text: String, by factor: Double) -> String? {
    let prefix = text.hasPrefix("$") ? "$" : ""
    let rest = text.dropFirst(prefix.count)
    let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
    guard let number = Double(digits), number > 0 else { return nil }
    let scaled = QuantityFormatter.shortest(number * factor, significant: 9)
    return prefix + scaled + rest.dropFirst(digits.count)
  }

  /// Runs the scenario with each input at both ends, under the same random world, and ranks the
  /// inputs by what they move.
  package static func simulate(
    _ inputs: [Input], against base: Results,
    run: (_ settings: [String]) async throws(LeverRefusal) -> Results
  ) async -> [SimulatedDriver] {
    var drivers: [SimulatedDriver] = []
    for input in inputs {
      var driver = SimulatedDriver(input: input)
      do throws(LeverRefusal) {
        driver.low = change(base, try await run(["\(input.path)=\(input.low)"]))
        driver.high = change(base, try await run(["\(input.path)=\(input.high)"]))
      } catch {
        // An end that the language does not take leaves the input without a bar.
      }
      drivers.append(driver)
    }
    return drivers.enumerated().sorted {
      $0.element.size == $1.element.size
        ? $0.offset < $1.offset : $0.element.size > $1.element.size
    }.map(\.element)
  }

  private static func change(_ base: Results, _ changed: Results) -> ConfidenceInterval {
    let changes = zip(base.cost.perMonth.values, changed.cost.perMonth.values)
      .map { ($1 - $0).dollars }
    let mean = (changed.cost.perMonth.expected - base.cost.perMonth.expected).dollars
    guard changes.count > 1 else {
      return ConfidenceInterval(estimate: mean, low: mean, high: mean, level: 0.95)
    }
    var interval = ConfidenceInterval.ofMean(changes, level: 0.95)
    interval.estimate = mean
    return interval
  }
}
