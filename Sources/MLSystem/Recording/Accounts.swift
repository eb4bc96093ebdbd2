import Pricing
import Quantities

/// What a run uses and will be charged for: machines by pool and purpose, calls, labels.
struct Accounts {
  private var book: UsageBook
  private var meters: [PurchaseMeter?] = []
  /// Use of its pool by service and arm, and by model that is trained; -1 for none.
  private var serving: [Int]
  private var training: [Int]
  /// Machines per purpose now, to change them by steps.
  private var trainers: [Int]
  /// Lines that count calls and labels, with the service or task and what is booked already.
  private var counted: [Counted] = []
  private var fixed: [UsageBook.Charge] = []
  /// What each incident makes dearer, by its index.
  private var spikes: [PriceSpike] = []

  /// A line that is booked by month.
  private struct Counted {
    var line: UsageBook.Line
    var source: Source
    var booked: Int64 = 0
  }

  /// Where a running total comes from.
  enum Source {
    case calls(service: Int)
    case labels(task: Int)
    case pipelineRuns(model: Int)
    case approvals(model: Int)
    case work(Int)
    case reviews(model: Int)
    case reviewHours(model: Int)
  }

  /// Lines for what is paid above the usual price: of the offers of a pool, or of calls.
  private struct PriceSpike {
    var pool: Int?
    var offers: [(offer: Int, line: UsageBook.Line)] = []
    var calls: (line: UsageBook.Line, service: Int)?
    var isOn = false
    /// Calls that were made when those above the usual price were last counted.
    var counted: Int64 = 0
  }

  /// Opens the lines of every pool, price and label of `model`.
  init(_ model: SystemModel) {
    book = UsageBook(BillingCalendar(start: model.start, horizon: model.horizon))
    serving = Array(repeating: -1, count: 2 * model.services.count)
    training = Array(repeating: -1, count: model.models.count)
    trainers = Array(repeating: 0, count: model.models.count)
    for pool in model.pools.indices { meters.append(openPool(pool, of: model)) }
    openPrices(of: model)
    for incident in model.systemIncidents { spikes.append(openSpike(incident, of: model)) }
    for cost in model.costs { open(cost, until: .start + model.horizon) }
  }

  /// The ends of the calendar months within the run but the last.
  var monthEnds: [Instant] { book.calendar.months.dropLast().map(\.to) }

  private mutating func openPool(_ index: Int, of model: SystemModel) -> PurchaseMeter? {
    let pool = model.pools[index]
    if pool.offers.isEmpty { return nil }
    var uses: [PurchaseMeter.Use] = []
    for (number, service) in model.services.enumerated() where service.pool == index {
      serving[2 * number] = uses.count
      uses.append(PurchaseMeter.Use(category: "serving/\(service.name)"))
      if service.model != nil {
        serving[2 * number + 1] = uses.count
        uses.append(PurchaseMeter.Use(category: "serving/\(service.name)/candidate"))
      }
    }
    for (number, plan) in model.models.enumerated() where plan.training?.pool == index {
      training[number] = uses.count
      uses.append(PurchaseMeter.Use(category: "training/\(plan.name)"))
    }
    if uses.isEmpty { uses.append(PurchaseMeter.Use(category: "unused/\(pool.name)")) }
    return PurchaseMeter(
      pool: pool.name, waterfall: PurchaseWaterfall(pool.offers), uses: uses, rule: pool.billing,
      in: &book)
  }

