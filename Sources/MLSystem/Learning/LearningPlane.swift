import DiscreteEvents
import Quantities
import Randomness
import Statistics

/// Everything about models that learn: worlds, labels, monitors, trainings and rollouts of a run.
///
/// It runs on a clock of its own: the core keeps one event for `due`, counts what versions answer
/// in `VersionCounters`, and does what the actions say. Between two events every quality is
/// constant, so that nothing is computed per request.
package struct LearningPlane: ~Copyable {
  package let horizon: Duration
  /// The calendar instant of simulated time 0.
  let start: CalendarInstant
  /// Machines of each pool that a training could take; kept by the serving side, empty where there
  /// is no limit.
  package var machinesFree: [Int] = []
  /// Index of the model that the others are held against.
  let baseline: Int?
  /// When the books were closed; the horizon until then.
  var end: Instant
  let warmUp: Duration
  let onCall: OnCallPlan
  var calendar = EventCalendar<LearningEvent>()
  /// What the models predict, by index in the plan.
  package var tasks: Table<TaskState>
  /// The models, by index in the plan.
  package var models: Table<ModelState>
  var data: DataState
  /// Which fallback's answers count for which model.
  var fallbacks: [FallbackState] = []
  /// Predictions that are counted without being simulated.
  var predictions: [PredictionCounter]
  var series: [ModelSeries] = []
  /// What happened, in order of time.
  package var timeline: [TimelineEntry] = []
  /// Alarms of monitors in order of time.
  package var alarms: [AlarmRecord] = []

  /// Route, the model whose quality its fallback answers count into, and the model that answers.
  struct FallbackState {
    var route: Int
    var model: Int
    var answering: Int
    var seen: Int64 = 0
  }

  /// Pictures of one model.
  struct ModelSeries {
    var auc: TimeSeries
    var share: TimeSeries
  }

  /// Sets up the worlds with their past, the first versions, and what is due.
  package init(model: SystemModel, streams: StreamFamily, buckets: Int = 240) {
    horizon = model.horizon
    start = model.start
    baseline = model.baseline
    end = .start + model.horizon
    warmUp = model.warmUp
    onCall = model.onCall
    data = DataState(model, streams: streams)
    predictions = model.predictions.map {
      PredictionCounter(
        $0, weekOffset: model.weekOffset, end: .start + model.horizon, streams: streams)
    }
    let shape = TimeSeries(horizon: max(1, horizon.nanoseconds), buckets: buckets)
    series = Array(repeating: ModelSeries(auc: shape, share: shape), count: model.models.count)
    models = Table(
      model.models.map { plan in
        ModelState(plan: plan, task: plan.task.map { model.tasks[$0] }, streams: streams)
      })
    tasks = Table(
      model.tasks.enumerated().map { index, plan in
        let learners = model.models.indices.filter { model.models[$0].task == index }
        return TaskState(plan: plan, learners: learners, of: model.models, streams: streams)
      })
    connectFallbacks(model)
    for index in models.indices { setUp(index, rate: model.requestRate(ofModel: index)) }
    scheduleFirst()
    setUpData()
    for index in models.indices { declareCauses(of: index) }
  }

  /// When `advance` must be called next; `never` when nothing is to come.
  package var due: Instant { calendar.nextTime }

  /// Performs everything that is due up to `now` and appends what the serving side must do.
  package mutating func advance(
    at now: Instant, counters: inout VersionCounters, actions: inout [LifecycleAction]
  ) {
    while calendar.nextTime <= now {
      let (time, event) = calendar.popNext()
      countPredictions(upTo: time, &counters)
      switch event {
      case .tick(let task): tick(Int(task), at: time, counters)
      case .drift(let task, let index): drift(Int(task), Int(index), at: time, counters)
      case .data(let event): handle(event, at: time, counters)
      case .warmUpEnds: endWarmUp(at: time, counters)
      case .trained(let model): endStage(Int(model), at: time, counters, &actions)
      case .analysis(let model, let generation):
        analyse(Int(model), generation, at: time, &counters, &actions)
      case .trigger(let model, let index):
        lookAtTrigger(Int(model), Int(index), at: time, counters, &actions)
      case .check(let model, let monitor):
        check(Int(model), Int(monitor), at: time, counters, &actions)
      case .response(let model): endResponse(Int(model), at: time, counters, &actions)
      case .diagnosis(let model): endDiagnosis(Int(model), at: time, counters, &actions)
      case .challenge(let model): lookAtChallenger(Int(model), at: time, counters, &actions)
      case .review(let model): review(Int(model), at: time, counters)
      case .change(let model, let index):
        change(Int(model), Int(index), at: time, counters, &actions)
      }
    }
  }

  /// The version that an arm of a model answers with now.
  package func version(of model: Int, _ arm: VersionArm) -> ModelVersion {
    arm == .candidate ? models[model].candidate ?? models[model].stable : models[model].stable
  }

  /// Share of the requests of a model that its candidate answers now.
  package func candidateShare(of model: Int) -> Double { models[model].rollout?.share ?? 0 }

  /// Closes the books at the end of a run; call once, before `measures`.
  package mutating func finish(at end: Instant, counters: inout VersionCounters) {
    self.end = end
    countPredictions(upTo: end, &counters)
    settleEverything(at: end, counters)
    for index in models.indices { models[index].scores.closeDay() }
  }

  /// Predictions without error that were only counted, since the warm-up.
  var predicted: Int64 { predictions.reduce(0) { $0 + $1.answered } }

  /// Counts what was predicted since the last event, by the versions that stood until now.
  mutating func countPredictions(upTo now: Instant, _ counters: inout VersionCounters) {
    for index in predictions.indices {
      let model = predictions[index].stream.model
      let candidate = models[model].candidate?.errors ?? 0
      predictions[index].count(
        upTo: now, share: models[model].rollout?.share ?? 0,
        isMirrored: models[model].rollout?.isMirroring ?? false,
        errors: (models[model].stable.errors, candidate), into: &counters)
    }
  }

  mutating func schedule(_ event: LearningEvent, at time: Instant) {
    if time - .start <= horizon { calendar.schedule(event, at: time, priority: event.priority) }
  }

  /// Puts an entry on the timeline.
  mutating func note(_ kind: TimelineEntry.Kind, _ subject: String, at now: Instant, _ text: String)
  {
    timeline.append(TimelineEntry(at: now, kind: kind, subject: subject, detail: text))
  }
}

