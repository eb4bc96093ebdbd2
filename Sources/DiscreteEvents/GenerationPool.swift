/// Numbered slots that are used again, each with a generation number that tells its uses apart.
///
/// An event about a thing carries the thing's ticket. When the thing goes, its slot is released and
/// the generation moves on, so that events still pending for it are known to be stale: cancelling
/// costs nothing, and the owner of a stale event skips it.
///
///     let ticket = pool.take()
///     calendar.schedule(.timeout(ticket), at: deadline)
///     pool.release(ticket.slot)  // The time-out, when it comes, is no longer current.
@frozen
public struct GenerationPool: Sendable {
  /// A slot and the generation in which it was taken: 7 bytes, so that an event that is an enum
  /// with a ticket fits into 8.
  @frozen
  public struct Ticket: Hashable, Sendable, BitwiseCopyable {
    /// The number of the slot.
    public var slot: UInt32
    @usableFromInline var low: UInt16
    @usableFromInline var high: UInt8

    /// The ticket of `slot` in `generation`, of which 24 bits are kept.
    @inlinable
    public init(slot: UInt32, generation: UInt32) {
      self.slot = slot
      low = UInt16(truncatingIfNeeded: generation)
      high = UInt8(truncatingIfNeeded: generation &>> 16)
    }

    /// The generation, modulo 2^24.
    @inlinable public var generation: UInt32 { UInt32(low) | UInt32(high) &<< 16 }
  }

  @usableFromInline var generations: ContiguousArray<UInt32>
  @usableFromInline var free: ContiguousArray<UInt32>

  /// A pool without slots; it makes them as they are asked for.
  @inlinable
  public init() {
    generations = []
    free = []
  }

  /// The number of slots ever made: indexes into the owner's arrays lie below it.
  @inlinable public var slots: Int { generations.count }

  /// The number of slots in use.
  @inlinable public var inUse: Int { generations.count - free.count }

  /// Takes a slot: the one that was released last, or a new one.
  @inlinable
  public mutating func take() -> Ticket {
    if let slot = free.popLast() {
      return Ticket(slot: slot, generation: generations[Int(slot)])
    }
    precondition(generations.count < Int(UInt32.max), "a pool has at most 2^32 - 1 slots")
    generations.append(0)
    return Ticket(slot: UInt32(generations.count - 1), generation: 0)
  }

  /// Gives `slot` back; every ticket for it is stale from now on.
  @inlinable
  public mutating func release(_ slot: UInt32) {
    generations[Int(slot)] &+= 1
    free.append(slot)
  }

  /// Makes every ticket for `slot` stale and returns a current one: the slot stays in use.
  @inlinable
  public mutating func renew(_ slot: UInt32) -> Ticket {
    generations[Int(slot)] &+= 1
    return Ticket(slot: slot, generation: generations[Int(slot)])
  }

  /// The current ticket of `slot`.
  @inlinable
  public func ticket(of slot: UInt32) -> Ticket {
    Ticket(slot: slot, generation: generations[Int(slot)])
  }

  /// Whether the thing for which `ticket` was taken is still there.
  ///
  /// Generations are told apart modulo 2^24, so a ticket must not stay about while its slot is used
  /// that many times.
  @inlinable
  public func isCurrent(_ ticket: Ticket) -> Bool {
    Self.Ticket(slot: ticket.slot, generation: generations[Int(ticket.slot)]) == ticket
  }
}
