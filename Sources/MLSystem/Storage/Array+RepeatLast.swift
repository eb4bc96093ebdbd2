extension [Double] {
  /// Appends its last `width` numbers once more.
  mutating func repeatLast(_ width: Int) {
    // By way of the stack: a slice of the array would share its storage and so copy all of it.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { last in
      _ = last.initialize(fromContentsOf: self[count - width..<count])
      append(contentsOf: last)
    }
  }
}
