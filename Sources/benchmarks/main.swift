// Speed of the library, in CPU time of this process.
//
//     swift run -c release benchmarks [GROUP ...] [--rounds N] [--filter TEXT] [--reference DIR]
//
// A reference directory (or TOWTANK_REFERENCE) holds the C++ programs that the bare engine is
// measured against, run by run; without one the rates are absolute and say little across machines.

do {
  let options = try BenchmarkOptions(arguments: Array(CommandLine.arguments.dropFirst()))
  for group in options.groups {
    switch group {
    case .engine: EngineBenchmarks.run(options)
    case .serving: ServingBenchmarks.run(options)
    case .memory: ServingBenchmarks.runMemory()
    case .llm: LLMBenchmarks.run(options)
    case .workers: await WorkerBenchmarks.run(options)
    case .lifecycle: LifecycleBenchmarks.run(options)
    case .flow: FlowBenchmarks.run(options)
    }
  }
} catch {
  complain(error.message)
}
