import Experiments
import MLSystem
import Quantities
import Scenarios
import Statistics
import Testing

@Suite("Architecture reviews")
struct ReviewTests {
  private static let text = """
    {
      start: "2026-08-03", horizon: "8 min", warmUp: "30 s", replications: 4,
      traffic: { users: { rate: "10/s" } },
      routes: { app: { steps: ["store", "rank"], timeout: "2 s" } },
      services: {
        store: { kind: "lookup", latency: "3 ms" },
        rank: { kind: "model", on: "cpu", time: "50 ms", queue: { limit: 20 }, replicas: 2 },
      },
      hardware: { cpu: { instance: "aws/m7i.2xlarge", region: "us-east-1" } },
      slos: { up: { of: "app", good: "answered", target: "99 %" } },
      budget: { limit: "$2k/month", owner: "ranking" },
      thresholds: ["app.availability >= 99 %", "cost.perMonth < $2k"],
    }
    """

  private func review(_ options: ReviewRunner.Options) async throws -> Review {
    var runner = ReviewRunner(
      maker: PlanScenarios.maker(Self.text), options: options, jobs: 2, isCancelled: { false },
      finished: { _ in })
    return try await runner.run()
  }

  @Test("Every service, every pool, the traffic and the prices are put under stress")
  func stresses() throws {
    let scenario = try PlanScenarios.maker(Self.text).scenario()
    let stresses = StressBook.stresses(of: scenario, frequencies: ["outage-rank": 7])
    #expect(
      stresses.map(\.id) == [
        "traffic-10x", "outage-store", "outage-rank", "outage-cpu", "prices-cpu",
      ])
    let declared = stresses.first { $0.id == "outage-rank" }?.frequency
    #expect(declared?.perYear == 7)
    #expect(declared?.source == .option)
    #expect(stresses.first?.frequency.isAssumed == true)
  }

  /// An outage of 112.5 s (a quarter of 7.5 min, rounded to 113 s) of the only server of 10
  /// requests/s leaves about 1,130 unanswered; a dollar each, twice a year.
  @Test("An outage loses the requests of its length, and twice that a year")
  func outage() async throws {
    let review = try await review(.init(worth: 1, remedied: 0))
    let finding = try #require(review.findings.first { $0.stress.id == "outage-rank" })
    #expect(finding.unanswered.estimate > 1_000 && finding.unanswered.estimate < 1_260)
    #expect(finding.share > 0.85)
    #expect(finding.broken.contains("app.availability >= 99 %"))
    #expect(abs(finding.loss.estimate - finding.unanswered.estimate) < 20)
    #expect(abs(finding.yearly.estimate - 2 * finding.loss.estimate) < 1e-6)
    #expect(finding.severity == 10)
    #expect(review.base.outcome == .met)
    #expect(review.left.isEmpty, "\(review.left)")
  }

  /// The bill of the machines, all on demand, doubles; a month of it once in two years.
  @Test("Doubled prices cost a month's bill every second year")
  func prices() async throws {
    let review = try await review(.init(worth: 1, remedied: 0))
    let finding = try #require(review.findings.first { $0.stress.id == "prices-cpu" })
    let month = review.base.cost.perMonth.expected.dollars
    #expect(abs(finding.loss.estimate / month - 1) < 0.01)
    #expect(abs(finding.yearly.estimate / month - 0.5) < 0.01)
  }

  @Test("Remedies are tried against the worst, and the biggest risk is the largest yearly loss")
  func remedies() async throws {
    let review = try await review(.init(worth: 1, remedied: 1))
    let biggest = try #require(review.biggest)
    #expect(review.findings.allSatisfy { $0.yearly.estimate <= biggest.yearly.estimate })
    #expect(!review.remedies.isEmpty)
    #expect(review.remedies.allSatisfy { $0.stress == biggest.stress.id })
  }

  @Test("The rubrics have the weights that were agreed, and nothing scores above its most")
  func rubrics() async throws {
    let review = try await review(.init(worth: 1, remedied: 0))
    #expect(review.system.scores.map(\.most) == [15, 15, 15, 15, 10, 15, 5, 10])
    #expect(review.design.scores.map(\.most) == [30, 25, 20, 15, 10])
    for score in review.system.scores + review.design.scores {
      #expect(score.points >= 0 && score.points <= score.most)
      #expect(score.points == score.most || !score.raise.isEmpty)
    }
  }
}
