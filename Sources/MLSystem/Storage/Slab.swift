/// A growing table of plain values in one owned buffer, indexed without checks in release builds.
///
/// The tables of the running simulation are read and written several times per event; an array's
/// checks for bounds and uniqueness would be a good part of the cost of an event.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  /// The number of elements in use.
  private(set) var count: Int

  /// An empty table with room for `capacity` elements.
  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  // An address instead of a getter: reading one field of an element does not copy the others.
  subscript(index: Int) -> Element {
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

  subscript(index: UInt32) -> Element {
    @inline(__always)
    unsafeAddress {
      assert(index < count)
      return UnsafePointer(base + Int(index))
    }
    @inline(__always)
    unsafeMutableAddress {
      assert(index < count)
      return base + Int(index)
    }
  }

  /// Adds an element at the end.
  @inline(__always)
  mutating func append(_ element: Element) {
    if _slowPath(count == capacity) { grow() }
    base[count] = element
    count &+= 1
  }

  /// Takes the last element away and returns it.
  @inline(__always)
  mutating func removeLast() -> Element {
    assert(count > 0)
    count &-= 1
    return base[count]
  }

  /// Takes all elements away and keeps the room.
  @inline(__always)
  mutating func removeAll() { count = 0 }

  @inline(never)
  private mutating func grow() {
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
    capacity *= 2
  }
}
