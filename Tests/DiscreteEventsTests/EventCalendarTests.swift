import DiscreteEvents
import Quantities
import Randomness
import Testing

/// A calendar as anyone would write it: a list that is searched.
private struct PlainCalendar {
  struct Entry {
    var time: Int64
    var priority: UInt8
    var order: UInt64
    var event: UInt32
  }

  var entries: [Entry] = []

  mutating func removeEarliest() -> Entry? {
    let earliest = entries.indices.min { a, b in
      let x = entries[a]
      let y = entries[b]
      if x.time != y.time { return x.time < y.time }
      return x.priority != y.priority ? x.priority < y.priority : x.order < y.order
    }
    return earliest.map { entries.remove(at: $0) }
  }
}

private func instant(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

/// Everything pending, in order.
private func drained(_ calendar: inout EventCalendar<UInt32>) -> [UInt32] {
  var events: [UInt32] = []
  while !calendar.isEmpty { events.append(calendar.popNext().event) }
  return events
}

@Suite("The calendar")
struct EventCalendarTests {
  @Test("An empty calendar has no next time")
  func empty() {
    let calendar = EventCalendar<UInt32>()
    #expect(calendar.isEmpty == true)
    #expect(calendar.count == 0)
    #expect(calendar.nextTime == .never)
    #expect(calendar.now == .start)
  }

  @Test("Events come by time, and equal times in the order of scheduling")
  func timeThenSequence() {
    var calendar = EventCalendar<UInt32>(capacity: 0)
    for (event, time) in [5, 3, 5, 1, 3, 5, 1].enumerated() {
      calendar.schedule(UInt32(event), at: instant(Int64(time)))
    }
    #expect(drained(&calendar) == [3, 6, 1, 4, 0, 2, 5])
    #expect(calendar.now == instant(5))
  }

  @Test("At one instant a low priority comes first, within it the sequence")
  func priority() {
    var calendar = EventCalendar<UInt32>()
    calendar.schedule(0, at: instant(7))
    calendar.schedule(1, at: instant(7), priority: 255)
    calendar.schedule(2, at: instant(7), priority: 0)
    calendar.schedule(3, at: instant(7), priority: 127)
    calendar.schedule(4, at: instant(7))
    #expect(drained(&calendar) == [2, 3, 0, 4, 1])
  }

  @Test("Ranks decide whatever the order of scheduling", arguments: 0..<6)
  func ranks(shift: Int) {
    var calendar = EventCalendar<UInt32>()
    for i in 0..<6 {
      let rank = (i * 5 + shift) % 6
      calendar.schedule(UInt32(rank), at: instant(9), priority: 10, rank: UInt64(rank) << 40)
    }
    #expect(drained(&calendar) == [0, 1, 2, 3, 4, 5])
  }

  @Test("An event due at never is not entered")
  func never() {
    var calendar = EventCalendar<UInt32>()
    calendar.schedule(1, at: .never)
    #expect(calendar.isEmpty == true)
    calendar.schedule(2, at: instant(.max - 1))
    #expect(calendar.nextTime == instant(.max - 1))
    #expect(calendar.popNext().event == 2)
    calendar.schedule(3, at: .never)
    #expect(calendar.isEmpty == true)
  }

  @Test("The next time is known while the place of the event in hand is empty")
  func nextTimeWithHole() {
    var calendar = EventCalendar<UInt32>()
    for time in [4, 2, 9, 6, 8] { calendar.schedule(0, at: instant(Int64(time))) }
    _ = calendar.popNext()
    #expect(calendar.nextTime == instant(4))
    #expect(calendar.count == 4)
    calendar.schedule(0, at: instant(3))
    #expect(calendar.nextTime == instant(3))
    calendar.removeAll()
    calendar.checkInvariants()
    #expect(calendar.nextTime == .never)
    calendar.schedule(1, at: instant(2))
    #expect(calendar.popNext().event == 1)
  }

  /// Random work against the plain list: many ties, bursts of pushes and pops, cleared at times.
  @Test("Equal to a searched list under random work", arguments: 1...12 as ClosedRange<UInt64>)
  func againstPlainList(seed: UInt64) {
    var source = RandomStream(seed: seed)
    var calendar = EventCalendar<UInt32>(capacity: Int(seed % 5))
    var plain = PlainCalendar()
    var sequence: UInt64 = 0
    // Every second seed draws from few instants, so that most events are ties.
    let span: UInt64 = seed % 2 == 0 ? 4 : 1 << 40
    for step in 0..<3000 {
      let choice = source.next() % 100
      // Growing and shrinking phases take turns, down to nothing.
      if choice < (step / 300 % 2 == 0 ? 65 : 35) {
        let time = calendar.now.nanoseconds + Int64(source.next() % span)
        let event = UInt32(truncatingIfNeeded: source.next())
        if choice % 3 == 0 {
          // Ranks with the step number in the low bits differ between any two.
          let rank = (source.next() % 8) << 20 | UInt64(step)
          calendar.schedule(event, at: instant(time), priority: 3, rank: rank)
          plain.entries.append(.init(time: time, priority: 3, order: rank, event: event))
        } else {
          let priority: UInt8 = choice % 3 == 1 ? 128 : 200
          calendar.schedule(event, at: instant(time), priority: priority)
          plain.entries.append(
            .init(time: time, priority: priority, order: sequence, event: event))
          sequence += 1
        }
      } else if let expected = plain.removeEarliest() {
        let (time, event) = calendar.popNext()
        #expect(time.nanoseconds == expected.time, "seed \(seed), step \(step)")
        #expect(event == expected.event, "seed \(seed), step \(step)")
      } else {
        #expect(calendar.isEmpty == true, "seed \(seed), step \(step)")
      }
      if step % 16 == 0 { calendar.checkInvariants() }
      if step == 2000 {
        calendar.removeAll()
        plain.entries = []
      }
      #expect(calendar.count == plain.entries.count)
      #expect(calendar.nextTime.nanoseconds == plain.entries.map(\.time).min() ?? .max)
    }
  }

  @Test("Scheduling into the past ends the process")
  func past() async {
    await #expect(processExitsWith: .failure) {
      var calendar = EventCalendar<UInt32>()
      calendar.schedule(0, at: Instant(nanoseconds: 10))
      _ = calendar.popNext()
      calendar.schedule(1, at: Instant(nanoseconds: 9))
    }
  }

  @Test("An entry with an event of eight bytes takes 24")
  func size() {
    enum Event: BitwiseCopyable, Sendable {
      case timeout(GenerationPool.Ticket)
      case done(UInt32)
    }
    #expect(MemoryLayout<Event>.size == 8)
    #expect(EventCalendar<Event>.bytesPerEvent == 24)
  }
}
