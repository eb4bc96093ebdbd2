import Randomness

/// Kolmogorov-Smirnov windowing: the newest items of a sliding window against as many drawn from
/// its older part.
///
/// Raab, Heusinger & Schleif 2020, "Reactive soft prototype computing for concept drift streams",
/// Neurocomputing 416, pp. 340-351 (doi 10.1016/j.neucom.2019.11.111). It alarms where the exact
/// two-sample p-value is at most `alpha` and the distance above 0.1, as River does.
///
/// The draw is deterministic: a sequential random stream of `seed` (which starts again after an
/// alarm) walks through the older items from the oldest and takes each with the chance (still to
/// draw) / (still to come), which is Knuth's algorithm S (*The Art of Computer Programming* 2,
/// §3.4.2). It is another draw than River's, so single alarms differ and rates agree.
///
/// - Complexity: O(`window`) per item, no allocation.
public struct KSWIN: DriftDetector {
  /// The significance of one test.
  public let alpha: Double
  /// The number of items in the window.
  public let window: Int
  /// The number of newest items that are tested.
  public let recent: Int
  /// The seed of the draw.
  public let seed: UInt64

  /// The number of items since the start or the latest alarm.
  public private(set) var count = 0
  /// What the latest item was judged by; nil while there are too few items.
  public private(set) var evidence: DetectorEvidence?

  // The items in order of arrival, and the same in order of value, equal ones in order of arrival.
  private var ring: [Double] = []
  private var sorted: [Item] = []
  // Which places of the ring are drawn.
  private var isDrawn: [Bool]
  private var stream: RandomStream
  private let critical: Int
  private var isOver = false

  private struct Item {
    var value: Double
    var number: Int
  }

  /// Defaults are those of River.
  public init(alpha: Double = 0.005, window: Int = 100, recent: Int = 30, seed: UInt64 = 1) {
    precondition(alpha > 0 && alpha < 1, "a significance lies between 0 and 1")
    precondition(recent >= 2 && window >= 2 * recent, "the older part holds enough to draw from")
    self.alpha = alpha
    self.window = window
    self.recent = recent
    self.seed = seed
    stream = RandomStream(seed: seed)
    isDrawn = Array(repeating: false, count: window)
    // A distance of 0.1 or less is none, however significant.
    let smallest = recent / 10 + 1
    critical = (smallest...(recent + 1)).first { Self.pValue($0, of: recent) <= alpha } ?? recent
    ring.reserveCapacity(window)
    sorted.reserveCapacity(window)
  }

  /// Forgets every item.
  public mutating func reset() {
    count = 0
    evidence = nil
    ring.removeAll(keepingCapacity: true)
    sorted.removeAll(keepingCapacity: true)
    stream = RandomStream(seed: seed)
    isOver = false
  }

  /// Takes the next item and says what it makes of it.
  public mutating func update(_ x: Double) -> DetectorState {
    if isOver { reset() }
    let place = count % window
    if count >= window {
      sorted.remove(at: lowerBound(ring[place]))
      ring[place] = x
    } else {
      ring.append(x)
    }
    sorted.insert(Item(value: x, number: count), at: upperBound(x))
    count += 1
    guard count >= window else { return .steady }
    draw()
    let distance = largestDistance()
    evidence = DetectorEvidence(
      Double(distance) / Double(recent), line: Double(critical) / Double(recent))
    isOver = distance >= critical
    return isOver ? .alarm : .steady
  }

  /// Draws as many of the older items as there are newest ones.
  private mutating func draw() {
    var left = recent
    var older = window - recent
    var place = count % window
    while older > 0 {
      let isTaken = stream.uniform() * Double(older) < Double(left)
      isDrawn[place] = isTaken
      if isTaken { left -= 1 }
      older -= 1
      place = place + 1 == window ? 0 : place + 1
    }
  }

  /// The distance of the two samples in steps of 1/`recent`.
  private func largestDistance() -> Int {
    var difference = 0
    var largest = 0
    for place in 0..<window {
      let number = sorted[place].number
      if number >= count - recent {
        difference += 1
      } else if isDrawn[number % window] {
        difference -= 1
      }
      if place + 1 < window, sorted[place + 1].value == sorted[place].value { continue }
      largest = max(largest, abs(difference))
    }
    return largest
  }

  /// The first place of a value: that of its oldest item.
  private func lowerBound(_ value: Double) -> Int { place { $0 < value } }

  /// The place after the last of a value.
  private func upperBound(_ value: Double) -> Int { place { $0 <= value } }

  private func place(where isBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle].value) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The chance that two samples of `size` from one continuous law lie `steps` / `size` apart or
  /// more.
  ///
  /// Gnedenko & Korolyuk 1951: 2 Σ (-1)^{j-1} C(2n, n - jk) / C(2n, n).
  static func pValue(_ steps: Int, of size: Int) -> Double {
    precondition(steps > 0, "samples always lie 0 apart or more")
    var sum = 0.0
    var term = 1.0
    var reach = 0
    var sign = 1.0
    while reach + steps <= size {
      for i in reach..<reach + steps { term *= Double(size - i) / Double(size + i + 1) }
      sum += sign * term
      sign = -sign
      reach += steps
    }
    return min(1, 2 * sum)
  }
}
