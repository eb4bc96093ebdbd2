import Catalog
import MLSystem
import Quantities
import Syntax

extension ScenarioChecks {
  mutating func checkService(_ service: SettingObject.Member) {
    let value = service.value
    let replicas = value["replicas"]
    if let least = replicas["min"].whole, let initial = replicas["initial"].whole,
      let most = replicas["max"].whole, !(least <= initial && initial <= most)
    {
      report(
        .outOfRange,
        "replicas of \(service.quoted) must be min <= initial <= max, "
          + "not \(least), \(initial), \(most)", replicas.range)
    }
    let autoscaling = value["autoscaling"]
    if autoscaling.isLeftOut, let least = replicas["min"].whole, let most = replicas["max"].whole,
      least < most, replicas["max"].origin == .written || replicas["min"].origin == .written
    {
      report(
        .missingKey,
        "nothing moves the replicas of \(service.quoted) between \(least) and \(most)",
        replicas.range, help: "add autoscaling: { preset: \"kubernetes-hpa\" }")
    }
    if let target = autoscaling["target"].number, autoscaling["metric"].text == "busy", target > 1 {
      report(
        .outOfRange, "the target of `busy` is a share of time", autoscaling["target"].range,
        help: "write \"60 %\"")
    }
    if value["batching"].kind == "batching", value["batching"]["max"].isLeftOut,
      value["batching"]["maxItems"].isLeftOut
    {
      report(
        .missingKey, "batching of \(service.quoted) needs `max` or `maxItems`",
        value["batching"].range, help: "add max: 16")
    }
    if value.kind == "service:llm" { checkLLM(service) }
  }

  private mutating func checkLLM(_ service: SettingObject.Member) {
    let value = service.value
    if let size = value["scheduler"]["blockSize"].whole, size & (size - 1) != 0 {
      report(
        .outOfRange, "`blockSize` must be a power of two", value["scheduler"]["blockSize"].range)
    }
    if let budget = value["scheduler"]["maxTokens"].whole,
      let sequences = value["scheduler"]["maxSequences"].whole, budget < sequences
    {
      report(
        .outOfRange, "`maxTokens` must be at least `maxSequences`, which is \(sequences)",
        value["scheduler"]["maxTokens"].range)
    }
    for key in ["mlp", "attention", "allReduce"] {
      guard let path = value["tables"][key].text else { continue }
      let range = value["tables"][key].range
      guard let target = checkedPath(path, range) else { continue }
      do {
        _ = try files.readData(target)
      } catch {
        report(
          .unreadableFile, "cannot read \(VisibleText.quoted(path)): \(error.reason)", range,
          help: "give its folder with --data or TOWTANK_DATA")
      }
    }
    guard let modelName = value["serves"].text, let poolName = value["on"].text else { return }
    let model = root["models"][modelName]
    let pool = root["hardware"][poolName]
    guard model.kind == "model", pool.kind == "pool" else { return }
    guard let base = model["base"].text else {
      report(
        .missingKey, "`base` is missing in model `\(modelName)`: LLM \(service.quoted) serves it",
        model.range, help: "add base: \"meta-llama/Llama-3.1-8B\"")
      return
    }
    guard let row = catalog.model(base), let instanceName = pool["instance"].text,
      let instance = catalog.instance(instanceName)
    else { return }
    guard row.kind == .decoder else {
      report(.notSimulated, "\(VisibleText.quoted(base)) is no LLM", model["base"].range)
      return
    }
    checkFit(service, row, instance, pool)
  }

  private mutating func checkFit(
    _ service: SettingObject.Member, _ row: ModelArchitectureRow, _ instance: InstanceRow,
    _ pool: Setting
  ) {
    guard instance.acceleratorCount >= 1,
      let accelerator = catalog.accelerator(instance.accelerator)
    else {
      report(
        .notSimulated,
        "an LLM needs accelerators, and \(VisibleText.quoted(instance.name)) has none",
        service.value["on"].range, notes: [.init("the pool is declared", at: pool.range)])
      return
    }
    let value = service.value
    guard let tensor = value["parallel"]["tensor"].whole,
      let pipeline = value["parallel"]["pipeline"].whole
    else { return }
    if row.kvHeads % tensor != 0, tensor % row.kvHeads != 0 || row.heads % tensor != 0 {
      report(
        .outOfRange,
        "the \(row.heads) heads of \(VisibleText.quoted(row.name)) cannot be split by \(tensor)",
        value["parallel"]["tensor"].range)
    }
    if row.layers < pipeline {
      report(
        .outOfRange, "the \(row.layers) layers cannot be split into \(pipeline) stages",
        value["parallel"]["pipeline"].range)
    }
    let needed = Double(tensor * pipeline)
    if needed > instance.acceleratorCount,
      needed.truncatingRemainder(dividingBy: instance.acceleratorCount) != 0
    {
      report(
        .doesNotFit,
        "a replica takes \(tensor * pipeline) accelerators, which do not fill machines of "
          + "\(QuantityFormatter.shortest(instance.acceleratorCount))",
        value["parallel"].range)
    }
    let assembly = LLMAssembly(service, root, catalog: catalog)
    guard let execution = assembly.execution else {
      report(
        .notSimulated, "the execution model knows no \(accelerator.name)", value["on"].range)
      return
    }
    do throws(MemoryFitFailure) {
      _ = try assembly.fit(execution)
    } catch {
      report(
        .doesNotFit, "\(service.quoted): \(error.description)", value["on"].range,
        help: "raise `parallel.tensor`, or choose larger accelerators")
    }
  }
}
