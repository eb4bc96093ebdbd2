/// What the reference server costs, and what reaches it from outside.
extension SteppingServer {
  /// Time on one stage of an iteration of `batch`.
  func price(_ batch: [Request], _ law: SteppingPrice) -> Int64 {
    var tokens = 0
    var decoding = 0
    var context: Int64 = 0
    var prefills: Int64 = 0
    var prompts: Int64 = 0
    var pairs: Int64 = 0
    for q in batch {
      tokens += q.chunk
      if q.decodes {
        decoding += 1
        context += Int64(q.prompt + q.made)
      } else {
        prefills += 1
        prompts += Int64(q.chunk)
        for k in 0..<q.chunk {
          // Token k of the chunk attends to what came before it, and to itself.
          pairs += Int64(q.computed + k) + (fault == .pairsWithoutSelf ? 0 : 1)
        }
      }
    }
    var time =
      law.byTokens[min(tokens, law.byTokens.count - 1)] + law.perSequence * Int64(batch.count)
    if prefills > 0 {
      time += law.prefillIteration + law.perPrefill * prefills + law.perPair * pairs
      time += law.perPrefillToken * prompts
    }
    if decoding > 0 {
      let isMixed = prefills > 0 && fault != .promptsDoNotSlowDecodes
      let rows = isMixed ? law.decodeBesidePrefill : law.decode
      let late: Int64 = fault == .bendOneTokenLate ? 1 : 0
      var value: Int64 = 0
      for piece in rows[min(decoding, rows.count - 1)]
      where context >= piece.from + (piece.from > 0 ? late : 0) {
        value = piece.value + piece.slope * (context - piece.from)
      }
      time += value
    }
    return time
  }

  // MARK: From outside

  /// When the beat of a replica ends, `Int64.max` while it is idle.
  package func due(_ r: Int) -> Int64 { replicas[r].due }

  /// Requests at a replica, those already aborted left out.
  package func outstanding(_ r: Int) -> Int {
    replicas[r].waiting.reduce(0) { $0 + $1.count }
      + replicas[r].cohorts.reduce(0) { $0 + $1.running.count { !$0.isAborted } }
  }

  /// A request comes; false if it could never fit.
  package mutating func enqueue(
    _ id: Int, prompt: Int, output: Int, level: Int, replica r: Int, at now: Int64
  ) -> Bool {
    if blocks(prompt + output - 1) > rules.blocks { return false }
    let line = min(level, rules.levels - 1)
    replicas[r].waiting[line].append(
      Request(id: id, prompt: prompt, output: output, level: line, arrived: now))
    if !replicas[r].isBusy {
      replicas[r].isBusy = true
      replicas[r].clock = now
      replicas[r].fraction = 0
      replicas[r].beat = 0
      replicas[r].due = now
    }
    return true
  }

  /// A request is taken out: from the line at once, from a batch at its next boundary.
  package mutating func abort(_ id: Int, replica r: Int) {
    for level in replicas[r].waiting.indices {
      if let i = replicas[r].waiting[level].firstIndex(where: { $0.id == id }) {
        replicas[r].waiting[level].remove(at: i)
        return
      }
    }
    for c in replicas[r].cohorts.indices {
      for i in replicas[r].cohorts[c].running.indices
      where replicas[r].cohorts[c].running[i].id == id
        && !replicas[r].cohorts[c].running[i].isAborted
      {
        replicas[r].cohorts[c].running[i].isAborted = true
        if fault == .abortFreesAtOnce {
          replicas[r].free += blocks(
            replicas[r].cohorts[c].running[i].computed + replicas[r].cohorts[c].running[i].chunk)
          replicas[r].cohorts[c].running.remove(at: i)
        }
        return
      }
    }
  }

  /// A replica loses everything.
  package mutating func fail(_ r: Int, at now: Int64) {
    for cohort in replicas[r].cohorts {
      for q in cohort.running where !q.isAborted { leave(q, .lost, now) }
    }
    for line in replicas[r].waiting {
      for q in line { leave(q, .lost, now) }
    }
    let idle = Replica(
      cohorts: Array(repeating: Cohort(), count: rules.stages),
      waiting: Array(repeating: [], count: rules.levels), free: rules.blocks,
      price: replicas[r].price)
    if replicas[r].isBusy { replicas[r] = idle }
  }

  /// Iterations that begin from now on take `factor` times as long.
  package mutating func setTimeFactor(_ r: Int, _ factor: Double) {
    replicas[r].price = factor == 1 ? plainPrice : plainPrice.scaled(by: factor)
    if fault == .factorTouchesIterationUnderWay, replicas[r].beat > 0 {
      replicas[r].beat = Int64(Double(replicas[r].beat) * factor)
      replicas[r].due = replicas[r].clock + (replicas[r].fraction + replicas[r].beat) >> 20
    }
  }

  /// Running, waiting, free blocks and context of the decodes under way.
  package func snapshot(_ r: Int) -> [Int] {
    var running = 0
    var context = 0
    for cohort in replicas[r].cohorts {
      running += cohort.running.count
      for q in cohort.running where q.decodes { context += q.prompt + q.made }
    }
    return [
      running, replicas[r].waiting.reduce(0) { $0 + $1.count }, replicas[r].free, context,
    ]
  }
}
