import Statistics

/// The requests of a report window by the law that each of them met.
///
/// Adding costs a few nanoseconds; the laws are mixed once, when the window is folded, so that
/// quantiles are those of the true mixture over requests.
package struct LawMixture {
  /// Requests by number of the law.
  private var weights: [Double] = []
  /// All of them.
  package private(set) var total = 0.0
  /// Moves on with every fold, so that rounding favours no part of a law.
  private var folds = 0.0

  /// A mixture of nothing.
  package init() {}

  /// Adds `weight` requests that met a law.
  package mutating func add(_ law: LawBook.ID, weight: Double) {
    let place = Int(law.index)
    if place >= weights.count {
      weights.append(contentsOf: repeatElement(0, count: place + 1 - weights.count))
    }
    weights[place] += weight
    total += weight
  }

  /// Adds `count` requests to a histogram, spread over the laws as the weights are.
  ///
  /// The count is met exactly. Laws without the quantity are left out, and nothing is added where
  /// none has it.
  package mutating func fold(
    _ quantity: LawQuantity = .latency, count: Int64, from book: inout LawBook,
    into histogram: inout LogHistogram
  ) {
    let known = laws(with: quantity, &book)
    let sum = known.reduce(0) { $0 + $1.weight }
    guard sum > 0, count > 0 else { return }
    // Shares are rounded where they add up to, from an offset that is even over many folds.
    folds += 0.618_033_988_749_895
    folds -= folds.rounded(.down)
    let scale = Double(count) / sum
    var before = 0.0
    var placed: Int64 = 0
    for (place, part) in known.enumerated() {
      let isLast = place == known.count - 1
      let steps = book.steps(part.law, quantity)
      for (index, step) in steps.enumerated() {
        let end = isLast && index == steps.count - 1
        let below = (before + part.weight * step.below) * scale
        let upTo = end ? count : min(count, Int64(below + folds))
        if upTo > placed {
          histogram.add(step.value, weight: upTo - placed)
          placed = upTo
        }
      }
      before += part.weight
    }
  }

  /// The share of requests whose time is at most so many nanoseconds; nil where no law knows it.
  package func share(
    below nanoseconds: Double, _ quantity: LawQuantity = .latency, from book: inout LawBook
  ) -> Double? {
    var sum = 0.0
    var met = 0.0
    for part in laws(with: quantity, &book) {
      sum += part.weight
      met += part.weight * (book.law(part.law, quantity)?.share(below: nanoseconds) ?? 0)
    }
    return sum > 0 ? met / sum : nil
  }

  /// The mean time in nanoseconds; nil where no law knows it.
  package func mean(_ quantity: LawQuantity = .latency, from book: inout LawBook) -> Double? {
    var sum = 0.0
    var times = 0.0
    for part in laws(with: quantity, &book) {
      sum += part.weight
      times += part.weight * (book.law(part.law, quantity)?.mean ?? 0)
    }
    return sum > 0 ? times / sum : nil
  }

  /// Adds the requests of another mixture with the same book.
  package mutating func merge(_ other: LawMixture) {
    for place in other.weights.indices where other.weights[place] > 0 {
      add(LawBook.ID(index: Int32(place)), weight: other.weights[place])
    }
  }

  /// Empties the mixture for the next window.
  package mutating func removeAll() {
    for place in weights.indices { weights[place] = 0 }
    total = 0
  }

  private func laws(
    with quantity: LawQuantity, _ book: inout LawBook
  ) -> [(law: LawBook.ID, weight: Double)] {
    var known: [(law: LawBook.ID, weight: Double)] = []
    for place in weights.indices where weights[place] > 0 {
      let id = LawBook.ID(index: Int32(place))
      if book.law(id, quantity) != nil { known.append((id, weights[place])) }
    }
    return known
  }
}
