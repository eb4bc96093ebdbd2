import Quantities
import Randomness

/// How long machines and replicas take to start, and when replicas crash.
struct StartUpLaws {
  private let provisioning: [Sampler]
  private let loading: [Sampler]
  private let draws: [CounterStream]
  private var failures: [ReplicaFailures?]

  /// The laws of a model's pools and services.
  init(_ model: SystemModel, streams: StreamFamily) {
    provisioning = model.pools.map { Sampler($0.provisioning) }
    loading = model.services.map { Sampler($0.replicas.ready) }
    draws = model.services.map { streams.counter("start-up \($0.name)") }
    failures = model.services.map { service in
      service.failures.map {
        ReplicaFailures(law: $0, service: service.name, streams: streams)
      }
    }
  }

  /// From the order of a machine until it runs.
  func provisioningTime(pool: Int, for replica: ReplicaSlot) -> Duration {
    var draws = draws[Int(replica.service)].draws(of: replica.life)
    return Duration(drawn: provisioning[pool].sample(&draws))
  }

  /// From the running machine until the replica serves.
  func loadingTime(of replica: ReplicaSlot) -> Duration {
    var draws = draws[Int(replica.service)].draws(of: replica.life, from: 1 << 8)
    return Duration(drawn: loading[Int(replica.service)].sample(&draws))
  }

  /// The life that a replica begins as it serves; nil where it never crashes.
  mutating func nextLife(of replica: ReplicaSlot) -> ReplicaFailures.Life? {
    failures[Int(replica.service)]?.nextLife(of: Int(replica.slot))
  }
}
