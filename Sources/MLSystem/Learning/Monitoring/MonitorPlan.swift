import Quantities
import Randomness

/// What is watched.
package enum MonitorPlan: Sendable, Hashable {
  /// PSI of each of the `top` features against the training window, alarm above `threshold`.
  ///
  /// A check compares `rows` rows of the requests since the last verdict; with fewer there is none.
  case psi(threshold: Double, top: Int, bins: Int, every: Duration, rows: Int)
  /// AUC on delayed labels, alarm when it is `drop` below the value at promotion (a share of it).
  ///
  /// A check judges the labels of the serving version that arrived since the last verdict; with
  /// fewer than `rows` there is none.
  case performance(drop: Double, every: Duration, rows: Int)
}

extension MonitorPlan {
  /// Time between two checks.
  package var period: Duration {
    switch self {
    case .psi(_, _, _, let every, _), .performance(_, let every, _): every
    }
  }
}
