import MLSystem
import Quantities
import Syntax

extension ScenarioChecks {
  mutating func checkOnCall() { checkHours(root["onCall"]["hours"]) }

  /// Working hours that cannot be read.
  mutating func checkHours(_ setting: Setting) {
    guard let text = setting.text else { return }
    do throws(QuantityError) {
      _ = try BusinessHours(text)
    } catch {
      report(
        error.kind == .outOfRange ? .outOfRange : .badQuantity,
        "\(VisibleText.quoted(text)): \(VisibleText.escaped(error.reason))", setting.range,
        help: error.suggestion.map(VisibleText.escaped))
    }
  }

  /// Verdicts that nobody knows.
  mutating func checkDiagnosis(_ model: SettingObject.Member) {
    let words = DiagnosisPlan.Verdict.allCases.map(\.word)
    for row in model.value["diagnosis"]["confusion"].members {
      for share in row.value.members where !words.contains(share.key) {
        report(
          .unknownChoice, "no verdict is called \(VisibleText.quoted(share.key))", share.keyRange,
          help: Decoder.didYouMean(share.key, words),
          notes: [.init("verdicts: \(words.joined(separator: ", "))")])
      }
    }
  }

  /// Monitors of one model with the same name, and such as cannot alarm.
  mutating func checkMonitors(_ model: SettingObject.Member) {
    var names: [String: Setting] = [:]
    for monitor in model.value["monitors"].elements {
      if let every = monitor["every"].number, let window = monitor["window"].number, window < every
      {
        report(
          .conflictingKeys, "a window shorter than `every` leaves rows that nobody looks at",
          monitor.keyRange("window"), help: "look more often, or take `window` away")
      }
      guard monitor["name"].origin == .written, let name = monitor["name"].text else { continue }
      if let first = names[name] {
        report(
          .doubledName, "two monitors of \(model.quoted) are called \(VisibleText.quoted(name))",
          monitor["name"].range, notes: [.init("the other one", at: first["name"].range)])
      }
      names[name] = monitor
    }
  }
}
