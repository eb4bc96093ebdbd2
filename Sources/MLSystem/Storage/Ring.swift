/// A first-in first-out queue of plain values in one buffer that grows.
package struct Ring<Element: BitwiseCopyable> {
  /// A power of two, so that wrapping is a mask; empty until the first element comes.
  private var buffer: ContiguousArray<Element> = []
  private var head = 0
  /// The number of elements.
  package private(set) var count = 0

  package init() {}

  /// The oldest element; the queue is not empty.
  package var first: Element {
    @inline(__always)
    get { buffer[head] }
  }

  /// Adds an element at the end.
  @inline(__always)
  package mutating func append(_ element: Element) {
    if _slowPath(count == buffer.count) { grow(filler: element) }
    buffer[(head &+ count) & (buffer.count &- 1)] = element
    count &+= 1
  }

  /// Takes the oldest element away and returns it.
  @inline(__always)
  @discardableResult
  package mutating func removeFirst() -> Element {
    precondition(count > 0, "an empty queue has no first element")
    let element = buffer[head]
    head = (head &+ 1) & (buffer.count &- 1)
    count &-= 1
    return element
  }

  @inline(never)
  private mutating func grow(filler: Element) {
    var grown = ContiguousArray(repeating: filler, count: max(64, 2 * buffer.count))
    for i in 0..<count { grown[i] = buffer[(head + i) & (buffer.count - 1)] }
    buffer = grown
    head = 0
  }
}
