import MLSystem
import Scenarios
import Syntax
import Testing

@Suite struct FidelityLanguageTests {
  @Test func `flow is refused where the order of requests decides`() {
    let help =
      "set fidelity: \"requests\", or \"auto\", which takes flow only where it may"
    expect(
      minimal(
        "fidelity: 'flow',", stream: "tenants: { a: 0.5, b: 0.5 }, priority: { a: 0, b: 1 },",
        service: "queue: { order: «1»'priority' },"),
      Finding(
        1, .flowRefused,
        "no fidelity `flow`: the line of service `embed` prefers some requests to others",
        help: help))
  }

  @Test func `auto takes such a scenario as it is`() throws {
    let set = try load(
      minimal(
        "fidelity: 'auto',", stream: "tenants: { a: 0.5, b: 0.5 }, priority: { a: 0, b: 1 },",
        service: "queue: { order: 'priority' },"))
    #expect(set.base.fidelity == "auto")
    #expect(try set.base.assemble(replication: 0).flowRefusal?.subject == "embed")
  }
}
