/// Running sums of the labels of one learner and of what they say of the concept, so that any
/// stretch of its history costs two look-ups however long it is.
struct SignalSums: Sendable {
  /// A label count, and the sum of what each label says.
  static let width = World.dimensions + 1

  /// The sums up to the start of each remembered stretch, and to the end of the last.
  private var sums: [Double]

  /// No label yet.
  init() { sums = Array(repeating: 0, count: Self.width) }

  /// Stretches that are summed.
  var count: Int { sums.count / Self.width - 1 }

  /// A place in the history: a stretch, and how much of it lies before the place.
  struct Place {
    var stretch: Int
    var share: Double
  }

  /// Adds a stretch with so many labels; `told` is what one label of each stretch says.
  mutating func append(_ labels: Double, of stretch: Int, told: [Double]) {
    let base = sums.count
    sums.repeatLast(Self.width)
    sums[base] += labels
    World.add(labels, of: stretch, told: told, into: &sums, from: base + 1)
  }

  /// Gives up the first stretches.
  mutating func removeFirst(_ stretches: Int) { sums.removeFirst(stretches * Self.width) }

  /// The place of an instant (nanoseconds) that is not before the start of stretch `first`, or that
  /// of the whole history's start; within a stretch labels lie evenly.
  func place(of time: Int64, starts: [Int64], from first: Int = 0) -> Place {
    precondition(starts.count > count)
    var (low, high) = (first, count)
    // Most stretches are one tick long, so that the place is near where they all would have it.
    if high - low > 8 && time > starts[low] && time < starts[high] {
      let share = Double(time - starts[low]) / Double(starts[high] - starts[low])
      let guess = low + Int(share * Double(high - low))
      let (left, right) = (max(low, guess - 3), min(high, guess + 3))
      if starts[left] <= time { low = left } else { high = left - 1 }
      if starts[right] > time { high = min(high, right - 1) } else { low = max(low, right) }
    }
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= time { low = middle } else { high = middle - 1 }
    }
    if low == count || time <= starts[low] { return Place(stretch: low, share: 0) }
    return Place(
      stretch: low,
      share: Double(time - starts[low]) / Double(starts[low + 1] - starts[low]))
  }

  /// Adds the sums between two places, times `weight`, to `target`.
  func add(from: Place, to: Place, weight: Double = 1, into target: inout [Double]) {
    precondition(target.count == Self.width && from.stretch <= count && to.stretch <= count)
    // A place at the end of the history has nothing after it.
    let (left, right) = (from.stretch * Self.width, to.stretch * Self.width)
    let afterLeft = from.share > 0 ? left + Self.width : left
    let afterRight = to.share > 0 ? right + Self.width : right
    let (leftShare, rightShare) = (from.share * -weight, to.share * weight)
    sums.withUnsafeBufferPointer { sums in
      // Rows of their own, so that the loop has no sum of indices to check and goes in vectors.
      func row(_ start: Int) -> UnsafeBufferPointer<Double> {
        UnsafeBufferPointer(rebasing: sums[start..<start + Self.width])
      }
      let (left, afterLeft) = (row(left), row(afterLeft))
      let (right, afterRight) = (row(right), row(afterRight))
      target.withUnsafeMutableBufferPointer { target in
        for i in 0..<Self.width {
          var sum = target[i]
          sum += weight * right[i]
          sum += rightShare * (afterRight[i] - right[i])
          sum -= weight * left[i]
          sum += leftShare * (afterLeft[i] - left[i])
          target[i] = sum
        }
      }
    }
  }
}
