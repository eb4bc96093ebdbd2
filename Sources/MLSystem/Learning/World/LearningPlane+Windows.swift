import Quantities

extension TaskState {
  /// Whether labels arrive by the law of their delay alone, and none is wrong beyond the usual.
  var hasPlainLabels: Bool { data.delivery.isPlain && data.faults.isEmpty }
}

extension LearningPlane {
  /// The labels of a window before the newest one at `cut`, as they had arrived at `now`, by
  /// running sums.
  ///
  /// Where all labels have arrived the window is a difference of two sums. The younger part is
  /// taken in blocks of growing length; within a block the share that has arrived is exact for an
  /// even flow, which a block of at most a thousandth of the delays' range hardly leaves.
  /// - Complexity: O(log stretches) for each block, of which there are at most 64.
  package func plainWindow(
    of model: Int, _ task: TaskState, cut: Int64, length: Duration, knownAt now: Int64
  ) -> (labels: Double, concept: [Double], epochs: [Double])? {
    let world = task.world
    let end = cut - Duration.seconds(task.arrivals.least).nanoseconds
    let start = max(end - length.nanoseconds, world.starts[0])
    if end <= start { return nil }
    var sums = [Double](repeating: 0, count: SignalSums.width)
    gather(model, task, from: start, to: end, by: now, into: &sums)
    let labels = sums[0]
    if labels <= 0 { return nil }
    var epochs = [1.0]
    if task.shifts.count > 1 {
      epochs = task.shifts.indices.map { epoch in
        let (first, last) = world.stretches(ofEpoch: epoch)
        if first > last { return 0 }
        let from = max(start, world.starts[first])
        let to = last + 1 < world.count ? min(end, world.starts[last + 1]) : end
        if from >= to { return 0 }
        var own = [Double](repeating: 0, count: SignalSums.width)
        gather(model, task, from: from, to: to, by: now, into: &own)
        return own[0] / labels
      }
    }
    return (labels, sums[1...].map { $0 / labels }, epochs)
  }

  /// Adds the sums over labels of predictions in a stretch of time that had arrived at `now`.
  private func gather(
    _ model: Int, _ task: TaskState, from: Int64, to: Int64, by now: Int64,
    into sums: inout [Double]
  ) {
    let starts = task.world.starts
    let signals = models[model].signals
    let arrivals = task.arrivals
    let whole = now - Duration.seconds(arrivals.last).nanoseconds
    var place = signals.place(of: from, starts: starts)
    if whole > from {
      let next = signals.place(of: min(to, whole), starts: starts, from: place.stretch)
      signals.add(from: place, to: next, into: &sums)
      place = next
    }
    var left = max(from, whole)
    if left >= to { return }
    // Short tails go stretch by stretch, long ones in blocks that grow with the age.
    let span = Double(to - left)
    let blocks = min(64, Int((span / Double(task.world.tick.nanoseconds)).rounded(.up)) + 1)
    for block in 1...blocks {
      let share = Double(blocks - block) / Double(blocks)
      let right = block == blocks ? to : to - Int64(span * share * (blocks < 64 ? 1 : share))
      if right <= left { continue }
      let arrived = arrivals.arrived(
        from: Double(left) * 1e-9, to: Double(right) * 1e-9, by: Double(now) * 1e-9)
      let next = signals.place(of: right, starts: starts, from: place.stretch)
      signals.add(from: place, to: next, weight: arrived, into: &sums)
      (left, place) = (right, next)
    }
  }
}

extension World {
  /// The first and the last stretch of an epoch of the features' means; first > last for none.
  func stretches(ofEpoch epoch: Int) -> (first: Int, last: Int) {
    func first(from epoch: Int) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if Int(epochs[middle]) < epoch { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return (first(from: epoch), first(from: epoch + 1) - 1)
  }
}
