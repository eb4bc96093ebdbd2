import Catalog
import Quantities
import Testing

private func table(_ text: String, name: String = "prices.csv") -> UserTable {
  UserTable(name: name, bytes: Array(text.utf8))
}

private func faults(_ text: String, name: String = "prices.csv") -> [DelimitedTextError] {
  do {
    _ = try Catalog.shipped.merging(userTable: table(text, name: name))
    return []
  } catch {
    return error.faults
  }
}

@Suite struct UserTableTests {
  @Test func pricesReplaceAndExtend() throws {
    let text = """
      instance,region,on_demand_usd_h,spot_usd_h,date\r
      aws/m7i.2xlarge,us-east-1,0.5,,2027-01-02\r
      aws/m7i.2xlarge,us-west-2,0.6,0.2,2027-01-02\r
      """
    let (catalog, summary) = try Catalog.shipped.merging(userTable: table(text))
    #expect(summary.kind == .machines && summary.added == 1 && summary.replaced == 1)
    let row = try #require(catalog.price(instance: "aws/m7i.2xlarge", region: "us-east-1"))
    #expect(row.onDemand == UnitPrice.dollars("0.5"))
    // The whole row is replaced: what the user leaves empty is unknown, not the shipped price.
    #expect(row.spot == nil && row.committedOneYear == nil)
    #expect(row.provenance.source == "prices.csv" && row.provenance.date == "2027-01-02")
    #expect(
      catalog.regions(of: "aws/m7i.2xlarge") == ["us-east-1", "eu-west-1", "us-west-2"])
    #expect(
      Catalog.shipped.price(instance: "aws/m7i.2xlarge", region: "us-east-1")?.onDemand
        == UnitPrice.dollars("0.4032"))
  }

  @Test func newMachinesAreTakenIn() throws {
    let text = """
      instance,region,accelerator,accelerator_count,vcpu,memory_gib,on_demand_usd_h,source
      own/rack,cellar,RTX 4090,4,64,512,1.25,"invoice, March"
      own/node,cellar,,,16,64,,
      """
    let (catalog, summary) = try Catalog.shipped.merging(userTable: table(text))
    #expect(summary.added == 4)
    let rack = try #require(catalog.instance("own/rack"))
    #expect(rack.accelerator == "RTX-4090" && rack.acceleratorCount == 4 && rack.vcpus == 64)
    #expect(rack.provenance.source == "prices.csv: invoice, March")
    #expect(catalog.price(instance: "own/node", region: "cellar")?.onDemand == nil)
  }

  @Test func acceleratorsAndModels() throws {
    let gpus = """
      accelerator,memory_gib,bandwidth_gb_s,bf16_tflops,note
      H100-80GB,80,3000,900,down-clocked
      MI300X,192,5300,1307,
      """
    let (first, summary) = try Catalog.shipped.merging(userTable: table(gpus))
    #expect(summary.added == 1 && summary.replaced == 1)
    let h100 = try #require(first.accelerator("H100"))
    #expect(h100.name == "H100" && h100.bf16Peak == 900)
    #expect(h100.execution?.gemm16.computeEfficiency == 0.84)
    #expect(h100.execution?.step.bandwidth == 3000)
    let other = try #require(first.accelerator("mi300x"))
    #expect(other.calibrationError == .unmeasured)
    #expect(other.execution?.gemm16.computeEfficiency == 0.80)
    let models = """
      model,layers,hidden,heads,kv_heads,head_dim,mlp,vocabulary,parameters,aliases
      own/tiny,2,64,4,2,16,128,1000,180000,tiny
      """
    let second = try first.merging(userTable: table(models)).catalog
    #expect(second.model("TINY")?.kvElementsPerToken == 128)
  }

  @Test func skyPilotCataloguesAreReadAsTheyAre() throws {
    let text = """
      InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Region,SpotPrice,Price,\
      AvailabilityZone,GpuInfo
      p4d.24xlarge,A100,8.0,96.0,1152.0,us-west-2,9.5,32.7726,us-west-2a,"{'Gpus': [{'Name': 'A100', 'Count': 8}]}"
      p4d.24xlarge,A100,8.0,96.0,1152.0,us-west-2,9.25,32.7726,us-west-2b,"{'Gpus': []}"
      m9.large,,,2.0,8.0,us-west-2,0.00,0.09799999999999999,us-west-2a,
      ,tpu-v3-32,1,,,us-east1,9.6,32.0,us-east1-d,tpu-v3-32
      shapeless,,,,,us-west-2,,1.0,us-west-2a,
      """
    let (catalog, summary) = try Catalog.shipped.merging(
      userTable: table(text, name: "catalogs/v8/aws/vms.csv"))
    #expect(summary.kind == .skyPilot)
    #expect(summary.skipped.map(\.count) == [1, 1])
    let price = try #require(catalog.price(instance: "aws/p4d.24xlarge", region: "us-west-2"))
    #expect(price.onDemand == UnitPrice.dollars("32.7726"))
    #expect(price.spot == UnitPrice.dollars("9.25"))
    #expect(catalog.instance("aws/p4d.24xlarge")?.accelerator == "A100-40GB")
    // A spot price of 0 means none; the tail of a binary fraction is rounded to a nano-dollar.
    let small = try #require(catalog.price(instance: "aws/m9.large", region: "us-west-2"))
    #expect(small.spot == nil && small.onDemand == UnitPrice.dollars("0.098"))
    // What the table does not name stays.
    #expect(catalog.price(instance: "aws/p4d.24xlarge", region: "us-east-1")?.onDemand != nil)
  }

  @Test func skyPilotTakesTheCloudFromTheName() throws {
    let text = "InstanceType,vCPUs,MemoryGiB,Price\nbox,4,16,1.5\n"
    let stem = try Catalog.shipped.merging(userTable: table(text, name: "own/hyperbolic.csv"))
    #expect(
      stem.catalog.price(instance: "hyperbolic/box", region: "any")?.onDemand
        == UnitPrice.dollars("1.5"))
    let given = UserTable(name: "x.csv", bytes: Array(text.utf8), cloud: "mine")
    #expect(try Catalog.shipped.merging(userTable: given).catalog.instance("mine/box") != nil)
  }

  @Test(arguments: [
    ("", 1, 1, "the table is empty, not even a header"),
    ("a,b\n1,2\n", 1, 1, "the header tells no known kind of table"),
    ("instance,region,onDemand\n", 1, 17, "unknown column `onDemand`"),
    ("instance,instance\n", 1, 10, "the header names the column `instance` twice"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1\n", 2, 1, "2 fields"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,1,2\n", 2, 1, "4 fields"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,nan\n", 2, 25, "not finite"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,inf\n", 2, 25, "not finite"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,-1\n", 2, 25, "between"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,1e300\n", 2, 25, "between"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,us-east-1,$1\n", 2, 25, "not a number"),
    ("instance,region,on_demand_usd_h\r\naws/m7i.large,us-east-1,1\r\nx,y,1\r\n", 3, 1, "cloud"),
    ("instance,region,on_demand_usd_h\naws/m7i.large,,1\n", 2, 15, "`region` must not be empty"),
    ("instance,region,date\naws/m7i.large,us-east-1,tomorrow\n", 2, 25, "a day"),
    ("instance,region\nown/new,here\n", 2, 1, "`vcpu` must not be empty"),
    ("instance,vcpu,memory_gib\nown/new,0,4\n", 2, 9, "between"),
    ("instance,vcpu,memory_gib,accelerator\nown/new,1,4,H1000\n", 2, 13, "an accelerator"),
    ("instance,vcpu,memory_gib,accelerator_count\nown/new,1,4,2\n", 2, 13, "without"),
    ("instance,region\naws/m7i.large,r\naws/m7i.large,r\n", 3, 1, "given once"),
    ("instance,region\n\"aws/m7i.large,r\n", 2, 1, "never closed"),
    ("instance,region\naws/m7i\0.large,r\n", 2, 8, "zero byte"),
    ("accelerator,memory_gib,bandwidth_gb_s\nX,80,1\n", 1, 1, "no column `bf16_tflops`"),
    ("accelerator,memory_gib,bandwidth_gb_s,bf16_tflops\nX,80,0,1\n", 2, 6, "between"),
    (
      "accelerator,kind,memory_gib,bandwidth_gb_s,bf16_tflops\nX,tpu,80,1,1\n", 2, 3,
      "`gpu` or `cpu`"
    ),
    (
      "accelerator,memory_gib,bandwidth_gb_s,bf16_tflops,aliases\nX,80,1,1,H100\n", 2, 10,
      "no other accelerator"
    ),
    ("model,layers,parameters\nx,2,1000\n", 2, 1, "`hidden` must not be empty"),
    ("model,kind,layers,parameters\nx,trees,2.5,1000\n", 2, 9, "a whole number"),
    ("model,kind,layers,parameters\nx,trees,2,99999999999999999999\n", 2, 11, "a whole number"),
    ("InstanceType,Region\nx,y\n", 1, 1, "no column `Price`"),
    ("InstanceType,Price,vCPUs\nx,nan,1\n", 2, 3, "not finite"),
    ("InstanceType,Price,vCPUs\nx,-3,1\n", 2, 3, "between"),
    ("InstanceType,Price,vCPUs\nx,1\n", 2, 1, "2 fields"),
  ])
  func brokenTablesNameThePlace(text: String, line: Int, column: Int, message: String) throws {
    let fault = try #require(faults(text).first)
    #expect(fault.line == line && fault.column == column, "\(fault)")
    #expect(fault.message.contains(message), "\(fault)")
  }

  @Test func allMistakesAreReported() {
    let text =
      "instance,region,on_demand_usd_h\n"
      + "aws/m7i.large,us-east-1,x\naws/m7i.xlarge,us-east-1,1\naws/m7i.2xlarge,us-east-1,-2\n"
    #expect(faults(text).map(\.line) == [2, 4])
    let many = "instance,region\n" + String(repeating: "x,y\n", count: 1000)
    #expect(faults(many).count == UserTableFaults.limit)
  }

  @Test func hugeTablesAreRefused() {
    let bytes = [UInt8](repeating: 0x61, count: UserTable.longest + 1)
    let table = UserTable(name: "huge.csv", bytes: bytes)
    #expect(throws: UserTableFaults.self) { try Catalog.shipped.merging(userTable: table) }
    // A line without an end is refused by its length.
    let line = UserTable(name: "line.csv", bytes: Array(bytes.prefix(3 << 20)))
    #expect(throws: UserTableFaults.self) { try Catalog.shipped.merging(userTable: line) }
  }

  @Test func garbageNeverCrashes() {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let valid = Array(
      ("instance,region,vcpu,memory_gib,on_demand_usd_h\r\n"
        + "own/a,here,4,16,1.25\r\n\"own/b\",\"the\r\nre\",4,16,0.5\r\n").utf8)
    for round in 0..<400 {
      var bytes = valid
      if round % 4 == 0 {
        bytes = (0..<200).map { _ in UInt8(truncatingIfNeeded: next()) }
      } else {
        for _ in 0...Int(next() % 4) {
          bytes[Int(next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: next())
        }
        if round % 3 == 0 { bytes.removeLast(Int(next() % 40)) }
      }
      do {
        _ = try Catalog.shipped.merging(userTable: UserTable(name: "x", bytes: bytes))
      } catch {
        #expect(!error.faults.isEmpty)
        #expect(error.faults.allSatisfy { $0.line >= 1 && $0.column >= 1 })
      }
    }
  }
}
