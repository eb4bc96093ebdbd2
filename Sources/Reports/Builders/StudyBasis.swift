import Experiments
import MLSystem

/// What the answer of a study rests on, in the words of all studies.
enum StudyBasis {
  /// How closely all points were looked at and why, with what flow says about its own error.
  ///
  /// - Parameter places: what the study has many of, such as `points`.
  static func fidelity(
    _ choice: FidelityChoice, of places: String, flow: FlowStatement?
  ) -> [String] {
    let how =
      switch choice.fidelity {
      case .requests: "Every request simulated at all \(places): \(choice.reason)"
      case .flow: "Fidelity flow at all \(places): \(choice.reason)"
      case nil: "Fidelity \(choice.reason)"
      }
    return [how] + (flow.map(RunReport.flow) ?? [])
  }
}
