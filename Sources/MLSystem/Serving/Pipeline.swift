/// How many pipeline stages a replica has.
///
/// The arithmetic of the stretch is generic over it, and so compiled for one stage and for two as
/// well: with a known number its loops unroll and its divisions are shifts, a tenth of an event.
protocol Pipeline: BitwiseCopyable {
  var stages: Int64 { get }
  /// `count / stages`, of a count that is not negative.
  func rounds(_ count: Int64) -> Int64
}

/// No pipeline.
struct OneStage: Pipeline {
  @inline(__always) var stages: Int64 { 1 }
  @inline(__always)
  func rounds(_ count: Int64) -> Int64 { count }
}

/// A pipeline of two stages.
struct TwoStages: Pipeline {
  @inline(__always) var stages: Int64 { 2 }
  @inline(__always)
  func rounds(_ count: Int64) -> Int64 { count &>> 1 }
}

/// A pipeline of any number of stages.
struct AnyStages: Pipeline {
  let stages: Int64
  /// The binary logarithm of their number, -1 where it is no power of two.
  private let shift: Int64

  init(_ count: Int) {
    stages = Int64(truncatingIfNeeded: count)
    let isPower = count & (count &- 1) == 0
    shift = isPower ? Int64(truncatingIfNeeded: count.trailingZeroBitCount) : -1
  }

  @inline(__always)
  func rounds(_ count: Int64) -> Int64 { shift >= 0 ? count &>> shift : count / stages }
}
