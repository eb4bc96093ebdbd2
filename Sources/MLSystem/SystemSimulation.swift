import DiscreteEvents
import Quantities
import Randomness
import Statistics

/// The running state of one replication: every event of the simulated system is handled here.
///
/// One `switch` sends an event to the part that owns it; the parts are extensions, each in its own
/// file. All state is plain values in tables; nothing is shared with other replications.
package struct SystemSimulation: ~Copyable, SimulationModel {
  package typealias Event = SystemEvent

  let model: SystemModel
  let warmUpEnd: Instant
  let horizon: Instant
  /// No request arrives from here on: the horizon, or the end of an episode.
  var arrivalsEnd: Instant
  /// Requests in flight beyond which the run ends: the queues have grown without bound.
  let liveLimit: Int
  /// Requests in flight beyond which queues are read closely.
  let crowdLimit: Int

  /// The requests in flight.
  package var requests = RequestPool()
  var lines = WaitingLines()
  var replicas = Slab<ReplicaSlot>()
  var sources: Table<ArrivalSource>
  var makers: Table<RequestMaker>
  let streamKinds: [StreamKind]
  /// Requests of each stream so far.
  var numbers: Table<UInt64>
  let streamRoutes: [UInt16]
  /// Of each stream: the first arrival that was drawn beyond `arrivalsEnd`.
  var nextArrivals: Table<Instant>
  /// The routes, by index in the model.
  package var routes: Table<RouteState>
  /// The services of all routes' steps, one route after the other.
  let steps: [UInt16]
  var services: Table<ServiceState>
  /// Two groups a service: the stable version's and the candidate's.
  var groups: Table<ReplicaGroup>

  var startUps: StartUpLaws
  var scalers: [HorizontalAutoscaler?]
  var readings: [ScalerReading]
  /// Machines of each pool that train now.
  var trainers: [Int]
  /// Pools with a limit on which models are trained.
  var limitedTrainers: [Int]

  var fleets: FleetTable
  /// When the first token of a request was out, by slot of the request.
  var firstTokens = Slab<Instant>()

  var learning: LearningPlane
  var learningDue = Instant.never
  var counters: VersionCounters
  var candidates: CandidateShares

  var incidents: IncidentState
  /// The requests as a fluid, where they are not simulated one by one.
  var fluid: FluidPlane

  var accounts: Accounts
  var timeline = TimelineRecorder()
  var routeRecords: Table<RouteRecord>
  var serviceRecords: Table<ServiceRecord>
  var samples: QueueSamples
  var crowd: QueueSamples?
  var pictures: Pictures
  /// A mistake in a trace, found while the run went on.
  var failure: (any Error)?
  let isCancelled: @Sendable () -> Bool

  package mutating func handle(
    _ event: SystemEvent, at now: Instant, calendar: inout EventCalendar<SystemEvent>
  ) {
    if _slowPath(fluid.isFlowing) { flow(to: now, &calendar) }
    switch event {
    case .arrival(let stream): arrive(Int(stream), now, &calendar)
    case .batchEnd(let replica, let generation): endBatch(replica, generation, now, &calendar)
    case .batchDelay(let line): delayPassed(line, now, &calendar)
    case .answer(let ticket): answerLookup(ticket, now, &calendar)
    case .engine(let ticket): reachEngine(ticket, now, &calendar)
    case .retry(let ticket): retry(ticket, now, &calendar)
    case .deadline(let route): passDeadlines(Int(route), now, &calendar)
    case .replica(let replica, let generation):
      advance(replica: replica, generation, now, &calendar)
    case .crash(let replica, let generation): crash(replica, generation, now, &calendar)
    case .autoscaler(let service): scale(Int(service), now, &calendar)
    case .learning: learn(now, &calendar)
    case .sample: sample(now, &calendar)
    case .warmUpEnds: beginCounting(at: now)
    case .monthEnds:
      takeCounts(now)
      bookTotals(until: now)
      noticeBill(now, &calendar)
    case .iterationEnd(let replica, let generation):
      endIteration(replica, generation, now, &calendar)
    case .crowdSample: sampleCrowd(now, &calendar)
    case .incident(let index, let stage): incident(Int(index), stage, now, &calendar)
    case .minuteEnds: endMinute(now, &calendar)
    case .windowEnds(let index): endWindow(Int(index), now, &calendar)
    case .episodeBegins: beginEpisode(now, &calendar)
    case .episodeEnds: endEpisode(now, &calendar)
    }
  }
}
