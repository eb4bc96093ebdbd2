/// A table of a fixed number of elements in one owned buffer, indexed without checks in release
/// builds.
///
/// What the handlers of events write stands in such tables: an array asks at every write whether
/// somebody else holds it too. Unlike those of a `Slab`, elements may hold arrays of their own.
package struct Table<Element>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  /// The number of elements.
  let count: Int

  /// A table of these elements.
  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(elements.count, 1))
    base.initialize(from: elements, count: elements.count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The indices of all elements.
  var indices: Range<Int> { 0..<count }

  /// The element at an index.
  ///
  /// An address instead of a getter: reading one field of an element does not copy the others.
  package subscript(index: Int) -> Element {
    @inline(__always)
    unsafeAddress {
      assert(index >= 0 && index < count)
      return UnsafePointer(base + index)
    }
    @inline(__always)
    unsafeMutableAddress {
      assert(index >= 0 && index < count)
      return base + index
    }
  }
}
