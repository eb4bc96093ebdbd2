import Experiments
import Syntax

/// The architecture of a scenario as boxes and arrows.
enum DesignDiagram {
  static func chart(_ quoted: QuotedScenario) -> DiagramChart {
    var builder = Builder(quoted)
    builder.addServing()
    builder.addLearning()
    return DiagramChart(nodes: builder.nodes, edges: builder.edges)
  }

  private struct Builder {
    let quoted: QuotedScenario
    var nodes: [DiagramChart.Node] = []
    var edges: [DiagramChart.Edge] = []
    private var places: [String: Int] = [:]

    init(_ quoted: QuotedScenario) { self.quoted = quoted }

    private mutating func add(_ kind: DiagramChart.Kind, _ name: String, _ detail: String) {
      places[name] = nodes.count
      nodes.append(DiagramChart.Node(kind, name, detail: detail))
    }

    private mutating func join(_ from: String, _ to: String, _ label: String = "") {
      guard let from = places[from], let to = places[to] else { return }
      let edge = DiagramChart.Edge(from, to, label)
      if !edges.contains(edge) { edges.append(edge) }
    }

    /// Streams, and services in the order of the routes.
    mutating func addServing() {
      for (name, value) in quoted.entries("traffic") {
        add(.stream, name, Self.rate(of: value))
      }
      for (name, value) in quoted.entries("services") {
        add(.service, name, Self.detail(of: value))
      }
      for (name, value) in quoted.entries("traffic") {
        let services = steps(of: value["to"]?.string)
        guard let first = services.first else { continue }
        join(name, first, value["to"]?.string == first ? "" : value["to"]?.string ?? "")
        for (one, next) in zip(services, services.dropFirst()) { join(one, next) }
      }
    }

    /// Sources of data, tasks, and models.
    mutating func addLearning() {
      for (name, value) in quoted.entries("data") {
        add(.source, name, value["kind"]?.string ?? "")
      }
      for (name, value) in quoted.entries("tasks") { add(.task, name, value["kind"]?.string ?? "") }
      for (name, value) in quoted.entries("models") { add(.model, name, Self.role(of: value)) }
      for (name, value) in quoted.entries("models") {
        if let task = value["task"]?.string {
          join(task, name, value["training"]?.members.isEmpty == false ? "learns" : "answers")
        }
        for (service, plan) in quoted.entries("services") where plan["serves"]?.string == name {
          join(name, service, "serves")
        }
        if quoted.entries("traffic").contains(where: { $0.value["to"]?.string == name }) {
          for (stream, plan) in quoted.entries("traffic") where plan["to"]?.string == name {
            join(stream, name, "counted")
          }
        }
      }
      for (name, value) in quoted.entries("data") {
        for feed in (value["feeds"]?.elements ?? []).compactMap(\.string) {
          let isTask = quoted.entries("tasks").contains { $0.key == feed }
          join(name, feed, isTask ? "labels" : "features")
        }
      }
    }

    /// The services that a route, or a service by its own name, leads through.
    private func steps(of name: String?, depth: Int = 0) -> [String] {
      let services = quoted.entries("services").map(\.key)
      guard let name else { return services.count == 1 ? services : firstRoute }
      guard let steps = quoted.root["routes"]?[name], depth < 100 else {
        return services.contains(name) ? [name] : []
      }
      let list = steps.elements.isEmpty ? steps["steps"]?.elements ?? [] : steps.elements
      return Array(
        list.compactMap(\.string).flatMap { self.steps(of: $0, depth: depth + 1) }.prefix(1_000))
    }

    private var firstRoute: [String] {
      guard let only = quoted.entries("routes").first?.key else { return [] }
      return steps(of: only, depth: 1)
    }

    private static func rate(of stream: JSONValue) -> String {
      guard let rate = stream["rate"] else { return "a trace" }
      if let text = rate.string { return text }
      if let peak = rate["peak"]?.string { return "\(peak) at the peak" }
      if let belief = rate["uncertain"], let low = belief["p10"], let high = belief["p90"] {
        return "\(QuotedScenario.written(low)) to \(QuotedScenario.written(high))"
      }
      return rate["mean"]?.string ?? "varying"
    }

    private static func detail(of service: JSONValue) -> String {
      let kind = service["kind"]?.string ?? "model"
      let pool = service["on"]?.string
      guard let replicas = service["replicas"], replicas != .null else { return kind }
      let count: String
      if replicas.members.isEmpty {
        count = QuotedScenario.written(replicas)
      } else {
        let low = replicas["min"].map { QuotedScenario.written($0) } ?? "1"
        let high = replicas["max"].map { QuotedScenario.written($0) } ?? low
        count = low == high ? low : "\(low)-\(high)"
      }
      return "\(kind), \(count) x \(pool ?? "replica")"
    }

    private static func role(of model: JSONValue) -> String {
      if model["rule"] == .bool(true) { return "rule" }
      if let people = model["people"], people != .null { return "people" }
      return model["base"]?.string ?? "learned"
    }
  }
}
