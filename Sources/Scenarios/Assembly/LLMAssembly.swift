import Catalog
import MLSystem
import Syntax

/// An LLM server from its settings, the model's architecture and the accelerator's calibration.
struct LLMAssembly {
  let service: SettingObject.Member
  let root: Setting
  let catalog: Catalog
  let files: ScenarioFiles
  let sources: SourceMap

  init(
    _ service: SettingObject.Member, _ root: Setting, catalog: Catalog, files: ScenarioFiles,
    sources: SourceMap
  ) {
    self.service = service
    self.root = root
    self.catalog = catalog
    self.files = files
    self.sources = sources
  }

  /// Accelerators of one replica.
  private var accelerators: Int {
    let parallel = service.value["parallel"]
    return (parallel["tensor"].whole ?? 1) * (parallel["pipeline"].whole ?? 1)
  }

  private var instance: InstanceRow? {
    root["hardware"][service.value["on"].text ?? ""]["instance"].text
      .flatMap { catalog.instance($0) }
  }

  /// Replicas that fit one machine; below 1, a replica takes several.
  var replicasPerMachine: Double {
    let count = instance?.acceleratorCount ?? 1
    let ratio = count / Double(accelerators)
    return ratio >= 1 ? ratio.rounded(.down) : ratio
  }

  /// The rules of the batch and the time of an iteration.
  func plan() throws(DiagnosticsError) -> LLMServerPlan {
    throw DiagnosticsError(
      Diagnostic(
        .notSimulated, "LLM server \(service.quoted) cannot be assembled",
        at: service.keyRange),
      in: sources)
  }
}
