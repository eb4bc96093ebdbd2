import Catalog
import Quantities
import Testing

@Suite struct PriceTests {
  let catalog = Catalog.shipped

  /// Anchors of the gathered price data, us-east-1 and us-central1 of 2026-07.
  @Test(arguments: [
    ("aws/p5.48xlarge", "us-east-1", "55.04"), ("aws/g6.xlarge", "us-east-1", "0.8048"),
    ("aws/m7i.2xlarge", "us-east-1", "0.4032"), ("aws/m7i.2xlarge", "eu-west-1", "0.4494"),
    ("gcp/a3-highgpu-8g", "us-central1", "88.49"),
    ("azure/Standard_ND96isr_H100_v5", "eastus", "98.32"),
    ("lambda/gpu_8x_h100_sxm5", "us-east-1", "31.92"),
    ("nebius/gpu-h100-sxm_1gpu-16vcpu-200gb", "eu-north1", "2.95"),
    ("runpod/1x_A100-80GB_SECURE", "US", "1.39"),
  ])
  func pricesOnDemand(instance: String, region: String, dollars: String) throws {
    let row = try #require(catalog.price(instance: instance, region: region))
    #expect(row.onDemand == UnitPrice.dollars(dollars))
    #expect(!row.provenance.source.isEmpty)
  }

  @Test func everyPriceIsOfAMachineAndPositive() {
    for row in catalog.prices {
      #expect(catalog.instance(row.instance) != nil)
      for price in [row.onDemand, row.spot, row.committedOneYear, row.committedThreeYears] {
        #expect(price.map { $0 > .zero } ?? true, "\(row.id)")
      }
      if let onDemand = row.onDemand {
        #expect(row.spot.map { $0 < onDemand } ?? true, "\(row.id)")
        #expect(row.committedOneYear.map { $0 < onDemand } ?? true, "\(row.id)")
      }
      #expect((row.spot == nil) == row.spotBasis.isEmpty, "\(row.id)")
      let isCommitted = row.committedOneYear != nil || row.committedThreeYears != nil
      #expect(isCommitted == !row.committedBasis.isEmpty, "\(row.id)")
    }
    #expect(Set(catalog.prices.map(\.id)).count == catalog.prices.count)
    #expect(catalog.instances.allSatisfy { !catalog.prices(of: $0.name).isEmpty })
  }

  @Test func unknownStaysUnknown() throws {
    let row = try #require(catalog.price(instance: "aws/p5.48xlarge", region: "us-east-1"))
    #expect(row.committedOneYear == nil)
    let card = try #require(catalog.price(instance: "runpod/1x_RTX4090_SECURE", region: "US"))
    #expect(card.onDemand == nil && card.date == nil && card.age(at: .defaultStart) == nil)
    #expect(catalog.price(instance: "aws/p5.48xlarge", region: "eu-west-1") == nil)
  }

  /// 0.8048 $/h less 49 %.
  @Test func derivedSpotPricesSayso() throws {
    let row = try #require(catalog.price(instance: "aws/g6.xlarge", region: "us-east-1"))
    #expect(row.spot == UnitPrice.dollars("0.410448") && row.isSpotDerived)
    let quoted = try #require(catalog.price(instance: "gcp/g2-standard-4", region: "us-central1"))
    #expect(quoted.spot == UnitPrice.dollars("0.3973") && !quoted.isSpotDerived)
    #expect(quoted.committedThreeYears == UnitPrice.dollars("0.3181"))
  }

  @Test func agesCountFromTheStart() throws {
    let row = try #require(catalog.price(instance: "aws/g6.xlarge", region: "us-east-1"))
    #expect(row.age(at: CalendarInstant(year: 2026, month: 7, day: 27)) == .seconds(7 * 86_400))
    // Prices of 2026 lie in the future of a scenario of 2024.
    #expect(try #require(row.age(at: .defaultStart)) < .zero)
  }

  @Test func regionsOfAMachine() {
    #expect(catalog.regions(of: "aws/m7i.2xlarge") == ["us-east-1", "eu-west-1"])
    #expect(catalog.regions(of: "aws/nothing").isEmpty)
  }
}

@Suite struct CatalogViewTests {
  let catalog = Catalog.shipped

  @Test func everyRowHasACellForEveryColumn() {
    for kind in Catalog.RowKind.allCases {
      let view = catalog.view(kind)
      #expect(!view.rows.isEmpty)
      #expect(view.rows.allSatisfy { $0.count == view.columns.count })
      #expect(Set(view.columns.map(\.key)).count == view.columns.count)
    }
    #expect(catalog.view(.instances).rows.count == catalog.prices.count)
  }

  @Test func filtersByTextAndByColumn() throws {
    let view = catalog.view(.instances)
    let h100 = try view.filtered(CatalogFilter("gpu=h100"))
    #expect(!h100.rows.isEmpty && h100.rows.allSatisfy { $0[1] == "H100" })
    #expect(try view.filtered(CatalogFilter("P5.48")).rows.map(\.[0]) == ["aws/p5.48xlarge"])
    let unpriced = try view.filtered(CatalogFilter("on-demand=unknown"))
    #expect(unpriced.rows.map(\.[0]) == ["runpod/1x_RTX4090_SECURE"])
    let error = CatalogFilterError(key: "cpu", knownKeys: view.columns.map(\.key))
    #expect(throws: error) { try view.filtered(CatalogFilter("cpu=4")) }
  }

  @Test func csvReadsBack() throws {
    for kind in Catalog.RowKind.allCases {
      let view = catalog.view(kind)
      var reader = DelimitedTextReader(text: view.delimitedText)
      let header = try DelimitedTextHeader(reading: &reader)
      #expect(header.names == view.columns.map(\.title))
      var rows = 0
      while try reader.advance() {
        for field in 0..<reader.fieldCount {
          #expect(try reader.text(field) == view.rows[rows][field] ?? "")
        }
        rows += 1
      }
      #expect(rows == view.rows.count)
    }
  }

  @Test func pricesAreWrittenExactly() throws {
    let view = try catalog.view(.instances).filtered(.text("aws/g6.xlarge"))
    #expect(view.rows[0][6] == "0.8048" && view.rows[0][7] == "0.410448")
    #expect(view.rows[0][8] == nil)
  }
}