  private mutating func openPrices(of model: SystemModel) {
    for (number, service) in model.services.enumerated() {
      for price in service.prices {
        switch price.basis {
        case .perMonth:
          fixed.append(
            UsageBook.Charge(
              resource: service.name, category: "services/\(service.name)", option: .fixed,
              unit: "month", quote: price.quote, growth: price.growth))
        case .perCall:
          let charge = UsageBook.Charge(
            resource: service.name, category: "services/\(service.name)", option: .perUnit,
            unit: "call", quote: price.quote, growth: price.growth)
          counted.append(
            Counted(line: book.openCount(charge), source: .calls(service: number)))
        }
      }
    }
    for (number, task) in model.tasks.enumerated() where task.labels.price != .zero {
      let charge = UsageBook.Charge(
        resource: task.name, category: "labels/\(task.name)", option: .perUnit, unit: "label",
        quote: PriceQuote(task.labels.price.map { UnitPrice($0) }, row: "tasks.\(task.name).labels")
      )
      counted.append(Counted(line: book.openCount(charge), source: .labels(task: number)))
    }
    for (number, work) in model.paidWork.enumerated() {
      let charge = UsageBook.Charge(
        resource: work.resource, category: work.category, option: .perUnit, unit: work.unit,
        quote: PriceQuote(work.price.map { UnitPrice($0) }, row: work.row))
      counted.append(Counted(line: book.openCount(charge), source: .work(number)))
    }
    for (number, plan) in model.models.enumerated() {
      openPipeline(number, of: plan)
      if let people = plan.review.flatMap({ model.models[$0.by].people }) {
        openReviews(number, of: plan.name, people)
      }
    }
  }

  /// Money for what is not simulated.
  private mutating func open(_ cost: OtherCost, until end: Instant) {
    func charge(_ option: PurchaseOption, _ unit: String, _ price: Money) -> UsageBook.Charge {
      UsageBook.Charge(
        resource: cost.name, category: "other/\(cost.name)", option: option, unit: unit,
        quote: PriceQuote(UnitPrice(price), row: "costs.\(cost.name)"))
    }
    if let price = cost.perMonth { fixed.append(charge(.fixed, "month", price)) }
    if let price = cost.once, cost.at < end {
      book.addOneOff(charge(.oneOff, "payment", price), amount: price, at: cost.at)
    }
  }

  /// Lines for what a run of a pipeline costs besides its machines.
  private mutating func openPipeline(_ number: Int, of plan: ModelPlan) {
    func charge(_ part: String, _ unit: String, _ price: Money?) -> UsageBook.Charge {
      UsageBook.Charge(
        resource: plan.name, category: "training/\(plan.name)/\(part)", option: .perUnit,
        unit: unit,
        quote: PriceQuote(
          price.map { UnitPrice($0) }, row: "models.\(plan.name).pipeline"))
    }
    if plan.training == nil { return }
    if plan.pipeline.price != .zero {
      counted.append(
        Counted(
          line: book.openCount(charge("pipeline", "run", plan.pipeline.price)),
          source: .pipelineRuns(model: number)))
    }
    if let approval = plan.pipeline.gates?.approval, approval.price != .zero {
      counted.append(
        Counted(
          line: book.openCount(charge("approval", "approval", approval.price)),
          source: .approvals(model: number)))
    }
  }

  /// Lines for what people cost who look at a model's predictions.
  private mutating func openReviews(_ number: Int, of name: String, _ people: PeoplePlan) {
    func open(_ part: String, _ unit: String, _ price: Money?, _ source: Source) {
      if price == .zero { return }
      let charge = UsageBook.Charge(
        resource: name, category: "people/\(name)/\(part)", option: .perUnit, unit: unit,
        quote: PriceQuote(price.map { UnitPrice($0) }, row: "models.\(name).review"))
      counted.append(Counted(line: book.openCount(charge), source: source))
    }
    open("hours", "person-hour", people.wage, .reviewHours(model: number))
    open("reviews", "review", people.perReview, .reviews(model: number))
  }

  /// From `now` on so many machines serve an arm of a service.
  mutating func setServing(_ machines: Int, pool: Int, group: Int, at now: Instant) {
    if serving[group] >= 0 {
      meters[pool]?.setDemand(machines, of: serving[group], at: now, in: &book)
    }
  }

  /// Charges what the least time of a machine adds, before it is given back.
  mutating func roundUp(pool: Int, group: Int, from start: Instant, at now: Instant) {
    if serving[group] >= 0 {
      meters[pool]?.addRoundingUp(of: serving[group], started: start, stopped: now, in: &book)
    }
  }

