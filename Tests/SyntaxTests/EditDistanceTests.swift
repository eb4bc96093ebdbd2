import Syntax
import Testing

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "abc", 0), ("acb", "abc", 1),
    ("replcas", "replicas", 1), ("ca", "abc", 3),
  ])
  func `counts edits`(first: String, second: String, edits: Int) {
    #expect(EditDistance.distance(Array(first.utf8), Array(second.utf8)) == edits)
  }

  @Test(arguments: [
    ("replcas", "replicas"), ("Replicas", "replicas"), ("balacner", "balancer"),
    ("timeot", "timeout"), ("horizn", "horizon"),
  ])
  func `suggests the nearest name`(typed: String, meant: String) {
    let names = ["balancer", "queue", "replicas", "ready", "timeout", "horizon"]
    #expect(EditDistance.suggestion(for: typed, among: names) == meant)
  }

  @Test(arguments: ["xyz", "", "completely-different", String(repeating: "a", count: 10_000)])
  func `suggests nothing where nothing is near`(typed: String) {
    #expect(EditDistance.suggestion(for: typed, among: ["replicas", "on", "time"]) == nil)
  }
}
