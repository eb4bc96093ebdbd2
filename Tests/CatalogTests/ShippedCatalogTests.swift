import Catalog
import Quantities
import Testing

@Suite struct ShippedCatalogTests {
  let catalog = Catalog.shipped

  @Test func theCommonHalfIsThere() {
    let wanted = [
      "A100-40GB", "A100-80GB", "A100-80GB-PCIe", "H100", "H100-PCIe", "H200", "B200", "L4",
      "L40S", "T4", "A10G", "RTX-4090", "RTX-PRO-6000", "CPU",
    ]
    for name in wanted { #expect(catalog.accelerator(name)?.name == name) }
    for cloud in ["aws", "gcp", "azure", "lambda", "nebius", "runpod"] {
      #expect(catalog.instances.contains { $0.cloud == cloud })
    }
    for name in ["meta-llama/Llama-3.1-8B", "Qwen/Qwen2.5-72B", "resnet-50", "bge-m3"] {
      #expect(catalog.model(name) != nil)
    }
  }

  @Test func namesAreUniqueAndAliasesFold() {
    #expect(Set(catalog.accelerators.map(\.name)).count == catalog.accelerators.count)
    #expect(Set(catalog.instances.map(\.name)).count == catalog.instances.count)
    #expect(Set(catalog.models.map(\.name)).count == catalog.models.count)
    for kind in Catalog.RowKind.allCases {
      let names = catalog.names(of: kind)
      #expect(names == names.sorted() && Set(names).count == names.count)
    }
    #expect(catalog.accelerator("rtx 4090")?.name == "RTX-4090")
    #expect(catalog.accelerator("H100-80GB")?.name == "H100")
    #expect(catalog.model("LLAMA-3.1-70b")?.name == "meta-llama/Llama-3.1-70B")
    #expect(catalog.accelerator("H1000") == nil)
    #expect(catalog.instance("aws/m7i.xlarge")?.vcpus == 4)
    #expect(catalog.instance("AWS/m7i.xlarge") == nil)
  }

  @Test func everyMachineHasAnAcceleratorOfTheTable() {
    for row in catalog.instances {
      #expect(row.vcpus > 0 && row.memoryGiB > 0)
      if row.accelerator.isEmpty {
        #expect(row.acceleratorCount == 0)
      } else {
        #expect(row.acceleratorCount >= 1)
        #expect(catalog.accelerator(row.accelerator)?.name == row.accelerator)
      }
      #expect(!row.provenance.source.isEmpty)
    }
  }

  @Test func everyRowHasASourceAndADate() {
    let rows =
      catalog.accelerators.map(\.provenance) + catalog.models.map(\.provenance)
      + catalog.stacks.map(\.provenance)
    for row in rows { #expect(!row.source.isEmpty && !row.date.isEmpty && !row.licence.isEmpty) }
    // Prices without a day say so in their source.
    for row in catalog.prices where row.provenance.date.isEmpty {
      let words = ["undated", "date not known", "was not taken"]
      #expect(words.contains { row.provenance.source.contains($0) }, "\(row.id)")
    }
  }

  @Test func memoryIsInBinaryUnits() throws {
    // An "80 GB" card has 85.9e9 bytes, a "24 GB" card 25.8e9.
    #expect(try #require(catalog.accelerator("H100")).memoryBytes == 85_899_345_920)
    #expect(try #require(catalog.accelerator("L4")).memoryBytes == 25_769_803_776)
  }

  /// Published peaks: the data sheets, as gathered in `gpu-specs.csv`.
  @Test func peaksAreDense() throws {
    let h100 = try #require(catalog.accelerator("H100"))
    #expect(h100.bf16Peak == 989 && h100.bandwidth == 3350 && h100.power == 700)
    #expect(try #require(catalog.accelerator("L40S")).bf16Peak == 362.05)
    #expect(try #require(catalog.accelerator("B200")).fp4Peak == 9000)
    #expect(try #require(catalog.accelerator("A100-80GB")).fp8Peak == nil)
  }

  @Test func everyAcceleratorStatesItsError() throws {
    for row in catalog.accelerators {
      #expect(!row.calibrationError.statement.isEmpty)
      #expect((row.execution == nil) == (row.kind == .cpu))
      guard let execution = row.execution else { continue }
      #expect((0.1...2).contains(execution.gemm16.computeEfficiency))
      #expect((0.1...2).contains(execution.step.memoryEfficiency))
      #expect(execution.step.bandwidth > 0 && execution.step.norm >= 1)
      if execution.gemm16.basis.hasPrefix("measured") {
        #expect(execution.gemm16.errorPercent != nil)
      }
    }
    #expect(try #require(catalog.accelerator("H100")).calibrationError.percent == 5.9...7.9)
    #expect(
      try #require(catalog.accelerator("L4")).calibrationError.statement
        == "unmeasured: expect 10-15 %")
  }

  /// The constants of the calibration notes, read back.
  @Test func constantsAreThoseOfTheFits() throws {
    let h100 = try #require(catalog.accelerator("H100")?.execution)
    #expect(h100.gemm16.computeEfficiency == 0.84 && h100.gemm16.innerLength == 130)
    #expect(h100.gemm8?.scalingBytes == 9.7)
    #expect(h100.prefill.perHead == 0.39 && h100.decode.splitLaunch == 1.9)
    let reduce = try #require(h100.collectives.first)
    #expect(reduce.operation == .allReduce && reduce.backend == "custom")
    #expect(reduce.latency == 4.0 && reduce.norm == 0.69)
    let card = try #require(catalog.accelerator("RTX-PRO-6000")?.execution)
    #expect(card.step.memoryEfficiency == 0.86 && card.step.norm == 1.6 && card.step.host == 0.6)
    #expect(card.decode.stepRate == 0.85)
    #expect(try #require(catalog.stack("vLLM")).perSequence == 36)
  }

  @Test func parametersFollowFromTheShape() throws {
    var transformers = 0
    for row in catalog.models {
      guard let parameters = row.parametersOfShape else { continue }
      transformers += 1
      let error = Double(parameters - row.parameters) / Double(row.parameters)
      #expect(abs(error) < 0.01, "\(row.name): \(parameters) of \(row.parameters)")
    }
    #expect(transformers == 23)
  }

  /// Llama-2-70B takes 327,680 bytes of KV cache a token in 16 bit.
  @Test func cacheElementsPerToken() throws {
    #expect(try #require(catalog.model("llama-2-70b")).kvElementsPerToken == 163_840)
    #expect(try #require(catalog.model("llama-3.1-8b")).kvElementsPerToken == 65_536)
    #expect(try #require(catalog.model("qwen3-32b")).kvElementsPerToken == 131_072)
    #expect(try #require(catalog.model("bert-base")).kvElementsPerToken == 0)
  }

  @Test func cloudsCountTime() {
    #expect(catalog.billing(of: "aws/m7i.large").minimum == .seconds(60))
    #expect(catalog.billing(of: "lambda/gpu_8x_h100_sxm5").increment == .seconds(60))
    #expect(catalog.billing(of: "unheard-of/x").increment == .seconds(1))
  }
}
