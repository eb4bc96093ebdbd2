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

  /// Adds a stretch with so many labels.
  mutating func append(_ labels: Double, of stretch: Int, in world: World) {
    let base = sums.count - Self.width
    for i in 0..<Self.width { sums.append(sums[base + i]) }
    sums[base + Self.width] += labels
    world.accumulate(labels, of: stretch, into: &sums, from: base + Self.width + 1)
  }

  /// Gives up the first stretches.
  mutating func removeFirst(_ stretches: Int) { sums.removeFirst(stretches * Self.width) }

  /// Adds the sums between two instants (nanoseconds), times `weight`, to `target`; within a
  /// stretch labels lie evenly.
  func add(
    from: Int64, to: Int64, weight: Double = 1, starts: [Int64], to target: inout [Double]
  ) {
    add(until: to, weight: weight, starts: starts, to: &target)
    add(until: from, weight: -weight, starts: starts, to: &target)
  }

  private func add(
    until time: Int64, weight: Double, starts: [Int64], to target: inout [Double]
  ) {
    precondition(target.count == Self.width && starts.count > count)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= time { low = middle } else { high = middle - 1 }
    }
    let base = low * Self.width
    sums.withUnsafeBufferPointer { sums in
      target.withUnsafeMutableBufferPointer { target in
        for i in 0..<Self.width { target[i] += weight * sums[base + i] }
        if low == count || time <= starts[low] { return }
        let share = Double(time - starts[low]) / Double(starts[low + 1] - starts[low]) * weight
        let next = base + Self.width
        for i in 0..<Self.width { target[i] += share * (sums[next + i] - sums[base + i]) }
      }
    }
  }
}