// MARK: Setting up

extension LearningPlane {
  private mutating func connectFallbacks(_ model: SystemModel) {
    for (route, plan) in model.routes.enumerated() {
      guard let fallback = plan.fallback else { continue }
      var targets = [fallback]
      for step in plan.steps {
        if let served = model.services[step].model, !targets.contains(served) {
          targets.append(served)
        }
      }
      for target in targets {
        fallbacks.append(FallbackState(route: route, model: target, answering: fallback))
      }
    }
  }

  /// Gives a model its past and its first version.
  private mutating func setUp(_ model: Int, rate: Double?) {
    guard let task = models[model].plan.task else {
      models[model].stable.auc = models[model].plan.fixedAUC ?? 0.5
      return
    }
    let training = models[model].plan.training
    // Without a known rate, as under a trace, the window before the start is taken to be full.
    let window = training?.window.seconds ?? 1
    let labelRate =
      training?.labelRate ?? rate.map { $0 * tasks[task].plan.labels.share }
      ?? (training?.rows ?? 0) / max(window, 1)
    let closed = tasks[task].world.count - 1
    let tick = tasks[task].world.tick
    let perTick = min(labelRate * tick.seconds, tasks[task].paid(over: tick))
    models[model].labels = Array(repeating: perTick, count: closed)
    models[model].stableLabels = models[model].labels
    for stretch in 0..<closed {
      models[model].signals.append(perTick, of: stretch, told: tasks[task].world.told)
    }
    models[model].qualities = Array(repeating: 0.5, count: closed)
    models[model].accuracies = models[model].qualities
    models[model].prevalences = Array(repeating: tasks[task].prevalence, count: closed)
    if let fixed = models[model].plan.fixedAUC {
      models[model].stable = tasks[task].rule(auc: fixed)
    } else if let training {
      chooseWindow(model, labelRate: labelRate)
      let span = models[model].trainings.window.seconds
      let expected = min(training.rows, labelRate * span) / training.speed
      let cut = -Duration.seconds(expected).nanoseconds
      let lesson = learn(model, .full, number: 0, cut: cut)
      models[model].stable = lesson?.version ?? models[model].stable
      if let version = lesson?.version { remember(version, of: model) }
      if models[model].plan.retraining != .never { models[model].never = models[model].stable }
    }
    judge(model)
    registerFirst(model)
    setBaselines(model)
  }

  private mutating func scheduleFirst() {
    if warmUp > .zero { schedule(.warmUpEnds, at: .start + warmUp) }
    for index in tasks.indices {
      schedule(.tick(task: UInt16(index)), at: tasks[index].world.nextTick)
      for (number, drift) in tasks[index].plan.drifts.enumerated() {
        if drift.hasInstant {
          schedule(.drift(task: UInt16(index), index: UInt16(number)), at: drift.at)
        }
      }
    }
    for index in models.indices {
      let plan = models[index].plan
      scheduleTriggers(index)
      if plan.review != nil {
        schedule(.review(model: UInt16(index)), at: .start + Self.reviewStep)
      }
      scheduleChanges(index)
      for (number, monitor) in plan.monitors.enumerated() where plan.task != nil {
        let event = LearningEvent.check(model: UInt16(index), monitor: UInt16(number))
        schedule(event, at: .start + monitor.every)
      }
    }
  }
}

extension SystemModel {
  /// Mean requests per second that reach a model's services; nil where a trace decides.
  func requestRate(ofModel model: Int) -> Double? {
    var sum = 0.0
    for stream in traffic {
      let isServed = routes[stream.route].steps.contains { services[$0].model == model }
      if !isServed { continue }
      if case .trace = stream.arrivals { return nil }
      sum += stream.rate.meanAtStart
    }
    for stream in predictions where stream.model == model { sum += stream.rate.meanAtStart }
    return sum
  }
}
