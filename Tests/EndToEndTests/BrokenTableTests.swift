import CommandLineTool
import Testing

/// Price tables of the user with a mistake, through the whole tool.
@Suite struct BrokenTableTests {
  struct Broken: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var code: String
    var place: String
    var message: String

    init(_ name: String, _ text: String, _ code: String, at place: String, _ message: String) {
      self.name = name
      self.text = text
      self.code = code
      self.place = place
      self.message = message
    }

    var testDescription: String { name }
  }

  private static let head = "instance,region,on_demand_usd_h"

  static let tables: [Broken] = [
    Broken("empty", "", "E0505", at: "1:1", "the table is empty, not even a header"),
    Broken("another table", "a,b\n1,2\n", "E0501", at: "1:1", "the header tells no known kind"),
    Broken(
      "an unknown column", "instance,rgion\nx,y\n", "E0501", at: "1:10", "unknown column `rgion`"),
    Broken(
      "a doubled column", "instance,instance\n", "E0501", at: "1:10", "names the column"),
    Broken(
      "a row cut short", "\(head)\naws/g6.xlarge,us-east-1\n", "E0503", at: "2:1",
      "the record has 2 fields, the header has 3"),
    Broken(
      "a row cut short, CR LF", "\(head)\r\naws/g6.xlarge,us-east-1,1\r\naws/g6.xl", "E0503",
      at: "3:1", "the record has 1 field, the header has 3"),
    Broken(
      "a row too long", "\(head)\naws/g6.xlarge,us-east-1,1,2\n", "E0503", at: "2:1",
      "the record has 4 fields, the header has 3"),
    Broken(
      "NaN", "\(head)\naws/g6.xlarge,us-east-1,NaN\n", "E0502", at: "2:25",
      "`on_demand_usd_h` is not finite: `NaN`"),
    Broken(
      "infinite", "\(head)\naws/g6.xlarge,us-east-1,inf\n", "E0502", at: "2:25",
      "`on_demand_usd_h` is not finite: `inf`"),
    Broken(
      "negative", "\(head)\naws/g6.xlarge,us-east-1,-0.5\n", "E0502", at: "2:25",
      "`on_demand_usd_h` must be between"),
    Broken(
      "huge", "\(head)\naws/g6.xlarge,us-east-1,1e300\n", "E0502", at: "2:25",
      "`on_demand_usd_h` must be between"),
    Broken(
      "a currency", "\(head)\naws/g6.xlarge,us-east-1,$0.5\n", "E0502", at: "2:25",
      "`on_demand_usd_h` is not a number: `$0.5`"),
    Broken(
      "no region", "\(head)\naws/g6.xlarge,,0.5\n", "E0502", at: "2:15",
      "`region` must not be empty"),
    Broken(
      "a row twice", "\(head)\naws/g6.xlarge,us-east-1,1\naws/g6.xlarge,us-east-1,2\n", "E0504",
      at: "3:1", "must be given once in a table"),
    Broken(
      "an open quote", "\(head)\n\"aws/g6.xlarge,us-east-1,1\n", "E0503", at: "2:1",
      "never closed"),
    Broken(
      "binary", "\u{0}\u{1}\u{2}", "E0002", at: "1:1", "a zero byte: this is not a text file"),
    Broken(
      "a date that is none", "instance,region,date\naws/g6.xlarge,us-east-1,soon\n", "E0502",
      at: "2:25", "must be a day"),
    Broken(
      "a machine without processors", "instance,vcpu,memory_gib\nown/new,0,4\n", "E0502", at: "2:9",
      "`vcpu` must be between"),
  ]

  @Test(arguments: tables)
  func `a table with a mistake runs nothing`(broken: Broken) async throws {
    let place = try Workplace(["priced.json5": Sample.priced, "prices.csv": broken.text])
    let run = await place.tool("run", "@priced.json5", "--out", "@out")
    #expect(run.code == .invalidInput)
    #expect(run.output == "")
    let first = run.errors.split(separator: "\n").prefix(2)
    #expect(first.first?.hasPrefix("error[\(broken.code)]: ") == true, "\(run.errors)")
    #expect(first.first?.contains(broken.message) == true, "\(run.errors)")
    #expect(first.last == "  --> prices.csv:\(broken.place)", "\(run.errors)")
    #expect(run.errors.contains("nothing was run"))
    #expect(place.names == ["priced.json5", "prices.csv"])
  }

  @Test func `a table of the user decides the price, in rows that end in CR LF too`() async throws {
    for ending in ["\n", "\r\n"] {
      let table = "\(Self.head)\(ending)aws/g6.xlarge,us-east-1,1\(ending)"
      let place = try Workplace(["priced.json5": Sample.priced, "prices.csv": table])
      let run = await place.tool("run", "@priced.json5", "--json")
      // August has 744 hours of a dollar each; 20 seconds were run and charged to the nano-dollar.
      #expect(run.output.contains("\"perMonth\": 744.0000"), "\(run.errors)")
    }
  }

  @Test func `a table that is not there is exit 66`() async throws {
    let place = try Workplace(["priced.json5": Sample.priced])
    let run = await place.tool("validate", "@priced.json5")
    #expect(run.code == .missingInput)
    #expect(run.errors.contains("cannot read `prices.csv`: no such file"))
  }

  @Test(arguments: ["/etc/passwd", "../prices.csv"])
  func `a table outside of the folder is refused`(path: String) async throws {
    let place = try Workplace([
      "work/priced.json5": Sample.priced.replacing("prices.csv", with: path),
      "prices.csv": "\(Self.head)\naws/g6.xlarge,us-east-1,1\n",
    ])
    let run = await place.tool("validate", "@work/priced.json5")
    #expect(run.code == .invalidInput)
    #expect(run.errors.contains("error[E0318]: `\(path)` leaves the folder of the scenario"))
  }
}
