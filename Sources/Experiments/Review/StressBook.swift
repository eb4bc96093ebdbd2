import Quantities
import Scenarios

/// The stresses that an expert would ask a scenario about, in a fixed order.
package enum StressBook {
  /// The stresses of a scenario.
  ///
  /// - Parameter frequencies: times a year by the id of a stress, as the user declares them.
  package static func stresses(
    of scenario: Scenario, frequencies: [String: Double] = [:]
  ) -> [Stress] {
    let counted = scenario.horizon - scenario.warmUp
    let at = rounded(scenario.warmUp.seconds + counted.seconds / 4)
    func window(_ most: Duration) -> Stress.Window {
      let last = Swift.min(most.seconds, counted.seconds / 4)
      return Stress.Window(at: at, last: rounded(last))
    }
    let found =
      traffic(scenario, window(.seconds(3_600))) + sources(scenario, window(.seconds(86_400)))
      + models(scenario, window(.seconds(14 * 86_400)))
      + outages(scenario, window(.seconds(2_400))) + prices(scenario)
    return found.map { stress in
      var stress = stress
      if let perYear = frequencies[stress.id] {
        stress.frequency = .init(perYear, .option)
      }
      return stress
    }
  }

  /// Whole seconds, at least one.
  private static func rounded(_ seconds: Double) -> Duration {
    .seconds(max(1, seconds.rounded()))
  }

  private static func traffic(_ scenario: Scenario, _ window: Stress.Window) -> [Stress] {
    let settings = scenario.surgeSettings(times: 10, at: window.at, last: window.last)
    guard let settings else { return [] }
    return [
      Stress(
        kind: .traffic, id: "traffic-10x", title: "ten times the traffic", subject: "",
        settings: settings, frequency: AssumedFrequency.perYear(.traffic), window: window)
    ]
  }

  private static func sources(_ scenario: Scenario, _ window: Stress.Window) -> [Stress] {
    scenario.names(of: .source).map { source in
      let declared = scenario.settings["data"][source]["outages"]["every"].number
      let year = 365.25 * 86_400
      let frequency =
        declared.map {
          Stress.Frequency(year / $0, .scenario("data.\(source).outages"))
        } ?? AssumedFrequency.perYear(.sourceOutage)
      return Stress(
        kind: .sourceOutage, id: "source-\(source)", title: "\(source) brings nothing",
        subject: source,
        settings: [
          scenario.incidentSetting(adding: [
            "{ at: \(text(window.at)), name: \"review-source-\(source)\", kind: \"source-outage\", "
              + "source: \"\(source)\", last: \(text(window.last)) }"
          ])
        ], frequency: frequency, window: window, incident: "review-source-\(source)")
    }
  }

  private static func models(_ scenario: Scenario, _ window: Stress.Window) -> [Stress] {
    var found: [Stress] = []
    for model in scenario.settings["models"].members {
      guard model.value.isRetrained, model.value["task"].text != nil else { continue }
      found.append(
        Stress(
          kind: .skew, id: "skew-\(model.key)",
          title: "\(model.key) is trained on features that serving computes otherwise",
          subject: model.key,
          settings: [
            scenario.incidentSetting(adding: [
              "{ at: \(text(window.at)), name: \"review-skew-\(model.key)\", "
                + "kind: \"training-serving-skew\", model: \"\(model.key)\", weight: \"30 %\" }"
            ])
          ], frequency: AssumedFrequency.perYear(.skew), window: window,
          incident: "review-skew-\(model.key)"))
      if let task = model.value["task"].text {
        found.append(
          Stress(
            kind: .feedback, id: "feedback-\(model.key)",
            title: "half of the labels of \(model.key) are its own doing", subject: model.key,
            settings: ["tasks.\(task).labels.ownDoing=\"50 %\""],
            frequency: AssumedFrequency.perYear(.feedback), window: nil))
      }
      found.append(
        Stress(
          kind: .badVersion, id: "bad-version-\(model.key)",
          title: "every new version of \(model.key) brings 3 points of errors", subject: model.key,
          settings: [
            "models.\(model.key).badVersions={ chance: \"100 %\", brings: { errors: \"+3 pp\" } }"
          ], frequency: AssumedFrequency.perYear(.badVersion), window: nil))
    }
    return found
  }

  private static func outages(_ scenario: Scenario, _ window: Stress.Window) -> [Stress] {
    func outage(_ name: String, _ kind: Stress.Kind, _ title: String) -> Stress {
      let incident = "review-outage-\(name)"
      return Stress(
        kind: kind, id: "outage-\(name)", title: title, subject: name,
        settings: [
          scenario.incidentSetting(adding: [
            "{ at: \(text(window.at)), name: \"\(incident)\", kind: \"outage\", of: \"\(name)\", "
              + "last: \(text(window.last)), repair: \"10 min\" }"
          ])
        ], frequency: AssumedFrequency.perYear(kind), window: window, incident: incident)
    }
    return scenario.names(of: .service).map {
      outage($0, .serviceOutage, "\($0) is down")
    }
      + scenario.names(of: .pool).map {
        outage($0, .poolOutage, "every machine of \($0) is gone")
      }
  }

  /// Prices on demand and spot double for the whole run.
  private static func prices(_ scenario: Scenario) -> [Stress] {
    scenario.names(of: .pool).map { pool in
      let incident = "review-prices-\(pool)"
      return Stress(
        kind: .priceShock, id: "prices-\(pool)", title: "machines of \(pool) cost twice as much",
        subject: pool,
        settings: [
          scenario.incidentSetting(adding: [
            "{ at: \"0 s\", name: \"\(incident)\", kind: \"price-spike\", of: \"\(pool)\", "
              + "factor: \"2x\", last: \(text(scenario.horizon)) }"
          ])
        ], frequency: AssumedFrequency.perYear(.priceShock), window: nil, incident: incident)
    }
  }

  private static func text(_ duration: Duration) -> String {
    "\"\(QuantityFormatter.exact(duration))\""
  }
}
