import Randomness

extension ServerTrial {
  /// How large random configurations may be.
  package enum Size: Sendable {
    /// For a debug build: short prompts and answers, few requests.
    case small
    case full
  }

  /// A configuration of its own for every seed: batches of 1 to 256, caches from 0.7 to 60 times
  /// the largest request, loads from 0.05 to 3 times what one would guess that it carries.
  package static func random(seed: UInt64, size: Size) -> ServerTrial {
    var draw = Draws(seed)
    var trial = ServerTrial()
    let maximumPrompt = draw.of(size == .full ? [8, 40, 300, 3_000] : [8, 40, 150])
    let maximumOutput = draw.of(size == .full ? [1, 12, 200, 1_500] : [1, 12, 60])
    let rules = draw.rules(largest: maximumPrompt + maximumOutput, size: size)
    trial.rules = rules
    let isCoarse = draw.below(4) == 0
    trial.price = draw.price(isCoarse: isCoarse, bends: size == .full ? 3_000 : 100)
    trial.replicas = draw.below(3) == 0 ? draw.range(1, 4) : 1
    // Time per request if the batch were as large as it may be.
    let half = max(1, (maximumPrompt + maximumOutput) / rules.blockSize / 2)
    let batch = min(rules.maximumSequences, max(1, rules.blocks / half))
    let base = Double(trial.price.byTokens[1] * Int64(rules.stages)) / Double(1 << 20)
    let perRequest = base * (Double(maximumOutput) / 2 + 2) / Double(batch)
    let burst = draw.of([1, 1, 1, 3, 20])
    let load = draw.of([0.05, 0.4, 0.8, 1.2, 3])
    let gap = perRequest * Double(burst) / Double(trial.replicas) / load
    let count = draw.of(size == .full ? [60, 200, 600] : [20, 40, 80])
    let patience = draw.below(3) == 0 ? perRequest * Double(batch) * draw.of([0.2, 1, 4]) : -1
    let tick: Int64 = isCoarse ? 1 << 15 : 1
    var time = 0.0
    for i in 0..<count {
      if i % burst == 0 { time -= PortableMath.log(draw.unit()) * gap }
      let waits = patience < 0 ? Int64.max : Int64(patience * draw.unit()) / tick * tick
      trial.arrivals.append(
        Arrival(
          time: Int64(time) / tick * tick, prompt: draw.range(1, maximumPrompt),
          output: draw.below(6) == 0 ? 1 : draw.range(1, maximumOutput),
          level: draw.below(rules.levels), patience: waits))
    }
    trial.retries = draw.below(2) == 0
    if draw.below(4) == 0 { trial.think = Int64(perRequest * 3 * draw.unit()) / tick * tick }
    for _ in 0..<(draw.below(4) == 0 ? 3 : 0) {
      trial.failures.append(
        (Int64(time * draw.unit()) / tick * tick, draw.below(trial.replicas)))
    }
    for _ in 0..<(draw.below(4) == 0 ? 4 : 0) {
      trial.factors.append(
        (
          Int64(time * draw.unit()) / tick * tick, draw.below(trial.replicas),
          draw.of([1, 1.5, 0.5, 1.0625])
        ))
    }
    trial.sampling = max(1, Int64(perRequest * Double(max(1, count / 200)) * (0.3 + draw.unit())))
    return trial
  }
}

/// Draws of a random configuration.
private struct Draws {
  var stream: RandomStream

  init(_ seed: UInt64) { stream = RandomStream(seed: seed) }

  mutating func below(_ n: Int) -> Int {
    Int(stream.next().multipliedFullWidth(by: UInt64(n)).high)
  }
  mutating func range(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }
  mutating func unit() -> Double { stream.positiveUniform() }
  mutating func of<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  mutating func rules(largest: Int, size: ServerTrial.Size) -> SteppingRules {
    var rules = SteppingRules()
    rules.stages = of([1, 1, 1, 2, 2, 3, 4])
    rules.blockSize = of([4, 8, 16, 16, 16, 16, 32])
    rules.maximumSequences = max(
      rules.stages, of(size == .full ? [1, 2, 5, 16, 64, 256] : [1, 2, 5, 16]))
    rules.tokenBudget = rules.maximumSequences / rules.stages + of([0, 1, 7, 64, 512, 4_096])
    let one = (largest + rules.blockSize - 1) / rules.blockSize
    rules.blocks = max(1, Int(Double(one) * of([0.7, 1, 1.3, 2, 4, 12, 60])) + below(5))
    rules.watermark = of([0, 0, 1, 5]) * rules.blocks / 100
    rules.reservesWholePrompt = below(3) == 0
    rules.levels = of([1, 1, 1, 3])
    return rules
  }

  /// A price in units of 2^-20 ns, up to `nanoseconds` of them; coarse ones on a grid of 32 us.
  mutating func price(isCoarse: Bool, bends: Int) -> SteppingPrice {
    let tick: Int64 = 1 << 15
    func odd(_ nanoseconds: Double, _ draws: inout Draws) -> Int64 {
      let value = nanoseconds * draws.unit()
      return isCoarse ? Int64(value) / tick * tick << 20 : Int64(value * Double(1 << 20))
    }
    var price = SteppingPrice()
    let base = odd(below(4) == 0 && !isCoarse ? 50 : 3e7, &self) + (isCoarse ? tick << 20 : 1)
    let perToken = odd(below(3) == 0 ? 3 : 2e5, &self)
    let flat = below(2) == 0 ? 0 : below(300)
    price.byTokens = (0...5_000).map { base + perToken * Int64(max(0, $0 - flat)) }
    price.perSequence = odd(2e5, &self)
    price.prefillIteration = odd(below(2) == 0 ? 4e6 : 0, &self)
    price.perPrefill = odd(below(2) == 0 ? 1e5 : 0, &self)
    price.perPrefillToken = odd(below(2) == 0 ? 1e4 : 0, &self)
    price.perPair = below(3) == 0 ? 0 : odd(30, &self)
    let slope = odd(isCoarse ? 2e5 : below(3) == 0 ? 0.02 : 900, &self)
    price.decode = curves(rows: of([1, 2, 6]), slope: slope, bends: bends)
    price.decodeBesidePrefill =
      below(2) == 0 ? price.decode : curves(rows: 3, slope: 2 * slope, bends: bends)
    return price
  }

  /// Polylines with slopes that are multiples of `slope`, one for each count of sequences; a piece
  /// has up to `bends` tokens.
  mutating func curves(rows: Int, slope: Int64, bends: Int) -> [[SteppingPiece]] {
    (0..<rows).map { _ in
      var pieces = [SteppingPiece(from: 0, value: slope * Int64(below(3)), slope: slope)]
      for _ in 0..<below(3) {
        let last = pieces[pieces.count - 1]
        let from = last.from + Int64(range(1, bends))
        pieces.append(
          SteppingPiece(
            from: from,
            value: last.value + last.slope * (from - last.from) + slope * Int64(below(2)),
            slope: slope * Int64(below(4))))
      }
      return pieces
    }
  }
}
