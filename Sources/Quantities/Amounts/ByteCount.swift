/// A number of bytes, which remembers whether it was told in GB or in GiB.
@frozen
public struct ByteCount: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The number of bytes.
  public var bytes: Int64
  /// Whether the text used powers of 1024 (GiB) and not of 1000 (GB).
  public var isBinary: Bool

  /// `bytes` bytes.
  @inlinable
  public init(bytes: Int64, isBinary: Bool = false) {
    self.bytes = bytes
    self.isBinary = isBinary
  }

  /// `value` times 10^9 bytes.
  @inlinable
  public static func gigabytes(_ value: Double) -> ByteCount {
    ByteCount(bytes: Int64((value * 1e9).rounded()))
  }

  /// `value` times 2^30 bytes.
  @inlinable
  public static func gibibytes(_ value: Double) -> ByteCount {
    ByteCount(bytes: Int64((value * 0x1p30).rounded()), isBinary: true)
  }

  /// The number of 10^9 bytes.
  @inlinable public var gigabytes: Double { Double(bytes) * 1e-9 }

  /// Order by size, however it was told.
  @inlinable
  public static func < (a: ByteCount, b: ByteCount) -> Bool { a.bytes < b.bytes }
  /// Equal size, however it was told.
  @inlinable
  public static func == (a: ByteCount, b: ByteCount) -> Bool { a.bytes == b.bytes }
  /// Hashes the size alone.
  @inlinable
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
  /// Sum, told as the first.
  @inlinable
  public static func + (a: ByteCount, b: ByteCount) -> ByteCount {
    ByteCount(bytes: a.bytes + b.bytes, isBinary: a.isBinary)
  }
}