  /// From `now` on so many machines more, or less, train a model.
  mutating func addTrainers(_ machines: Int, pool: Int, model: Int, at now: Instant) {
    trainers[model] += machines
    if training[model] >= 0 {
      meters[pool]?.setDemand(trainers[model], of: training[model], at: now, in: &book)
    }
  }

  // MARK: Prices that rise for a time

  /// The category of what an incident makes dearer.
  static func category(of incident: SystemIncident) -> String { "incidents/\(incident.name)" }

  /// Opens the lines of an incident; none where it raises no price.
  private mutating func openSpike(
    _ incident: SystemIncident, of model: SystemModel
  ) -> PriceSpike {
    var spike = PriceSpike()
    guard case .priceSpike(let place, let factor) = incident.kind else { return spike }
    func charge(_ resource: String, _ option: PurchaseOption, _ unit: String, _ quote: PriceQuote)
      -> UsageBook.Charge
    {
      var quote = quote
      quote.price = quote.price?.scaled(by: factor - 1)
      return UsageBook.Charge(
        // What happens once is not scaled to a month.
        resource: resource, category: Self.category(of: incident), kind: .oneOff, option: option,
        unit: unit, quote: quote)
    }
    switch place {
    case .pool(let index):
      spike.pool = index
      for (number, offer) in model.pools[index].offers.enumerated() where !offer.isCommitted {
        let line = book.openTime(
          charge(model.pools[index].name, offer.option, "instance-hour", offer.quote))
        spike.offers.append((number, line))
      }
    case .service(let index):
      for price in model.services[index].prices where price.basis == .perCall {
        let line = book.openCount(
          charge(model.services[index].name, .perUnit, "call", price.quote))
        spike.calls = (line, index)
      }
    case .zone, .model: break
    }
    return spike
  }

  /// From `now` on the prices of an incident are raised, or are what they were; `calls` were made
  /// so far of each service.
  mutating func setSpike(_ index: Int, isOn: Bool, at now: Instant, calls: (Int) -> Int64) {
    if isOn == spikes[index].isOn { return }
    if isOn {
      spikes[index].counted = spikes[index].calls.map { calls($0.service) } ?? 0
    } else {
      bookSpike(index, at: now, calls: calls)
    }
    spikes[index].isOn = isOn
    guard let pool = spikes[index].pool else { return }
    for (offer, line) in spikes[index].offers {
      if isOn {
        meters[pool]?.beginSurcharge(line, on: offer, at: now, in: &book)
      } else {
        meters[pool]?.endSurcharge(line, at: now, in: &book)
      }
    }
  }

  /// Books the calls of an incident that were made above the usual price.
  private mutating func bookSpike(_ index: Int, at now: Instant, calls: (Int) -> Int64) {
    guard spikes[index].isOn, let (line, service) = spikes[index].calls else { return }
    let sum = calls(service)
    book.add(sum - spikes[index].counted, to: line, at: now)
    spikes[index].counted = sum
  }

  /// Books calls and labels up to the end of a month, or of the run.
  mutating func bookTotals(until end: Instant, _ total: (Source) -> Int64) {
    let month = Instant(nanoseconds: max(0, end.nanoseconds - 1))
    for index in counted.indices {
      let sum = total(counted[index].source)
      book.add(sum - counted[index].booked, to: counted[index].line, at: month)
      counted[index].booked = sum
    }
    for index in spikes.indices {
      bookSpike(index, at: month) { total(.calls(service: $0)) }
    }
  }

  /// What was asked of each pool that is paid for, once the ledger is written.
  var demands: [PoolDemand] {
    meters.compactMap { meter in
      meter.map { PoolDemand(pool: $0.pool, nanoseconds: $0.demandTimes) }
    }
  }

  /// The ledger of a run that ended at `end`.
  mutating func ledger(at end: Instant) -> Ledger {
    for pool in meters.indices { meters[pool]?.settle(at: end, in: &book) }
    var ledger = Ledger()
    book.write(into: &ledger)
    for charge in fixed { book.writeFixed(charge, into: &ledger) }
    return ledger
  }
}
