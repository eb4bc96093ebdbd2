import MLSystem
import Quantities

/// Monitors from their settings.
enum MonitorAssembly {
  static func monitor(_ value: Setting) -> MonitorPlan? {
    let every = value["every"].duration ?? .days(1)
    let rows = value["rows"].whole ?? 10_000
    switch value.kind {
    case "monitor:psi":
      return .psi(
        threshold: value["threshold"].number ?? 0.2, top: value["top"].whole ?? 10,
        bins: value["bins"].whole ?? 10, every: every, rows: rows)
    case "monitor:performance":
      return .performance(drop: value["drop"].number ?? 0.05, every: every, rows: rows)
    default: return nil
    }
  }
}
