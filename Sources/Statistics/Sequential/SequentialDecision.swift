/// Where a sequential test stands after a look.
@frozen
public enum SequentialDecision: UInt8, Hashable, Sendable {
  /// Neither line is crossed: go on.
  case open
  /// The null hypothesis is rejected.
  case rejected
  /// The null hypothesis is accepted.
  case accepted
}
