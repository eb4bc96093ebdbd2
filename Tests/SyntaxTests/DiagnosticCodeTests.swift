import Syntax
import Testing

@Suite struct DiagnosticCodeTests {
  @Test(arguments: DiagnosticCode.allCases)
  func `every code has a title and an explanation`(code: DiagnosticCode) {
    #expect(code.title != code.rawValue)
    #expect(code.explanation.utf8.count > 35, "\(code)")
    #expect(code.explanation.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `warnings are named apart`() {
    #expect(DiagnosticCode.highLoad.severity == .warning)
    #expect(DiagnosticCode.unknownKey.severity == .error)
    #expect(DiagnosticCode.unknownKey.rawValue == "E0107")
  }
}
