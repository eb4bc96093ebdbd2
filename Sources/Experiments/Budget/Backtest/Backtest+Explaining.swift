import Quantities

// Which input, had it been otherwise, would have made the bill what it was.
extension Backtest {
  /// Moves each input to where the errors of the lines are smallest, simulates it there, and ranks
  /// the inputs by the share of the squared error that goes away.
  ///
  /// Each input is first run at both of its ends; the lines are taken to move in a straight line
  /// between them, which gives the value that fits best; a run at that value says what it truly
  /// explains.
  package mutating func explain(
    _ inputs: [SimulatedDriver.Input], observed: ObservedTable,
    run: (_ settings: [String]) async throws(LeverRefusal) -> Results
  ) async {
    let gap = errors(in: self)
    let all = gap.reduce(0) { $0 + $1 * $1 }
    guard all > 0 else {
      explanations = []
      return
    }
    var found: [Explanation] = []
    for input in inputs {
      do throws(LeverRefusal) {
        let low = Backtest(try await run(["\(input.path)=\(input.low)"]), observed: observed)
        let high = Backtest(try await run(["\(input.path)=\(input.high)"]), observed: observed)
        guard let place = fit(errors(in: low), errors(in: high)),
          let value = Self.between(input.low, input.high, at: place)
        else { continue }
        let moved = Backtest(try await run(["\(input.path)=\(value)"]), observed: observed)
        let left = errors(in: moved).reduce(0) { $0 + $1 * $1 }
        found.append(Explanation(path: input.path, value: value, explained: 1 - left / all))
      } catch {
        // A value that the language does not take explains nothing.
      }
    }
    explanations = found.enumerated().sorted {
      $0.element.explained == $1.element.explained
        ? $0.offset < $1.offset : $0.element.explained > $1.element.explained
    }.map(\.element)
  }

  /// observed − expected of each of these lines in another back-test, in dollars; a line that is
  /// not simulated there is expected to cost nothing.
  private func errors(in other: Backtest) -> [Double] {
    lines.map { line in
      let same = other.lines.first { $0.month == line.month && $0.line == line.line }
      return (same?.error ?? line.observed).dollars
    }
  }

  /// Where between the ends, 0 and 1, or beyond them, the errors are least; nil where the lines do
  /// not move, or would have to move far beyond what was tried.
  private func fit(_ low: [Double], _ high: [Double]) -> Double? {
    guard low.count == high.count, !low.isEmpty else { return nil }
    // The error at place p is low + p · (high − low); its square is least where its slope is 0.
    var across = 0.0
    var along = 0.0
    for (a, b) in zip(low, high) {
      across -= a * (b - a)
      along += (b - a) * (b - a)
    }
    guard along > 1e-12 else { return nil }
    let place = across / along
    return place.magnitude < 20 ? place : nil
  }

  /// A quantity in words between two others, which differ in their numbers alone; nil where the
  /// number would not be above 0.
  static func between(_ low: String, _ high: String, at place: Double) -> String? {
    func parts(_ text: String) -> (prefix: String, number: Double, rest: String)? {
      let prefix = text.hasPrefix("$") ? "$" : ""
      let rest = text.dropFirst(prefix.count)
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "-" }
      guard let number = Double(digits) else { return nil }
      return (prefix, number, String(rest.dropFirst(digits.count)))
    }
    guard let a = parts(low), let b = parts(high), a.rest == b.rest, a.prefix == b.prefix else {
      return nil
    }
    var number = a.number + place * (b.number - a.number)
    // A count of things without a unit stays one.
    if a.rest.isEmpty, a.prefix.isEmpty, !low.contains("."), !high.contains(".") {
      number = number.rounded()
    }
    guard number > 0 || a.number <= 0 else { return nil }
    return a.prefix + QuantityFormatter.shortest(number, significant: 6) + a.rest
  }
}
