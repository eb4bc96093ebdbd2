/// The calendar and the run loop alone, on the four programs of the C++ reference, through the
/// public modules as any model uses them.
enum EngineBenchmarks {
  /// One program: how to run it here, and how there.
  struct Program: Sendable {
    let name: String
    /// The least ratio to the reference that is asked of it, if any is.
    let bar: Double?
    let arguments: String
    /// Runs it and returns its rate per second and what it found, to be held against theory.
    let run: @Sendable () -> (rate: Double, found: Double)
    let theory: Double?
  }

  static let programs = [
    Program(
      name: "B1 M/M/1, customers/s", bar: 0.9, arguments: "b1 h4 zig 10000000",
      run: { SingleServer.measure(customers: 10_000_000) }, theory: 4),
    Program(
      name: "B2 M/M/16, customers/s", bar: 0.9, arguments: "b2 h4 zig 10000000",
      run: { ManyServers.measure(customers: 10_000_000) }, theory: 1.3696),
    Program(
      name: "B3 hold, 1,000 pending, /s", bar: 1, arguments: "b3 h4 zig 10000000 1000",
      run: { Hold.measure(pending: 1000, holds: 10_000_000) }, theory: nil),
    Program(
      name: "B3 hold, 100,000 pending, /s", bar: nil, arguments: "b3 h4 zig 5000000 100000",
      run: { Hold.measure(pending: 100_000, holds: 5_000_000) }, theory: nil),
    Program(
      name: "B3 hold, 1,000,000 pending, /s", bar: nil, arguments: "b3 h4 zig 4000000 1000000",
      run: { Hold.measure(pending: 1_000_000, holds: 4_000_000) }, theory: nil),
    Program(
      name: "B4 dynamic batching, requests/s", bar: 0.9, arguments: "b4 h4 zig 10000000",
      run: { BatchServers.measure(requests: 10_000_000) }, theory: 0.01977),
  ]

  /// Measures all programs in turn, interleaved with the reference where there is one.
  static func run(_ options: BenchmarkOptions) {
    if let sources = options.reference {
      if let reference = ReferenceProgram.build(sources: sources) {
        report(options) { reference.rate($0) }
        return
      }
      print("The C++ reference in \(sources) cannot be built here (is there a g++?).")
    }
    print("No C++ reference: rates are absolute (give one with --reference DIR).")
    report(options) { _ in nil }
  }

  /// Prints medians, and where the reference has a rate the median ratio of the same round.
  static func report(_ options: BenchmarkOptions, reference: (String) -> Double?) {
    var rows: [[String]] = []
    for program in programs
    where options.filter.isEmpty || program.name.contains(options.filter) {
      var rates: [Double] = []
      var references: [Double] = []
      var ratios: [Double] = []
      var found = 0.0
      for _ in 0..<options.rounds {
        let mine = program.run()
        rates.append(mine.rate)
        found = mine.found
        if let theirs = reference(program.arguments) {
          references.append(theirs)
          ratios.append(mine.rate / theirs)
        }
      }
      rows.append([
        program.name, fixed(median(rates) / 1e6, 2) + " M",
        references.isEmpty ? "-" : fixed(median(references) / 1e6, 2) + " M",
        ratios.isEmpty ? "-" : fixed(median(ratios), 2),
        program.bar.map { fixed($0, 1) } ?? "-",
        program.theory == nil ? "-" : fixed(found, 5),
        program.theory.map { fixed($0, 5) } ?? "-",
      ])
    }
    printTable(["program", "rate", "C++", "ratio", "bar", "found", "theory"], rows)
  }
}
