import MLSystem
import Quantities
import Randomness

/// Diagnoses from their settings.
enum DiagnosisAssembly {
  /// What is asked before anything is done about an alarm; nil where nothing is.
  static func diagnosis(_ value: Setting) -> DiagnosisPlan? {
    guard value.kind == "diagnosis", value["when"].text == "first" else { return nil }
    return DiagnosisPlan(
      method: value["method"].text == "evidence"
        ? .evidence(audit: value["audit"].whole ?? 200) : .matrix(confusion(value["confusion"])),
      takes: value["takes"].distribution ?? .constant(4 * 3600), price: value["price"].money,
      needsPeople: value["by"].text != "tests", cooldown: value["cooldown"].duration ?? .days(1),
      recalibrate: remedy(value["recalibrate"]), repair: remedy(value["repair"]),
      relabel: remedy(value["relabel"]))
  }

  private static func remedy(_ value: Setting) -> RemedyPlan {
    RemedyPlan(takes: value["takes"].distribution ?? .constant(0), price: value["price"].money)
  }

  private static func confusion(_ value: Setting) -> [[Double]] {
    DiagnosisPlan.Verdict.allCases.map { truth in
      let shares = value[truth.word].members
      return DiagnosisPlan.Verdict.allCases.map { verdict in
        shares.first { $0.key == verdict.word }?.value.number ?? 0
      }
    }
  }
}
