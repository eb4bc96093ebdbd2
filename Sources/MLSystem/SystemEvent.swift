import DiscreteEvents

/// What can happen in the simulated system: 8 bytes of plain ids.
///
/// A `request` is a ticket of the request pool, so that a request that is gone cancels its events.
/// A `replica` and a `line` are indices into the tables of `SystemSimulation`.
package enum SystemEvent: BitwiseCopyable, Sendable {
  /// The next request of a stream arrives.
  case arrival(stream: UInt16)
  /// A replica of a model server has finished its batch; stale if the replica failed meanwhile.
  case batchEnd(replica: UInt32, generation: UInt16)
  /// The oldest request of a waiting line may have waited as long as batching lets it.
  case batchDelay(line: UInt32)
  /// A lookup answers.
  case answer(request: GenerationPool.Ticket)
  /// A request has passed what stands in front of an LLM engine.
  case engine(request: GenerationPool.Ticket)
  /// A failed attempt is tried again.
  case retry(request: GenerationPool.Ticket)
  /// The oldest deadline of a route may have passed.
  case deadline(route: UInt16)
  /// An LLM replica has reached the boundary at which something is due.
  case iterationEnd(replica: UInt32, generation: UInt16)
  /// A replica passes into its next state of life; stale if it changed otherwise meanwhile.
  case replica(UInt32, generation: UInt16)
  /// A replica crashes.
  case crash(replica: UInt32, generation: UInt16)
  /// An autoscaler decides.
  case autoscaler(service: UInt16)
  /// Something is due in the learning plane.
  case learning
  /// Queue lengths and levels are read for pictures and for the verdict on growth.
  case sample
  /// Queue lengths are read more often, while very many requests are in flight.
  case crowdSample
  /// The warm-up ends: time-weighted figures start anew.
  case warmUpEnds
  /// A calendar month ends: usage is booked.
  case monthEnds
  /// An incident begins, is answered or is over.
  case incident(UInt16, stage: IncidentStage)
  /// A minute ends: alerts and recoveries are looked at.
  case minuteEnds
  /// A window of a windowed measure ends.
  case windowEnds(index: UInt16)
  /// A flow run simulates its requests one by one from now on, and no longer.
  case episodeBegins
  case episodeEnds
}

/// The order of events at one instant, lower first.
///
/// Reading comes first, then what steers, then arrivals, then completions, then deadlines: an
/// answer at the very instant of its deadline is in time, and a burst that arrives at an instant
/// at which a batch ends is seen by the next batch.
enum EventPriority {
  static let booking: UInt8 = 8
  static let sample: UInt8 = 16
  static let control: UInt8 = 32
  static let arrival: UInt8 = 64
  static let completion: UInt8 = 128
  static let iteration: UInt8 = 160
  static let deadline: UInt8 = 192
}
