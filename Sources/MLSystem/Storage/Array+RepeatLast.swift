extension [Double] {
  /// Appends its last `width` numbers once more.
  mutating func repeatLast(_ width: Int) {
    // A slice of the array would share its storage and so copy all of it.
    let base = count
    append(contentsOf: repeatElement(0, count: width))
    withUnsafeMutableBufferPointer { numbers in
      for i in base..<base + width { numbers[i] = numbers[i - width] }
    }
  }
}
