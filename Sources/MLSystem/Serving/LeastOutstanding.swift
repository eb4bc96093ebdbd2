/// Finds the replica with the fewest requests, by a tournament whose every node knows its winner.
///
/// Equal counts go to the lower slot, so the choice depends on nothing but the counts.
///
/// - Complexity: O(log n) to change a count, O(1) to find the least.
package struct LeastOutstanding {
  /// Node 1 is the root, the children of i are 2i and 2i + 1; a leaf is count above slot.
  private var nodes: [UInt64]
  private var leaves: Int

  private static let absent = UInt64.max

  /// A tournament for `slots` replicas, none of which takes requests yet.
  package init(slots: Int) {
    leaves = 1
    while leaves < slots { leaves *= 2 }
    nodes = [UInt64](repeating: Self.absent, count: 2 * leaves)
  }

  /// The slot of the replica with the fewest requests, nil where none takes any.
  package var least: Int? {
    nodes[1] == Self.absent ? nil : Int(truncatingIfNeeded: nodes[1] & 0xFFFF_FFFF)
  }

  /// Sets the count of a slot; nil takes it out.
  package mutating func set(_ slot: Int, to count: Int32?) {
    if slot >= leaves { widen(to: slot + 1) }
    var node = leaves + slot
    nodes[node] = count.map { UInt64(UInt32($0)) << 32 | UInt64(slot) } ?? Self.absent
    while node > 1 {
      node /= 2
      nodes[node] = min(nodes[2 * node], nodes[2 * node + 1])
    }
  }

  private mutating func widen(to slots: Int) {
    var wider = LeastOutstanding(slots: slots)
    for slot in 0..<leaves where nodes[leaves + slot] != Self.absent {
      wider.set(slot, to: Int32(nodes[leaves + slot] >> 32))
    }
    self = wider
  }
}
