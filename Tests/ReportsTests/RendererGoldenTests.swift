import Reports
import TestSupport
import Testing

@Suite struct RendererGoldenTests {
  @Test(arguments: [80, 40, 120])
  func terminal(width: Int) {
    let text = TerminalRenderer(width: width).render(SampleReport.report)
    #expect(Golden.difference(of: text, from: "Reports/sample-\(width).txt") == nil)
  }

  @Test func terminalInColour() {
    let text = TerminalRenderer(usesColour: true).render(SampleReport.report)
    #expect(Golden.difference(of: text, from: "Reports/sample-colour.txt") == nil)
  }

  @Test func colourAddsNothingButColour() {
    let coloured = TerminalRenderer(usesColour: true).render(SampleReport.report)
    var plain = ""
    var inCode = false
    for scalar in coloured.unicodeScalars {
      if scalar == "\u{1B}" { inCode = true }
      if !inCode { plain.unicodeScalars.append(scalar) }
      if inCode, scalar == "m" { inCode = false }
    }
    #expect(plain == TerminalRenderer().render(SampleReport.report))
  }

  @Test func markdown() {
    let text = MarkdownRenderer().render(SampleReport.report)
    #expect(Golden.difference(of: text, from: "Reports/sample.md") == nil)
  }

  @Test func page() {
    let text = HTMLRenderer().render(SampleReport.report)
    #expect(Golden.difference(of: text, from: "Reports/sample.html") == nil)
  }

  @Test func commaSeparatedValues() {
    let text = CSVRenderer().render(SampleReport.report)
    #expect(Golden.difference(of: text, from: "Reports/sample.csv") == nil)
    for file in CSVRenderer().files(SampleReport.report) {
      let name = "Reports/sample-\(file.name)"
      // The numbers of the long series are in the page.
      if file.name == "replicas.csv" { continue }
      #expect(Golden.difference(of: file.text, from: name) == nil)
    }
  }
}
