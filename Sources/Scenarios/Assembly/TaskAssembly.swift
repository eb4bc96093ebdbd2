import MLSystem
import Quantities
import Randomness

/// Tasks from their settings.
enum TaskAssembly {
  /// What is predicted.
  static func task(_ entry: SettingObject.Member) -> PredictionTask {
    let value = entry.value
    let labels = value["labels"]
    return PredictionTask(
      name: entry.key, positives: value["positives"].number ?? 0.5,
      bestAUC: value["bestQuality"]["auc"].number ?? 0.5,
      labels: LabelPlan(
        delay: labels["delay"].distribution ?? .constant(0),
        flipped: labels["flipped"].number ?? 0, share: labels["share"].number ?? 1,
        price: labels["price"].money, ownDoing: labels["ownDoing"].number ?? 0,
        selected: labels["selected"].number ?? 0, budget: labels["budget"].number),
      drifts: value["drift"].elements.compactMap(drift),
      value: (value["value"].money?.dollars).map { .perOutcome($0) })
  }

  private static func drift(_ value: Setting) -> Drift? {
    let at = value["at"].instant ?? .start
    switch value.kind {
    case "drift:wandering": return .wandering(memory: value["memory"].duration ?? .longest)
    case "drift:sudden": return .sudden(at: at, cosine: value["cosine"].number ?? 1)
    case "drift:covariate":
      return .covariate(
        at: at, features: value["features"].whole ?? 1, shift: value["shift"].number ?? 0)
    default: return nil
    }
  }
}
